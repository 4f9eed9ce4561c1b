/**
 * Certificates and lists that are made here: one that is signed with its own key (a trustpoint with self-signed enrollment,
 * RFC 5280 §4.1), what an authority of a laboratory issues, and requests (PKCS #10, RFC 2986) for authorities elsewhere.
 */

import { digest } from "../crypto/prf.ts";
import type { RsaPrivateKey, RsaPublicKey } from "../crypto/rsa.ts";
import { contextTag, DerReader, der, integer, octetString, oid, sequence, set, tag, text, time } from "./der.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import {
  type AlternativeName,
  extensionList,
  type KeyUsage,
  readExtensions,
  writeAlternativeNames,
  writeAuthorityKeyIdentifier,
  writeBasicConstraints,
  writeExtendedKeyUsage,
  writeKeyUsage,
  writeSubjectKeyIdentifier,
} from "./extensions.ts";
import { oids } from "./object-identifiers.ts";
import { isSignedBy, readPublicKey, readSigned, SIGNING_ALGORITHM, sign, writePublicKey } from "./signed.ts";

export interface CertificatePlan {
  readonly serial: number;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly publicKey: RsaPublicKey;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** An authority; absent = an end. */
  readonly authority?: { readonly pathLength?: number };
  readonly keyUsage?: readonly KeyUsage[];
  readonly extendedKeyUsage?: readonly string[];
  readonly alternativeNames?: readonly AlternativeName[];
}

type IssuerKey = Pick<RsaPrivateKey, "publicKey" | "signDigest">;

const AUTHORITY_USAGE: readonly KeyUsage[] = ["keyCertSign", "crlSign"];
const END_USAGE: readonly KeyUsage[] = ["digitalSignature", "keyEncipherment"];

/** In DER, signed with the issuer's key: SHA-256 with RSA. */
export function issueCertificate(plan: CertificatePlan, issuerKey: IssuerKey): Uint8Array {
  const { authority, alternativeNames = [], extendedKeyUsage = [] } = plan;
  const extensions = [
    writeBasicConstraints(authority !== undefined, authority?.pathLength),
    writeKeyUsage(plan.keyUsage ?? (authority === undefined ? END_USAGE : AUTHORITY_USAGE)),
    writeSubjectKeyIdentifier(keyIdentifier(plan.publicKey)),
    writeAuthorityKeyIdentifier(keyIdentifier(issuerKey.publicKey)),
    ...(extendedKeyUsage.length === 0 ? [] : [writeExtendedKeyUsage(extendedKeyUsage)]),
    ...(alternativeNames.length === 0 ? [] : [writeAlternativeNames(alternativeNames)]),
  ];
  const body = sequence(
    der(contextTag(0), integer(2)),
    integer(plan.serial),
    SIGNING_ALGORITHM,
    plan.issuer.der,
    sequence(time(plan.notBefore), time(plan.notAfter)),
    plan.subject.der,
    writePublicKey(plan.publicKey),
    der(contextTag(3), extensionList(extensions)),
  );
  return sign(body, issuerKey);
}

/** RFC 5280 §4.2.1.2, method 1. */
function keyIdentifier({ modulus, exponent }: RsaPublicKey): Uint8Array {
  return digest("sha1", sequence(integer(modulus), integer(exponent)));
}

export interface RevocationListPlan {
  readonly issuer: DistinguishedName;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly serials: readonly Uint8Array[];
}

export function issueRevocationList(plan: RevocationListPlan, issuerKey: RsaPrivateKey): Uint8Array {
  const entries = plan.serials.map((serial) => sequence(der(tag.integer, serial), time(plan.thisUpdate)));
  const body = sequence(
    integer(1),
    SIGNING_ALGORITHM,
    plan.issuer.der,
    time(plan.thisUpdate),
    time(plan.nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    der(contextTag(0), sequence(sequence(oid(oids.crlNumber), octetString(integer(1))))),
  );
  return sign(body, issuerKey);
}

export interface RequestPlan {
  readonly subject: DistinguishedName;
  readonly alternativeNames: readonly AlternativeName[];
  /** For the authority to know who asks; travels in the clear. */
  readonly challengePassword?: string;
}

/** PKCS #10 in DER. */
export function writeRequest(plan: RequestPlan, key: RsaPrivateKey): Uint8Array {
  const { alternativeNames, challengePassword } = plan;
  const extensions = [
    writeKeyUsage(END_USAGE),
    ...(alternativeNames.length === 0 ? [] : [writeAlternativeNames(alternativeNames)]),
  ];
  const attributes = [
    ...(challengePassword === undefined
      ? []
      : [sequence(oid(oids.challengePassword), set(text(tag.utf8String, challengePassword)))]),
    sequence(oid(oids.extensionRequest), set(extensionList(extensions))),
  ];
  const body = sequence(integer(0), plan.subject.der, writePublicKey(key.publicKey), der(contextTag(0), ...attributes));
  return sign(body, key);
}

export interface CertificateRequest {
  readonly subject: DistinguishedName;
  readonly publicKey: RsaPublicKey;
  readonly alternativeNames: readonly AlternativeName[];
}

/** What a request asks for, if it was signed with the key in it; throws `WireError`. */
export function readRequest(bytes: Uint8Array): CertificateRequest | undefined {
  const signed = readSigned(bytes, "certificate request");
  const body = new DerReader(signed.body, "certificate request").inside();
  body.smallInteger();
  const subject = readName(body);
  const publicKey = readPublicKey(body);
  let alternativeNames: readonly AlternativeName[] = [];
  for (const { content } of body.inside(contextTag(0)).elements(tag.sequence)) {
    const attribute = new DerReader(content, "certificate request");
    if (attribute.oid() !== oids.extensionRequest) continue;
    ({ alternativeNames } = readExtensions(attribute.inside(tag.set).inside()));
  }
  return publicKey === undefined || !isSignedBy(signed, publicKey)
    ? undefined
    : { subject, publicKey, alternativeNames };
}
