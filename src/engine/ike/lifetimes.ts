/**
 * Lives of SAs: what the two offers come to, and when each end of a connection seeks a successor. The initiator
 * starts first and the responder only if that did not happen; the draw keeps many peers from rekeying in step.
 */

import type { Millis } from "../kernel/machine.ts";
import { type Random, randomBetween } from "../kernel/random.ts";

/** What a peer means that names no lifetime for an IPsec SA (RFC 2407 §4.5). */
export const DEFAULT_IPSEC_LIFETIME_SECONDS = 28_800;

/**
 * Windows asks for 250000 kB, which a fast link carries in two seconds. A peer that means such a limit rekeys by
 * itself, so on our side no peer brings the volume below this.
 */
export const LEAST_PEER_KILOBYTES = 4_000_000;

/** The shorter of both lives; 0 from the peer leaves it to us. */
export function agreedSeconds(ours: number, offered: number | undefined): number {
  return offered === undefined || offered === 0 ? ours : Math.min(ours, offered);
}

/** The smaller of both volumes; `undefined` = unlimited. */
export function agreedKilobytes(ours: number | undefined, offered: number | undefined): number | undefined {
  if (offered === undefined || offered === 0) return ours;
  const clamped = Math.max(offered, LEAST_PEER_KILOBYTES);
  return ours === undefined ? clamped : Math.min(ours, clamped);
}

/** When an end of a connection starts to replace an SA made at `now`. */
export function rekeyTime(now: Millis, lifetimeSeconds: number, initiator: boolean, random: Random): Millis {
  const [low, high] = initiator ? [800, 900] : [930, 970];
  return now + lifetimeSeconds * randomBetween(random, low, high);
}
