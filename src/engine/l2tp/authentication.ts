/**
 * What the tunnel password proves and hides: the CHAP-like answer of tunnel authentication (RFC 2661 §4.4.3, §5.1.1)
 * and the hiding of AVP values (§4.3). We read hidden values and hide none of ours.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { digest } from "../crypto/prf.ts";
import type { Secret } from "../kernel/secret.ts";
import { messageType } from "../wire/l2tp-message.ts";

export const CHALLENGE_LENGTH = 16;

const BLOCK = 16;

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
  const secret = passwordOctets(password);
  const clear = new Uint8Array(hidden.length);
  let pad = digest("md5", Uint8Array.of(type >>> 8, type), secret, randomVector);
  for (let at = 0; at < hidden.length; at += BLOCK) {
    const block = hidden.subarray(at, at + BLOCK);
    for (const [i, octet] of block.entries()) clear[at + i] = octet ^ (pad[i] ?? 0);
    pad = digest("md5", secret, block);
  }
  if (clear.length < 2) return undefined;
  const length = (clear[0] ?? 0) * 256 + (clear[1] ?? 0);
  return length <= clear.length - 2 ? clear.subarray(2, 2 + length) : undefined;
}
