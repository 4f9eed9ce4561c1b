/**
 * One-way forms of passwords, as configurations keep them: MD5-crypt (Poul-Henning Kamp's, `$1$salt$hash`), PBKDF2 with
 * SHA-256 (RFC 8018, `$8$salt$hash`), scrypt (RFC 7914, `$9$salt$hash`) and plain SHA-256, in the digits of the others or in base64.
 * Whoever has only such a form can check a password that is told (PAP, a login) and no proof that is computed with it (CHAP).
 */

import { pbkdf2Sync, scryptSync } from "node:crypto";
import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { PasswordHash, PasswordHashScheme } from "../spec.ts";
import { equalText } from "./constant-time.ts";

type SaltedScheme = Exclude<PasswordHashScheme, "sha256" | "sha256Base64">;

/** Digits of all these hashes, in the order of their values. */
const DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PBKDF2_ROUNDS = 20_000;
const SCRYPT_COST = { N: 16_384, r: 1, p: 1 } as const;
const STRONG_OCTETS = 32;
const MD5_ROUNDS = 1000;

/** What stands between the first two `$`, the digits of a new salt, and the digits of the hash. */
const FORMS = {
  md5Crypt: { mark: "1", saltDigits: 4, digits: 22 },
  pbkdf2: { mark: "8", saltDigits: 14, digits: 43 },
  scrypt: { mark: "9", saltDigits: 14, digits: 43 },
} as const satisfies Readonly<Record<SaltedScheme, object>>;

/** Whether `typed` is the password; false where the text is none of its scheme. The time does not tell how much was right. */
export function hashHolds({ scheme, text }: PasswordHash, typed: string): boolean {
  const stored = text.reveal();
  if (scheme === "sha256") return equalText(stored, digitsOf(sha256(octetsOf(typed))));
  if (scheme === "sha256Base64") return equalText(stored, base64Hash(typed));
  if (!isHashText(scheme, stored)) return false;
  return equalText(stored, hashed(scheme, stored.split("$")[2] ?? "", typed));
}

/** Whether a text that is said to be of this scheme can be one. */
export function isHashText(scheme: PasswordHashScheme, stored: string): boolean {
  if (scheme === "sha256") return /^[./0-9A-Za-z]{43}$/.test(stored);
  if (scheme === "sha256Base64") return /^[+/0-9A-Za-z]{43}=$/.test(stored);
  const match = /^\$(\d)\$[./0-9A-Za-z]{0,16}\$([./0-9A-Za-z]+)$/.exec(stored);
  return match?.[1] === FORMS[scheme].mark && match[2]?.length === FORMS[scheme].digits;
}

/** A one-way text of a password, with a salt made from random octets. */
export function makeHash(scheme: SaltedScheme, clear: string, octets: (count: number) => Uint8Array): string {
  const salt = [...octets(FORMS[scheme].saltDigits)].map((octet) => DIGITS[octet % DIGITS.length]).join("");
  return hashed(scheme, salt, clear);
}

export function base64Hash(clear: string): string {
  return Buffer.from(sha256(octetsOf(clear))).toString("base64");
}

function hashed(scheme: SaltedScheme, salt: string, clear: string): string {
  return `$${FORMS[scheme].mark}$${salt}$${hashDigits(scheme, salt, clear)}`;
}

function hashDigits(scheme: SaltedScheme, salt: string, clear: string): string {
  const [password, saltOctets] = [octetsOf(clear), octetsOf(salt)];
  switch (scheme) {
    case "md5Crypt":
      return md5Crypt(password, saltOctets);
    case "pbkdf2":
      return digitsOf(pbkdf2Sync(password, saltOctets, PBKDF2_ROUNDS, STRONG_OCTETS, "sha256"));
    case "scrypt":
      return digitsOf(scryptSync(password, saltOctets, STRONG_OCTETS, SCRYPT_COST));
  }
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
