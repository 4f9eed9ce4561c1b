/**
 * The computations of MS-CHAP v1 (RFC 2433) and v2 (RFC 2759). The LAN Manager half of v1 is not computed: it is
 * weaker and every client that is met sends the NT half.
 */

import { createCipheriv, hash } from "node:crypto";
import { md4 } from "./md4.ts";

const ENCODER = new TextEncoder();
/** RFC 2759 §8.7. */
const MAGIC_SIGNING = ENCODER.encode("Magic server to client signing constant");
const MAGIC_PAD = ENCODER.encode("Pad to make it do more than one iteration");

function sha1(...parts: readonly Uint8Array[]): Uint8Array {
  return hash("sha1", Buffer.concat(parts), "buffer");
}

/** NtPasswordHash, RFC 2759 §8.3: MD4 over the password in UTF-16, little-endian. */
export function ntPasswordHash(password: string): Uint8Array {
  return md4(Buffer.from(password, "utf16le"));
}

/** ChallengeHash, RFC 2759 §8.2: 8 octets. `userName` is without a domain. */
export function challengeHash(peerChallenge: Uint8Array, challenge: Uint8Array, userName: string): Uint8Array {
  return sha1(peerChallenge, challenge, ENCODER.encode(userName)).subarray(0, 8);
}

/** ChallengeResponse, RFC 2433 §A.5: 24 octets from 8 of challenge and 16 of password hash. */
export function challengeResponse(challenge: Uint8Array, passwordHash: Uint8Array): Uint8Array {
  const key = new Uint8Array(21);
  key.set(passwordHash);
  return Buffer.concat([0, 7, 14].map((at) => desBlock(key.subarray(at, at + 7), challenge)));
}

/** GenerateNTResponse, RFC 2759 §8.1. */
export function ntResponse(
  challenge: Uint8Array,
  peerChallenge: Uint8Array,
  userName: string,
  passwordHash: Uint8Array,
): Uint8Array {
  return challengeResponse(challengeHash(peerChallenge, challenge, userName), passwordHash);
}

/** GenerateAuthenticatorResponse, RFC 2759 §8.7: `S=` and 40 hexadecimal digits. */
export function authenticatorResponse(
  passwordHash: Uint8Array,
  response: Uint8Array,
  peerChallenge: Uint8Array,
  challenge: Uint8Array,
  userName: string,
): string {
  const digest = sha1(md4(passwordHash), response, MAGIC_SIGNING);
  const signed = sha1(digest, challengeHash(peerChallenge, challenge, userName), MAGIC_PAD);
  return `S=${Buffer.from(signed).toString("hex").toUpperCase()}`;
}

/** One block under a 56-bit key. Single DES is three-key DES with one key thrice; OpenSSL 3 keeps only the latter. */
function desBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  const spread = spreadKey(key);
  const cipher = createCipheriv("des-ede3-ecb", Buffer.concat([spread, spread, spread]), null);
  cipher.setAutoPadding(false);
  return cipher.update(block);
}

/** Seven octets of key as eight with room for parity, which DES ignores (RFC 2433 §A.6). */
function spreadKey(key: Uint8Array): Uint8Array {
  const spread = new Uint8Array(8);
  for (let i = 0; i < 8; i += 1) {
    const before = key[i - 1] ?? 0;
    const here = key[i] ?? 0;
    spread[i] = ((before << (8 - i)) | (here >> i)) & 0xfe;
  }
  return spread;
}
