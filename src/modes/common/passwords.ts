/**
 * Passwords as router configurations keep them, by the number that stands before them: 0 in the clear, 7 hidden (type7.ts), and one-way
 * forms: 5 MD5-crypt, 8 PBKDF2, 9 scrypt, 4 plain SHA-256. What is typed is compared in a time that does not tell how much of it was right.
 */

import { equalText } from "../../engine/crypto/constant-time.ts";
import { hashHolds, isHashText, makeHash } from "../../engine/crypto/password-hash.ts";
import type { Random } from "../../engine/kernel/random.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import type { PasswordHash } from "../../engine/spec.ts";
import { decodeType7 } from "./type7.ts";

export type PasswordType = "0" | "4" | "5" | "7" | "8" | "9";

const SCHEMES = { "4": "sha256", "5": "md5Crypt", "8": "pbkdf2", "9": "scrypt" } as const;

/** What an engine can check a password against; `undefined` where the text can be read back. */
export function hashOf(stored: Secret, type: PasswordType): PasswordHash | undefined {
  return type === "0" || type === "7" ? undefined : { scheme: SCHEMES[type], text: stored };
}

/** Whether `typed` is the password; false where the stored text is none of its type. */
export function verifyPassword(stored: string, type: PasswordType, typed: string): boolean {
  if (type !== "0" && type !== "7") return hashHolds({ scheme: SCHEMES[type], text: new Secret(stored) }, typed);
  const clear = type === "0" ? stored : decodeType7(stored);
  return clear !== undefined && equalText(clear, typed);
}

/** Whether a text that is said to be of this type can be one. */
export function isPasswordText(stored: string, type: PasswordType): boolean {
  if (type === "0") return true;
  if (type === "7") return decodeType7(stored) !== undefined;
  return isHashText(SCHEMES[type], stored);
}

/** A one-way text of a password, with a fresh salt. */
export function makeSecret(type: "5" | "8" | "9", clear: string, random: Random): string {
  return makeHash(SCHEMES[type], clear, (count) => random.bytes(count));
}
