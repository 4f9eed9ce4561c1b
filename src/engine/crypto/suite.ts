/**
 * The primitives under ESP: CBC ciphers, HMACs and AES-GCM, in the shape in which they are needed per packet. Implementations are
 * held equal by tests: `suite-node.ts` (OpenSSL, fast), `suite-noble.ts` (portable, the reference), and one outside that calls
 * OpenSSL without what Node puts around it (`dataplane/io/native/suite-openssl.ts`).
 */

import { Bug } from "../kernel/errors.ts";
import type { EspCipher, EspIntegrity } from "../spec.ts";
import type { PacketRoom } from "./packet-room.ts";

export type BlockCipher = Exclude<EspCipher, "null" | "aes-gcm">;

/**
 * Takes a fresh random block followed by whole blocks of plaintext, which are `from…end`; writes the initialisation vector followed by the
 * ciphertext, as many octets, into `into` from `at` on. The vector is unpredictable because the random block is (RFC 3602 §3, RFC 2451 §3).
 */
export type Encrypt = (randomAndPlain: Uint8Array, from: number, end: number, into: Uint8Array, at: number) => void;

/**
 * Takes initialisation vector and ciphertext, whole blocks, which are `from…end` of `octets`; gives as many octets, made in `room` or of their own: a block
 * that means nothing, then the plaintext.
 */
export type Decrypt = (octets: Uint8Array, from: number, end: number, room: PacketRoom) => Uint8Array;

/** The whole HMAC, not truncated, of the first octets of a message; good until the next call. */
export type Mac = (message: Uint8Array, length: number) => Uint8Array;

/**
 * AES-GCM under one key (NIST SP 800-38D), with nonces of 12 octets that the caller never uses twice: `from…end` of `plain` into `into`, from `at` on. Gives the
 * tag of 16 octets, which is good until the next call.
 */
export type AeadEncrypt = (
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
  from: number,
  end: number,
  into: Uint8Array,
  at: number,
) => Uint8Array;

/**
 * The ciphertext is `from…end` of `octets`, and behind it to their end is the tag, whole or the first octets of it: `undefined` where that does not belong to the
 * rest. Otherwise the plaintext, made in `room` or of its own.
 */
export type AeadDecrypt = (
  nonce: Uint8Array,
  associated: Uint8Array,
  octets: Uint8Array,
  from: number,
  end: number,
  room: PacketRoom,
) => Uint8Array | undefined;

/** A key of an HMAC as what its two pads leave behind (RFC 2104 §4): the words of two states. */
export interface MacKey {
  readonly inner: readonly number[];
  readonly outer: readonly number[];
}

export interface MacLanes {
  keyOf(key: Uint8Array): MacKey;
  /**
   * HMACs, not truncated, of the first `ends[i]` octets of each of the first `count` messages. Value `i` starts at octet `MAC_ROOM * i` of
   * what is given, which is good until the next call.
   */
  compute(keys: readonly MacKey[], messages: readonly Uint8Array[], ends: readonly number[], count: number): Uint8Array;
}

/**
 * Encrypts each of the first `count` packets in place, from octet `from` to `ends[i]`, whole blocks. The block before `from` is fresh
 * and random; afterwards it is the initialisation vector, as it was or changed.
 */
export type EncryptMany = (
  packets: readonly Uint8Array[],
  from: number,
  ends: readonly number[],
  count: number,
) => void;

/**
 * Decrypts each of the first `count` packets from octet `from`, where the vector is, to `ends[i]`; gives what comes of it, one behind the other and
 * good until the next call. The block that the vector was means nothing.
 */
export type DecryptMany = (
  packets: readonly Uint8Array[],
  from: number,
  ends: readonly number[],
  count: number,
) => Uint8Array;

/** Several packets at once, where that takes less time than one after the other; absent = it does not, for these algorithms. */
export interface CryptoLanes {
  /** So many packets take hardly longer than one. */
  readonly width: number;
  /** The same every time. */
  macs(integrity: EspIntegrity): MacLanes | undefined;
  encryptor(cipher: BlockCipher, key: Uint8Array): EncryptMany | undefined;
  /** Absent = one at a time takes no longer. */
  readonly decryptor?: ((cipher: BlockCipher, key: Uint8Array) => DecryptMany) | undefined;
}

/** Octets between the values of `MacMany`. */
export const MAC_ROOM = 32;
/** The most packets that are ever given to it. */
export const MOST_LANES = 64;

export interface CryptoSuite {
  /** As `show` names it. */
  readonly name: "openssl" | "node" | "noble";
  /** Keys are copied. A key of the wrong length is a `Bug`. */
  encryptor(cipher: BlockCipher, key: Uint8Array): Encrypt;
  decryptor(cipher: BlockCipher, key: Uint8Array): Decrypt;
  mac(integrity: EspIntegrity, key: Uint8Array): Mac;
  aeadEncryptor(key: Uint8Array): AeadEncrypt;
  aeadDecryptor(key: Uint8Array): AeadDecrypt;
  readonly lanes?: CryptoLanes | undefined;
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
