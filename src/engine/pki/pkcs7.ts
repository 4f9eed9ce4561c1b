/**
 * Certificates in a PKCS #7 envelope (RFC 5652 §5.1) that signs nothing: how Windows XP sends them, and how authorities
 * answer requests. Refuses envelopes of other kinds; signers and lists inside are not looked at.
 */

import { contextTag, DerReader, der, integer, oid, sequence, set, tag } from "./der.ts";
import { oids } from "./object-identifiers.ts";

const MAX_CERTIFICATES = 8;

/** The certificates in DER, in the order they stand; throws `WireError`. */
export function readCertificateBag(bytes: Uint8Array): Uint8Array[] {
  const outer = new DerReader(bytes, "PKCS #7");
  const envelope = outer.inside();
  outer.end();
  if (envelope.oid() !== oids.signedData) envelope.fail("badValue");
  const signed = envelope.inside(contextTag(0)).inside();
  signed.smallInteger();
  signed.element(tag.set);
  signed.element(tag.sequence);
  const certificates: Uint8Array[] = [];
  for (const { whole } of signed.optionalInside(contextTag(0))?.elements(tag.sequence) ?? []) {
    if (certificates.length === MAX_CERTIFICATES) signed.fail("tooMany");
    certificates.push(whole);
  }
  return certificates;
}

export function writeCertificateBag(certificates: readonly Uint8Array[]): Uint8Array {
  const signed = sequence(integer(1), set(), sequence(oid(oids.data)), der(contextTag(0), ...certificates), set());
  return sequence(oid(oids.signedData), der(contextTag(0), signed));
}
