/** Sizes that follow from how packets are wrapped. */

import { type EspAlgorithms, type EspOverhead, espOverhead } from "../crypto/esp-transform.ts";
import { type Address, isIpv6 } from "../kernel/address.ts";
import { type Random, randomBetween } from "../kernel/random.ts";
import { ESP_HEADER_LENGTH, ESP_TRAILER_LENGTH } from "../wire/esp.ts";

const PATH_MTU = 1500;
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const UDP_HEADER = 8;
const TCP_HEADER = 20;
/** Data header without optional fields, RFC 2661 §3.1, and what sequence numbers add; PPP with address, control and protocol. */
const L2TP_HEADER = 6;
const L2TP_NUMBERS = 4;
const PPP_HEADER = 4;

/** What an L2TP session runs over. */
export interface Carrier {
  readonly encapsulation: "udp" | "esp" | "clear";
  /** Absent = not known, which is reckoned as the largest; `clear` has none. */
  readonly algorithms: EspAlgorithms | undefined;
  /** Also where the peer sees so and we see IPv4; absent = over IPv4. */
  readonly overIpv6?: boolean;
}

const LARGEST: EspOverhead = { ivLength: 16, alignment: 16, icvLength: 32 };

/** L2TP by itself, to this address. */
export function clearCarrier(remote: Address): Carrier {
  return { encapsulation: "clear", algorithms: undefined, overIpv6: isIpv6(remote) };
}

/** The largest PPP payload that crosses a 1500-octet path in one piece. */
export function tunnelMtu({ encapsulation, algorithms, overIpv6 = false }: Carrier, numbered: boolean): number {
  const inner = UDP_HEADER + L2TP_HEADER + (numbered ? L2TP_NUMBERS : 0) + PPP_HEADER;
  const ip = overIpv6 ? IPV6_HEADER : IPV4_HEADER;
  if (encapsulation === "clear") return PATH_MTU - ip - inner;
  const { ivLength, alignment, icvLength } = algorithms === undefined ? LARGEST : espOverhead(algorithms);
  const header = ip + (encapsulation === "udp" ? UDP_HEADER : 0);
  const outer = header + ESP_HEADER_LENGTH + ivLength + icvLength;
  // Padding fills up to whole blocks, so a block that does not fit whole does not fit at all (RFC 4303 §2.4).
  const encrypted = Math.floor((PATH_MTU - outer) / alignment) * alignment;
  return encrypted - ESP_TRAILER_LENGTH - inner;
}

/** The largest segment whose packet is not cut, with headers that carry no options. */
export function largestSegment(mtu: number): number {
  return mtu - IPV4_HEADER - TCP_HEADER;
}

const SOFT_SHARE_LOW = 80;
const SOFT_SHARE_HIGH = 90;

/**
 * The volume at which a successor is negotiated: 80 to 90 % of what was agreed, drawn at random so that many clients
 * with the same limit do not rekey together.
 */
export function softOctets(lifetimeKilobytes: number | undefined, random: Random): number | undefined {
  if (lifetimeKilobytes === undefined) return undefined;
  return Math.floor((lifetimeKilobytes * 1024 * randomBetween(random, SOFT_SHARE_LOW, SOFT_SHARE_HIGH)) / 100);
}
