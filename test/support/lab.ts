/** A gateway and clients on a simulated network: what the scenario tests drive. */

import { Chassis } from "../../src/dataplane/chassis.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import { Capture } from "../../src/dataplane/sim/capture.ts";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { type Host, Network, type NetworkOptions, standardPorts } from "../../src/dataplane/sim/network.ts";
import { Client, type ClientPlan, type ClientRequest } from "../../src/engine/client/client.ts";
import { type PersonaName, personas } from "../../src/engine/client/personas.ts";
import type { LogEvent } from "../../src/engine/kernel/log.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { Router, type RouterRequest } from "../../src/engine/router/router.ts";
import type { Snapshot } from "../../src/engine/snapshot.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { seededRandom } from "./random.ts";

export const GATEWAY = "203.0.113.1";
export const NAT = "198.51.100.7";

export interface LabOptions {
  readonly spec: RouterSpec;
  readonly network?: Partial<NetworkOptions>;
}

export interface ClientOptions {
  readonly persona?: PersonaName;
  /** Absent = on the public side. */
  readonly nat?: Nat;
  readonly address?: string;
  readonly preSharedKey?: string;
  readonly user?: string;
  readonly password?: string;
  readonly plan?: Partial<ClientPlan>;
}

export class LabClient {
  readonly client: Client;
  readonly #host: Host<ClientRequest>;
  readonly #lab: Lab;

  constructor(client: Client, host: Host<ClientRequest>, lab: Lab) {
    this.client = client;
    this.#host = host;
    this.#lab = lab;
  }

  get state(): string {
    return this.client.view().state;
  }

  /** Connects and waits until it is up or has failed. */
  connect(): this {
    this.#host.request({ type: "connect" });
    this.#lab.network.runUntil(() => this.state === "up" || this.state === "failed", 60_000);
    return this;
  }

  disconnect(): void {
    this.#host.request({ type: "disconnect" });
    this.#lab.network.runFor(5000);
  }

  /** How many of `count` pings, one every `everyMillis`, are answered. */
  ping(to: string, count = 1, everyMillis = 200): number {
    const before = this.#answered();
    for (let sent = 0; sent < count; sent += 1) {
      this.#host.request({ type: "ping", to });
      this.#lab.network.runFor(everyMillis);
    }
    this.#lab.network.runFor(1000);
    return this.#answered() - before;
  }

  #answered(): number {
    return this.client.view().pings.filter((ping) => ping.answeredAt !== undefined).length;
  }
}

export class Lab {
  readonly network: Network;
  readonly router: Router;
  readonly capture = new Capture();
  readonly events: LogEvent[] = [];
  readonly #gateway: Host<RouterRequest>;
  #clients = 0;

  constructor(options: LabOptions) {
    this.network = new Network({ random: seededRandom(5), ...options.network });
    this.network.observe((packet, now) => this.capture.add(packet, now));
    const lineModule = new LineModule({ random: seededRandom(1) });
    this.router = new Router({
      random: seededRandom(2),
      log: (category, severity, text, fields = {}) => this.events.push({ category, severity, text, fields }),
      statistics: lineModule,
      cryptoEngine: "node",
      startedAt: this.network.now,
    });
    this.#gateway = this.network.attach(new Chassis<RouterRequest>(this.router, lineModule), standardPorts(GATEWAY));
    this.#gateway.request({ type: "configure", spec: options.spec });
  }

  get snapshot(): Snapshot {
    const snapshot = this.router.snapshot(this.network.now);
    if (snapshot === undefined) throw new Error("the router has no configuration");
    return snapshot;
  }

  request(request: RouterRequest): void {
    this.#gateway.request(request);
  }

  /** Everything the gateway said, as text: `text {fields}`. */
  get log(): string[] {
    return this.events.map((event) => `${event.text} ${JSON.stringify(event.fields)}`);
  }

  client(options: ClientOptions = {}): LabClient {
    this.#clients += 1;
    const address =
      options.address ?? (options.nat === undefined ? `192.0.2.${this.#clients}` : `10.0.0.${this.#clients + 1}`);
    const flow = (port: number) => {
      const local = { address, port };
      return { local, remote: { address: GATEWAY, port }, wire: local };
    };
    const random = seededRandom(100 + this.#clients);
    const client = new Client(
      {
        persona: personas[options.persona ?? "windows-2000"],
        hostName: `pc${this.#clients}`,
        flow: flow(500),
        natTraversalFlow: flow(4500),
        preSharedKey: new Secret(options.preSharedKey ?? "secret"),
        user: options.user ?? "fred",
        password: new Secret(options.password ?? "fredPw"),
        remoteL2tpPort: 1701,
        ...options.plan,
      },
      { random, log: () => undefined },
    );
    const chassis = new Chassis<ClientRequest>(client, new LineModule({ random }));
    return new LabClient(client, this.network.attach(chassis, standardPorts(address), options.nat), this);
  }

  nat(): Nat {
    return new Nat({ outside: NAT });
  }
}
