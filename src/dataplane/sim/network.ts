/**
 * Hosts joined in simulated time: every datagram takes a while, may be lost, doubled or overtaken, and may pass a NAT.
 * Time moves only in `run…`, from one arrival or deadline to the next, so a run of hours takes as long as its work; no event
 * looks at all hosts.
 */

import { agree } from "../../engine/crypto/dh.ts";
import type { EngineAnswer, EngineQuestion } from "../../engine/forwarding.ts";
import { type Address, endpointKey } from "../../engine/kernel/address.ts";
import { DeadlineQueue } from "../../engine/kernel/deadline-queue.ts";
import { earlier, type Machine, type Millis } from "../../engine/kernel/machine.ts";
import type { Random } from "../../engine/kernel/random.ts";
import type { ChassisInput, ChassisOutput } from "../chassis.ts";
import type { HostPacket, ListenPort, OuterDatagram } from "../datagram.ts";
import { type OuterPacket, outgoing } from "../packet.ts";
import type { Nat } from "./nat.ts";

export interface NetworkOptions {
  readonly random: Random;
  /** One way; 10 ms if absent. */
  readonly latencyMillis?: Millis;
  /** Added to the latency, drawn anew for each packet: what overtakes what. */
  readonly jitterMillis?: Millis;
  /** Shares of packets, 0 to 1. */
  readonly loss?: number;
  readonly duplication?: number;
  readonly corruption?: number;
  readonly startAt?: Millis;
  /** What a key agreement takes a host; 0 if absent. */
  readonly agreementMillis?: Millis;
}

export interface NetworkFaults {
  /** One way, in milliseconds. */
  latencyMillis: Millis;
  /** Up to so many milliseconds more, drawn for each packet: what overtakes what. */
  jitterMillis: Millis;
  /** Share of packets that are lost, 0 to 1. */
  loss: number;
  /** Share of packets that arrive twice, 0 to 1. */
  duplication: number;
  /** Share of packets of which an octet arrives as another, 0 to 1, as if nobody had a checksum. */
  corruption: number;
}

/** A host on the network: requests go straight to its machine. */
export interface Host<Request> {
  request(request: Request): void;
  /** A packet of its own host, by one of its TUN devices. */
  hostPacket(device: string, bytes: Uint8Array): void;
  /** Who takes what it sends to its TUN devices; without one that is lost. */
  onHostPacket(receiver: (packet: HostPacket) => void): void;
  /** From now on it answers at these ports, and at no other. */
  listen(ports: readonly ListenPort[]): void;
  /** Its machine waits for something else than when it was last spoken to. */
  settle(): void;
  /** Without a word: it sends and hears nothing any more. */
  leave(): void;
}

type HostMachine<Request> = Machine<ChassisInput<Request>, ChassisOutput>;

interface Attached {
  /** Of two that have something to do at one moment, the elder begins. */
  readonly seniority: number;
  readonly machine: HostMachine<never>;
  readonly nat: Nat | undefined;
  /** Whoever is behind its TUN devices. */
  toHost: (packet: HostPacket) => void;
}

interface Listener {
  readonly attached: Attached;
  readonly port: ListenPort;
}

/** What has come to a host that was not handed in yet. */
interface Arrived {
  readonly attached: Attached;
  readonly datagrams: OuterDatagram[];
}

/** An answer that a host is still computing. */
interface Computing {
  readonly seniority: number;
  readonly attached: Attached;
  readonly answer: EngineAnswer;
}

interface InFlight {
  readonly seniority: number;
  readonly packet: OuterPacket;
}

/** More events at one moment than any sound exchange has: two machines answer each other for ever. */
const MAX_EVENTS_AT_ONCE = 100_000;

export class Network {
  readonly #options: NetworkOptions;
  /** What packets meet from now on; may be changed at any time. */
  readonly faults: NetworkFaults;
  readonly #hosts = new Set<Attached>();
  readonly #deadlines = new DeadlineQueue<Attached>();
  readonly #public = new Map<string, Listener>();
  readonly #private = new Map<Nat, Map<string, Listener>>();
  /** Several may share an address where each has ports of its own. */
  readonly #nats = new Set<Nat>();
  readonly #inFlight = new DeadlineQueue<InFlight>();
  #arrived: Arrived | undefined;
  #seniority = 0;
  readonly #computing = new DeadlineQueue<Computing>();
  readonly #observers: ((packet: OuterPacket, now: Millis) => void)[] = [];
  #filter: (packet: OuterPacket) => boolean = () => true;
  #now: Millis;

