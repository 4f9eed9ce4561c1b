/** A gateway and clients on a simulated network: what the scenario tests drive. */

import { Chassis } from "../../src/dataplane/chassis.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import { Capture } from "../../src/dataplane/sim/capture.ts";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { type Host, Network, type NetworkOptions, standardPorts } from "../../src/dataplane/sim/network.ts";
import { Client, type ClientCertificate, type ClientPlan, type ClientRequest } from "../../src/engine/client/client.ts";
import type { PersonaName } from "../../src/engine/client/persona-names.ts";
import { type Persona, personas } from "../../src/engine/client/personas.ts";
import type { EngineInput, EngineOutput } from "../../src/engine/forwarding.ts";
import type { Address } from "../../src/engine/kernel/address.ts";
import type { LogEvent } from "../../src/engine/kernel/log.ts";
import type { Deadline, Machine, Millis } from "../../src/engine/kernel/machine.ts";
import { Outputs } from "../../src/engine/kernel/outputs.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { Router, type RouterRequest } from "../../src/engine/router/router.ts";
import type { Snapshot } from "../../src/engine/snapshot.ts";
import { DEFAULT_ROUTER, type RouterSpec } from "../../src/engine/spec.ts";
import { TODAY } from "./authority.ts";
import { seededRandom } from "./random.ts";

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

type HostRequest = ClientRequest | { readonly type: "packet"; readonly bytes: Uint8Array };

/** A client whose host can also send IP packets of anyone's making into the tunnel. */
class ClientHost implements Machine<EngineInput | HostRequest, EngineOutput> {
  readonly #client: Client;
  readonly #packets = new Outputs<EngineOutput>();

  constructor(client: Client) {
    this.#client = client;
  }

  handleInput(input: EngineInput | HostRequest, now: Millis): void {
    if (input.type !== "packet") this.#client.handleInput(input, now);
    else this.#packets.push({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: input.bytes });
  }

  handleTimeout(now: Millis): void {
    this.#client.handleTimeout(now);
  }

  pollOutput(): EngineOutput | undefined {
    return this.#client.pollOutput() ?? this.#packets.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#client.pollTimeout();
  }
}

/** The simulated clock begins on a day of which certificates can speak. */
function epoch(now: Millis): number {
  return TODAY + now;
}

export class LabClient {
  readonly client: Client;
  readonly events: readonly LogEvent[];
  readonly #host: Host<HostRequest>;
  readonly #lab: Lab;

  constructor(client: Client, events: readonly LogEvent[], host: Host<HostRequest>, lab: Lab) {
    this.client = client;
    this.events = events;
    this.#host = host;
    this.#lab = lab;
  }

  get state(): string {
    return this.client.view().state;
  }

  get address(): Address | undefined {
    return this.client.view().address;
  }

  /** Why it failed or closed. */
  get reason(): string | undefined {
    return this.client.view().reason;
  }

  /** Connects and waits until it is up or has failed. */
  connect(limitMillis: Millis = 60_000): this {
    this.startConnecting();
    this.#lab.network.runUntil(() => this.state === "up" || this.state === "failed", limitMillis);
    return this;
  }

  /** Connects and waits for nothing. */
  startConnecting(): void {
    this.#host.request({ type: "connect" });
  }

  disconnect(): void {
    this.#host.request({ type: "disconnect" });
    this.#lab.network.runFor(5000);
  }

  /** How many of `count` pings, one every `everyMillis`, are answered. */
  ping(to: Address, count = 1, everyMillis: Millis = 200): number {
    return this.#lab.pingTogether([this], to, count, everyMillis)[0] ?? 0;
  }

  sendPing(to: Address): void {
    this.#host.request({ type: "ping", to });
  }

  /** Puts an IP packet of the test's making into the tunnel. */
  sendPacket(bytes: Uint8Array): void {
    this.#host.request({ type: "packet", bytes });
  }

  /** When those of its pings were sent that have been answered. */
  answeredPings(since: Millis): Millis[] {
    const { pings } = this.client.view();
    return pings.flatMap(({ sentAt, answeredAt }) => (answeredAt !== undefined && sentAt >= since ? [sentAt] : []));
  }
}

export class Lab {
  readonly network: Network;
  readonly router: Router;
  readonly capture = new Capture();
  readonly events: LogEvent[] = [];
  readonly #gateway: Host<RouterRequest>;
  readonly #seed: number;
  #clients = 0;

  constructor(options: LabOptions) {
    this.#seed = (options.seed ?? 0) * 10_000;
    this.network = new Network({ random: seededRandom(this.#seed + 5), ...options.network });
    if (options.captures ?? true) this.network.observe((packet, now) => this.capture.add(packet, now));
    const lineModule = new LineModule({ random: seededRandom(this.#seed + 1) });
    this.router = new Router({
      random: seededRandom(this.#seed + 2),
      log: (category, severity, text, fields = {}) => this.events.push({ category, severity, text, fields }),
      statistics: lineModule,
      cryptoEngine: "node",
      udpEncapsulationOnly: options.udpEncapsulationOnly ?? false,
      startedAt: this.network.now,
      epoch,
    });
    const ports = (options.addresses ?? [GATEWAY]).flatMap(standardPorts);
    this.#gateway = this.network.attach(new Chassis<RouterRequest>(this.router, lineModule), ports);
    this.#gateway.request({ type: "configure", spec: options.spec });
  }

  get snapshot(): Snapshot {
    const snapshot = this.router.snapshot(this.network.now);
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
    this.#gateway.request(request);
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
  pingTogether(clients: readonly LabClient[], to: Address, count: number, everyMillis: Millis = 200): number[] {
    const start = this.network.now;
    const answered = clients.map(() => new Set<Millis>());
    const collect = () => {
      for (const [index, client] of clients.entries()) {
        for (const sentAt of client.answeredPings(start)) answered[index]?.add(sentAt);
      }
    };
    for (let sent = 1; sent <= count; sent += 1) {
      for (const client of clients) client.sendPing(to);
      this.run(everyMillis);
      // A client remembers its last thousand.
      if (sent % 500 === 0) collect();
    }
    this.run(1000);
    collect();
    return answered.map(({ size }) => size);
  }

  client(options: ClientOptions = {}): LabClient {
    this.#clients += 1;
    const address =
      options.address ?? (options.nat === undefined ? `192.0.2.${this.#clients}` : `10.0.0.${this.#clients + 1}`);
    const flow = (port: number) => {
      const local = { address, port };
      return { local, remote: { address: options.gateway ?? GATEWAY, port }, wire: local };
    };
    const random = seededRandom(this.#seed + 100 + this.#clients);
    const events: LogEvent[] = [];
    const client = new Client(
      {
        persona: { ...personas[options.persona ?? "windows-2000"], ...options.manners },
        hostName: `pc${this.#clients}`,
        flow: flow(500),
        natTraversalFlow: flow(4500),
        preSharedKey: new Secret(options.preSharedKey ?? "secret"),
        ...(options.certificate === undefined ? {} : { certificate: options.certificate }),
        user: options.user ?? "fred",
        password: new Secret(options.password ?? "fredPw"),
        remoteL2tpPort: 1701,
        ...options.plan,
      },
      {
        random,
        log: (category, severity, text, fields = {}) => events.push({ category, severity, text, fields }),
        epoch,
      },
    );
    const chassis = new Chassis<HostRequest>(new ClientHost(client), new LineModule({ random }));
    const host = this.network.attach(chassis, standardPorts(address), options.nat);
    return new LabClient(client, events, host, this);
  }

  nat(outside: Address = NAT): Nat {
    return new Nat({ outside });
  }
}
