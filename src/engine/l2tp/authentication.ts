/**
 * What the tunnel password proves and hides: the CHAP-like answer of tunnel authentication (RFC 2661 §4.4.3, §5.1.1)
 * and the hiding of AVP values (§4.3), both ways.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { digest } from "../crypto/prf.ts";
import type { Random } from "../kernel/random.ts";
import type { Secret } from "../kernel/secret.ts";
import { messageType } from "../wire/l2tp-message.ts";

export const CHALLENGE_LENGTH = 16;

const BLOCK = 16;
const LENGTH_OCTETS = 2;

function passwordOctets(password: Secret): Uint8Array {
  return new TextEncoder().encode(password.reveal());
}

/** MD5 over the type of the message that carries the answer, the password and the challenge: 16 octets. */
export function challengeResponse(answer: "sccrp" | "scccn", password: Secret, challenge: Uint8Array): Uint8Array {
  return digest("md5", Uint8Array.of(messageType[answer]), passwordOctets(password), challenge);
}

export function provesPassword(
  answer: "sccrp" | "scccn",
  password: Secret,
  challenge: Uint8Array,
  response: Uint8Array | undefined,
): boolean {
  return response !== undefined && equalBytes(response, challengeResponse(answer, password, challenge));
}

/** The value behind a hidden AVP; `undefined` where its length prefix does not fit, as with a wrong password. */
export function revealAvp(
  password: Secret,
  type: number,
  randomVector: Uint8Array,
  hidden: Uint8Array,
): Uint8Array | undefined {
  const clear = hidden.slice();
  mask(password, type, randomVector, clear, hidden);
  if (clear.length < 2) return undefined;
  const length = (clear[0] ?? 0) * 256 + (clear[1] ?? 0);
  return length <= clear.length - 2 ? clear.subarray(2, 2 + length) : undefined;
}

/** The reverse. Padding up to whole blocks hides how long the value is. */
export function hideAvp(
  password: Secret,
  type: number,
  randomVector: Uint8Array,
  value: Uint8Array,
  random: Random,
): Uint8Array {
  const hidden = random.bytes(Math.ceil((LENGTH_OCTETS + value.length) / BLOCK) * BLOCK);
  hidden.set([value.length >>> 8, value.length & 0xff]);
  hidden.set(value, LENGTH_OCTETS);
  mask(password, type, randomVector, hidden, hidden);
  return hidden;
}

/** Masks `octets` in place: a block's pad comes from the hidden octets before it, which may be `octets` themselves. */
function mask(password: Secret, type: number, vector: Uint8Array, octets: Uint8Array, hidden: Uint8Array): void {
  const secret = passwordOctets(password);
  let pad = digest("md5", Uint8Array.of(type >>> 8, type), secret, vector);
  for (let at = 0; at < octets.length; at += BLOCK) {
    const end = Math.min(at + BLOCK, octets.length);
    for (let i = at; i < end; i += 1) octets[i] = (octets[i] ?? 0) ^ (pad[i - at] ?? 0);
    pad = digest("md5", secret, hidden.subarray(at, end));
  }
}
