/**
 * Tunnel and session identifiers: random 16-bit numbers other than zero (RFC 2661 §3.1 gives zero a meaning), so that
 * a stranger cannot guess which ones are in use.
 */

import { type Random, randomBetween } from "../kernel/random.ts";

const LAST = 0xffff;

/** `undefined` = all are taken. */
export function drawIdentifier(random: Random, taken: { has(id: number): boolean; readonly size: number }) {
  if (taken.size >= LAST) return undefined;
  let id = randomBetween(random, 1, LAST);
  // Stepping on from a random number ends even when nearly all are taken.
  while (taken.has(id)) id = id === LAST ? 1 : id + 1;
  return id;
}
