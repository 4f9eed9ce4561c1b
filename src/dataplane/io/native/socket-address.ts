/** `struct sockaddr_in` and `struct sockaddr_in6`: family in the host's order, port and address in that of the network. */

import { type Address, addressFromOctets, addressOctets, isIpv6 } from "../../../engine/kernel/address.ts";
import { putU16 } from "../../../engine/wire/octets.ts";
import { nativeBuffer } from "./system.ts";

const AF_INET = 2;
const AF_INET6 = 10;
const LENGTH = 16;
const IPV6_LENGTH = 28;
const ADDRESS_AT = 4;
/** Behind the flow label. */
const IPV6_ADDRESS_AT = 8;

export function addressFamily(address: Address): number {
  return isIpv6(address) ? AF_INET6 : AF_INET;
}

export function socketAddress(address: Address, port: number): Uint8Array {
  const octets = nativeBuffer(isIpv6(address) ? IPV6_LENGTH : LENGTH);
  octets[0] = addressFamily(address);
  putU16(octets, 2, port);
  putSocketAddress(octets, address);
  return octets;
}

/** Another address of the same family. */
export function putSocketAddress(octets: Uint8Array, address: Address): void {
  octets.set(addressOctets(address), isIpv6(address) ? IPV6_ADDRESS_AT : ADDRESS_AT);
}

/** The address in a `struct sockaddr_in6`. */
export function ipv6SocketAddress(octets: Uint8Array): Address | undefined {
  return addressFromOctets(octets.subarray(IPV6_ADDRESS_AT, IPV6_ADDRESS_AT + 16));
}
