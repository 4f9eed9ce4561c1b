/**
 * Packets of one flow put together on their way to the host, so that its kernel takes many as one: TCP segments that follow one another, and UDP datagrams of one length.
 * Only what can be cut into the same octets again is put together (the rules are those of the kernel's own GRO): nothing but ACK and PSH, equal acknowledgment,
 * window, options and IP header, consecutive sequence numbers and identifications, and a checksum that is right, because it is computed anew. Packets
 * of a flow keep their order; what is no such packet waits for nobody and overtakes nobody.
 */

import { addToSum, foldSum } from "../../engine/wire/checksum.ts";
import { ipProtocol, ipv4Destination, ipv4Source } from "../../engine/wire/ipv4.ts";
import { copyOctets, putU16, u16At, u32At } from "../../engine/wire/octets.ts";
import { gsoType, putVirtioHeader, VIRTIO_HEADER_LENGTH } from "./virtio-header.ts";

/** Flows at once. */
export const RUNS = 8;
/** In a room: before it the virtio header, and IP on a whole word. */
const PACKET_AT = 16;
export const HEADER_AT = PACKET_AT - VIRTIO_HEADER_LENGTH;
const LONGEST_PACKET = 65_535;
/** Octets of a room: more than the longest packet. */
export const ROOM_LENGTH = PACKET_AT + LONGEST_PACKET + 1;

const IP_HEADER = 20;
const TCP_HEADER = 20;
const UDP_HEADER = 8;
const ACK = 0x10;
const PSH = 0x08;

/** `length` octets of `room` from `HEADER_AT` on are a virtio header and `packets` packets as one. */
export type WriteRun = (room: Uint8Array, length: number, packets: number) => void;

interface Run {
  readonly room: Uint8Array;
  protocol: number;
  ports: number;
  source: number;
  destination: number;
  /** Of IP and transport. */
  headers: number;
  /** Payload of every packet but the last. */
  segment: number;
  length: number;
  packets: number;
  nextSequence: number;
  nextIdentification: number;
  open: boolean;
}

export class Coalescer {
  readonly #write: WriteRun;
  /** Also UDP, which not every kernel takes. */
  readonly #udp: boolean;
  /** In use: the first `#used`, the oldest first. */
  readonly #runs: Run[];
  #used = 0;

  /** `rooms`: as many as `RUNS`, of `ROOM_LENGTH` octets. */
  constructor(rooms: readonly Uint8Array[], udp: boolean, write: WriteRun) {
    this.#udp = udp;
    this.#write = write;
    this.#runs = rooms.map((room) => ({
      room,
      protocol: 0,
      ports: 0,
      source: 0,
      destination: 0,
      headers: 0,
      segment: 0,
      length: 0,
      packets: 0,
      nextSequence: 0,
      nextIdentification: 0,
      open: false,
    }));
  }

  /** `packet` is whole and passed `checkIpv4`; it is copied. */
  add(packet: Uint8Array): void {
    if (!hasPorts(packet)) {
      // It may be of a flow that waits here, as a fragment is, or tell of one.
      this.flush();
      this.#begin(packet, 0);
      this.flush();
      return;
    }
    const headers = this.#headersOf(packet);
    const at = this.#find(packet);
    const run = this.#runs[at];
    if (at < this.#used && run !== undefined) {
      if (headers > 0 && joins(run, packet, headers)) {
        append(run, packet, headers);
        return;
      }
      this.#finish(at);
    }
    if (this.#used === this.#runs.length) this.#finish(0);
    this.#begin(packet, headers);
    if (headers === 0) this.#finish(this.#used - 1);
  }

  /** Everything that waits is written. */
  flush(): void {
    for (let i = 0; i < this.#used; i += 1) {
      const run = this.#runs[i];
      if (run !== undefined) this.#writeRun(run);
    }
    this.#used = 0;
  }

  /** Octets of the headers of what may be put together with others; 0 = it may not. */
  #headersOf(packet: Uint8Array): number {
    if (packet[9] === ipProtocol.tcp) {
      const headers = IP_HEADER + ((packet[IP_HEADER + 12] ?? 0) >> 4) * 4;
      return headers >= IP_HEADER + TCP_HEADER && packet.length > headers ? headers : 0;
    }
    const headers = IP_HEADER + UDP_HEADER;
    if (!this.#udp || packet.length <= headers) return 0;
    return u16At(packet, IP_HEADER + 4) === packet.length - IP_HEADER && u16At(packet, IP_HEADER + 6) !== 0
      ? headers
      : 0;
  }

  /** The run of the packet's flow, or behind the last. */
  #find(packet: Uint8Array): number {
    const ports = u32At(packet, IP_HEADER);
    const source = ipv4Source(packet);
    const destination = ipv4Destination(packet);
    let i = 0;
    for (; i < this.#used; i += 1) {
      const run = this.#runs[i];
      if (run?.ports !== ports || run.source !== source) continue;
      if (run.destination === destination && run.protocol === packet[9]) break;
    }
    return i;
  }

  #begin(packet: Uint8Array, headers: number): void {
    const run = this.#runs[this.#used];
    if (run === undefined) return;
    this.#used += 1;
    const isTcp = packet[9] === ipProtocol.tcp;
    run.room.set(packet, PACKET_AT);
    run.protocol = packet[9] ?? 0;
    run.ports = u32At(packet, IP_HEADER);
    run.source = ipv4Source(packet);
    run.destination = ipv4Destination(packet);
    run.headers = headers;
    run.segment = packet.length - headers;
    run.length = packet.length;
    run.packets = 1;
    run.nextSequence = isTcp ? (u32At(packet, IP_HEADER + 4) + run.segment) >>> 0 : 0;
    run.nextIdentification = (u16At(packet, 4) + 1) & 0xffff;
    const plain = !isTcp || (packet[IP_HEADER + 13] ?? 0) === ACK;
    run.open = headers > 0 && plain;
  }

  /** Writes a run; those behind it move up. */
  #finish(at: number): void {
    const run = this.#runs[at];
    if (run === undefined) return;
    this.#writeRun(run);
    this.#used -= 1;
    for (let i = at; i < this.#used; i += 1) this.#runs[i] = this.#runs[i + 1] ?? run;
    this.#runs[this.#used] = run;
  }

  #writeRun(run: Run): void {
    const { room, length, packets, protocol, headers, segment } = run;
    if (packets === 1) room.fill(0, HEADER_AT, PACKET_AT);
    else {
      const isTcp = protocol === ipProtocol.tcp;
      const sumAt = isTcp ? 16 : 6;
      const type = isTcp ? gsoType.tcp4 : gsoType.udp4;
      putVirtioHeader(room, HEADER_AT, { needsChecksum: true, type, segment, sumFrom: IP_HEADER, sumAt }, headers);
      putU16(room, PACKET_AT + 2, length);
      putU16(room, PACKET_AT + 10, 0);
      putU16(room, PACKET_AT + 10, foldSum(addToSum(0, room, PACKET_AT, PACKET_AT + IP_HEADER)) ^ 0xffff);
      const transport = PACKET_AT + IP_HEADER;
      if (!isTcp) putU16(room, transport + 4, length - IP_HEADER);
      // The part of the sum that whoever computes the rest cannot know: addresses, protocol and length, not turned over.
      putU16(room, transport + sumAt, foldSum(pseudoSum(room, PACKET_AT, length - IP_HEADER)));
    }
    this.#write(room, VIRTIO_HEADER_LENGTH + length, packets);
  }
}

