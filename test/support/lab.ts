/** A gateway and clients on a simulated network: what the scenario tests drive. */

import { RemoteUser, type UserContext } from "../../src/cli/api/remote-user.ts";
import { Site } from "../../src/cli/api/site.ts";
import { Chassis } from "../../src/dataplane/chassis.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import { Capture } from "../../src/dataplane/sim/capture.ts";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { type Host, type Network, type NetworkOptions, standardPorts } from "../../src/dataplane/sim/network.ts";
import { Fabric } from "../../src/dataplane/workers/fabric.ts";
import type { Client } from "../../src/engine/client/client.ts";
import type { ClientCertificate, ClientPlan } from "../../src/engine/client/client-plan.ts";
import type { PersonaName } from "../../src/engine/client/persona-names.ts";
import { type Persona, personas } from "../../src/engine/client/personas.ts";
import type { Address } from "../../src/engine/kernel/address.ts";
import { fieldsOf, type LogEvent } from "../../src/engine/kernel/log.ts";
import type { Millis } from "../../src/engine/kernel/machine.ts";
import { Router } from "../../src/engine/router/router.ts";
import type { RouterRequest } from "../../src/engine/router/router-interface.ts";
import type { Snapshot } from "../../src/engine/snapshot.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { TODAY } from "./authority.ts";
import { SeveralModules, type SeveralModulesOptions } from "./several-modules.ts";

export const GATEWAY = "203.0.113.1";
export const NAT = "198.51.100.7";
export const OTHER_NAT = "198.51.100.8";
/** The router's own address inside the tunnel. */
export const INSIDE = "12.0.0.8";

export interface LabOptions {
  readonly spec: RouterSpec;
  /** As on real sockets: no ESP without UDP. */
  readonly udpEncapsulationOnly?: boolean;
  readonly network?: Partial<NetworkOptions>;
  /** False = packets are too many to be kept. */
  readonly captures?: boolean;
  /** Another one makes other keys, identifiers and accidents on the network. */
  readonly seed?: number;
  /** Those of the gateway on the public side; `GATEWAY` alone if absent. */
  readonly addresses?: readonly Address[];
  /** Line modules beside the engine's neighbour; none if absent. */
  readonly lineModules?: SeveralModulesOptions;
}

export interface ClientOptions {
  readonly persona?: PersonaName;
  /** What this client does otherwise than its persona. */
  readonly manners?: Partial<Persona>;
  /** Absent = on the public side. */
  readonly nat?: Nat;
  readonly address?: Address;
  /** Which of the gateway's addresses it calls. */
  readonly gateway?: Address;
  readonly preSharedKey?: string;
  readonly certificate?: ClientCertificate;
  readonly user?: string;
  readonly password?: string;
  readonly plan?: Partial<ClientPlan>;
}

/** `LNSH_LINE_MODULES=3 npx vitest run test/scenario` has every scenario pass through three line modules. */
const SEVERAL_FOR_ALL =
  process.env.LNSH_LINE_MODULES === undefined ? undefined : { count: Number(process.env.LNSH_LINE_MODULES) };

/** The simulated clock begins on a day of which certificates can speak. */
function epoch(now: Millis): number {
  return TODAY + now;
}

export class LabClient extends RemoteUser {
  readonly #lab: Lab;

  constructor(plan: ClientPlan, context: UserContext, lab: Lab) {
    super(plan, context);
    this.#lab = lab;
  }

  get client(): Client {
    return this.machine;
  }

  get events(): readonly LogEvent[] {
    return this.said;
  }

  /** Connects and waits until it is up or has failed. */
  connect(limitMillis: Millis = 60_000): this {
    this.connectWithin(limitMillis);
    return this;
  }

  /** How many of `count` pings, one every `everyMillis`, are answered. */
  ping(to: Address, count = 1, everyMillis: Millis = 200): number {
    return this.#lab.pingTogether([this], to, count, everyMillis)[0] ?? 0;
  }

  override answeredPings(since: Millis): Millis[] {
    return super.answeredPings(since);
  }
}

/** What does not outlive the gateway's process. */
interface Core {
  readonly router: Router;
  readonly modules: SeveralModules | undefined;
  readonly host: Host<RouterRequest>;
}

/** Chances of its own for each start of the gateway. */
const USES_PER_START = 10;

export class Lab {
  readonly network: Network;
  readonly capture = new Capture();
  readonly events: LogEvent[] = [];
  readonly #options: LabOptions;
  #core: Core;
  #starts = 0;
  readonly #site: Site;

