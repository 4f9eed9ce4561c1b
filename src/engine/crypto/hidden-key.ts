/**
 * Keys that a router hides under a master key (type 6 of IOS), as the maker has published it: salt, text and four octets of an HMAC,
 * written in base 41. The MD5 of the master key enciphers the salt to two keys; one enciphers a counter, whose stream hides the text,
 * the other is that of the HMAC-SHA-1. Without the master key nothing can be told of the text but its length.
 */

import { createCipheriv, createHmac, hash } from "node:crypto";
import { equalBytes } from "./constant-time.ts";

const SALT = 8;
const MAC = 4;
const BLOCK = 16;
/** The 41 characters from `A` on; three of them are two octets. */
const BASE = 41;
const FIRST = "A".charCodeAt(0);
const ALPHABET = /^([A-i]{3})+$/;

/** What the text hides; `undefined` where it is no such text, or hidden under another key. */
export function revealKey(text: string, masterKey: string): string | undefined {
  const octets = fromBase41(text);
  if (octets === undefined || octets.length < SALT + MAC) return undefined;
  const salt = octets.subarray(0, SALT);
  const hidden = octets.subarray(SALT, -MAC);
  if (!equalBytes(macOf(hidden, salt, masterKey), octets.subarray(-MAC))) return undefined;
  return new TextDecoder().decode(withStream(hidden, salt, masterKey));
}

/** `salt`: 8 fresh octets. */
export function hideKey(clear: string, masterKey: string, salt: Uint8Array): string {
  const hidden = withStream(new TextEncoder().encode(clear), salt, masterKey);
  return toBase41(Buffer.concat([salt, hidden, macOf(hidden, salt, masterKey)]));
}

function withStream(octets: Uint8Array, salt: Uint8Array, masterKey: string): Uint8Array {
  const key = derivedKey(salt, masterKey, 1);
  const blocks = Math.ceil(octets.length / BLOCK);
  const counters = new Uint8Array(blocks * BLOCK);
  const view = new DataView(counters.buffer);
  for (let block = 0; block < blocks; block += 1) view.setUint32(block * BLOCK, block);
  const stream = enciphered(counters, key);
  return octets.map((octet, index) => octet ^ (stream[index] ?? 0));
}

function macOf(hidden: Uint8Array, salt: Uint8Array, masterKey: string): Uint8Array {
  return createHmac("sha1", derivedKey(salt, masterKey, 0))
    .update(hidden)
    .digest()
    .subarray(0, MAC);
}

function derivedKey(salt: Uint8Array, masterKey: string, purpose: 0 | 1): Uint8Array {
  const block = new Uint8Array(BLOCK);
  block.set(salt);
  block[BLOCK - 1] = purpose;
  return enciphered(block, hash("md5", masterKey, "buffer"));
}

function enciphered(blocks: Uint8Array, key: Uint8Array): Uint8Array {
  return createCipheriv("aes-128-ecb", key, null).setAutoPadding(false).update(blocks);
}

/** The last two octets tell whether the text ends within them. */
function fromBase41(text: string): Uint8Array | undefined {
  if (!ALPHABET.test(text)) return undefined;
  const octets: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const pair = [0, 1, 2].reduce((sum, index) => sum * BASE + text.charCodeAt(at + index) - FIRST, 0);
    if (pair > 0xffff) return undefined;
    octets.push(pair >>> 8, pair & 0xff);
  }
  return Uint8Array.from(octets.slice(0, octets.at(-1) === 0 ? -1 : -2));
}

function toBase41(octets: Uint8Array): string {
  const whole = octets.length % 2 === 0 ? [...octets, 0, 1] : [...octets, 0];
  let text = "";
  for (let at = 0; at < whole.length; at += 2) {
    const pair = ((whole[at] ?? 0) << 8) | (whole[at + 1] ?? 0);
    const digits = [Math.floor(pair / (BASE * BASE)), Math.floor(pair / BASE) % BASE, pair % BASE];
    text += String.fromCharCode(...digits.map((digit) => FIRST + digit));
  }
  return text;
}
