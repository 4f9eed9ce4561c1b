/**
 * The primitives under ESP: CBC ciphers and HMACs, in the shape in which they are needed per packet. Two
 * implementations exist and are held equal by tests: `suite-node.ts` (OpenSSL, fast) and `suite-noble.ts` (portable,
 * the reference).
 */

import { Bug } from "../kernel/errors.ts";
import type { EspCipher, EspIntegrity } from "../spec.ts";

export type BlockCipher = Exclude<EspCipher, "null">;

/**
 * Takes a fresh random block followed by whole blocks of plaintext; gives the initialisation vector followed by the
 * ciphertext. The vector is unpredictable because the random block is (RFC 3602 §3, RFC 2451 §3).
 */
export type Encrypt = (randomAndPlain: Uint8Array) => Uint8Array;

/** Takes initialisation vector and ciphertext, whole blocks; gives the plaintext in octets of its own. */
export type Decrypt = (ivAndCiphertext: Uint8Array) => Uint8Array;

/** The whole HMAC, not truncated. */
export type Mac = (message: Uint8Array) => Uint8Array;

export interface CryptoSuite {
  /** As `show` names it. */
  readonly name: "node" | "noble";
  /** Keys are copied. A key of the wrong length is a `Bug`. */
  encryptor(cipher: BlockCipher, key: Uint8Array): Encrypt;
  decryptor(cipher: BlockCipher, key: Uint8Array): Decrypt;
  mac(integrity: EspIntegrity, key: Uint8Array): Mac;
}

const keyLengths: Readonly<Record<BlockCipher, readonly number[]>> = {
  des: [8],
  "3des": [24],
  aes: [16, 24, 32],
};

export const blockLengths: Readonly<Record<BlockCipher, 8 | 16>> = { des: 8, "3des": 8, aes: 16 };

export function assertKeyLength(cipher: BlockCipher, key: Uint8Array): void {
  if (!keyLengths[cipher].includes(key.length)) throw new Bug(`a ${cipher} key of ${key.length} octets`);
}
