/**
 * Several packets at once without anything but Node: HMACs in the four lanes of a WebAssembly vector, and ciphers with one call for all packets of an
 * SA, because most of what a call of `node:crypto` costs is the call. CBC goes on from packet to packet: what follows a packet's random block depends on the packets before only through the vector.
 */

import { type Cipheriv, createHmac, createSecretKey, type Decipheriv } from "node:crypto";
import { giveBack } from "../kernel/given-back.ts";
import type { EspIntegrity } from "../spec.ts";
import { copyOctets, putU32 } from "../wire/octets.ts";
import { hashInitial } from "./hash-initial.ts";
import {
  type BlockCipher,
  blockLengths,
  type CryptoLanes,
  type DecryptMany,
  type EncryptMany,
  MAC_ROOM,
  type MacKey,
  type MacLanes,
  MOST_LANES,
} from "./suite.ts";
import { hasWasm, WASM_LANES, type WasmHash, wasmHash } from "./wasm-hash.ts";

const BLOCK = 64;
/** The longest message with its padding, and whole vectors. */
const LANE_ROOM = 65_536 + 2 * BLOCK;
/** Behind the state. */
const LANES_AT = 256;

/** With what computes an HMAC where there is no company. */
interface NodeMacKey extends MacKey {
  readonly alone: (message: Uint8Array) => Uint8Array;
}

const made = new Map<EspIntegrity, WasmMacLanes>();

/** What makes the streams of an SA, without padding. */
interface Streams {
  encrypting(cipher: BlockCipher, key: Uint8Array): Cipheriv;
  decrypting(cipher: BlockCipher, key: Uint8Array): Decipheriv;
}

export function nodeLanes(streams: Streams): CryptoLanes {
  return {
    width: WASM_LANES,

    macs(integrity) {
      if (!hasWasm || (integrity !== "sha1" && integrity !== "sha256")) return undefined;
      const lanes = made.get(integrity) ?? new WasmMacLanes(integrity);
      made.set(integrity, lanes);
      return lanes;
    },

    encryptor(cipher, key): EncryptMany {
      const stream = streams.encrypting(cipher, key);
      const block = blockLengths[cipher];
      return (packets, from, ends, count) => {
        const start = from - block;
        const sealed = stream.update(gathered(packets, start, ends, count));
        let at = 0;
        for (let i = 0; i < count; i += 1) {
          const length = (ends[i] ?? start) - start;
          const packet = packets[i];
          if (packet !== undefined) copyOctets(sealed, at, at + length, packet, start);
          at += length;
        }
        giveBack(sealed);
      };
    },

    decryptor(cipher, key): DecryptMany {
      const stream = streams.decrypting(cipher, key);
      return (packets, from, ends, count) => notBuffer(stream.update(gathered(packets, from, ends, count)));
    },
  };
}

