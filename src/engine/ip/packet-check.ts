/**
 * Whether octets are an IPv4 packet that may be forwarded (RFC 1812 §5.2.2): version, lengths and header checksum.
 * Nothing else may read a packet by offset before this said yes.
 */

import { checksumHolds } from "../wire/checksum.ts";
import { IPV4_HEADER_LENGTH, ipv4HeaderLength } from "../wire/ipv4.ts";
import { u16At } from "../wire/octets.ts";

/** The packet's total length, which may be less than what the link delivered; -1 = not a sound IPv4 packet. */
export function checkIpv4(bytes: Uint8Array): number {
  if (bytes.length < IPV4_HEADER_LENGTH || (bytes[0] ?? 0) >> 4 !== 4) return -1;
  const headerLength = ipv4HeaderLength(bytes);
  const totalLength = u16At(bytes, 2);
  if (headerLength < IPV4_HEADER_LENGTH || totalLength < headerLength || totalLength > bytes.length) return -1;
  return checksumHolds(bytes, 0, headerLength) ? totalLength : -1;
}
