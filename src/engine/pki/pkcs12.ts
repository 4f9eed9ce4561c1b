/**
 * PKCS #12 (RFC 7292): a private key and its certificates in one file under a password, as Windows and openssl export them. The
 * whole is authenticated before anything in it is believed. Read are the ciphers of openssl 3 (PBES2 with AES) and of Windows
 * (SHA-1 with 3DES); RC2 with 40 bits, with which older files hide certificates, is refused by its name.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { decryptWithPassword, type PasswordCipher, pkcs12Key, pkcs12Mac } from "../crypto/password-encryption.ts";
import { RsaPrivateKey } from "../crypto/rsa.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { HashName } from "../spec.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { contextTag, DerReader, tag } from "./der.ts";
import { oids } from "./object-identifiers.ts";

export interface Bundle {
  readonly key: RsaPrivateKey;
  readonly certificates: readonly Certificate[];
}

const MAX_FILE = 65_536;
const MAX_ITERATIONS = 1_000_000;
const MAX_BAGS = 16;

const bagTypes = {
  key: "1.2.840.113549.1.12.10.1.1",
  shroudedKey: "1.2.840.113549.1.12.10.1.2",
  certificate: "1.2.840.113549.1.12.10.1.3",
  x509: "1.2.840.113549.1.9.22.1",
} as const;

/** What could not be read is told by its reason and nothing else. */
class Refusal extends Error {}

export function readPkcs12(bytes: Uint8Array, password: string): Bundle | { readonly fault: string } {
  try {
    const read = tryDecode(() => readBundle(bytes, password));
    return read.ok ? read.value : { fault: `it cannot be read (${read.error.message})` };
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.message };
    throw error;
  }
}

function readBundle(bytes: Uint8Array, password: string): Bundle {
  const what = "PKCS #12";
  if (bytes.length > MAX_FILE) throw new Refusal("the file is too long");
  const outer = new DerReader(bytes, what);
  const file = outer.inside();
  outer.end();
  if (file.smallInteger() !== 3) throw new Refusal("it is of another version than 3");
  const content = file.inside();
  if (content.oid() !== oids.data) throw new Refusal("it is protected by a public key, not by a password");
  const safe = content.inside(contextTag(0)).element(tag.octetString).content;
  if (file.isEmpty) throw new Refusal("it has no check of its integrity");
  checkMac(file.inside(), safe, password);
  const keys: RsaPrivateKey[] = [];
  const certificates: Certificate[] = [];
  for (const { content: info } of new DerReader(safe, what).inside().elements(tag.sequence)) {
    readBags(partOf(new DerReader(info, what), password), password, keys, certificates);
  }
  const [key] = keys;
  if (key === undefined) throw new Refusal("it has no private RSA key");
  return { key, certificates };
}

function checkMac(mac: DerReader, content: Uint8Array, password: string): void {
  const info = mac.inside();
  const hash = hashOf(info.inside().oid());
  const expected = info.element(tag.octetString).content;
  const salt = mac.element(tag.octetString).content;
  const iterations = mac.isEmpty ? 1 : bounded(mac.smallInteger());
  if (!equalBytes(pkcs12Mac(hash, password, salt, iterations, content), expected)) {
    throw new Refusal("the password is wrong, or the file was changed");
  }
}

/** The octets of one part of the safe, decrypted where it is encrypted. */
function partOf(info: DerReader, password: string): DerReader {
  const type = info.oid();
  const body = info.inside(contextTag(0));
  if (type === oids.data) return new DerReader(body.element(tag.octetString).content, "PKCS #12 bags");
  if (type !== oids.encryptedData) throw new Refusal(`it has a part of the kind ${type}, which is not known here`);
  const encrypted = body.inside();
  encrypted.smallInteger();
  const part = encrypted.inside();
  part.oid();
  const algorithm = part.inside();
  const sealed = part.element(contextTag(0, false)).content;
  return new DerReader(decrypted(algorithm, password, sealed), "PKCS #12 bags");
}

