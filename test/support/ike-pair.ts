/**
 * Two IKE machines and the network between them, in simulated time: delay, jitter (which reorders), loss, duplication
 * and a NAT that gives each inner endpoint a port. What happens is decided by a seed.
 */

import { agree } from "../../src/engine/crypto/dh.ts";
import type { IkeConfiguration, IkeInput, IkeOutput, InitiatorPlan } from "../../src/engine/ike/events.ts";
import { IkeMachine } from "../../src/engine/ike/ike.ts";
import type { Endpoint, Flow } from "../../src/engine/kernel/address.ts";
import { endpointKey } from "../../src/engine/kernel/address.ts";
import { fieldsOf, type LogEvent } from "../../src/engine/kernel/log.ts";
import { type Random, randomBetween } from "../../src/engine/kernel/random.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { EspProposalSpec, IkePolicySpec, IpsecGatewaySpec } from "../../src/engine/spec.ts";
import { seededRandom } from "./random.ts";

export const SERVER = "203.0.113.1";
export const NAT = "203.0.113.2";

export const aesSha1: EspProposalSpec = {
  label: "AES-SHA",
  cipher: "aes",
  keyBits: 128,
  integrity: "sha1",
  mode: "transport",
};

export const policy3des: IkePolicySpec = {
  priority: 1,
  encryption: "3des",
  keyBits: 0,
  hash: "sha1",
  group: 2,
  authentication: "preShared",
  lifetimeSeconds: 3600,
};

export function gatewayOf(change: Partial<IpsecGatewaySpec> = {}): IpsecGatewaySpec {
  return {
    virtualRouter: "default",
    localAddress: SERVER,
    remote: { address: "0.0.0.0", length: 0 },
    interfaceName: "FastEthernet0/0",
    proposals: [aesSha1],
    lifetimeSeconds: 3600,
    lifetimeKilobytes: 4_608_000,
    pfsGroup: undefined,
    separation: "portDemux",
    replayWindow: 64,
    ignoreUdpChecksums: true,
    label: { map: "MAP", sequence: 10, dynamicMap: undefined, dynamicSequence: undefined },
    ...change,
  };
}

export function serverConfiguration(change: Partial<IkeConfiguration> = {}): IkeConfiguration {
  return {
    policies: [policy3des],
    preSharedKeys: [
      {
        virtualRouter: "default",
        peer: { prefix: { address: "0.0.0.0", length: 0 } },
        localAddress: undefined,
        key: new Secret("cisco"),
        group: false,
        label: "default",
      },
    ],
    gateways: [gatewayOf()],
    deadPeerDetection: undefined,
    udpEncapsulationOnly: false,
    permits: () => true,
    natTraversal: new Set(["default"]),
    ...change,
  };
}

export function planOf(address: string, change: Partial<InitiatorPlan> = {}): InitiatorPlan {
  const flow = (port: number): Flow => ({
    local: { address, port },
    remote: { address: SERVER, port },
    wire: { address, port },
  });
  return {
    virtualRouter: "default",
    flow: flow(500),
    natTraversalFlow: flow(4500),
    policies: [policy3des],
    preSharedKey: new Secret("cisco"),
    identity: { type: "address", address },
    vendorIds: [
      "4a131c81070358455c5728f20e95452f",
      "90cb80913ebb696e086381b5ec427b1f",
      "afcad71368a1f1c96b8696fc77570100",
    ].map((hex) => new Uint8Array(Buffer.from(hex, "hex"))),
    proposals: [aesSha1],
    lifetimeSeconds: 3600,
    lifetimeKilobytes: undefined,
    pfsGroup: undefined,
    quickModeIdentity: undefined,
    localPort: 1701,
    remotePort: 1701,
    sendInitialContact: false,
    longLifeAttributes: true,
    ...change,
  };
}

export interface Datagram {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** One machine with all it has said. */
export class End {
  readonly machine: IkeMachine;
  readonly address: string;
  readonly outputs: Exclude<IkeOutput, { type: "send" }>[] = [];
  readonly logs: LogEvent[] = [];

  constructor(address: string, seed: number) {
    this.address = address;
    this.machine = new IkeMachine({
      random: seededRandom(seed),
      log: (category, severity, text, said) => this.logs.push({ category, severity, text, fields: fieldsOf(said) }),
    });
  }

  of<Type extends IkeOutput["type"]>(type: Type): Extract<IkeOutput, { type: Type }>[] {
    return this.outputs.filter((output): output is Extract<typeof output, { type: Type }> => output.type === type);
  }

  reasons(): string[] {
    return this.logs.flatMap(({ fields }) => (typeof fields.reason === "string" ? [fields.reason] : []));
  }
}

export interface Network {
  readonly delay: number;
  readonly jitter: number;
  /** Per thousand. */
  readonly loss: number;
  readonly duplication: number;
}

export const perfect: Network = { delay: 10, jitter: 0, loss: 0, duplication: 0 };
export const hostile: Network = { delay: 20, jitter: 300, loss: 200, duplication: 200 };

export interface IkeNetOptions {
  readonly seed?: number;
  readonly nat?: boolean;
  readonly network?: Network;
  readonly configuration?: IkeConfiguration;
  readonly clients?: number;
}

export class IkeNet {
  now = 0;
  network: Network;
  /** What the server is called on the wire, where that is not its own address. */
  serverWire: string | undefined;
  readonly server: End;
  readonly clients: End[] = [];
  /** Every datagram that was handed to the network. */
  readonly wire: Datagram[] = [];
  readonly #random: Random;
  readonly #nat: boolean;
  readonly #inner = new Map<string, Endpoint>();
  readonly #outer = new Map<string, Endpoint>();
  #flying: { readonly datagram: Datagram; readonly arrives: number }[] = [];
  #nextNatPort = 20_000;

