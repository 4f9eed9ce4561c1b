/**
 * Passwords as router configurations keep them, by the number that stands before them: 0 in the clear, 7 hidden (type7.ts),
 * 5 MD5-crypt (Poul-Henning Kamp's, `$1$salt$hash`), 8 PBKDF2 with SHA-256 (RFC 8018), 9 scrypt (RFC 7914), 4 plain
 * SHA-256. What is typed is compared in a time that does not tell how much of it was right.
 */

import { md5 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Random } from "../../engine/kernel/random.ts";
import { decodeType7 } from "./type7.ts";

export type PasswordType = "0" | "4" | "5" | "7" | "8" | "9";

/** Digits of all these hashes, in the order of their values. */
const DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const MD5_SALT_DIGITS = 4;
const STRONG_SALT_DIGITS = 14;
const PBKDF2_ROUNDS = 20_000;
const SCRYPT_COST = { N: 16_384, r: 1, p: 1, dkLen: 32 } as const;
const MD5_ROUNDS = 1000;

/** Whether `typed` is the password; false where the stored text is none of its type. */
export function verifyPassword(stored: string, type: PasswordType, typed: string): boolean {
  switch (type) {
    case "0":
      return same(stored, typed);
    case "7": {
      const clear = decodeType7(stored);
      return clear !== undefined && same(clear, typed);
    }
    case "4":
      return same(stored, digitsOf(sha256(octetsOf(typed))));
    default: {
      const salt = /^\$\d\$([^$]*)\$/.exec(stored)?.[1];
      return (
        salt !== undefined && stored.startsWith(`$${HASHES[type].mark}$`) && same(stored, hashed(type, salt, typed))
      );
    }
  }
}

/** Whether a text that is said to be of this type can be one. */
export function isPasswordText(stored: string, type: PasswordType): boolean {
  if (type === "0") return true;
  if (type === "7") return decodeType7(stored) !== undefined;
  if (type === "4") return /^[./0-9A-Za-z]{43}$/.test(stored);
  const { mark, digits } = HASHES[type];
  const match = /^\$(\d)\$[./0-9A-Za-z]{0,16}\$([./0-9A-Za-z]+)$/.exec(stored);
  return match?.[1] === mark && match[2]?.length === digits;
}

/** A one-way text of a password, with a fresh salt. */
export function makeSecret(type: "5" | "8" | "9", clear: string, random: Random): string {
  const length = type === "5" ? MD5_SALT_DIGITS : STRONG_SALT_DIGITS;
  const salt = [...random.bytes(length)].map((octet) => DIGITS[octet % DIGITS.length]).join("");
  return hashed(type, salt, clear);
}

const HASHES = {
  "5": { mark: "1", digits: 22 },
  "8": { mark: "8", digits: 43 },
  "9": { mark: "9", digits: 43 },
} as const;

function hashed(type: "5" | "8" | "9", salt: string, clear: string): string {
  const { mark } = HASHES[type];
  if (type === "5") return `$${mark}$${salt}$${md5Crypt(octetsOf(clear), octetsOf(salt))}`;
  const octets =
    type === "8"
      ? pbkdf2(sha256, octetsOf(clear), octetsOf(salt), { c: PBKDF2_ROUNDS, dkLen: 32 })
      : scrypt(octetsOf(clear), octetsOf(salt), SCRYPT_COST);
  return `$${mark}$${salt}$${digitsOf(octets)}`;
}

function octetsOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Six bits a digit, the highest first. */
function digitsOf(octets: Uint8Array): string {
  let digits = "";
  for (let at = 0; at < octets.length; at += 3) {
    const [a = 0, b = 0, c = 0] = octets.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const count = Math.min(4, octets.length - at + 1);
    for (let digit = 0; digit < count; digit += 1) digits += DIGITS[(bits >> (18 - 6 * digit)) & 63];
  }
  return digits;
}

/** Every octet of the digest is mixed into the last: which one differs does not show in the time. */
function same(a: string, b: string): boolean {
  const [left, right] = [sha256(octetsOf(a)), sha256(octetsOf(b))];
  let difference = 0;
  for (const [index, octet] of left.entries()) difference |= octet ^ (right[index] ?? 0);
  return difference === 0;
}

/** Octets of the last digest in the order in which MD5-crypt writes them, three to four digits. */
const MD5_ORDER = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const;

function md5Crypt(password: Uint8Array, salt: Uint8Array): string {
  const inner = md5(joined(password, salt, password));
  const parts: Uint8Array[] = [password, octetsOf("$1$"), salt];
  for (let left = password.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)));
  // The bits of the length choose between a zero and the password's first octet: an accident of the first implementation.
  for (let bits = password.length; bits > 0; bits >>= 1)
    parts.push(bits & 1 ? Uint8Array.of(0) : password.subarray(0, 1));
  let digest = md5(joined(...parts));
  for (let round = 0; round < MD5_ROUNDS; round += 1) {
    const odd = round % 2 === 1;
    digest = md5(
      joined(
        odd ? password : digest,
        round % 3 === 0 ? EMPTY : salt,
        round % 7 === 0 ? EMPTY : password,
        odd ? digest : password,
      ),
    );
  }
  const groups = MD5_ORDER.map((group) => group.map((index) => digest[index] ?? 0));
  const last = lowFirst([0, 0, digest[11] ?? 0], 2);
  return groups.map((group) => lowFirst(group, 4)).join("") + last;
}

const EMPTY = new Uint8Array();

function lowFirst([a = 0, b = 0, c = 0]: readonly number[], count: number): string {
  let bits = (a << 16) | (b << 8) | c;
  let digits = "";
  for (let digit = 0; digit < count; digit += 1) {
    digits += DIGITS[bits & 63];
    bits >>= 6;
  }
  return digits;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
