/** `lnsh lab`: a scenario from start to end, told as it happens; then a console on its router where there is a terminal. */

import { fileURLToPath } from "node:url";
import { personas } from "../../engine/client/personas.ts";
import type { Endpoint } from "../../engine/kernel/address.ts";
import { fieldsOf, type Log } from "../../engine/kernel/log.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import { CannotStart } from "../cannot-start.ts";
import { clientFlows, SocketClient } from "../client/socket-client.ts";
import { SocketPat } from "../client/socket-pat.ts";
import { endingSignal } from "../ending-signal.ts";
import { EXIT } from "../exit-codes.ts";
import { standInFront } from "../foreground.ts";
import type { Gateway } from "../gateway.ts";
import { type OpenedGateway, openGateway } from "../open-gateway.ts";
import { packageFile } from "../package-file.ts";
import { Session } from "../session.ts";
import { type LabClientPlan, type Scenario, scenarios } from "./scenarios.ts";

const GATEWAY_ADDRESS = "127.0.0.1";
/** All of 127/8 is the host's own on Linux; elsewhere the PAT shares the gateway's address and differs by port. */
const PAT_ADDRESS = process.platform === "linux" ? "127.0.0.2" : GATEWAY_ADDRESS;
const PINGS = 3;
const PATIENCE_MILLIS = 10_000;
const PING_PATIENCE_MILLIS = 2000;

export async function lab(name: string): Promise<number> {
  const scenario = scenarios[name];
  if (scenario === undefined) {
    process.stderr.write(`lnsh: there is no scenario ${name}; there are ${Object.keys(scenarios).join(", ")}\n`);
    return EXIT.usage;
  }
  const file = fileURLToPath(packageFile(`fixtures/configs/${scenario.config}`));
  const run = new LabRun(scenario, await openGateway(file, undefined));
  try {
    const asItShould = await run.play();
    if (process.stdin.isTTY) {
      say("", "A console on this router follows; `exit` ends the lab.", "");
      run.fallSilent();
      await standInFront(run.gateway, { opening: told, ended: endingSignal() });
    }
    return asItShould ? EXIT.ok : EXIT.refused;
  } finally {
    await run.stop();
  }
}

class LabRun {
  readonly gateway: Gateway;
  readonly #scenario: Scenario;
  readonly #pat = new SocketPat(PAT_ADDRESS);
  readonly #clients: SocketClient[] = [];
  readonly #startedAt = performance.now();
  #isSilent = false;

  constructor(scenario: Scenario, { gateway, report }: OpenedGateway) {
    this.#scenario = scenario;
    say(`Scenario ${scenario.name}: ${scenario.title}`, "");
    this.gateway = gateway;
    const inert = report.inert.length;
    this.#tell(
      "gateway",
      `${scenario.config} pasted: ${report.lines.length} lines, ${report.refused.length} refused, ${inert} kept without effect here`,
    );
    for (const line of report.refused) this.#tell("gateway", `refused: ${line.text}`);
    this.#add();
    gateway.logs.listen(({ event }) => {
      if (event.text === "client behind a NAT is given a port of its own") {
        this.#tell("gateway", `${event.fields.peer} is given port ${event.fields.port}`);
      } else if (event.severity === "error" || event.severity === "warning" || event.severity === "notice") {
        this.#tell("gateway", `${event.text}${fieldsText(event.fields)}`);
      }
    });
  }

  /** True when everything came out as the scenario says. */
  async play(): Promise<boolean> {
    await this.gateway.listen({ address: GATEWAY_ADDRESS, ports: { ike: 0, natt: 0, l2tp: 0 } });
    const ports = this.gateway.wirePorts(GATEWAY_ADDRESS);
    if (ports === undefined) throw new CannotStart("the gateway listens on nothing");
    this.#tell("gateway", `listens on ${GATEWAY_ADDRESS}, UDP ${ports.ike.port} for IKE, ${ports.natt.port} for NAT-T`);
    let asItShould = true;
    for (const plan of this.#scenario.clients) {
      const client = this.#client(plan, ports);
      client.connect();
      if (!(await until(() => client.view.state === "up" || client.view.state === "failed"))) {
        this.#tell(client.host, `is not up after ${PATIENCE_MILLIS / 1000} s`);
      }
      if (client.view.state !== "up") return false;
      asItShould = (await this.#ping(client)) === PINGS && asItShould;
    }
    for (const command of this.#scenario.shows) this.#show(command);
    for (const [index, client] of this.#clients.entries()) {
      const answered = await this.#ping(client);
      const alive = this.#scenario.alive[index] ?? true;
      asItShould = answered === (alive ? PINGS : 0) && asItShould;
    }
    say("", asItShould ? this.#scenario.lesson : "This is not what should have happened.");
    return asItShould;
  }

  async stop(): Promise<void> {
    await this.gateway.stop("the lab is over");
    for (const client of this.#clients) client.stop();
    this.#pat.close();
  }

  #add(): void {
    if (this.#scenario.additions.length === 0) return;
    const session = new Session(this.gateway, { line: "con 0", paged: false, monitor: false });
    session.execute("configure terminal");
    for (const { lines, why } of this.#scenario.additions) {
      for (const line of lines) session.execute(line);
      this.#tell("gateway", `added \`${lines.join(" / ")}\`: ${why}`);
    }
    session.close();
  }

  #client(plan: LabClientPlan, ports: { readonly ike: Endpoint; readonly natt: Endpoint }): SocketClient {
    const log: Log = (category, severity, text, said) => {
      if (category === "system" || severity === "notice" || severity === "warning" || severity === "error") {
        this.#tell(plan.host, `${text}${fieldsText({ ...fieldsOf(said), host: undefined })}`);
      }
    };
    const client = new SocketClient(
      {
        persona: personas["windows-2000"],
        hostName: plan.host,
        ...clientFlows(plan.address, ports.ike, ports.natt),
        preSharedKey: new Secret(this.#scenario.preSharedKey),
        user: this.#scenario.user,
        password: new Secret(this.#scenario.password),
        remoteL2tpPort: 1701,
      },
      this.#pat,
      log,
    );
    this.#tell(plan.host, `${plan.address}, behind the PAT at ${PAT_ADDRESS}, connects`);
    this.#clients.push(client);
    return client;
  }

  async #ping(client: SocketClient): Promise<number> {
    const before = client.answered;
    for (let count = 0; count < PINGS; count += 1) client.ping(this.#scenario.pingTarget);
    await until(() => client.answered - before === PINGS, PING_PATIENCE_MILLIS);
    const answered = client.answered - before;
    this.#tell(client.host, `ping ${this.#scenario.pingTarget}: ${answered} of ${PINGS} answered`);
    return answered;
  }

  #show(command: string): void {
    const session = new Session(this.gateway, { line: "con 0", paged: false, monitor: false });
    say("", `${session.prompt()}${command}`, ...session.execute(command).lines);
    session.close();
  }

  /** The story is told: what happens from now on is for the console to say. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  #tell(who: string, what: string): void {
    if (this.#isSilent) return;
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(2);
    say(`${seconds.padStart(6)} s  ${who.padEnd(8)} ${what}`);
  }
}

/** The story so far, for a screen that covers it. */
const told: string[] = [];

function say(...lines: readonly string[]): void {
  told.push(...lines);
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return known.length === 0 ? "" : ` (${known.map(([name, value]) => `${name} ${value}`).join(", ")})`;
}

/** Waits for sockets to do their work; false when the time is over. */
async function until(done: () => boolean, patience: number = PATIENCE_MILLIS): Promise<boolean> {
  const end = performance.now() + patience;
  while (!done()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return true;
}
