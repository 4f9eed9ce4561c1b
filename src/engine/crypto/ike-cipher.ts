/**
 * The ciphers that protect ISAKMP messages: CBC without padding of its own (RFC 2409 appendix B pads the payloads).
 * Single DES is done as triple DES with one key three times, because OpenSSL 3 no longer has the former. Whole blocks without padding come out as they
 * go in, so nothing is left for an end.
 */

import { createCipheriv, createDecipheriv } from "node:crypto";
import type { IkeEncryption } from "../spec.ts";

export interface IkeCipher {
  readonly encryption: IkeEncryption;
  readonly key: Uint8Array;
}

const blockLengths: Readonly<Record<IkeEncryption, number>> = { des: 8, "3des": 8, aes: 16 };

/** Octets of a block and of an initialisation vector. */
export function blockLength(encryption: IkeEncryption): number {
  return blockLengths[encryption];
}

/** Octets of a key; `keyBits` counts with AES only. */
export function cipherKeyLength(encryption: IkeEncryption, keyBits: number): number {
  if (encryption === "aes") return keyBits / 8;
  return encryption === "3des" ? 24 : 8;
}

/** `plaintext` is a whole number of blocks; the last block of the result is the next initialisation vector. */
export function encryptCbc(cipher: IkeCipher, iv: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return createCipheriv(algorithm(cipher), opensslKey(cipher), iv).setAutoPadding(false).update(plaintext);
}

/** `ciphertext` is a whole number of blocks, not zero. */
export function decryptCbc(cipher: IkeCipher, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  return createDecipheriv(algorithm(cipher), opensslKey(cipher), iv).setAutoPadding(false).update(ciphertext);
}

function algorithm(cipher: IkeCipher): string {
  return cipher.encryption === "aes" ? `aes-${cipher.key.length * 8}-cbc` : "des-ede3-cbc";
}

function opensslKey(cipher: IkeCipher): Uint8Array {
  return cipher.encryption === "des" ? Buffer.concat([cipher.key, cipher.key, cipher.key]) : cipher.key;
}
