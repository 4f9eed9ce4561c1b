/**
 * The Internet checksum (RFC 1071): the one's complement sum of 16-bit words that IPv4, UDP and ICMP carry. Data whose
 * checksum field is right sums up to 0xffff.
 */

import { u16At } from "./octets.ts";

/** Shorter spans are not worth the words. */
const LEAST_IN_WORDS = 64;
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

let words: Uint32Array = new Uint32Array(0);

/** Adds octets to a running sum that starts at 0; an odd last octet counts as if a zero followed. Not folded. */
export function addToSum(sum: number, bytes: Uint8Array, start: number, end: number): number {
  let total = sum;
  let at = start;
  // A sum does not mind in which order words are added, nor in which order their octets are, as long as it is turned around in the end.
  if (end - start >= LEAST_IN_WORDS && (bytes.byteOffset + start) % 2 === 0) {
    if ((bytes.byteOffset + start) % 4 !== 0) {
      total += u16At(bytes, at);
      at += 2;
    }
    const count = (end - at) >>> 3;
    total += sumOfWords(bytes, at, count);
    at += 8 * count;
  }
  for (; at + 1 < end; at += 2) total += u16At(bytes, at);
  if (at < end) total += (bytes[at] ?? 0) << 8;
  return total;
}

/** Two words of 32 bits `count` times, at most 65,536 octets, from where the buffer has a whole word; folded. */
function sumOfWords(bytes: Uint8Array, start: number, count: number): number {
  const { buffer } = bytes;
  if (words.buffer !== buffer) words = new Uint32Array(buffer, 0, buffer.byteLength >>> 2);
  const first = (bytes.byteOffset + start) >>> 2;
  // Four sums that do not wait for one another; none comes near 2^31.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = first; at < first + 2 * count; at += 2) {
    const one = (words[at] ?? 0) | 0;
    const two = (words[at + 1] ?? 0) | 0;
    a = (a + (one & 0xffff)) | 0;
    b = (b + (one >>> 16)) | 0;
    c = (c + (two & 0xffff)) | 0;
    d = (d + (two >>> 16)) | 0;
  }
  const folded = foldSum(a + b + c + d);
  return LITTLE_ENDIAN ? ((folded & 0xff) << 8) | (folded >>> 8) : folded;
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
