/**
 * A packet capture in memory: what is on the wire, beside it what was inside of ESP and of encrypted ISAKMP messages, and what the host and the gateway
 * give each other. It keeps a bounded number of octets; when they are full it ends, or forgets the oldest.
 */

import type { EspKeys } from "../../engine/forwarding.ts";
import type { Flow } from "../../engine/kernel/address.ts";
import { type Address, ipv4FromNumber, type Prefix, prefixContains } from "../../engine/kernel/address.ts";
import { ipProtocol, ipv4Destination, ipv4Source } from "../../engine/wire/ipv4.ts";
import { classifyUdpEncapsulated, NON_ESP_MARKER_LENGTH } from "../../engine/wire/udp-encap.ts";
import type { OuterDatagram } from "../datagram.ts";
import { incoming, ipOctets, outgoing, packetOctets } from "../packet.ts";
import type { Direction, PacketTap } from "../path/tap.ts";
import { IsakmpInside, type SecretOf } from "./isakmp-inside.ts";
import { type CapturedPacket, pcapng } from "./pcapng.ts";
import { espLine, isakmpLine } from "./wireshark-keys.ts";

/** What a packet costs beside its octets. */
const PACKET_OVERHEAD = 128;
/** Keys outlive their SAs in a capture, but not without bound. */
const MAX_SAS = 10_000;
/** Where ISAKMP is at home: the inside of a message is shown as if it had come without NAT traversal. */
const ISAKMP_PORT = 500;

export const WIRE = 0;
export const INSIDE = 1;
export const HOST = 2;

/** By the numbers above. */
export const INTERFACES = [
  { name: "wire", description: "datagrams as they are on the wire" },
  { name: "inside", description: "what was inside of ESP and of encrypted ISAKMP messages" },
  { name: "host", description: "packets between the gateway and its host" },
] as const;

export interface RecorderPlan {
  readonly octets: number;
  /** The oldest packets make room; otherwise a full buffer ends the capture. */
  readonly circular: boolean;
  /** Absent = no limit but the buffer. */
  readonly packets?: number | undefined;
  /** Octets kept of each packet; absent = all. */
  readonly packetLength?: number | undefined;
  readonly direction: "in" | "out" | "both";
  /** Either end must be in the one block and the other end in the other; absent = any. */
  readonly between?: readonly [Prefix, Prefix] | undefined;
  /** Our own addresses that count; absent = all. */
  readonly local?: readonly string[] | undefined;
}

/** One that the gateway saw, which is at one of its ends. */
export interface RecordedPacket extends CapturedPacket {
  readonly direction: Direction;
}

export class Recorder implements PacketTap {
  readonly #plan: RecorderPlan;
  readonly #nowMillis: () => number;
  readonly #isakmp: IsakmpInside;
  readonly #packets: RecordedPacket[] = [];
  /** Packets before this one were forgotten. */
  #first = 0;
  #octets = 0;
  #seen = 0;
  #full = false;
  readonly #sas = new Map<string, string>();

  /** `nowMillis` counts from 1970. */
  constructor(plan: RecorderPlan, nowMillis: () => number, secretOf: SecretOf) {
    this.#plan = plan;
    this.#nowMillis = nowMillis;
    this.#isakmp = new IsakmpInside(secretOf);
  }

  /** Nothing more is taken. */
  get isFull(): boolean {
    return this.#full;
  }

  /** Packets that were to be recorded, the forgotten ones too. */
  get seen(): number {
    return this.#seen;
  }

  get octets(): number {
    return this.#octets;
  }

  /** Packets that are there. */
  get kept(): number {
    return this.#packets.length - this.#first;
  }

  /** A copy of the list. */
  get packets(): readonly RecordedPacket[] {
    return this.#packets.slice(this.#first);
  }

