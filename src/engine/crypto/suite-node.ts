/**
 * The fast suite: OpenSSL through node:crypto. One cipher object lives as long as its SA and is fed packet after
 * packet, because making one per packet costs several times the encryption. CBC allows that: what follows the random
 * block depends on the packets before it only through the vector, and a decryptor needs no more than the block before.
 */

import {
  type CipherGCMTypes,
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type Decipheriv,
  type KeyObject,
} from "node:crypto";
import { giveBack } from "../kernel/given-back.ts";
import { nodeLanes, notBuffer } from "./lanes-node.ts";
import { assertKeyLength, type BlockCipher, blockLengths, type CryptoSuite } from "./suite.ts";

export const nodeSuite: CryptoSuite = {
  name: "node",
  lanes: nodeLanes({ encrypting: encryptingStream, decrypting: decryptingStream }),

  encryptor(cipher, key) {
    const stream = encryptingStream(cipher, key);
    return (randomAndPlain, from, end, into, at) => {
      const sealed = stream.update(randomAndPlain.subarray(from, end));
      into.set(sealed, at);
      giveBack(sealed);
    };
  },

  decryptor(cipher, key) {
    const stream = decryptingStream(cipher, key);
    // The first block comes out mixed with the packet before; the others with their own predecessor.
    return (octets, from, end, room) => {
      const plain = stream.update(octets.subarray(from, end));
      const own = room.make(plain.length);
      own.set(plain);
      giveBack(plain);
      return own;
    };
  },

  mac(integrity, key) {
    // A KeyObject: with raw octets every packet would import the key anew.
    const hmacKey = createSecretKey(key);
    return (message, length) => createHmac(integrity, hmacKey).update(message.subarray(0, length)).digest();
  },

  // GCM starts anew with each nonce, so here there is an object for each packet.
  aeadEncryptor(key) {
    const name = gcmName(key);
    const secret = createSecretKey(key);
    return (nonce, associated, plain, from, end, into, at) => {
      const stream = createCipheriv(name, secret, nonce);
      stream.setAAD(associated);
      into.set(stream.update(plain.subarray(from, end)), at);
      stream.final();
      return stream.getAuthTag();
    };
  },

  aeadDecryptor(key) {
    const name = gcmName(key);
    const secret = createSecretKey(key);
    return (nonce, associated, octets, from, end) => {
      const tag = octets.subarray(end);
      const stream = createDecipheriv(name, secret, nonce, { authTagLength: tag.length });
      stream.setAAD(associated);
      stream.setAuthTag(tag);
      const plain = stream.update(octets.subarray(from, end));
      try {
        stream.final();
      } catch {
        return undefined;
      }
      return notBuffer(plain);
    };
  },
};

function decryptingStream(cipher: BlockCipher, key: Uint8Array): Decipheriv {
  return createDecipheriv(algorithm(cipher, key), keyObject(cipher, key), zeroBlock(cipher)).setAutoPadding(false);
}

function encryptingStream(cipher: BlockCipher, key: Uint8Array): Cipheriv {
  return createCipheriv(algorithm(cipher, key), keyObject(cipher, key), zeroBlock(cipher)).setAutoPadding(false);
}

function algorithm(cipher: BlockCipher, key: Uint8Array): string {
  assertKeyLength(cipher, key);
  return cipher === "aes" ? `aes-${key.length * 8}-cbc` : "des-ede3-cbc";
}

function gcmName(key: Uint8Array): CipherGCMTypes {
  assertKeyLength("aes", key);
  return `aes-${(key.length * 8) as 128 | 192 | 256}-gcm`;
}

/** OpenSSL 3 has no single DES: it is triple DES with one key three times. */
function keyObject(cipher: BlockCipher, key: Uint8Array): KeyObject {
  return createSecretKey(cipher === "des" ? Buffer.concat([key, key, key]) : key);
}

function zeroBlock(cipher: BlockCipher): Uint8Array {
  return new Uint8Array(blockLengths[cipher]);
}
