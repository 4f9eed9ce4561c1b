/**
 * An X.509 certificate (RFC 5280 §4) as a value. Reading believes nothing: whether it is good for anything is decided in
 * `chain.ts`. Refuses version 1 and 2 forms with fields that only version 3 has, an algorithm that differs between body and
 * envelope, an extension that comes twice, and anything longer than certificates are.
 */

import type { RsaPublicKey } from "../crypto/rsa.ts";
import { contextTag, DerReader, tag } from "./der.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import { type Extensions, readExtensions } from "./extensions.ts";
import { readAlgorithm, readPublicKey, readSigned, type Signed } from "./signed.ts";

export interface Certificate extends Signed {
  /** As it was encoded. */
  readonly der: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Big-endian, as encoded. */
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** Milliseconds since 1970, both included. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Absent = a key that is not RSA. */
  readonly publicKey: RsaPublicKey | undefined;
  readonly extensions: Extensions;
}

export const MAX_CERTIFICATE = 16_384;
const VERSION_3 = 2;
const MAX_SERIAL = 32;

/** Throws `WireError`. The value has views of `bytes`: whoever keeps it keeps them. */
export function readCertificate(bytes: Uint8Array): Certificate {
  const what = "certificate";
  const limit = new DerReader(bytes, what);
  if (bytes.length > MAX_CERTIFICATE) limit.fail("badLength");
  const signed = readSigned(bytes, what);
  const body = new DerReader(signed.body, what).inside();
  const version = body.optionalInside(contextTag(0))?.smallInteger() ?? 0;
  if (version > VERSION_3) body.fail("badVersion");
  const serial = body.integer();
  if (serial.length > MAX_SERIAL) body.fail("badLength");
  const inner = readAlgorithm(body);
  if (!sameOctets(inner.whole, signed.algorithm.whole)) body.fail("badValue");
  const issuer = readName(body);
  const validity = body.inside();
  const notBefore = validity.time();
  const notAfter = validity.time();
  validity.end();
  const subject = readName(body);
  const publicKey = readPublicKey(body);
  // The unique identifiers of version 2 say nothing to us.
  body.optional(contextTag(1, false));
  body.optional(contextTag(2, false));
  const explicit = body.optionalInside(contextTag(3));
  if (explicit !== undefined && version !== VERSION_3) body.fail("badVersion");
  const extensions = readExtensions(explicit?.inside(tag.sequence));
  explicit?.end();
  body.end();
  return {
    ...signed,
    der: bytes,
    version: version === VERSION_3 ? 3 : version === 1 ? 2 : 1,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
  };
}

/** `4A3F…`, without a leading zero octet. */
export function serialText({ serial }: Pick<Certificate, "serial">): string {
  const shown = serial.length > 1 && serial[0] === 0 ? serial.subarray(1) : serial;
  return Buffer.from(shown).toString("hex").toUpperCase();
}

export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
