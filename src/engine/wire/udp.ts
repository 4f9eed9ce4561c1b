/**
 * UDP (RFC 768): the eight octets of the header, and the checksum that also covers the addresses of IPv4 or IPv6. Encoding leaves the
 * checksum to the caller, because it depends on addresses that the header does not hold.
 */

import { type Address, addressOctets } from "../kernel/address.ts";
import { addToSum, foldSum } from "./checksum.ts";
import { type Codec, struct, u16 } from "./codec.ts";
import { ipProtocol } from "./ipv4.ts";
import { putU16, u16At } from "./octets.ts";

export const UDP_HEADER_LENGTH = 8;

export interface UdpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Of header and payload. */
  readonly length: number;
  /** 0 = the sender computed none. */
  readonly checksum: number;
}

export const udpHeader: Codec<UdpHeader> = struct("UDP header", "RFC 768", {
  sourcePort: u16,
  destinationPort: u16,
  length: u16,
  checksum: u16,
});

/** Writes a header without a checksum. `length` counts header and payload. */
export function putUdpHeader(
  bytes: Uint8Array,
  at: number,
  sourcePort: number,
  destinationPort: number,
  length: number,
): void {
  putU16(bytes, at, sourcePort);
  putU16(bytes, at + 2, destinationPort);
  putU16(bytes, at + 4, length);
  putU16(bytes, at + 6, 0);
}

/**
 * What both addresses add to the checksum, in whichever order: of four octets each or of sixteen. Protocol and length add the same in the
 * pseudo-headers of IPv4 and IPv6 (RFC 768, RFC 8200 §8.1).
 */
export function addressSum(one: Address, other: Address): number {
  return foldSum([one, other].map(addressOctets).reduce((sum, octets) => addToSum(sum, octets, 0, octets.length), 0));
}

/** The UDP checksum over a datagram whose checksum field is zero; a result of zero is sent as 0xffff (RFC 768). */
export function udpChecksum(addresses: number, bytes: Uint8Array, start: number, end: number): number {
  const value = foldSum(addToSum(addresses + ipProtocol.udp + end - start, bytes, start, end)) ^ 0xffff;
  return value === 0 ? 0xffff : value;
}

/** Whether a UDP datagram is whole; a checksum field of zero means that the sender computed none, which is let pass over IPv6 too. */
export function udpChecksumHolds(addresses: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (u16At(bytes, start + 6) === 0) return true;
  return foldSum(addToSum(addresses + ipProtocol.udp + end - start, bytes, start, end)) === 0xffff;
}
