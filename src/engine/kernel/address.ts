/**
 * Addresses as the control plane sees them: canonical text in one type, so that a map can be keyed by them and IPv6
 * can join later. Only the IPv4 codecs and the per-packet path turn them into four octets.
 */

/** An address in canonical text: `203.0.113.1`. */
export type Address = string;

export const ANY_ADDRESS: Address = "0.0.0.0";

export interface Endpoint {
  readonly address: Address;
  readonly port: number;
}

export function endpointKey(endpoint: Endpoint): string {
  return `${endpoint.address}:${endpoint.port}`;
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

/** An address block: `10.0.0.0` / 8. `0.0.0.0` / 0 holds every address. */
export interface Prefix {
  readonly address: Address;
  readonly length: number;
}

export const ANY_PREFIX: Prefix = { address: ANY_ADDRESS, length: 0 };

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
  const mask = maskOf(prefix.length);
  return (ipv4ToNumber(prefix.address) & mask) === (ipv4ToNumber(address) & mask);
}
