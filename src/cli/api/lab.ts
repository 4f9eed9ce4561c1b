/** A router, its users and the network between them, all of it in simulated time and repeatable from a seed. */

import { Capture } from "../../dataplane/sim/capture.ts";
import { Nat } from "../../dataplane/sim/nat.ts";
import { Network, type NetworkFaults } from "../../dataplane/sim/network.ts";
import type { PersonaName } from "../../engine/client/persona-names.ts";
import { personas } from "../../engine/client/personas.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import { seededRandom } from "../../engine/kernel/seeded-random.ts";
import { LabClient } from "./lab-client.ts";
import { type RouterOptions, SimulatedRouter } from "./router.ts";

export interface LabOptions extends RouterOptions {
  /** A whole number: the same one gives the same run to the octet; 1 if absent. */
  readonly seed?: number;
  /** What packets meet from the start. */
  readonly network?: Partial<NetworkFaults>;
}

export interface LabClientOptions {
  /** `windows-2000` if absent. */
  readonly persona?: PersonaName;
  /** The pre-shared key of IKE. */
  readonly psk?: string;
  readonly user: string;
  readonly password: string;
  /** Absent = it has a public address. */
  readonly behind?: Nat;
  /** Its own address; absent = one that no other client has. */
  readonly address?: string;
  /** Which of the router's addresses it calls; absent = the first that answers with IPsec. */
  readonly gateway?: string;
}

/** Each source of accidents has a seed of its own, far from those of the next run. */
const SEEDS_PER_LAB = 10_000;

export class Lab {
  readonly router: SimulatedRouter;
  readonly #simulation: Network;
  readonly #capture = new Capture();
  readonly #seed: number;
  #clients = 0;
  #nats = 0;

  constructor(options: LabOptions) {
    this.#seed = (options.seed ?? 1) * SEEDS_PER_LAB;
    this.#simulation = new Network({ random: this.#random(0), ...options.network });
    this.router = new SimulatedRouter(this.#simulation, this.#random(1), options);
    this.#simulation.observe((packet) => this.#capture.add(packet, this.router.date.getTime()));
  }

  /** What packets meet: set its fields at any time. */
  get network(): NetworkFaults {
    return this.#simulation.faults;
  }

  /** Simulated seconds since the lab began. */
  get seconds(): number {
    return this.#simulation.now / 1000;
  }

  /** A NAT box with an outside address of its own; its `rebind()` makes it forget every translation. */
  nat(outside?: string): Nat {
    this.#nats += 1;
    return new Nat({ outside: outside ?? `198.51.100.${this.#nats}` });
  }

  /** Throws an `Error` when no address of the router answers with IPsec and none is given. */
  client(options: LabClientOptions): LabClient {
    const gateway = options.gateway ?? this.router.gatewayAddress;
    if (gateway === undefined) throw new Error("the configuration terminates IPsec nowhere; say `gateway`");
    this.#clients += 1;
    const number = this.#clients;
    const network = options.behind === undefined ? "192.0" : "10.0";
    const address = options.address ?? `${network}.${2 + (number >> 8)}.${number & 0xff}`;
    const flow = (port: number) => {
      const local = { address, port };
      return { local, remote: { address: gateway, port }, wire: local };
    };
    const plan = {
      persona: personas[options.persona ?? "windows-2000"],
      hostName: `pc${number}`,
      flow: flow(500),
      natTraversalFlow: flow(4500),
      preSharedKey: new Secret(options.psk ?? ""),
      user: options.user,
      password: new Secret(options.password),
      remoteL2tpPort: 1701,
    };
    return new LabClient(this.#simulation, plan, this.#random(100 + number), options.behind);
  }

  /** Lets simulated time pass. */
  drive(seconds: number): void {
    this.#simulation.runFor(seconds * 1000);
  }

  /** Lets time pass until `done`, at most so long (60 s if absent); says whether it was. */
  driveUntil(done: () => boolean, { timeoutSeconds = 60 } = {}): boolean {
    return this.#simulation.runUntil(done, timeoutSeconds * 1000);
  }

  /** Every packet of the public side so far as a pcap file of raw IPv4, lost ones too. */
  capture(): Uint8Array {
    return this.#capture.bytes();
  }

  [Symbol.dispose](): void {
    this.router[Symbol.dispose]();
  }

  #random(use: number) {
    return seededRandom(this.#seed + use);
  }
}
