/**
 * The fastest suite: the libcrypto that is part of node, called by way of koffi. One cipher and three digest contexts live as long as their
 * SA; no object is made per packet but the octets that come out. They are freed when their SA is collected. The CBC ciphers are chained from packet to packet
 * as in the suite `node`, and GCM is given nothing but the next nonce.
 */

import {
  type AeadDecrypt,
  type AeadEncrypt,
  assertKeyLength,
  type BlockCipher,
  blockLengths,
  type CryptoLanes,
  type CryptoSuite,
  type Decrypt,
  type Encrypt,
} from "../../../engine/crypto/suite.ts";
import { Bug } from "../../../engine/kernel/errors.ts";
import type { EspIntegrity } from "../../../engine/spec.ts";
import { openLanes } from "./lanes.ts";
import { addressOf } from "./memory.ts";
import { hostSystem, nativeBuffer, type System } from "./system.ts";

const GCM_TAG_LENGTH = 16;
const GCM_NONCE_LENGTH = 12;
const EVP_CTRL_AEAD_GET_TAG = 0x10;
const EVP_CTRL_AEAD_SET_TAG = 0x11;

type Pointer = bigint;

interface LibCrypto {
  fetchCipher(library: null, name: string, properties: null): Pointer | null;
  newCipher(): Pointer;
  freeCipher(context: Pointer): void;
  initCipher(
    context: Pointer,
    cipher: Pointer | null,
    engine: null,
    key: Uint8Array | null,
    iv: Uint8Array | null,
    encrypts: number,
  ): number;
  setPadding(context: Pointer, on: number): number;
  update(context: Pointer, out: null, written: Uint8Array, from: Uint8Array, length: number): number;
  /** The same with addresses. */
  updateAt(context: Pointer, out: number, written: Uint8Array, from: number, length: number): number;
  finish(context: Pointer, out: Uint8Array, written: Uint8Array): number;
  control(context: Pointer, what: number, length: number, value: Uint8Array): number;
  controlAt(context: Pointer, what: number, length: number, value: number): number;
  fetchDigest(library: null, name: string, properties: null): Pointer | null;
  newDigest(): Pointer;
  freeDigest(context: Pointer): void;
  initDigest(context: Pointer, digest: Pointer, engine: null): number;
  digest(context: Pointer, from: Uint8Array, length: number): number;
  finishDigest(context: Pointer, out: Uint8Array, length: null): number;
  copyDigest(to: Pointer, from: Pointer): number;
}

