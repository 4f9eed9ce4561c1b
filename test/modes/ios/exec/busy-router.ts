/** An IOS shell on a router with one client, for tests of exec commands. */

import type { Snapshot } from "../../../../src/engine/snapshot.ts";
import { type ExecCommand, type ExecResult, exec } from "../../../../src/grammar/declaration.ts";
import { kw, type Values } from "../../../../src/grammar/elements.ts";
import { Baselines } from "../../../../src/modes/common/baselines.ts";
import type { ExecContext, Request } from "../../../../src/modes/common/exec-context.ts";
import { RateMeter } from "../../../../src/modes/common/rate-meter.ts";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import type { ShellSupport } from "../../../../src/modes/shell/exec-context-of.ts";
import type { LineResult } from "../../../../src/modes/shell/line-result.ts";
import { loadConfiguration } from "../../../../src/modes/shell/paste.ts";
import { Shell } from "../../../../src/modes/shell/shell.ts";
import { ConfigStore } from "../../../../src/modes/tree/config-store.ts";
import { loginAt, loginsOf } from "../../../support/logins.ts";
import { logBufferOf, processUsage } from "../../../support/machine-around.ts";
import { noCaptures } from "../../../support/no-captures.ts";
import { TestRunning } from "../../../support/running.ts";
import { NOW, snapshotOf } from "../show/snapshots.ts";

/** The clock stands here while the chassis' own says `NOW`. */
export const WALL = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export class BusyRouter {
  readonly store = new ConfigStore();
  readonly requests: Request[] = [];
  readonly switches = new Set<string>();
  readonly shell: Shell;
  snapshot: Snapshot = snapshotOf();
  readonly baselines = new Baselines();
  readonly rates = new RateMeter();
  logBuffer = logBufferOf();
  reach: ExecContext["reach"] = { probe: () => () => undefined, after: () => () => undefined };

  readonly #support: ShellSupport;

  constructor(configuration = "") {
    const kept = new TestRunning(ios, this.store);
    const context = () => ({
      snapshot: { ...this.snapshot, spec: this.#spec(), accessListMatches: { "101": [5, 0, 1] } },
      clock: { now: new Date(WALL), toDate: (monotonic: number) => new Date(WALL + monotonic - NOW) },
      debug: {
        on: this.switches,
        set: (name: string, on: boolean) => void (on ? this.switches.add(name) : this.switches.delete(name)),
        clear: () => this.switches.clear(),
      },
      terminal: { length: 0, width: 80, monitor: false, historySize: 20, history: [] },
      logins: loginsOf([loginAt("con 0", 602_000)]),
      files: kept.files,
      running: kept.running,
      logBuffer: this.logBuffer,
      baselines: this.baselines,
      rates: this.rates,
      process: () => processUsage,
      reach: this.reach,
      captures: noCaptures,
      version: "1.2.3",
      request: (request: Request) => void this.requests.push(request),
    });
    const session = { user: "", line: "con 0", since: new Date(WALL - 602_000) };
    this.#support = { context, session };
    this.shell = new Shell(ios, this.store, this.#support, 15);
    loadConfiguration(this.shell, configuration);
    this.shell.end();
  }

  /** What is configured, over what the snapshot says of itself. */
  #spec(): Snapshot["spec"] {
    const { virtualRouters, hostname, accessLists, lnsProfiles } = ios.compile(this.store).spec;
    const configured = hostname === "Router" ? {} : { virtualRouters, hostname, lnsProfiles };
    return { ...this.snapshot.spec, ...(accessLists === undefined ? {} : { accessLists }), ...configured };
  }

  run(line: string): readonly string[] {
    return this.shell.execute(line).lines;
  }

  /** A command with values made elsewhere, as the shell would run it. */
  runCommand(command: ExecCommand<ExecContext>, values: Values): ExecResult {
    let result: ExecResult = {};
    const probe = exec({
      form: [kw("probe", "")],
      run: (context: ExecContext) => {
        result = command.run(context, values);
        return {};
      },
    });
    const shell = new Shell({ ...ios, exec: [probe] }, this.store, this.#support, 15);
    shell.execute("probe");
    return result;
  }

  execute(line: string): LineResult {
    return this.shell.execute(line);
  }
}
