/**
 * Extensions of certificates that are acted on (RFC 5280 §4.2): what a key may be used for, whether it is an authority's,
 * the other names of the subject, key identifiers. An extension that is not known and critical is named, because a
 * certificate that has one must be refused (§4.2).
 */

import { addressFromOctets } from "../kernel/address.ts";
import {
  contextTag,
  DerReader,
  der,
  bitString as derBitString,
  integer,
  octetString,
  oid,
  sequence,
  TRUE,
  tag,
} from "./der.ts";
import { textOf } from "./distinguished-name.ts";
import { oids } from "./object-identifiers.ts";

export interface Extensions {
  readonly basicConstraints: { readonly authority: boolean; readonly pathLength: number | undefined } | undefined;
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** Object identifiers. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly alternativeNames: readonly AlternativeName[];
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  /** Addresses at which the issuer publishes its revocation list. */
  readonly crlAddresses: readonly string[];
  /** A critical extension that is not understood. */
  readonly unknownCritical: string | undefined;
}

export type AlternativeName =
  | { readonly type: "dns" | "email"; readonly name: string }
  | { readonly type: "address"; readonly address: string };

/** RFC 5280 §4.2.1.3, by bit. */
const usages = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "crlSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export type KeyUsage = (typeof usages)[number];

const MAX_EXTENSIONS = 64;
const MAX_NAMES = 64;

/** `undefined` = there are none. */
export function readExtensions(reader: DerReader | undefined): Extensions {
  const found = new Map<string, Uint8Array>();
  let unknownCritical: string | undefined;
  while (reader !== undefined && !reader.isEmpty) {
    if (found.size === MAX_EXTENSIONS) reader.fail("tooMany");
    const extension = reader.inside();
    const type = extension.oid();
    const critical = extension.nextTag === tag.boolean && extension.boolean();
    const { content } = extension.element(tag.octetString);
    extension.end();
    if (found.has(type)) reader.fail("badValue");
    found.set(type, content);
    if (critical && !understood.has(type)) unknownCritical ??= type;
  }
  const open = (type: string): DerReader | undefined => {
    const content = found.get(type);
    return content === undefined ? undefined : new DerReader(content, "certificate extension");
  };
  return {
    basicConstraints: readBasicConstraints(open(oids.basicConstraints)),
    keyUsage: readKeyUsage(open(oids.keyUsage)),
    extendedKeyUsage: readExtendedKeyUsage(open(oids.extendedKeyUsage)),
    alternativeNames: readAlternativeNames(open(oids.subjectAltName)),
    subjectKeyIdentifier: open(oids.subjectKeyIdentifier)?.element(tag.octetString).content,
    authorityKeyIdentifier: open(oids.authorityKeyIdentifier)?.inside().optional(contextTag(0, false))?.content,
    crlAddresses: readCrlAddresses(open(oids.crlDistributionPoints)),
    unknownCritical,
  };
}

/** Policies are not looked at, and may be critical: every policy is accepted here. */
const understood: ReadonlySet<string> = new Set([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectAltName,
  oids.certificatePolicies,
]);

function readBasicConstraints(reader: DerReader | undefined): Extensions["basicConstraints"] {
  const inner = reader?.inside();
  if (inner === undefined) return undefined;
  const authority = inner.nextTag === tag.boolean && inner.boolean();
  const pathLength = inner.isEmpty ? undefined : inner.smallInteger();
  inner.end();
  return { authority, pathLength };
}

function readKeyUsage(reader: DerReader | undefined): Extensions["keyUsage"] {
  if (reader === undefined) return undefined;
  const { octets } = reader.bits();
  return new Set(usages.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

function readExtendedKeyUsage(reader: DerReader | undefined): Extensions["extendedKeyUsage"] {
  const inner = reader?.inside();
  if (inner === undefined) return undefined;
  const uses: string[] = [];
  while (!inner.isEmpty) {
    if (uses.length === MAX_NAMES) inner.fail("tooMany");
    uses.push(inner.oid());
  }
  return uses;
}

const EMAIL = contextTag(1, false);
const DNS = contextTag(2, false);
const URI = contextTag(6, false);
const ADDRESS = contextTag(7, false);

function readAlternativeNames(reader: DerReader | undefined): AlternativeName[] {
  const inner = reader?.inside();
  if (inner === undefined) return [];
  const names: AlternativeName[] = [];
  let count = 0;
  for (const element of inner.elements()) {
    count += 1;
    if (count > MAX_NAMES) inner.fail("tooMany");
    const { tag: kind, content } = element;
    if (kind === DNS) names.push({ type: "dns", name: textOf(tag.ia5String, content) });
    else if (kind === EMAIL) names.push({ type: "email", name: textOf(tag.ia5String, content) });
    else if (kind === ADDRESS) {
      const address = addressFromOctets(content);
      if (address !== undefined) names.push({ type: "address", address });
    }
  }
  return names;
}

function readCrlAddresses(reader: DerReader | undefined): string[] {
  const points = reader?.inside();
  if (points === undefined) return [];
  const addresses: string[] = [];
  while (!points.isEmpty) {
    if (addresses.length > MAX_NAMES) points.fail("tooMany");
    const full = points.inside().optionalInside(contextTag(0))?.optionalInside(contextTag(0));
    for (const { tag: kind, content } of full?.elements() ?? []) {
      if (kind === URI) addresses.push(textOf(tag.ia5String, content));
    }
  }
  return addresses;
}

// --- writing ---

function extension(type: string, critical: boolean, value: Uint8Array): Uint8Array {
  return sequence(oid(type), ...(critical ? [TRUE] : []), octetString(value));
}

export function writeBasicConstraints(authority: boolean, pathLength?: number): Uint8Array {
  const parts = authority ? [TRUE, ...(pathLength === undefined ? [] : [integer(pathLength)])] : [];
  return extension(oids.basicConstraints, true, sequence(...parts));
}

export function writeKeyUsage(wanted: readonly KeyUsage[]): Uint8Array {
  const bits = wanted.map((usage) => usages.indexOf(usage));
  const highest = Math.max(...bits);
  const octets = new Uint8Array((highest >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return extension(oids.keyUsage, true, derBitString(octets, 7 - (highest & 7)));
}

export function writeExtendedKeyUsage(uses: readonly string[]): Uint8Array {
  return extension(oids.extendedKeyUsage, false, sequence(...uses.map(oid)));
}

export function writeAlternativeNames(names: readonly AlternativeName[]): Uint8Array {
  const encode = (value: string): Uint8Array => new TextEncoder().encode(value);
  const parts = names.map((name) => {
    if (name.type === "address") return der(ADDRESS, Uint8Array.from(name.address.split(".").map(Number)));
    return der(name.type === "dns" ? DNS : EMAIL, encode(name.name));
  });
  return extension(oids.subjectAltName, false, sequence(...parts));
}

export function writeSubjectKeyIdentifier(identifier: Uint8Array): Uint8Array {
  return extension(oids.subjectKeyIdentifier, false, octetString(identifier));
}

export function writeAuthorityKeyIdentifier(identifier: Uint8Array): Uint8Array {
  return extension(oids.authorityKeyIdentifier, false, sequence(der(contextTag(0, false), identifier)));
}

/** Wraps written extensions for a body (`[3]`) or for a request. */
export function extensionList(extensions: readonly Uint8Array[]): Uint8Array {
  return sequence(...extensions);
}
