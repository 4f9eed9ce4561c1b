/**
 * What certificates, revocation lists and requests have in common: a body, the algorithm and the signature over the body
 * (RFC 5280 §4.1.1). Refuses signatures that are not RSA with PKCS #1 v1.5.
 */

import { type RsaPrivateKey, type RsaPublicKey, verifyRsaDigest } from "../crypto/rsa.ts";
import type { HashName } from "../spec.ts";
import { bitString, DerReader, integer, NULL, oid, sequence } from "./der.ts";
import { oids } from "./object-identifiers.ts";

export interface Signed {
  /** The octets that the signature covers. */
  readonly body: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
}

export interface SignatureAlgorithm {
  readonly oid: string;
  /** Absent = it is not known here. */
  readonly hash: HashName | undefined;
  /** With its parameters, to compare. */
  readonly whole: Uint8Array;
}

const hashes = new Map<string, HashName>([
  [oids.md5WithRsa, "md5"],
  [oids.sha1WithRsa, "sha1"],
  [oids.sha256WithRsa, "sha256"],
  [oids.sha384WithRsa, "sha384"],
  [oids.sha512WithRsa, "sha512"],
]);

export function readAlgorithm(reader: DerReader): SignatureAlgorithm {
  const { content, whole } = reader.element(0x30);
  const inner = new DerReader(content, "algorithm");
  const type = inner.oid();
  if (!inner.isEmpty) inner.element();
  inner.end();
  return { oid: type, hash: hashes.get(type), whole };
}

/** The three parts of a signed thing, which must be all there is. */
export function readSigned(bytes: Uint8Array, what: string): Signed {
  const outer = new DerReader(bytes, what);
  const parts = outer.inside();
  outer.end();
  const body = parts.element(0x30).whole;
  const algorithm = readAlgorithm(parts);
  const signature = parts.octetsOfBits();
  parts.end();
  return { body, algorithm, signature };
}

export function isSignedBy({ body, algorithm, signature }: Signed, key: RsaPublicKey): boolean {
  return algorithm.hash !== undefined && verifyRsaDigest(key, algorithm.hash, body, signature);
}

export const SIGNING_ALGORITHM = sequence(oid(oids.sha256WithRsa), NULL);

/** A body with our signature, SHA-256 with RSA. */
export function sign(body: Uint8Array, key: Pick<RsaPrivateKey, "signDigest">): Uint8Array {
  return sequence(body, SIGNING_ALGORITHM, bitString(key.signDigest("sha256", body)));
}

/** RFC 5280 §4.1.2.7, RFC 3279 §2.3.1; `undefined` = a key of another kind. */
export function readPublicKey(reader: DerReader): RsaPublicKey | undefined {
  const info = reader.inside();
  const { oid: type } = readAlgorithm(info);
  const bits = info.octetsOfBits();
  info.end();
  if (type !== oids.rsaEncryption) return undefined;
  const outer = new DerReader(bits, "RSA public key");
  const parts = outer.inside();
  outer.end();
  const modulus = unsigned(parts);
  const exponent = unsigned(parts);
  parts.end();
  return { modulus, exponent };
}

export function writePublicKey({ modulus, exponent }: RsaPublicKey): Uint8Array {
  const key = sequence(integer(modulus), integer(exponent));
  return sequence(sequence(oid(oids.rsaEncryption), NULL), bitString(key));
}

/** An integer above 0, without its leading zero. */
function unsigned(reader: DerReader): Uint8Array {
  const octets = reader.integer();
  const [first = 0] = octets;
  if (first >= 0x80) reader.fail("badValue");
  const value = first === 0 ? octets.subarray(1) : octets;
  if (value.length === 0) reader.fail("badValue");
  return value;
}
