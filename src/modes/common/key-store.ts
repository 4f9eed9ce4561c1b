/**
 * Key pairs of a device, and the certificates and revocation lists that lie in its files: what commands ask of whoever keeps
 * them. A private key is never part of the configuration and is never printed.
 */

import type { Credentials } from "../../engine/credentials.ts";
import type { EcBits, EcPrivateKey } from "../../engine/crypto/ec-key.ts";
import type { RsaPrivateKey } from "../../engine/crypto/rsa.ts";

export interface KeyPair<Key = RsaPrivateKey> {
  readonly label: string;
  readonly key: Key;
  /** When it was made or imported; absent = it was there when the process began. */
  readonly since: Date | undefined;
}

export interface KeyStore {
  /** Sorted by label. */
  readonly pairs: readonly KeyPair[];
  /** On curves, sorted by label; a label may be here and among the others. No credential is made of them. */
  readonly ecPairs: readonly KeyPair<EcPrivateKey>[];
  readonly credentials: Credentials;
  /** A new pair in place of one of the same label. Takes about a second for a large modulus; throws `DeviceFileError`. */
  generate(label: string, bits: number): KeyPair;
  /** Keeps a key from elsewhere; throws `DeviceFileError`. */
  keep(label: string, key: RsaPrivateKey): KeyPair;
  /** False = there was none. */
  remove(label: string): boolean;
  /** As `generate` and `remove`. */
  generateEc(label: string, bits: EcBits): KeyPair<EcPrivateKey>;
  removeEc(label: string): boolean;
  /** Reads certificates and lists from flash again; what cannot be read is named, with the reason. */
  refresh(): readonly string[];
}

/** What a label may be: it becomes a file name. */
export const KEY_LABEL = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$/;

/** Names of files in flash that hold certificates, and those that hold revocation lists. */
export const CERTIFICATE_FILE = /\.(cer|crt|pem)$/i;
export const REVOCATION_FILE = /\.crl$/i;
