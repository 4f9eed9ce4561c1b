/** Whether a key that a client shows is one that the configuration lets in: by itself, or by its fingerprint. */

import { createHash } from "node:crypto";
import ssh2, { type PublicKeyAuthContext } from "ssh2";
import { fingerprintOf } from "./host-keys.ts";

/** `configured`: `ssh-rsa AAAA… comment`, the base64 alone, `SHA256:…`, or an MD5 digest with or without colons. */
export function keyIsConfigured(blob: Buffer, configured: readonly string[]): boolean {
  const base64 = blob.toString("base64");
  const sha256 = fingerprintOf(blob);
  const md5 = createHash("md5").update(blob).digest("hex");
  return configured.some((text) =>
    text
      .trim()
      .split(/\s+/)
      .some((word) => word === base64 || word === sha256 || word.replaceAll(":", "").toLowerCase() === md5),
  );
}

/** A client first asks whether a key would do (no signature), then proves that it has it. */
export function signatureHolds(context: PublicKeyAuthContext): boolean {
  const { key, signature, blob, hashAlgo } = context;
  if (signature === undefined || blob === undefined) return false;
  const parsed = ssh2.utils.parseKey(key.data);
  return !(parsed instanceof Error) && parsed.verify(blob, signature, hashAlgo) === true;
}
