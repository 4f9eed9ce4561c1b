/**
 * The Internet checksum (RFC 1071): the one's complement sum of 16-bit words that IPv4, UDP and ICMP carry. Data whose
 * checksum field is right sums up to 0xffff.
 */

import { u16At } from "./octets.ts";

/** Adds octets to a running sum that starts at 0; an odd last octet counts as if a zero followed. Not folded. */
export function addToSum(sum: number, bytes: Uint8Array, start: number, end: number): number {
  let total = sum;
  let at = start;
  for (; at + 1 < end; at += 2) total += u16At(bytes, at);
  if (at < end) total += (bytes[at] ?? 0) << 8;
  return total;
}

/** The 16-bit one's complement sum. 65,535 octets cannot overflow the 53 bits of the running sum. */
export function foldSum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return folded;
}

/** The value of a checksum field over octets in which that field is zero. */
export function checksum(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  return foldSum(addToSum(0, bytes, start, end)) ^ 0xffff;
}

/** Whether octets that contain their checksum are whole. */
export function checksumHolds(bytes: Uint8Array, start = 0, end: number = bytes.length): boolean {
  return foldSum(addToSum(0, bytes, start, end)) === 0xffff;
}
