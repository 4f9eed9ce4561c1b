/**
 * Addresses as the control plane sees them: canonical text in one type, so that a map can be keyed by them. Peers are of IPv4 or of IPv6; what
 * is inside of tunnels is IPv4 alone. Only codecs and the per-packet path turn an address into octets.
 */

import { IPV6_OCTETS, ipv6Text, parseIpv6 } from "./ipv6.ts";

/** An address in canonical text: `203.0.113.1`, `2001:db8::1`. */
export type Address = string;

export const ANY_ADDRESS: Address = "0.0.0.0";

export interface Endpoint {
  readonly address: Address;
  readonly port: number;
}

/** `203.0.113.1:500`, `[2001:db8::1]:500`. */
export function endpointKey({ address, port }: Endpoint): string {
  return isIpv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && a.address === b.address;
}

/**
 * The two ends of an outer UDP conversation.
 *
 * `local` is the address of the router that the packet was for, as its configuration names it. `wire` is the same end
 * as the peer sees it; the two differ only when a host address stands for a configured one (`--listen`). Whatever
 * the peer computes over addresses (NAT-D, NAT-OA, identities) is compared with `wire`; all else uses `local`.
 */
export interface Flow {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly wire: Endpoint;
}

export function flowKey(flow: Flow): string {
  return `${flow.local.address}:${flow.local.port}-${flow.remote.address}:${flow.remote.port}`;
}

/** An address block: `10.0.0.0` / 8. `0.0.0.0` / 0 holds every address of IPv4, `::` / 0 every one of IPv6. */
export interface Prefix {
  readonly address: Address;
  readonly length: number;
}

export const ANY_PREFIX: Prefix = { address: ANY_ADDRESS, length: 0 };
export const ANY_IPV6_PREFIX: Prefix = { address: "::", length: 0 };

/** Of a canonical address. */
export function isIpv6(address: Address): boolean {
  return address.includes(":");
}

/** `fe80::` / 10, which means nothing but on one link. */
export function isOfLink(address: Address): boolean {
  return /^fe[89ab].:/.test(address);
}

/** Canonical, from any way to write an address; one of IPv4 that stands in IPv6 (RFC 4291 §2.5.5.2) is one of IPv4. `undefined` = it is none. */
export function canonicalAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const number = parseIpv4(text);
    return number === undefined ? undefined : ipv4FromNumber(number);
  }
  const octets = parseIpv6(text);
  return octets === undefined ? undefined : addressFromOctets(octets);
}

/** Four octets, or sixteen, of a canonical address. */
export function addressOctets(address: Address): Uint8Array {
  if (isIpv6(address)) return parseIpv6(address) ?? new Uint8Array(IPV6_OCTETS);
  const value = ipv4ToNumber(address);
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** `undefined` where they are neither four nor sixteen. */
export function addressFromOctets(octets: Uint8Array): Address | undefined {
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== IPV6_OCTETS) return undefined;
  const isMapped = MAPPED.every((octet, index) => octet === octets[index]);
  return isMapped ? octets.subarray(MAPPED.length).join(".") : ipv6Text(octets);
}

/** `::ffff:0:0` / 96. */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

/** Dotted text to an unsigned 32-bit number; `undefined` where the text is not an IPv4 address. */
export function parseIpv4(text: string): number | undefined {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= ZERO + 9) {
      octet = octet * 10 + code - ZERO;
      digits += 1;
      if (digits > 3 || octet > 255) return undefined;
    } else if (code === DOT && digits > 0) {
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots += 1;
    } else return undefined;
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : undefined;
}

const ZERO = 0x30;
const DOT = 0x2e;

/** The number of a canonical address; the caller has checked that it is IPv4. */
export function ipv4ToNumber(address: Address): number {
  return parseIpv4(address) ?? 0;
}

/** The same as a signed number of 32 bits, which V8 keeps without making an object of it: for keys that are looked up with every packet. */
export function ipv4ToSigned(address: Address): number {
  return ipv4ToNumber(address) | 0;
}

/** Of a number, signed or not. */
export function ipv4FromNumber(value: number): Address {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** The mask of a prefix length as a number: 24 -> 0xffffff00. */
export function maskOf(length: number): number {
  return length === 0 ? 0 : (0xffff_ffff << (32 - length)) >>> 0;
}

export function prefixContains(prefix: Prefix, address: Address): boolean {
  if (isIpv6(prefix.address)) return isIpv6(address) && sameBits(prefix.address, address, prefix.length);
  if (isIpv6(address)) return false;
  const mask = maskOf(prefix.length);
  return (ipv4ToNumber(prefix.address) & mask) === (ipv4ToNumber(address) & mask);
}

interface Reached {
  readonly local: Pick<Endpoint, "address">;
  readonly remote: Pick<Endpoint, "address">;
}

/**
 * Whether the peer of a flow is among those whom a configuration means with a prefix. Where a host address stands for a configured one of the other
 * family, only "everybody" can be meant.
 */
export function prefixHoldsPeer(prefix: Prefix, { local, remote }: Reached): boolean {
  const isStandIn = isIpv6(local.address) !== isIpv6(remote.address);
  if (isStandIn && prefix.length === 0 && isIpv6(prefix.address) === isIpv6(local.address)) return true;
  return prefixContains(prefix, remote.address);
}

/**
 * Whom a limit counts as one source: an address of IPv4, and of IPv6 the block of 64 bits in which everybody may have as many addresses as
 * he likes (RFC 4291 §2.5.1).
 */
export function sourceOf(address: Address): string {
  return isIpv6(address) ? `${ipv6Text(networkOctets(address, SUBNET_BITS))}/${SUBNET_BITS}` : address;
}

const SUBNET_BITS = 64;

/** Of an address with a length: `2001:db8::` / 64 of `2001:db8::1` / 64. */
export function networkOf({ address, length }: Prefix): Prefix {
  const network = addressFromOctets(networkOctets(address, length));
  return { address: network ?? address, length };
}

function networkOctets(address: Address, length: number): Uint8Array {
  return addressOctets(address).map(
    (octet, index) => octet & (0xff00 >>> Math.min(8, Math.max(0, length - 8 * index))),
  );
}

function sameBits(a: Address, b: Address, length: number): boolean {
  const [one, other] = [networkOctets(a, length), networkOctets(b, length)];
  return one.every((octet, index) => octet === other[index]);
}
