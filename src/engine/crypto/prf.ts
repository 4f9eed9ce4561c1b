/**
 * Hashes of IKEv1 and the pseudo-random function made of them: HMAC, because no other is ever negotiated
 * (RFC 2409 §4, RFC 2104). Each is a single call that leaves no object of OpenSSL to the collector, which costs more than the digest
 * of a message. Digests come as text, because a `Buffer` for each costs three times as much; what is kept of them, and wiped in
 * its time, are octets.
 */

import { hash as hashAtOnce } from "node:crypto";
import type { HashName } from "../spec.ts";

/** Octets of a digest and of a block. */
const sizes: Readonly<Record<HashName, { readonly length: number; readonly block: number }>> = {
  md5: { length: 16, block: 64 },
  sha1: { length: 20, block: 64 },
  sha256: { length: 32, block: 64 },
  sha384: { length: 48, block: 128 },
  sha512: { length: 64, block: 128 },
};

const LONGEST_BLOCK = 128;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
/** What most messages fit in; longer ones have room of their own. */
const ROOM_LENGTH = 4096;

const commonRoom = new Uint8Array(ROOM_LENGTH);
const outerRoom = new Uint8Array(2 * LONGEST_BLOCK);

/** Octets of the digest. */
export function hashLength(hash: HashName): number {
  return sizes[hash].length;
}

/** The digest of the concatenated parts. */
export function digest(hash: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return digestOf(hash, only);
  return digestBehind(hash, roomFor(0, parts), 0, parts);
}

/** `prf(key, parts…)`: HMAC over the concatenated parts. */
export function prf(hash: HashName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const { block, length } = sizes[hash];
  const short = key.length > block ? digestOf(hash, key) : key;
  const room = roomFor(block, parts);
  for (let at = 0; at < block; at += 1) {
    const octet = short[at] ?? 0;
    room[at] = octet ^ INNER_PAD;
    outerRoom[at] = octet ^ OUTER_PAD;
  }
  outerRoom.set(digestBehind(hash, room, block, parts), block);
  const value = digestOf(hash, outerRoom.subarray(0, block + length));
  outerRoom.fill(0);
  return value;
}

function roomFor(before: number, parts: readonly Uint8Array[]): Uint8Array {
  let length = before;
  for (const part of parts) length += part.length;
  return length > ROOM_LENGTH ? new Uint8Array(length) : commonRoom;
}

/** Of the first `at` octets of the room and the parts behind them. Nothing is left there: it may have been secret. */
function digestBehind(hash: HashName, room: Uint8Array, at: number, parts: readonly Uint8Array[]): Uint8Array {
  let end = at;
  for (const part of parts) {
    room.set(part, end);
    end += part.length;
  }
  const value = digestOf(hash, room.subarray(0, end));
  room.fill(0, 0, end);
  return value;
}

function digestOf(hash: HashName, octets: Uint8Array): Uint8Array {
  const text = hashAtOnce(hash, octets, "latin1");
  const value = new Uint8Array(text.length);
  for (let at = 0; at < value.length; at += 1) value[at] = text.charCodeAt(at);
  return value;
}

/** A digest as text, to be compared only. */
export function printOf(octets: Uint8Array): string {
  return hashAtOnce("sha256", octets, "base64");
}