/** The same octets as what their type says: the `slice` of a Buffer does not copy. */
export function notBuffer({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** The first `count` packets from `start` to their ends, one behind the other; good until the next call. */
function gathered(packets: readonly Uint8Array[], start: number, ends: readonly number[], count: number): Uint8Array {
  let total = 0;
  for (let i = 0; i < count; i += 1) total += (ends[i] ?? start) - start;
  if (area.length < total) area = new Uint8Array(total);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const end = ends[i] ?? start;
    const packet = packets[i];
    if (packet !== undefined) copyOctets(packet, start, end, area, at);
    at += end - start;
  }
  return area.subarray(0, total);
}

let area = new Uint8Array(128 * 1024);

class WasmMacLanes implements MacLanes {
  readonly #integrity: "sha1" | "sha256";
  readonly #hash: WasmHash;
  readonly #state: Uint32Array;
  readonly #words: number;
  readonly #values = new Uint8Array(MOST_LANES * MAC_ROOM);
  readonly #inner = new Uint32Array(WASM_LANES * 8);
  /** Of each lane: where its next block is, and how many are left. */
  readonly #at = new Uint32Array(WASM_LANES);
  readonly #left = new Uint32Array(WASM_LANES);

  constructor(integrity: "sha1" | "sha256") {
    this.#integrity = integrity;
    this.#hash = wasmHash(integrity, LANES_AT + WASM_LANES * LANE_ROOM);
    this.#state = new Uint32Array(this.#hash.memory.buffer, 0, WASM_LANES * 8);
    this.#words = hashInitial[integrity].length;
  }

  keyOf(key: Uint8Array): NodeMacKey {
    const secret = createSecretKey(key);
    return {
      inner: this.#afterPad(key, 0x36),
      outer: this.#afterPad(key, 0x5c),
      alone: (message) => createHmac(this.#integrity, secret).update(message).digest(),
    };
  }

  compute(
    keys: readonly MacKey[],
    messages: readonly Uint8Array[],
    ends: readonly number[],
    count: number,
  ): Uint8Array {
    for (let first = 0; first < count; first += WASM_LANES) {
      const lanes = Math.min(WASM_LANES, count - first);
      if (lanes === 1) this.#alone(keys[first] as NodeMacKey, messages[first], ends[first] ?? 0, first);
      else this.#together(keys, messages, ends, first, lanes);
    }
    return this.#values;
  }

  /** Four lanes for one message would be twice the work. */
  #alone(key: NodeMacKey, message: Uint8Array | undefined, end: number, index: number): void {
    if (message !== undefined) this.#values.set(key.alone(message.subarray(0, end)), index * MAC_ROOM);
  }

  #together(
    keys: readonly MacKey[],
    messages: readonly Uint8Array[],
    ends: readonly number[],
    first: number,
    lanes: number,
  ): void {
    for (let lane = 0; lane < lanes; lane += 1) {
      this.#begin(lane, keys[first + lane]?.inner ?? []);
      const message = messages[first + lane];
      if (message !== undefined) this.#put(lane, message, ends[first + lane] ?? 0);
    }
    this.#run(lanes);
    for (let lane = 0; lane < lanes; lane += 1) this.#putDigest(lane);
    for (let lane = 0; lane < lanes; lane += 1) this.#begin(lane, keys[first + lane]?.outer ?? []);
    this.#run(lanes);
    for (let lane = 0; lane < lanes; lane += 1) {
      for (let word = 0; word < this.#words; word += 1) {
        putU32(this.#values, (first + lane) * MAC_ROOM + 4 * word, this.#inner[WASM_LANES * word + lane] ?? 0);
      }
    }
  }

  #afterPad(key: Uint8Array, mark: number): readonly number[] {
    const { memory } = this.#hash;
    for (let i = 0; i < BLOCK; i += 1) memory[LANES_AT + i] = (key[i] ?? 0) ^ mark;
    this.#begin(0, hashInitial[this.#integrity]);
    this.#at[0] = LANES_AT;
    this.#left[0] = 1;
    this.#run(1);
    memory.fill(0, LANES_AT, LANES_AT + BLOCK);
    return hashInitial[this.#integrity].map((_, word) => this.#inner[WASM_LANES * word] ?? 0);
  }

  #begin(lane: number, words: readonly number[]): void {
    for (let word = 0; word < words.length; word += 1) this.#state[WASM_LANES * word + lane] = words[word] ?? 0;
  }

  /** A message behind the pad of the key, with its end marked and its length in bits. */
  #put(lane: number, message: Uint8Array, end: number): void {
    const { memory } = this.#hash;
    const at = LANES_AT + lane * LANE_ROOM;
    copyOctets(message, 0, end, memory, at);
    this.#close(lane, at, end);
  }

  #close(lane: number, at: number, end: number): void {
    const { memory } = this.#hash;
    const blocks = (end + 9 + BLOCK - 1) >> 6;
    memory[at + end] = 0x80;
    for (let i = at + end + 1; i < at + blocks * BLOCK - 4; i += 1) memory[i] = 0;
    putU32(memory, at + blocks * BLOCK - 4, (BLOCK + end) * 8);
    this.#at[lane] = at;
    this.#left[lane] = blocks;
  }

  #putDigest(lane: number): void {
    const at = LANES_AT + lane * LANE_ROOM;
    for (let word = 0; word < this.#words; word += 1) {
      putU32(this.#hash.memory, at + 4 * word, this.#inner[WASM_LANES * word + lane] ?? 0);
    }
    this.#close(lane, at, 4 * this.#words);
  }

  /** Until all lanes are through; the words of each are in `#inner` when it is. Whose message has ended goes on with whatever is there. */
  #run(lanes: number): void {
    const [at, left] = [this.#at, this.#left];
    for (;;) {
      let blocks = 0;
      for (let lane = 0; lane < lanes; lane += 1) {
        const own = left[lane] ?? 0;
        if (own > 0 && (blocks === 0 || own < blocks)) blocks = own;
      }
      if (blocks === 0) return;
      this.#hash.run(
        0,
        at[0] ?? 0,
        lanes > 1 ? (at[1] ?? 0) : 0,
        lanes > 2 ? (at[2] ?? 0) : 0,
        lanes > 3 ? (at[3] ?? 0) : 0,
        blocks,
      );
      for (let lane = 0; lane < lanes; lane += 1) {
        const own = left[lane] ?? 0;
        if (own === 0) {
          at[lane] = 0;
          continue;
        }
        left[lane] = own - blocks;
        at[lane] = (at[lane] ?? 0) + blocks * BLOCK;
        if (own > blocks) continue;
        for (let word = 0; word < this.#words; word += 1) {
          this.#inner[WASM_LANES * word + lane] = this.#state[WASM_LANES * word + lane] ?? 0;
        }
      }
    }
  }
}