/** The suite, or why there is none. */
export function openOpensslSuite(): CryptoSuite | string {
  const found = hostSystem();
  if ("reason" in found) return found.reason;
  try {
    const lanes = openLanes(found.system);
    return suiteOf(found.system, bind(found.system), typeof lanes === "string" ? undefined : lanes);
  } catch (error) {
    return `libcrypto cannot be called: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function bind({ koffi }: System): LibCrypto {
  const node = koffi.load(null);
  return {
    fetchCipher: node.func("void *EVP_CIPHER_fetch(void *library, const char *name, const char *properties)"),
    newCipher: node.func("void *EVP_CIPHER_CTX_new()"),
    freeCipher: node.func("void EVP_CIPHER_CTX_free(void *context)"),
    initCipher: node.func(
      "int EVP_CipherInit_ex(void *context, void *cipher, void *engine, const void *key, const void *iv, int encrypts)",
    ),
    setPadding: node.func("int EVP_CIPHER_CTX_set_padding(void *context, int on)"),
    update: node.func("int EVP_CipherUpdate(void *context, void *out, void *written, const void *from, int length)"),
    updateAt: node.func("EVP_CipherUpdate", "int", ["void *", "int64_t", "void *", "int64_t", "int"]),
    finish: node.func("int EVP_CipherFinal_ex(void *context, void *out, void *written)"),
    control: node.func("int EVP_CIPHER_CTX_ctrl(void *context, int what, int length, void *value)"),
    controlAt: node.func("EVP_CIPHER_CTX_ctrl", "int", ["void *", "int", "int", "int64_t"]),
    fetchDigest: node.func("void *EVP_MD_fetch(void *library, const char *name, const char *properties)"),
    newDigest: node.func("void *EVP_MD_CTX_new()"),
    freeDigest: node.func("void EVP_MD_CTX_free(void *context)"),
    initDigest: node.func("int EVP_DigestInit_ex(void *context, void *digest, void *engine)"),
    digest: node.func("int EVP_DigestUpdate(void *context, const void *from, size_t length)"),
    finishDigest: node.func("int EVP_DigestFinal_ex(void *context, void *out, void *length)"),
    copyDigest: node.func("int EVP_MD_CTX_copy_ex(void *to, const void *from)"),
  };
}

/** Octets of a hash's block, and of its value. */
const hashes: Readonly<Record<EspIntegrity, readonly [name: string, block: number, length: number]>> = {
  md5: ["MD5", 64, 16],
  sha1: ["SHA1", 64, 20],
  sha256: ["SHA256", 64, 32],
  sha384: ["SHA384", 128, 48],
  sha512: ["SHA512", 128, 64],
};

function suiteOf(system: System, crypto: LibCrypto, lanes: CryptoLanes | undefined): CryptoSuite {
  /** Frees a context with the function that uses it. */
  const owners = new FinalizationRegistry<() => void>((free) => free());
  const written = nativeBuffer(8);
  // What is found by name once is not looked for again, by name and by provider, for each context.
  const cipherNamed = kept((name) => crypto.fetchCipher(null, name, null));
  const digestNamed = kept((name) => crypto.fetchDigest(null, name, null));

  function owned<Work extends object>(work: Work, free: () => void): Work {
    owners.register(work, free);
    return work;
  }

  function cipherContext(name: string, key: Uint8Array, iv: Uint8Array, encrypts: boolean): Pointer {
    const cipher = cipherNamed(name);
    const context = crypto.newCipher();
    checked(name, crypto.initCipher(context, cipher, null, key, iv, encrypts ? 1 : 0));
    crypto.setPadding(context, 0);
    return context;
  }

  function cbc(cipher: BlockCipher, key: Uint8Array, encrypts: boolean): Pointer {
    assertKeyLength(cipher, key);
    const name = cipher === "aes" ? `aes-${key.length * 8}-cbc` : "des-ede3-cbc";
    // Single DES is triple DES with one key three times.
    const whole = cipher === "des" ? Uint8Array.of(...key, ...key, ...key) : key;
    return cipherContext(name, whole, new Uint8Array(blockLengths[cipher]), encrypts);
  }

  return {
    name: "openssl",
    lanes,

    encryptor(cipher, key) {
      const context = cbc(cipher, key, true);
      const encrypt: Encrypt = (randomAndPlain, from, end, into, at) => {
        checked("EVP_CipherUpdate", updated(context, randomAndPlain, from, end, into, at));
      };
      return owned(encrypt, () => crypto.freeCipher(context));
    },

    decryptor(cipher, key) {
      const context = cbc(cipher, key, false);
      const decrypt: Decrypt = (octets, from, end, room) => {
        const out = room.make(end - from);
        checked("EVP_CipherUpdate", updated(context, octets, from, end, out, 0));
        return out;
      };
      return owned(decrypt, () => crypto.freeCipher(context));
    },

    /** RFC 2104 §4: what the two pads leave behind is kept, and copied for each message. */
    mac(integrity, key) {
      const [name, block, length] = hashes[integrity];
      const digest = digestNamed(name);
      const contexts = [0, 1, 2].map(() => {
        const context = crypto.newDigest();
        checked(name, crypto.initDigest(context, digest, null));
        return context;
      });
      const [inner = 0n, outer = 0n, work = 0n] = contexts;
      const value = nativeBuffer(length);
      const short = key.length <= block ? key : hashed(work, key, length);
      for (const [context, mark] of [
        [inner, 0x36],
        [outer, 0x5c],
      ] as const) {
        const pad = nativeBuffer(block).map((_, at) => (short[at] ?? 0) ^ mark);
        checked(name, crypto.digest(context, pad, block));
      }
      const mac = (message: Uint8Array, messageLength: number) => {
        const good =
          crypto.copyDigest(work, inner) &
          crypto.digest(work, message, messageLength) &
          crypto.finishDigest(work, value, null) &
          crypto.copyDigest(work, outer) &
          crypto.digest(work, value, length) &
          crypto.finishDigest(work, value, null);
        checked(name, good);
        return value;
      };
      return owned(mac, () => {
        for (const context of contexts) crypto.freeDigest(context);
      });
    },

    aeadEncryptor(key) {
      assertKeyLength("aes", key);
      const context = cipherContext(`aes-${key.length * 8}-gcm`, key, new Uint8Array(GCM_NONCE_LENGTH), true);
      const tag = nativeBuffer(GCM_TAG_LENGTH);
      const encrypt: AeadEncrypt = (nonce, associated, plain, from, end, into, at) => {
        const good =
          crypto.initCipher(context, null, null, null, nonce, 1) &
          crypto.update(context, null, written, associated, associated.length) &
          updated(context, plain, from, end, into, at) &
          crypto.finish(context, tag, written) &
          crypto.control(context, EVP_CTRL_AEAD_GET_TAG, GCM_TAG_LENGTH, tag);
        checked("AES-GCM", good);
        return tag;
      };
      return owned(encrypt, () => crypto.freeCipher(context));
    },

    aeadDecryptor(key) {
      assertKeyLength("aes", key);
      const context = cipherContext(`aes-${key.length * 8}-gcm`, key, new Uint8Array(GCM_NONCE_LENGTH), false);
      const rest = nativeBuffer(GCM_TAG_LENGTH);
      const decrypt: AeadDecrypt = (nonce, associated, octets, from, end, room) => {
        const plain = room.make(end - from);
        const good =
          crypto.initCipher(context, null, null, null, nonce, 0) &
          crypto.update(context, null, written, associated, associated.length) &
          updated(context, octets, from, end, plain, 0) &
          crypto.controlAt(context, EVP_CTRL_AEAD_SET_TAG, octets.length - end, addressOf(system, octets) + end);
        checked("AES-GCM", good);
        return crypto.finish(context, rest, written) === 1 ? plain : undefined;
      };
      return owned(decrypt, () => crypto.freeCipher(context));
    },
  };

  /** `from…end` of octets, and what comes of it at `at`. */
  function updated(context: Pointer, octets: Uint8Array, from: number, end: number, into: Uint8Array, at: number) {
    const [to, source] = [addressOf(system, into) + at, addressOf(system, octets) + from];
    return crypto.updateAt(context, to, written, source, end - from);
  }

  function hashed(context: Pointer, octets: Uint8Array, length: number): Uint8Array {
    const value = nativeBuffer(length);
    crypto.digest(context, octets, octets.length);
    crypto.finishDigest(context, value, null);
    return value;
  }
}

function kept(find: (name: string) => Pointer | null): (name: string) => Pointer {
  const found = new Map<string, Pointer>();
  return (name) => {
    const pointer = found.get(name) ?? find(name);
    if (pointer === null) throw new Bug(`OpenSSL has no ${name}`);
    found.set(name, pointer);
    return pointer;
  };
}

function checked(what: string, result: number): void {
  if (result !== 1) throw new Bug(`OpenSSL refused ${what}`);
}
