/** Comparison of secrets and of what proves a secret: its duration tells nothing about where two values differ. */

import { timingSafeEqual } from "node:crypto";

/** Lengths are public; equal lengths are compared octet by octet to the end. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
