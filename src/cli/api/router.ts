/** A router in this process for programs and tests: lines in, text and values out, in time that the caller drives. */

import { type Network, standardPorts } from "../../dataplane/sim/network.ts";
import type { Random } from "../../engine/kernel/random.ts";
import type { Snapshot } from "../../engine/snapshot.ts";
import type { DialectName } from "../../modes/dialect.ts";
import { dialects } from "../../modes/dialects.ts";
import { recognise } from "../../modes/recognise.ts";
import { jsonText } from "../../modes/shell/output-modifier.ts";
import { Gateway } from "../gateway.ts";
import { type GatewayState, stateOf } from "../gateway-state.ts";
import { answerTo, MOST_UNANSWERED } from "../line-runner.ts";
import { configuredAddresses } from "../listen-plan.ts";
import { Session } from "../session.ts";
import type { ShowCommand, ShowModel } from "./show-models.ts";
import { SimulatedHost } from "./simulated-host.ts";

export interface RouterOptions<Dialect extends DialectName = DialectName> {
  /** A whole configuration, as it would be pasted. */
  readonly config?: string;
  /** Absent = found from `config`; without either it is `ios`. */
  readonly dialect?: Dialect;
  /** What the clock of the box says at the start; 1 January 2026, 0:00 UTC if absent. */
  readonly startDate?: Date;
}

export interface RefusedLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  readonly reason: string;
}

/** What became of a paste. */
export interface Pasted {
  /** No line was refused. */
  readonly ok: boolean;
  /** These had no effect. */
  readonly refused: readonly RefusedLine[];
  /** These are kept and printed back, and do nothing here. */
  readonly inert: readonly RefusedLine[];
  /** What the configuration asks for and does not get. */
  readonly warnings: readonly string[];
}

/** What came of one line. */
export interface RunResult<Model = unknown> {
  /** False = it was refused or could not do its work. */
  readonly ok: boolean;
  /** What was printed, lines joined by newlines. */
  readonly text: string;
  /** The values behind the text of a `show` command, as JSON has them; `undefined` = it has none, or a filter was on the line. */
  readonly model: Model | undefined;
}

/** The longest that a command may go on, in simulated milliseconds. */
const LONGEST_COMMAND = 600_000;
const START = "2026-01-01T00:00:00Z";

export class SimulatedRouter<Dialect extends DialectName = DialectName> {
  /** What became of the configuration that it started with. */
  readonly report: Pasted;
  readonly #network: Network;
  readonly #host: SimulatedHost;
  readonly #gateway: Gateway;
  readonly #session: Session;

  /** Throws an `Error` when the dialect of the configuration cannot be told. */
  constructor(network: Network, random: Random, options: RouterOptions<Dialect>) {
    const startDate = options.startDate ?? new Date(START);
    const { config } = options;
    const name: DialectName | undefined = options.dialect ?? (config === undefined ? "ios" : undefined);
    const dialect = name === undefined ? recognise(config ?? "", startDate, dialects)?.dialect : dialects[name];
    if (dialect === undefined) throw new Error("neither an IOS nor a JunosE configuration; say which with `dialect`");
    this.#network = network;
    this.#host = new SimulatedHost(network, random, startDate);
    this.#gateway = new Gateway(dialect, undefined, this.#host);
    this.report = this.paste(config ?? "");
    this.#session = new Session(this.#gateway, { line: "con 0", paged: false, monitor: false });
  }

  /** The mode and name, as on the console: `72_LNS#`. */
  get prompt(): string {
    return this.#session.prompt();
  }

  /** The time of the box. */
  get date(): Date {
    return this.#host.date();
  }

  /** Everything that show commands see, as one value. */
  get snapshot(): Snapshot {
    return this.#gateway.snapshot();
  }

  /** Its tunnels and sessions in short, the same whatever its dialect. */
  get state(): GatewayState {
    return stateOf(this.snapshot);
  }

  /** The first address that answers with IPsec, dotted. */
  get gatewayAddress(): string | undefined {
    return this.#gateway.spec.ipsecGateways[0]?.localAddress;
  }

  /** What the router said of itself so far, one line each: `text {fields}`. */
  get log(): string[] {
    return this.#gateway.logs.events.map(({ event }) => `${event.text} ${JSON.stringify(event.fields)}`);
  }

  /** A file of `flash:`; `undefined` = there is none. */
  file(name: string): Uint8Array | undefined {
    return this.#gateway.files.readBytes("flash", name);
  }

  /** Reads configuration lines from global configuration on; commands that show or do something are not run. */
  paste(text: string): Pasted {
    const { refused, inert } = this.#gateway.load(text);
    this.#follow();
    return {
      ok: refused.length === 0,
      refused: refused.map(told),
      inert: inert.map(told),
      warnings: this.#gateway.warnings,
    };
  }

  /**
   * Runs one line as typed on the console. `answers` are given to what it asks, in turn, and empty ones when they are used
   * up; what still asks after some of these is dropped and not `ok`. A command that goes on, as `ping` does, is over when this returns: simulated time has passed. The model of a command of
   * `ShowModels` has its type where the command is written out.
   */
  run<const Line extends string>(
    line: Line | ShowCommand<Dialect>,
    ...answers: readonly string[]
  ): RunResult<ShowModel<Line, Dialect>> {
    const left = [...answers];
    const said: string[] = [];
    let result = this.#session.execute(line);
    said.push(...result.lines);
    let unanswered = 0;
    while (result.question !== undefined && unanswered < MOST_UNANSWERED) {
      if (left.length === 0) unanswered += 1;
      said.push(result.question.prompt);
      result = this.#session.answer(result.question, answerTo(result.question, left.shift() ?? ""));
      said.push(...result.lines);
    }
    const { activity, model, question } = result;
    let ok = result.ok && question === undefined;
    if (activity !== undefined) {
      let text = "";
      let over = false;
      activity.start(
        (more) => {
          text += more;
        },
        (end) => {
          over = true;
          ok = end.ok;
        },
      );
      if (!this.#network.runUntil(() => over, LONGEST_COMMAND)) {
        activity.stop();
        ok = false;
      }
      said.push(text.replace(/\n$/, ""));
    }
    this.#follow();
    return { ok, text: said.join("\n"), model: plain(model) as ShowModel<Line, Dialect> | undefined };
  }

  /** Lets simulated time pass. */
  drive(seconds: number): void {
    this.#network.runFor(seconds * 1000);
  }

  /** Ends without a word to anybody. */
  [Symbol.dispose](): void {
    this.#session.close();
    this.#gateway.abandon();
  }

  /** It is reached at every address that it is configured to have. */
  #follow(): void {
    this.#host.listen(configuredAddresses(this.#gateway.spec).flatMap(({ local, wire }) => standardPorts(local, wire)));
  }
}

/** As `| json` prints it: nothing of the router itself is handed out. */
function plain(model: unknown): unknown {
  return model === undefined ? undefined : JSON.parse(jsonText(model));
}

type Told = ReturnType<Gateway["load"]>["lines"][number];

function told({ number, text, outcome }: Told): RefusedLine {
  const reason = outcome.kind === "refused" ? outcome.fault.reason : outcome.kind === "inert" ? outcome.reason : "";
  return { number, text, reason };
}