  constructor(options: NetworkOptions) {
    this.#options = options;
    const { latencyMillis = 10, jitterMillis = 0, loss = 0, duplication = 0, corruption = 0 } = options;
    this.faults = { latencyMillis, jitterMillis, loss, duplication, corruption };
    this.#now = options.startAt ?? 1000;
  }

  get now(): Millis {
    return this.#now;
  }

  /** `nat` = the host is inside that NAT, where others may use the same addresses. */
  attach<Request>(machine: HostMachine<Request>, ports: readonly ListenPort[], nat?: Nat): Host<Request> {
    const attached: Attached = { seniority: this.#nextSeniority(), machine, nat, toHost: () => undefined };
    this.#hosts.add(attached);
    if (nat !== undefined) this.#nats.add(nat);
    const listeners = nat === undefined ? this.#public : (this.#private.get(nat) ?? new Map<string, Listener>());
    if (nat !== undefined) this.#private.set(nat, listeners);
    let keys: string[] = [];
    const listen = (ports: readonly ListenPort[]) => {
      for (const key of keys) if (listeners.get(key)?.attached === attached) listeners.delete(key);
      keys = ports.map(({ wire }) => endpointKey(wire));
      for (const port of ports) listeners.set(endpointKey(port.wire), { attached, port });
    };
    listen(ports);
    return {
      listen,
      hostPacket: (device, bytes) => {
        machine.handleInput({ type: "hostPackets", device, packets: [bytes] }, this.#now);
        this.#collect(attached);
      },
      onHostPacket: (receiver) => {
        attached.toHost = receiver;
      },
      settle: () => this.#collect(attached),
      leave: () => {
        listen([]);
        this.#hosts.delete(attached);
        this.#deadlines.set(attached, undefined);
      },
      request: (request) => {
        if (!this.#hosts.has(attached)) return;
        machine.handleInput({ type: "request", request }, this.#now);
        this.#collect(attached);
      },
    };
  }

  /** Sees every packet of the public side as it is sent, lost ones too. */
  observe(observer: (packet: OuterPacket, now: Millis) => void): void {
    this.#observers.push(observer);
  }

  /** Drops what `filter` refuses, until another one is set. */
  setFilter(filter: (packet: OuterPacket) => boolean): void {
    this.#filter = filter;
  }

  /** Puts a packet of anyone's making on the public side. */
  inject(packet: OuterPacket): void {
    this.#launch(packet);
  }

  /** Lets `millis` pass. */
  runFor(millis: Millis): void {
    this.runUntil(() => false, millis);
  }

  /** Runs until `done`, at most `limitMillis`; says whether it was. */
  runUntil(done: () => boolean, limitMillis: Millis): boolean {
    const end = this.#now + limitMillis;
    let eventsAtOnce = 0;
    for (const host of this.#hosts) this.#collect(host);
    for (;;) {
      if (done()) return true;
      const next = this.#nextMoment();
      if (next === undefined || next > end) {
        this.#now = end;
        return done();
      }
      eventsAtOnce = next > this.#now ? 0 : eventsAtOnce + 1;
      if (eventsAtOnce > MAX_EVENTS_AT_ONCE) throw new Error(`the network is never quiet at ${this.#now} ms`);
      this.#now = Math.max(this.#now, next);
      this.#step();
    }
  }

  /** Runs while packets are under way: what only waits for a timer is left waiting. */
  runUntilQuiet(limitMillis: Millis): boolean {
    return this.runUntil(() => this.#inFlight.size === 0, limitMillis);
  }

  #nextMoment(): Millis | undefined {
    return earlier(earlier(this.#inFlight.peek(), this.#computing.peek()), this.#deadlines.peek())?.at;
  }

  #step(): void {
    for (const { packet } of takeAllDue(this.#inFlight, this.#now)) this.#arrive(packet);
    this.#handIn();
    for (const { attached, answer } of takeAllDue(this.#computing, this.#now)) {
      if (!this.#hosts.has(attached)) continue;
      attached.machine.handleInput(answer, this.#now);
      this.#collect(attached);
    }
    for (const host of takeAllDue(this.#deadlines, this.#now)) {
      if (!this.#hosts.has(host)) continue;
      host.machine.handleTimeout(this.#now);
      this.#collect(host);
    }
  }

  #collect(host: Attached): void {
    for (let output = host.machine.pollOutput(); output !== undefined; output = host.machine.pollOutput()) {
      if ("question" in output) {
        this.#ask(host, output);
        continue;
      }
      if (output.role === "host") {
        host.toHost({ ...output, bytes: new Uint8Array(output.bytes) });
        continue;
      }
      const packet = outgoing({ ...output, bytes: new Uint8Array(output.bytes) });
      const seen = host.nat === undefined ? packet : host.nat.outbound(packet, this.#now);
      if (seen !== undefined) this.#launch(seen);
    }
    if (this.#hosts.has(host)) this.#deadlines.set(host, host.machine.pollTimeout());
  }

  #ask(attached: Attached, { question, work }: EngineQuestion): void {
    const answer: EngineAnswer = { type: "agreed", question, agreement: agree(work) };
    const { agreementMillis = 0 } = this.#options;
    if (agreementMillis > 0) {
      const deadline = { at: this.#now + agreementMillis, why: "key agreement" };
      this.#computing.set({ seniority: this.#nextSeniority(), attached, answer }, deadline);
    } else attached.machine.handleInput(answer, this.#now);
  }

  #launch(packet: OuterPacket): void {
    for (const observer of this.#observers) observer(packet, this.#now);
    const { loss, duplication } = this.faults;
    if (!this.#filter(packet) || this.#chance(loss)) return;
    this.#fly(packet);
    if (this.#chance(duplication)) this.#fly({ ...packet, payload: new Uint8Array(packet.payload) });
  }

  #fly(packet: OuterPacket): void {
    const { latencyMillis, jitterMillis, corruption } = this.faults;
    const arriving = this.#chance(corruption) ? this.#corrupted(packet) : packet;
    const at = this.#now + latencyMillis + this.#fraction() * jitterMillis;
    this.#inFlight.set({ seniority: this.#nextSeniority(), packet: arriving }, { at, why: "arrival" });
  }

  #corrupted(packet: OuterPacket): OuterPacket {
    const payload = new Uint8Array(packet.payload);
    const at = Math.floor(this.#fraction() * payload.length);
    payload[at] = (payload[at] ?? 0) ^ (1 + Math.floor(this.#fraction() * 255));
    return { ...packet, payload };
  }

  #nextSeniority(): number {
    this.#seniority += 1;
    return this.#seniority;
  }

  #arrive(packet: OuterPacket): void {
    for (const nat of this.#nats) {
      if (nat.outside !== packet.destination.address) continue;
      const translated = nat.inbound(packet, this.#now);
      if (translated !== undefined) this.#deliver(translated, this.#private.get(nat));
    }
    this.#deliver(packet, this.#public);
  }

  #deliver(packet: OuterPacket, listeners: ReadonlyMap<string, Listener> | undefined): void {
    const listener = listeners?.get(endpointKey(packet.destination));
    if (listener === undefined) return;
    const { attached, port } = listener;
    const flow = { local: port.local, remote: packet.source, wire: port.wire };
    if (this.#arrived?.attached !== attached) {
      this.#handIn();
      this.#arrived = { attached, datagrams: [] };
    }
    this.#arrived.datagrams.push({ role: port.role, flow, bytes: packet.payload });
  }

  /** What came to one host at one moment comes in together, as it does from a socket. */
  #handIn(): void {
    const arrived = this.#arrived;
    if (arrived === undefined) return;
    this.#arrived = undefined;
    const { attached, datagrams } = arrived;
    if (!this.#hosts.has(attached)) return;
    attached.machine.handleInput({ type: "datagrams", datagrams }, this.#now);
    this.#collect(attached);
  }

  #chance(share: number): boolean {
    return share > 0 && this.#fraction() < share;
  }

  #fraction(): number {
    const [a = 0, b = 0, c = 0] = this.#options.random.bytes(3);
    return (a * 0x1_0000 + b * 0x100 + c) / 0x100_0000;
  }
}

/** What has come due, in the order of time; of what is due at one moment, the eldest first. */
function takeAllDue<Key extends { readonly seniority: number }>(queue: DeadlineQueue<Key>, now: Millis): Key[] {
  const due: { readonly key: Key; readonly at: Millis }[] = [];
  for (let next = queue.peek(); next !== undefined; next = queue.peek()) {
    const key = queue.takeDue(now);
    if (key === undefined) break;
    due.push({ key, at: next.at });
  }
  return due.sort((a, b) => a.at - b.at || a.key.seniority - b.key.seniority).map(({ key }) => key);
}

/** The ports of a host that is called by its own address, or by another that stands for it: 500, 4500, 1701 and ESP. */
export function standardPorts(address: Address, wire: Address = address): ListenPort[] {
  const port = (role: ListenPort["role"], number: number): ListenPort => ({
    role,
    local: { address, port: number },
    wire: { address: wire, port: number },
  });
  return [port("ike", 500), port("natt", 4500), port("l2tp", 1701), port("esp", 0)];
}