/** TCP or UDP, without IP options and no fragment. */
function hasPorts(packet: Uint8Array): boolean {
  if (packet[0] !== 0x45 || (u16At(packet, 6) & 0x3fff) !== 0) return false;
  const protocol = packet[9];
  return (protocol === ipProtocol.tcp || protocol === ipProtocol.udp) && packet.length >= IP_HEADER + UDP_HEADER;
}

function joins(run: Run, packet: Uint8Array, headers: number): boolean {
  const payload = packet.length - headers;
  if (!run.open || headers !== run.headers || payload > run.segment || run.length + payload > LONGEST_PACKET)
    return false;
  if (u16At(packet, 4) !== run.nextIdentification) return false;
  const { room } = run;
  // Type of service; the bit that forbids fragments; time to live and protocol.
  if (packet[1] !== room[PACKET_AT + 1] || packet[6] !== room[PACKET_AT + 6]) return false;
  if (packet[8] !== room[PACKET_AT + 8]) return false;
  if (run.protocol === ipProtocol.tcp) {
    if (u32At(packet, IP_HEADER + 4) !== run.nextSequence) return false;
    const flags = packet[IP_HEADER + 13] ?? 0;
    if (flags !== ACK && flags !== (ACK | PSH)) return false;
    if (!sameOctets(packet, room, IP_HEADER + 8, IP_HEADER + 13)) return false;
    if (!sameOctets(packet, room, IP_HEADER + 14, IP_HEADER + 16)) return false;
    if (!sameOctets(packet, room, IP_HEADER + 18, headers)) return false;
  }
  return sumHolds(packet, 0, packet.length) && (run.packets > 1 || sumHolds(room, PACKET_AT, PACKET_AT + run.length));
}

function append(run: Run, packet: Uint8Array, headers: number): void {
  const { room } = run;
  const payload = packet.length - headers;
  copyOctets(packet, headers, packet.length, room, PACKET_AT + run.length);
  run.length += payload;
  run.packets += 1;
  run.nextSequence = (run.nextSequence + payload) >>> 0;
  run.nextIdentification = (run.nextIdentification + 1) & 0xffff;
  const pushed = run.protocol === ipProtocol.tcp && (packet[IP_HEADER + 13] ?? 0) !== ACK;
  // The last segment may be shorter, and the last is pushed: where the run is cut again only that one has the flag.
  if (pushed) room[PACKET_AT + IP_HEADER + 13] = ACK | PSH;
  run.open = payload === run.segment && !pushed;
}

function sameOctets(packet: Uint8Array, room: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (packet[i] !== room[PACKET_AT + i]) return false;
  return true;
}

/** The sum of the pseudo header (RFC 793 §3.1, RFC 768), not folded; `length` is of transport header and payload. */
export function pseudoSum(octets: Uint8Array, at: number, length: number): number {
  return addToSum((octets[at + 9] ?? 0) + length, octets, at + 12, at + 20);
}

function sumHolds(octets: Uint8Array, at: number, end: number): boolean {
  const sum = pseudoSum(octets, at, end - at - IP_HEADER);
  return foldSum(addToSum(sum, octets, at + IP_HEADER, end)) === 0xffff;
}
