/**
 * Keys made of passwords, and what is encrypted with them: PKCS #12 (RFC 7292 appendix B) and PBKDF2 (RFC 8018 §5.2). For
 * reading files that an operator brings.
 */

import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import type { HashName } from "../spec.ts";
import { digest, prf } from "./prf.ts";

export interface PasswordCipher {
  readonly name: "aes-128-cbc" | "aes-192-cbc" | "aes-256-cbc" | "des-ede3-cbc";
  readonly iv: Uint8Array;
  /** The key itself, or what it is derived from by PBKDF2. */
  readonly key?: Uint8Array;
  readonly derive?: {
    readonly password: string;
    readonly salt: Uint8Array;
    readonly iterations: number;
    readonly hash: HashName;
    readonly length: number;
  };
}

/** `undefined` = the key is wrong, as far as the padding tells. */
export function decryptWithPassword(
  { name, iv, key, derive }: PasswordCipher,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const used =
    derive === undefined
      ? key
      : pbkdf2Sync(derive.password, derive.salt, derive.iterations, derive.length, derive.hash);
  if (used === undefined) return undefined;
  try {
    const decipher = createDecipheriv(name, used, iv);
    return new Uint8Array(Buffer.concat([decipher.update(sealed), decipher.final()]));
  } catch {
    // A vector of the wrong length, or padding that is none.
    return undefined;
  }
}

const KEY = 1;
const VECTOR = 2;
const INTEGRITY = 3;

/** Key and vector of the SHA-1 ciphers of RFC 7292 appendix C. */
export function pkcs12Key(
  password: string,
  salt: Uint8Array,
  iterations: number,
  keyLength: number,
  ivLength: number,
): { readonly key: Uint8Array; readonly iv: Uint8Array } {
  return {
    key: derivePkcs12("sha1", KEY, password, salt, iterations, keyLength),
    iv: derivePkcs12("sha1", VECTOR, password, salt, iterations, ivLength),
  };
}

export function pkcs12Mac(
  hash: HashName,
  password: string,
  salt: Uint8Array,
  iterations: number,
  content: Uint8Array,
): Uint8Array {
  const { length } = digest(hash);
  return prf(hash, derivePkcs12(hash, INTEGRITY, password, salt, iterations, length), content);
}

/** RFC 7292 appendix B.2. */
function derivePkcs12(
  hash: HashName,
  purpose: number,
  password: string,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const block = hash === "sha384" || hash === "sha512" ? 128 : 64;
  const text = Buffer.from(`${password}\0`, "utf16le").swap16();
  const input = Buffer.concat([filled(salt, block), filled(text, block)]);
  const result = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    let round = digest(hash, new Uint8Array(block).fill(purpose), input);
    for (let count = 1; count < iterations; count += 1) round = digest(hash, round);
    result.set(round.subarray(0, length - at), at);
    at += round.length;
    const addend = filled(round, block).subarray(0, block);
    for (let start = 0; start < input.length; start += block) addOne(input.subarray(start, start + block), addend);
  }
  return result;
}

/** Repeated to whole blocks; nothing stays nothing. */
function filled(octets: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(octets.length / block) * block;
  return Uint8Array.from({ length }, (_, index) => octets[index % octets.length] ?? 0);
}

/** `block` becomes block + addend + 1, modulo its size. */
function addOne(block: Uint8Array, addend: Uint8Array): void {
  let carry = 1;
  for (let index = block.length - 1; index >= 0; index -= 1) {
    const sum = (block[index] ?? 0) + (addend[index] ?? 0) + carry;
    block[index] = sum & 0xff;
    carry = sum >> 8;
  }
}
