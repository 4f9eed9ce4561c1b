/**
 * Cutting a packet that is larger than the way takes (RFC 791 §2.3, §3.2). The caller has made sure that it may be cut.
 */

import { checksum } from "../wire/checksum.ts";
import { IPV4_HEADER_LENGTH, ipv4HeaderLength } from "../wire/ipv4.ts";
import { putU16, u16At } from "../wire/octets.ts";

const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;
/** RFC 791 §3.1: an option with this bit stands in every piece. */
const COPIED = 0x80;
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;

/** Pieces of at most `mtu` octets, in order; empty where not even eight octets of payload fit. `packet` passed `checkIpv4`. */
export function fragment(packet: Uint8Array, mtu: number): Uint8Array[] {
  const headerLength = ipv4HeaderLength(packet);
  const laterHeader = headerForLater(packet.subarray(0, headerLength));
  const flags = u16At(packet, 6);
  const offset = flags & OFFSET_MASK;
  const pieces: Uint8Array[] = [];
  let at = headerLength;
  while (at < packet.length) {
    const header = pieces.length === 0 ? packet.subarray(0, headerLength) : laterHeader;
    const room = mtu - header.length;
    const left = packet.length - at;
    const length = left <= room ? left : room - (room % 8);
    if (length <= 0) return [];
    const piece = new Uint8Array(header.length + length);
    piece.set(header);
    piece.set(packet.subarray(at, at + length), header.length);
    const isLast = at + length === packet.length && (flags & MORE_FRAGMENTS) === 0;
    putU16(piece, 2, piece.length);
    putU16(piece, 6, (isLast ? 0 : MORE_FRAGMENTS) | (offset + (at - headerLength) / 8));
    putU16(piece, 10, 0);
    putU16(piece, 10, checksum(piece, 0, header.length));
    pieces.push(piece);
    at += length;
  }
  return pieces;
}

/** The header of every piece but the first: without the options that stand in the first alone. */
function headerForLater(header: Uint8Array): Uint8Array {
  const options: number[] = [];
  for (let at = IPV4_HEADER_LENGTH; at < header.length; ) {
    const type = header[at] ?? END_OF_OPTIONS;
    if (type === END_OF_OPTIONS) break;
    const length = type === NO_OPERATION ? 1 : Math.max(2, header[at + 1] ?? 2);
    if ((type & COPIED) !== 0) options.push(...header.subarray(at, at + length));
    at += length;
  }
  while (options.length % 4 !== 0) options.push(END_OF_OPTIONS);
  const later = new Uint8Array(IPV4_HEADER_LENGTH + options.length);
  later.set(header.subarray(0, IPV4_HEADER_LENGTH));
  later.set(options, IPV4_HEADER_LENGTH);
  later[0] = 0x40 | (later.length / 4);
  return later;
}
