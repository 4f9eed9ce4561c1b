/**
 * The portable suite: @noble/ciphers and @noble/hashes, and our own DES. It is the reference that the fast suite is held
 * equal to, and it serves where OpenSSL refuses an algorithm (a FIPS build has no MD5).
 */

import { cbc, ctr, gcm } from "@noble/ciphers/aes.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { equalBytes } from "./constant-time.ts";
import { DesCbc } from "./des.ts";
import { assertKeyLength, type BlockCipher, blockLengths, type CryptoSuite } from "./suite.ts";

const hashes = { md5, sha1, sha256, sha384, sha512 } as const;

interface Cbc {
  encrypt(iv: Uint8Array, plain: Uint8Array): Uint8Array;
  decrypt(iv: Uint8Array, ciphertext: Uint8Array): Uint8Array;
}

export const nobleSuite: CryptoSuite = {
  name: "noble",

  encryptor(cipher, key) {
    const mode = cbcOf(cipher, key);
    const block = blockLengths[cipher];
    return (randomAndPlain, from, end, into, at) => {
      const iv = randomAndPlain.subarray(from, from + block);
      into.set(iv, at);
      into.set(mode.encrypt(iv, randomAndPlain.subarray(from + block, end)), at + block);
    };
  },

  decryptor(cipher, key) {
    const mode = cbcOf(cipher, key);
    const block = blockLengths[cipher];
    return (octets, from, end) => {
      const ivAndCiphertext = octets.subarray(from, end);
      const out = new Uint8Array(ivAndCiphertext.length);
      out.set(mode.decrypt(ivAndCiphertext.subarray(0, block), ivAndCiphertext.subarray(block)), block);
      return out;
    };
  },

  mac(integrity, key) {
    const keyed = hmac.create(hashes[integrity], key);
    return (message, length) => keyed.clone().update(message.subarray(0, length)).digest();
  },

  aeadEncryptor(key) {
    assertKeyLength("aes", key);
    const copy = key.slice();
    return (nonce, associated, plain, from, end, into, at) => {
      const { ciphertext, tag } = gcmSeal(copy, nonce, associated, plain.subarray(from, end));
      into.set(ciphertext, at);
      return tag;
    };
  },

  // The library opens with whole tags only, so the tag is made again from what the counter mode beneath gives.
  aeadDecryptor(key) {
    assertKeyLength("aes", key);
    const copy = key.slice();
    return (nonce, associated, octets, from, end) => {
      const tag = octets.subarray(end);
      const plain = ctr(copy, Uint8Array.of(...nonce, ...FIRST_DATA_BLOCK)).decrypt(octets.subarray(from, end));
      const made = gcmSeal(copy, nonce, associated, plain).tag;
      return equalBytes(made.subarray(0, tag.length), tag) ? plain : undefined;
    };
  },
};

const TAG_LENGTH = 16;
/** Block 1 makes the tag (NIST SP 800-38D §7.1). */
const FIRST_DATA_BLOCK = [0, 0, 0, 2] as const;

interface Sealed {
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

function gcmSeal(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array): Sealed {
  const sealed = gcm(key, nonce, associated).encrypt(plain);
  return { ciphertext: sealed.subarray(0, -TAG_LENGTH), tag: sealed.subarray(-TAG_LENGTH) };
}

function cbcOf(cipher: BlockCipher, key: Uint8Array): Cbc {
  assertKeyLength(cipher, key);
  if (cipher !== "aes") return new DesCbc(key);
  const copy = key.slice();
  const unpadded = { disablePadding: true };
  return {
    encrypt: (iv, plain) => cbc(copy, iv, unpadded).encrypt(plain),
    decrypt: (iv, ciphertext) => cbc(copy, iv, unpadded).decrypt(ciphertext),
  };
}