function readBags(part: DerReader, password: string, keys: RsaPrivateKey[], certificates: Certificate[]): void {
  let count = 0;
  const bags = part.inside();
  while (!bags.isEmpty) {
    count += 1;
    if (count > MAX_BAGS) bags.fail("tooMany");
    const bag = bags.inside();
    const type = bag.oid();
    const value = bag.inside(contextTag(0));
    if (type === bagTypes.certificate) {
      const inner = value.inside();
      if (inner.oid() !== bagTypes.x509) continue;
      certificates.push(readCertificate(inner.inside(contextTag(0)).element(tag.octetString).content));
    } else if (type === bagTypes.key) {
      const key = RsaPrivateKey.read(value.element(tag.sequence).whole);
      if (key !== undefined) keys.push(key);
    } else if (type === bagTypes.shroudedKey) {
      const shrouded = value.inside();
      const plain = decrypted(shrouded.inside(), password, shrouded.element(tag.octetString).content);
      const key = RsaPrivateKey.read(plain);
      plain.fill(0);
      if (key !== undefined) keys.push(key);
    }
  }
}

function decrypted(algorithm: DerReader, password: string, sealed: Uint8Array): Uint8Array {
  const cipher = cipherOf(algorithm, password);
  const plain = decryptWithPassword(cipher, sealed);
  if (plain === undefined) throw new Refusal("the password is wrong, or the file was changed");
  return plain;
}

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
const SHA1_3DES = "1.2.840.113549.1.12.1.3";
const SHA1_RC2_40 = "1.2.840.113549.1.12.1.6";

const aesNames = new Map<string, { readonly name: PasswordCipher["name"]; readonly keyLength: number }>([
  ["2.16.840.1.101.3.4.1.2", { name: "aes-128-cbc", keyLength: 16 }],
  ["2.16.840.1.101.3.4.1.22", { name: "aes-192-cbc", keyLength: 24 }],
  ["2.16.840.1.101.3.4.1.42", { name: "aes-256-cbc", keyLength: 32 }],
  ["1.2.840.113549.3.7", { name: "des-ede3-cbc", keyLength: 24 }],
]);

function cipherOf(algorithm: DerReader, password: string): PasswordCipher {
  const type = algorithm.oid();
  const parameters = algorithm.inside();
  if (type === SHA1_3DES) {
    const salt = parameters.element(tag.octetString).content;
    const iterations = bounded(parameters.smallInteger());
    return { name: "des-ede3-cbc", ...pkcs12Key(password, salt, iterations, 24, 8) };
  }
  if (type === SHA1_RC2_40) {
    throw new Refusal(
      "its certificates are under RC2 with 40 bits, which is not read; export it anew with AES or 3DES",
    );
  }
  if (type !== PBES2) throw new Refusal(`it is encrypted by ${type}, which is not known here`);
  const derivation = parameters.inside();
  if (derivation.oid() !== PBKDF2) throw new Refusal("its key is derived in a way that is not known here");
  const terms = derivation.inside();
  const salt = terms.element(tag.octetString).content;
  const iterations = bounded(terms.smallInteger());
  if (terms.nextTag === tag.integer) terms.smallInteger();
  const hash = terms.isEmpty ? "sha1" : hmacOf(terms.inside().oid());
  const scheme = parameters.inside();
  const cipher = aesNames.get(scheme.oid());
  if (cipher === undefined) throw new Refusal("it is encrypted by a cipher that is not known here");
  const iv = scheme.element(tag.octetString).content;
  return { name: cipher.name, iv, derive: { password, salt, iterations, hash, length: cipher.keyLength } };
}

const hashes = new Map<string, HashName>([
  [oids.sha1, "sha1"],
  [oids.sha256, "sha256"],
  [oids.sha384, "sha384"],
  [oids.sha512, "sha512"],
]);
const hmacs = new Map<string, HashName>([
  ["1.2.840.113549.2.7", "sha1"],
  ["1.2.840.113549.2.9", "sha256"],
  ["1.2.840.113549.2.10", "sha384"],
  ["1.2.840.113549.2.11", "sha512"],
]);

function hashOf(type: string): HashName {
  const hash = hashes.get(type);
  if (hash === undefined) throw new Refusal(`its check uses ${type}, which is not known here`);
  return hash;
}

function hmacOf(type: string): HashName {
  const hash = hmacs.get(type);
  if (hash === undefined) throw new Refusal(`its key is derived with ${type}, which is not known here`);
  return hash;
}

function bounded(iterations: number): number {
  if (iterations < 1 || iterations > MAX_ITERATIONS) throw new Refusal("it asks for too much work");
  return iterations;
}