  constructor(options: LabOptions) {
    this.#site = new Site(options.seed ?? 0, options.network ?? {}, epoch);
    this.network = this.#site.network;
    if (options.captures ?? true) this.network.observe((packet, now) => this.capture.add(packet, now));
    this.#options = options;
    this.#core = this.#start();
  }

  get router(): Router {
    return this.#core.router;
  }

  /** Present where the gateway has several line modules. */
  get modules(): SeveralModules | undefined {
    return this.#core.modules;
  }

  /** The gateway's process dies without a word and begins again, with its configuration and nothing else. */
  restart(downMillis: Millis = 1000): void {
    this.#core.host.leave();
    this.run(downMillis);
    this.#core = this.#start();
  }

  #start(): Core {
    const { lineModules, addresses, udpEncapsulationOnly, spec } = this.#options;
    const randomOf = (use: number) => this.#site.random(use + USES_PER_START * this.#starts);
    this.#starts += 1;
    const several = lineModules ?? SEVERAL_FOR_ALL;
    const random = randomOf(1);
    const fabric = several === undefined ? undefined : new Fabric({ random, count: several.count });
    const lineModule = fabric ?? new LineModule({ random });
    const router = new Router({
      random: randomOf(2),
      log: (category, severity, text, said) => this.events.push({ category, severity, text, fields: fieldsOf(said) }),
      statistics: lineModule,
      lineModules: fabric,
      cryptoEngine: "node",
      udpEncapsulationOnly: udpEncapsulationOnly ?? false,
      startedAt: this.network.now,
      epoch,
    });
    const ports = (addresses ?? [GATEWAY]).flatMap((address) => standardPorts(address));
    const chassis = new Chassis<RouterRequest>(router, lineModule);
    const modules =
      fabric === undefined || several === undefined
        ? undefined
        : new SeveralModules({ chassis, fabric, random: randomOf(3), options: several });
    const host = this.network.attach(modules ?? chassis, ports);
    host.request({ type: "configure", spec });
    return { router, modules, host };
  }

  get snapshot(): Snapshot {
    const snapshot = this.router.views.snapshot(this.network.now);
    if (snapshot === undefined) throw new Error("the router has no configuration");
    return snapshot;
  }

  /** What the gateway still holds of its clients, as numbers. */
  get holdings() {
    const { ikeSas, connections, l2tp, sessions, pools } = this.snapshot;
    const leases = pools.flatMap((pool) => pool.inUse);
    return {
      ikeSas: ikeSas.length,
      connections: connections.length,
      tunnels: l2tp.tunnels.length,
      sessions: sessions.length,
      leases: leases.length,
    };
  }

  request(request: RouterRequest): void {
    this.#core.host.request(request);
  }

  /** Everything the gateway said, as text: `text {fields}`. */
  get log(): string[] {
    return this.events.map((event) => `${event.text} ${JSON.stringify(event.fields)}`);
  }

  /** Lets time pass. */
  run(millis: Millis): void {
    this.network.runFor(millis);
  }

  /** Clients ping side by side, `count` times each; how many each of them had answered. */
  pingTogether(
    clients: readonly LabClient[],
    to: Address | ((client: LabClient, index: number) => Address),
    count: number,
    everyMillis: Millis = 200,
  ): number[] {
    const start = this.network.now;
    const answered = clients.map(() => new Set<Millis>());
    const collect = () => {
      for (const [index, client] of clients.entries()) {
        for (const sentAt of client.answeredPings(start)) answered[index]?.add(sentAt);
      }
    };
    for (let sent = 1; sent <= count; sent += 1) {
      for (const [index, client] of clients.entries()) {
        client.sendPing(typeof to === "string" ? to : to(client, index));
      }
      this.run(everyMillis);
      // A client remembers its last thousand.
      if (sent % 500 === 0) collect();
    }
    this.run(1000);
    collect();
    return answered.map(({ size }) => size);
  }

  client(options: ClientOptions = {}): LabClient {
    const { persona, manners, nat, certificate } = options;
    const { plan, context } = this.#site.enrol({
      persona: { ...personas[persona ?? "windows-2000"], ...manners },
      gateway: options.gateway ?? GATEWAY,
      behind: nat,
      address: options.address,
      psk: options.preSharedKey ?? "secret",
      user: options.user ?? "fred",
      password: options.password ?? "fredPw",
    });
    const known = certificate === undefined ? {} : { certificate };
    return new LabClient({ ...plan, ...known, ...options.plan }, context, this);
  }

  nat(outside: Address = NAT): Nat {
    return new Nat({ outside });
  }
}
