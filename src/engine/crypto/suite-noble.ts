/**
 * The portable suite: @noble/ciphers and @noble/hashes, and our own DES. It is the reference that the fast suite is held
 * equal to, and it serves where OpenSSL refuses an algorithm (a FIPS build has no MD5).
 */

import { cbc } from "@noble/ciphers/aes.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { DesCbc } from "./des.ts";
import { assertKeyLength, type BlockCipher, blockLengths, type CryptoSuite } from "./suite.ts";

const hashes = { md5, sha1, sha256 } as const;

interface Cbc {
  encrypt(iv: Uint8Array, plain: Uint8Array): Uint8Array;
  decrypt(iv: Uint8Array, ciphertext: Uint8Array): Uint8Array;
}

export const nobleSuite: CryptoSuite = {
  name: "noble",

  encryptor(cipher, key) {
    const mode = cbcOf(cipher, key);
    const block = blockLengths[cipher];
    return (randomAndPlain) => {
      const iv = randomAndPlain.subarray(0, block);
      const out = new Uint8Array(randomAndPlain.length);
      out.set(iv);
      out.set(mode.encrypt(iv, randomAndPlain.subarray(block)), block);
      return out;
    };
  },

  decryptor(cipher, key) {
    const mode = cbcOf(cipher, key);
    const block = blockLengths[cipher];
    return (ivAndCiphertext) => mode.decrypt(ivAndCiphertext.subarray(0, block), ivAndCiphertext.subarray(block));
  },

  mac(integrity, key) {
    const keyed = hmac.create(hashes[integrity], key);
    return (message) => keyed.clone().update(message).digest();
  },
};

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
