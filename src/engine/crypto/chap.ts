/** The response of CHAP with MD5 (RFC 1994 §4.1). */

import { hash } from "node:crypto";

/** MD5 over identifier, secret and challenge: 16 octets. */
export function chapResponse(identifier: number, secret: string, challenge: Uint8Array): Uint8Array {
  return hash("md5", Buffer.concat([Uint8Array.of(identifier), Buffer.from(secret, "utf8"), challenge]), "buffer");
}
