/**
 * The maximum segment size of TCP made smaller where it passes (RFC 9293 §3.7.1): without it, ends that never hear how narrow the tunnel is send
 * segments that do not fit. Only SYN segments carry it, and it is only ever lowered.
 */

import { foldSum } from "../wire/checksum.ts";
import { ipProtocol, ipv4HeaderLength, ipv4Protocol } from "../wire/ipv4.ts";
import { putU16, u16At } from "../wire/octets.ts";

const SYN = 0x02;
const TCP_HEADER_LENGTH = 20;
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const MAXIMUM_SEGMENT_SIZE = 2;

/** Changes the packet in place; `packet` passed `checkIpv4`. Cut or odd options are left as they are. */
export function lowerMaximumSegment(packet: Uint8Array, most: number): void {
  if (ipv4Protocol(packet) !== ipProtocol.tcp || (u16At(packet, 6) & 0x1fff) !== 0) return;
  const tcp = ipv4HeaderLength(packet);
  if (packet.length < tcp + TCP_HEADER_LENGTH || ((packet[tcp + 13] ?? 0) & SYN) === 0) return;
  const end = Math.min(packet.length, tcp + ((packet[tcp + 12] ?? 0) >> 4) * 4);
  for (let at = tcp + TCP_HEADER_LENGTH; at < end; ) {
    const kind = packet[at] ?? END_OF_OPTIONS;
    if (kind === END_OF_OPTIONS) return;
    if (kind === NO_OPERATION) {
      at += 1;
      continue;
    }
    const length = packet[at + 1] ?? 0;
    if (length < 2 || at + length > end) return;
    if (kind === MAXIMUM_SEGMENT_SIZE && length === 4) {
      lower(packet, at + 2, tcp, most);
      return;
    }
    at += length;
  }
}

function lower(packet: Uint8Array, at: number, tcp: number, most: number): void {
  const size = u16At(packet, at);
  if (size <= most) return;
  putU16(packet, at, most);
  // RFC 1624 §3: HC' = ~(~HC + ~m + m'). An option at an odd place has its octets in two words, each swapped.
  const swap = (at - tcp) % 2 === 1;
  const word = (value: number): number => (swap ? ((value & 0xff) << 8) | (value >> 8) : value);
  const sum = (u16At(packet, tcp + 16) ^ 0xffff) + (word(size) ^ 0xffff) + word(most);
  putU16(packet, tcp + 16, foldSum(sum) ^ 0xffff);
}