  constructor({
    seed = 1,
    nat = false,
    network = perfect,
    configuration = serverConfiguration(),
    clients = 1,
  }: IkeNetOptions = {}) {
    this.network = network;
    this.#random = seededRandom(seed * 7919 + 13);
    this.#nat = nat;
    this.server = new End(SERVER, seed * 2 + 1);
    for (let i = 0; i < clients; i += 1) {
      this.clients.push(new End(`192.168.10.${11 + i}`, seed * 1000 + i));
    }
    this.input(this.server, { type: "configure", configuration });
  }

  get client(): End {
    const [client] = this.clients;
    if (client === undefined) throw new Error("no client");
    return client;
  }

  input(end: End, input: IkeInput): void {
    end.machine.handleInput(input, this.now);
    this.#drain(end);
  }

  /** Opens connection 1 of a client and runs until it has its SAs or gives up. */
  connect(change: Partial<InitiatorPlan> = {}, client: End = this.client, connection = 1): void {
    this.input(client, { type: "initiate", connection, plan: planOf(client.address, change) });
    this.run(40_000, () => client.of("outboundSa").length > 0 || client.of("failed").length > 0);
    this.run(2_000);
  }

  /** Lets time pass; stops early when `until` holds. */
  run(milliseconds: number, until: () => boolean = () => false): void {
    const end = this.now + milliseconds;
    while (!until()) {
      const next = this.#nextEvent();
      if (next === undefined || next > end) break;
      this.now = Math.max(this.now, next);
      this.#step();
    }
    if (!until()) this.now = end;
  }

  /** Puts a datagram on the wire as if `from` had sent it; the NAT is not asked. */
  inject(from: Endpoint, to: Endpoint, bytes: Uint8Array): void {
    this.#deliver({ from, to, bytes, at: this.now });
  }

  /** The NAT forgets its table, so that every inner endpoint gets a new port. */
  rebind(): void {
    this.#inner.clear();
    this.#outer.clear();
  }

  #ends(): End[] {
    return [this.server, ...this.clients];
  }

  #nextEvent(): number | undefined {
    const times = this.#flying.map(({ arrives }) => arrives);
    for (const end of this.#ends()) {
      const deadline = end.machine.pollTimeout();
      if (deadline !== undefined) times.push(deadline.at);
    }
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #step(): void {
    const due = this.#flying.filter(({ arrives }) => arrives <= this.now);
    this.#flying = this.#flying.filter(({ arrives }) => arrives > this.now);
    due.sort((a, b) => a.arrives - b.arrives);
    for (const { datagram } of due) this.#deliver(datagram);
    for (const end of this.#ends()) {
      end.machine.handleTimeout(this.now);
      this.#drain(end);
    }
  }

  #drain(end: End): void {
    for (let output = end.machine.pollOutput(); output !== undefined; output = end.machine.pollOutput()) {
      if (output.type === "agree") {
        const { question, work } = output;
        end.machine.handleInput({ type: "agreed", question, agreement: agree(work) }, this.now);
        continue;
      }
      if (output.type !== "send") {
        end.outputs.push(output);
        continue;
      }
      this.#send({ from: output.flow.local, to: output.flow.remote, bytes: output.bytes, at: this.now });
    }
  }

  #send(sent: Datagram): void {
    const datagram = this.#translate(sent);
    if (datagram === undefined) return;
    this.wire.push(datagram);
    const { loss, duplication } = this.network;
    if (this.#draw() < loss) return;
    this.#fly(datagram);
    if (this.#draw() < duplication) this.#fly(datagram);
  }

  #fly(datagram: Datagram): void {
    const { delay, jitter } = this.network;
    this.#flying.push({ datagram, arrives: this.now + delay + randomBetween(this.#random, 0, jitter) });
  }

  #draw(): number {
    return randomBetween(this.#random, 0, 999);
  }

  #translate(datagram: Datagram): Datagram | undefined {
    if (!this.#nat) return datagram;
    if (datagram.from.address === SERVER) {
      const to = this.#outer.get(endpointKey(datagram.to));
      return to === undefined ? undefined : { ...datagram, to };
    }
    const key = endpointKey(datagram.from);
    let from = this.#inner.get(key);
    if (from === undefined) {
      from = { address: NAT, port: this.#nextNatPort };
      this.#nextNatPort += 1;
      this.#inner.set(key, from);
      this.#outer.set(endpointKey(from), datagram.from);
    }
    return { ...datagram, from };
  }

  #deliver({ from, to, bytes }: Datagram): void {
    const end = this.#ends().find(({ address }) => address === to.address);
    if (end === undefined) return;
    const wire = end === this.server ? { ...to, address: this.serverWire ?? to.address } : to;
    const flow: Flow = { local: to, wire, remote: from };
    this.input(end, { type: "datagram", flow, bytes: bytes.slice() });
  }
}
