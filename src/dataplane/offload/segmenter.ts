/**
 * Packets that the host's kernel left together, or whose checksum it left open, made what they are on a wire (as `tcp_gso_segment` and `__udp_gso_segment` of Linux do):
 * sequence numbers and identifications go up, FIN and PSH are of the last packet and CWR of the first, lengths and checksums are each one's own.
 */

import { KeptList } from "../../engine/kernel/kept-list.ts";
import { KeptViews } from "../../engine/kernel/kept-views.ts";
import { addToSum, foldSum } from "../../engine/wire/checksum.ts";
import { ipProtocol, ipv4HeaderLength } from "../../engine/wire/ipv4.ts";
import { copyOctets, putU16, putU32, u16At, u32At } from "../../engine/wire/octets.ts";
import { pseudoSum } from "./coalescer.ts";
import { GSO_ECN, gsoType, type VirtioHeader } from "./virtio-header.ts";

const FIN = 0x01;
const PSH = 0x08;
const CWR = 0x80;
const UDP_HEADER = 8;
/** Packets start on whole words. */
const ALIGNMENT = 8;

/** Where packets are put, from `at` on; `take` is told of each. */
export interface SegmentRoom {
  readonly octets: Uint8Array;
  /** Room for a packet of that many octets: where it starts. */
  make(length: number): number;
}

/** Puts the packets of a run into `room`; false = it is of no kind that is known, or not what its header says. */
export function segmented({ type, segment }: VirtioHeader, packet: Uint8Array, room: SegmentRoom): boolean {
  const isTcp = (type & ~GSO_ECN) === gsoType.tcp4;
  if (!isTcp && type !== gsoType.udp4) return false;
  const transport = ipv4HeaderLength(packet);
  const headers = transport + (isTcp ? ((packet[transport + 12] ?? 0) >> 4) * 4 : UDP_HEADER);
  const protocol = isTcp ? ipProtocol.tcp : ipProtocol.udp;
  if (packet[9] !== protocol || segment === 0 || headers >= packet.length) return false;
  const flags = isTcp ? (packet[transport + 13] ?? 0) : 0;
  let identification = u16At(packet, 4);
  let sequence = isTcp ? u32At(packet, transport + 4) : 0;
  for (let from = headers; from < packet.length; from += segment) {
    const end = Math.min(from + segment, packet.length);
    const length = headers + end - from;
    const at = room.make(length);
    const { octets } = room;
    copyOctets(packet, 0, headers, octets, at);
    copyOctets(packet, from, end, octets, at + headers);
    putU16(octets, at + 2, length);
    putU16(octets, at + 4, identification);
    putU16(octets, at + 10, 0);
    putU16(octets, at + 10, foldSum(addToSum(0, octets, at, at + transport)) ^ 0xffff);
    if (isTcp) {
      putU32(octets, at + transport + 4, sequence);
      const first = from === headers ? flags : flags & ~CWR;
      octets[at + transport + 13] = end === packet.length ? first : first & ~(FIN | PSH);
    } else putU16(octets, at + transport + 4, length - transport);
    putSum(octets, at, length, transport, isTcp ? 16 : 6);
    identification = (identification + 1) & 0xffff;
    sequence = (sequence + segment) >>> 0;
  }
  return true;
}

function putSum(octets: Uint8Array, at: number, length: number, transport: number, sumAt: number): void {
  const field = at + transport + sumAt;
  putU16(octets, field, 0);
  const sum = addToSum(pseudoSum(octets, at, length - transport), octets, at + transport, at + length);
  const value = foldSum(sum) ^ 0xffff;
  putU16(octets, field, value === 0 && octets[at + 9] === ipProtocol.udp ? 0xffff : value);
}

/** Computes the checksum of a single packet from `sumFrom` on; its field, `sumAt` behind that, holds the sum of the pseudo header. False = the field is not in it. */
export function completed(sumFrom: number, sumAt: number, packet: Uint8Array): boolean {
  if (sumFrom + sumAt + 2 > packet.length) return false;
  const value = foldSum(addToSum(0, packet, sumFrom, packet.length)) ^ 0xffff;
  putU16(packet, sumFrom + sumAt, value === 0 && packet[9] === ipProtocol.udp ? 0xffff : value);
  return true;
}

/** In so many octets no two packets start, or hardly. */
const UNIT_SHIFT = 8;
const WAYS = 4;

/** Room in one buffer; `full` is told to hand on what there is, and it begins again. */
export class PacketRoom implements SegmentRoom {
  readonly octets: Uint8Array;
  readonly #views: KeptViews;
  readonly #full: (packets: readonly Uint8Array[]) => void;
  readonly #packets = new KeptList<Uint8Array>();
  #end = 0;

  constructor(octets: Uint8Array, full: (packets: readonly Uint8Array[]) => void) {
    this.octets = octets;
    this.#views = new KeptViews(octets, UNIT_SHIFT, WAYS);
    this.#full = full;
  }

  make(length: number): number {
    if (this.#end + length > this.octets.length) this.handOn();
    const at = this.#end;
    this.#packets.push(this.#views.of(at, length));
    this.#end += (length + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    return at;
  }

  /** A packet that is where it may stay until `handOn`. */
  lend(packet: Uint8Array): void {
    this.#packets.push(packet);
  }

  get count(): number {
    return this.#packets.count;
  }

  /** Packets are good until more room is made. */
  handOn(): void {
    this.#end = 0;
    if (this.#packets.count > 0) this.#full(this.#packets.take());
  }
}
