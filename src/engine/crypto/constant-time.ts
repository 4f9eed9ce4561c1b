/** Comparison of secrets and of what proves a secret: its duration tells nothing about where two values differ. */

import { hash, timingSafeEqual } from "node:crypto";

/** Lengths are public; equal lengths are compared octet by octet to the end. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Texts whose length is a secret too: both are hashed first. */
export function equalText(a: string, b: string): boolean {
  return timingSafeEqual(hash("sha256", a, "buffer"), hash("sha256", b, "buffer"));
}
