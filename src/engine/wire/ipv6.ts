/**
 * The fixed header of IPv6 (RFC 8200 §3), as outer packets have it where they are written down. Nothing here reads one: the host takes headers and
 * extension headers away before a datagram comes to us.
 */

import { type Address, addressOctets } from "../kernel/address.ts";
import { putU16 } from "./octets.ts";

const IPV6_HEADER_LENGTH = 40;
const VERSION = 6;

export interface Ipv6Packet {
  /** Of the payload, by the numbers of IPv4. */
  readonly protocol: number;
  readonly source: Address;
  readonly destination: Address;
  readonly hopLimit: number;
  readonly payload: Uint8Array;
}

/** The octets of a packet of one piece without extension headers; traffic class and flow label are zero. */
export function encodeIpv6({ protocol, source, destination, hopLimit, payload }: Ipv6Packet): Uint8Array {
  const bytes = new Uint8Array(IPV6_HEADER_LENGTH + payload.length);
  bytes[0] = VERSION << 4;
  putU16(bytes, 4, payload.length);
  bytes[6] = protocol;
  bytes[7] = hopLimit;
  bytes.set(addressOctets(source), 8);
  bytes.set(addressOctets(destination), 24);
  bytes.set(payload, IPV6_HEADER_LENGTH);
  return bytes;
}