  outer(direction: Direction, datagram: OuterDatagram): void {
    if (!this.#wantedFlow(direction, datagram.flow)) return;
    this.#keep(WIRE, direction, packetOctets(direction === "in" ? incoming(datagram) : outgoing(datagram)));
    const message = isakmpOf(datagram);
    const clear = message === undefined ? undefined : this.#isakmp.open(message);
    if (clear === undefined) return;
    const { flow } = datagram;
    const at500 = { ...flow, wire: { ...flow.wire, port: ISAKMP_PORT } };
    const opened: OuterDatagram = { role: "ike", flow: at500, bytes: clear };
    this.#keep(INSIDE, direction, packetOctets(direction === "in" ? incoming(opened) : outgoing(opened)));
  }

  inner(direction: Direction, flow: Flow, datagram: Uint8Array): void {
    if (!this.#wantedFlow(direction, flow)) return;
    const [source, destination] = direction === "in" ? [flow.remote, flow.wire] : [flow.wire, flow.remote];
    const ends = { source: source.address, destination: destination.address };
    this.#keep(INSIDE, direction, ipOctets({ ...ends, protocol: ipProtocol.udp, payload: datagram }));
  }

  host(direction: Direction, localAddress: Address, packet: Uint8Array): void {
    const source = ipv4FromNumber(ipv4Source(packet));
    const destination = ipv4FromNumber(ipv4Destination(packet));
    if (this.#wanted(direction, localAddress, source, destination)) this.#keep(HOST, direction, packet.slice());
  }

  sa(direction: Direction, _flow: Flow, spi: number, keys: EspKeys): void {
    const name = `${direction} ${spi}`;
    this.#sas.delete(name);
    this.#sas.set(name, espLine(spi, keys));
    if (this.#sas.size <= MAX_SAS) return;
    for (const oldest of this.#sas.keys()) {
      this.#sas.delete(oldest);
      return;
    }
  }

  /** Everything so far as a pcapng file, keys included. */
  file(application: string): Uint8Array {
    return pcapng({
      application,
      comments: [...Array.from(this.#isakmp.secrets, isakmpLine), ...this.#sas.values()],
      interfaces: INTERFACES,
      packets: this.packets,
    });
  }

  #wantedFlow(direction: Direction, { local, remote }: Flow): boolean {
    return this.#wanted(direction, local.address, local.address, remote.address);
  }

  #wanted(direction: Direction, own: Address, one: Address, other: Address): boolean {
    if (this.#full) return false;
    const { direction: wanted, local, between } = this.#plan;
    if (wanted !== "both" && wanted !== direction) return false;
    if (local !== undefined && !local.includes(own)) return false;
    if (between === undefined) return true;
    const [first, second] = between;
    return (
      (prefixContains(first, one) && prefixContains(second, other)) ||
      (prefixContains(first, other) && prefixContains(second, one))
    );
  }

  #keep(interfaceIndex: number, direction: Direction, octets: Uint8Array): void {
    if (this.#full) return;
    const { packetLength, circular } = this.#plan;
    const kept = packetLength === undefined ? octets : octets.slice(0, packetLength);
    const cost = kept.length + PACKET_OVERHEAD;
    if (circular) this.#makeRoom(cost);
    else if (this.#octets + cost > this.#plan.octets) {
      this.#full = true;
      return;
    }
    const atMillis = this.#nowMillis();
    this.#packets.push({ interface: interfaceIndex, direction, atMillis, octets: kept, length: octets.length });
    this.#octets += cost;
    this.#seen += 1;
    if (this.#plan.packets !== undefined && this.#seen >= this.#plan.packets) this.#full = true;
  }

  #makeRoom(cost: number): void {
    while (this.#octets + cost > this.#plan.octets && this.#first < this.#packets.length) {
      this.#octets -= (this.#packets[this.#first]?.octets.length ?? 0) + PACKET_OVERHEAD;
      this.#first += 1;
    }
    // Half of the list is air: the rest moves down.
    if (this.#first * 2 > this.#packets.length) {
      this.#packets.splice(0, this.#first);
      this.#first = 0;
    }
  }
}

/** The ISAKMP message of a datagram, if it is one. */
function isakmpOf({ role, bytes }: OuterDatagram): Uint8Array | undefined {
  if (role === "ike") return bytes;
  if (role === "natt" && classifyUdpEncapsulated(bytes) === "ike") return bytes.subarray(NON_ESP_MARKER_LENGTH);
  return undefined;
}
