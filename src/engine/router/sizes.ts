/** Sizes that follow from how packets are wrapped. */

import { type Random, randomBetween } from "../kernel/random.ts";

const PATH_MTU = 1500;
const IPV4_HEADER = 20;
const UDP_HEADER = 8;
/** Data header without optional fields, RFC 2661 §3.1, and PPP with address, control and protocol. */
const L2TP_HEADER = 6;
const PPP_HEADER = 4;
/** SPI and sequence, IV and ICV of the largest suite (AES-CBC with HMAC-SHA-256-128). */
const ESP_HEADER = 8;
const ESP_IV = 16;
const ESP_ICV = 16;
const ESP_BLOCK = 16;
/** Pad length and next header end the encrypted part (RFC 4303 §2.4, 2.6). */
const ESP_TRAILER = 2;

/** The largest PPP payload that crosses a 1500-octet path in one piece; `undefined` = L2TP in the clear. */
export function tunnelMtu(encapsulation: "udp" | "esp" | undefined): number {
  const inner = UDP_HEADER + L2TP_HEADER + PPP_HEADER;
  if (encapsulation === undefined) return PATH_MTU - IPV4_HEADER - inner;
  const outer = IPV4_HEADER + (encapsulation === "udp" ? UDP_HEADER : 0) + ESP_HEADER + ESP_IV + ESP_ICV;
  const encrypted = Math.floor((PATH_MTU - outer) / ESP_BLOCK) * ESP_BLOCK;
  return encrypted - ESP_TRAILER - inner;
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
