/**
 * Hashes of IKEv1 and the pseudo-random function made of them: HMAC, because no other is ever negotiated
 * (RFC 2409 §4, RFC 2104).
 */

import { createHash, createHmac } from "node:crypto";
import type { HashName } from "../spec.ts";

const lengths: Readonly<Record<HashName, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** Octets of the digest. */
export function hashLength(hash: HashName): number {
  return lengths[hash];
}

/** The digest of the concatenated parts. */
export function digest(hash: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  const state = createHash(hash);
  for (const part of parts) state.update(part);
  return state.digest();
}

/** `prf(key, parts…)`: HMAC over the concatenated parts. */
export function prf(hash: HashName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const state = createHmac(hash, key);
  for (const part of parts) state.update(part);
  return state.digest();
}
