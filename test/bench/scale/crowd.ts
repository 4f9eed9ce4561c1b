/**
 * A gateway with thousands of sessions in one process and in simulated time: the real `Gateway` with its command line, the built-in clients behind
 * NATs, and a network between them. What the gateway's machine takes is measured by itself; the clients can be taken away, which the gateway
 * does not notice, so that the memory of the process is the gateway's.
 */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { RemoteUser } from "../../../src/cli/api/remote-user.ts";
import { SimulatedHost } from "../../../src/cli/api/simulated-host.ts";
import { Site } from "../../../src/cli/api/site.ts";
import { Gateway } from "../../../src/cli/gateway.ts";
import type { Host } from "../../../src/cli/host.ts";
import { configuredAddresses } from "../../../src/cli/listen-plan.ts";
import { Session } from "../../../src/cli/session.ts";
import { Nat } from "../../../src/dataplane/sim/nat.ts";
import { standardPorts } from "../../../src/dataplane/sim/network.ts";
import type { PersonaName } from "../../../src/engine/client/persona-names.ts";
import { personas } from "../../../src/engine/client/personas.ts";
import type { DialectName } from "../../../src/modes/dialect.ts";
import { dialects } from "../../../src/modes/dialects.ts";

export interface CrowdPlan {
  readonly dialect: DialectName;
  readonly config: string;
  readonly gateway: string;
  readonly persona: PersonaName;
  readonly psk: string;
  readonly count: number;
  /** Clients that begin each simulated second. */
  readonly perSecond: number;
}

const START = new Date("2026-01-01T00:00:00Z");
const CLIENTS_PER_NAT = 1000;
const PATIENCE_SECONDS = 60;

export class Crowd {
  readonly gateway: Gateway;
  readonly console: Session;
  /** Of the gateway's machine, in milliseconds. */
  busyMillis = 0;
  readonly #site: Site;
  #users: RemoteUser[] = [];

  constructor({ dialect, config, gateway, persona, psk, count, perSecond }: CrowdPlan) {
    const site = new Site(1, {}, (now) => START.getTime() + now);
    this.#site = site;
    const host = this.#metered(new SimulatedHost(site.network, site.random(1), START));
    this.gateway = new Gateway(dialects[dialect], undefined, host);
    const { refused } = this.gateway.load(config);
    if (refused.length > 0) throw new Error(`refused: ${refused[0]?.text}`);
    host.listen(configuredAddresses(this.gateway.spec).flatMap(({ local, wire }) => standardPorts(local, wire)));
    this.console = new Session(this.gateway, { line: "con 0", paged: false, monitor: false });
    let behind = new Nat({ outside: "198.51.100.1" });
    while (this.#users.length < count) {
      for (let next = 0; next < perSecond && this.#users.length < count; next += 1) {
        const number = this.#users.length;
        if (number % CLIENTS_PER_NAT === 0) behind = new Nat({ outside: `198.51.100.${1 + number / CLIENTS_PER_NAT}` });
        const who = { persona: personas[persona], gateway, behind, address: undefined, psk };
        const { plan, context } = site.enrol({ ...who, user: "fred", password: "fredPw" });
        const user = new RemoteUser(plan, context);
        user.startConnecting();
        this.#users.push(user);
      }
      this.drive(1);
    }
    this.driveUntil(() => this.up === count, PATIENCE_SECONDS);
  }

  get up(): number {
    return this.#users.filter(({ state }) => state === "up").length;
  }

  /** Why those who are not up are not. */
  get reasons(): readonly string[] {
    return [...new Set(this.#users.flatMap(({ state, reason }) => (state === "up" ? [] : [reason ?? state])))];
  }

  drive(seconds: number): void {
    this.#site.network.runFor(seconds * 1000);
  }

  driveUntil(done: () => boolean, seconds: number): void {
    for (let passed = 0; passed < seconds && !done(); passed += 1) this.drive(1);
  }

  /** The gateway keeps what it has of them; nothing else does. */
  dropClients(): void {
    for (const user of this.#users) user.vanish();
    this.#users = [];
  }

  close(): void {
    this.console.close();
    this.gateway.abandon();
  }

  /** What the machine of the gateway takes while time passes, in milliseconds of this thread. */
  cost(work: () => void): number {
    const before = this.busyMillis;
    work();
    return this.busyMillis - before;
  }

  #metered(host: SimulatedHost): SimulatedHost {
    const drive = host.drive.bind(host);
    const meter = <Result>(work: () => Result): Result => {
      const begun = threadMillis();
      const result = work();
      this.busyMillis += threadMillis() - begun;
      return result;
    };
    host.drive = (context: Parameters<Host["drive"]>[0]) => {
      const { machine } = context;
      return drive({
        ...context,
        machine: {
          handleInput: (input, now) => meter(() => machine.handleInput(input, now)),
          handleTimeout: (now) => meter(() => machine.handleTimeout(now)),
          pollOutput: () => machine.pollOutput(),
          pollTimeout: () => machine.pollTimeout(),
        },
      });
    };
    return host;
  }
}

/** Processor time of this thread: on a machine that others use, a clock on the wall tells of them. */
export function threadMillis(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What is alive, in octets: on the heap, and in buffers. */
export function living(): { readonly heap: number; readonly buffers: number } {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") {
    collect();
    collect();
  }
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return { heap: heapUsed, buffers: Math.max(arrayBuffers, external) };
}
