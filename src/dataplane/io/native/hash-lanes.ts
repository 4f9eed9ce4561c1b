/**
 * HMAC (RFC 2104) of up to eight messages side by side, over a function that takes eight states and a run of blocks for each
 * (`SHA1_MB_CTX`, `SHA256_MB_CTX` and `HASH_DESC` of OpenSSL). A message's whole blocks are read where it lies; its last octets are padded in memory of our own.
 */

import { MAC_ROOM, type MacKey, type MacLanes, MOST_LANES } from "../../../engine/crypto/suite.ts";
import { putU32 } from "../../../engine/wire/octets.ts";
import { addressOf, nativeMemory, putPointer } from "./memory.ts";
import type { System } from "./system.ts";

export const LANES = 8;
/** With so many lanes at most, half of the work is left out. */
export const HALF = 4;
const BLOCK = 64;
const DESCRIPTION = 16;
const BLOCKS = 8;

/** Word `w` of lane `l` is at `4 (8 w + l)` of `state`; a description is a pointer and a number of blocks. */
export type HashBlocks = (state: number, descriptions: number, halves: number) => void;

/** Words of a state. */
type Words = readonly number[];

export class HashLanes implements MacLanes {
  readonly #system: System;
  readonly #blocks: HashBlocks;
  readonly #initial: Words;
  readonly #address: number;
  readonly #octets: Uint8Array;
  readonly #view: DataView;
  readonly #words: Uint32Array;
  readonly #state: Uint32Array;
  readonly #descriptionsAt: number;
  /** Two blocks for each lane. */
  readonly #tailsAt: number;
  /** A block for each lane: the digest of a message as the message of the outer hash, whose rest is always the same. */
  readonly #digestsAt: number;
  readonly #values = new Uint8Array(MOST_LANES * MAC_ROOM);

  constructor(system: System, initial: Words, blocks: HashBlocks) {
    this.#system = system;
    this.#blocks = blocks;
    this.#initial = initial;
    this.#descriptionsAt = LANES * initial.length * 4;
    this.#tailsAt = this.#descriptionsAt + LANES * DESCRIPTION;
    this.#digestsAt = this.#tailsAt + LANES * 2 * BLOCK;
    const memory = nativeMemory(system, this.#digestsAt + LANES * BLOCK);
    this.#octets = memory.octets;
    this.#address = Number(memory.pointer);
    this.#view = new DataView(memory.octets.buffer);
    this.#words = new Uint32Array(memory.octets.buffer);
    this.#state = this.#words.subarray(0, LANES * initial.length);
    for (let lane = 0; lane < LANES; lane += 1) {
      const at = this.#digestsAt + lane * BLOCK;
      this.#octets[at + 4 * initial.length] = 0x80;
      putU32(this.#octets, at + BLOCK - 4, (BLOCK + 4 * initial.length) * 8);
    }
  }

  keyOf(key: Uint8Array): MacKey {
    return { inner: this.#afterPad(key, 0x36), outer: this.#afterPad(key, 0x5c) };
  }

  compute(
    keys: readonly MacKey[],
    messages: readonly Uint8Array[],
    ends: readonly number[],
    count: number,
  ): Uint8Array {
    for (let first = 0; first < count; first += LANES) {
      this.#hash(keys, messages, ends, first, Math.min(LANES, count - first));
    }
    return this.#values;
  }

  /** The state after the key's pad; keys of ESP are no longer than a block. */
  #afterPad(key: Uint8Array, mark: number): Words {
    const pad = this.#tailsAt;
    for (let i = 0; i < BLOCK; i += 1) this.#octets[pad + i] = (key[i] ?? 0) ^ mark;
    this.#begin(0, this.#initial);
    this.#describe(0, this.#address + pad, 1);
    this.#run(1);
    this.#octets.fill(0, pad, pad + BLOCK);
    return this.#initial.map((_, word) => this.#state[LANES * word] ?? 0);
  }

  #hash(
    keys: readonly MacKey[],
    messages: readonly Uint8Array[],
    ends: readonly number[],
    first: number,
    lanes: number,
  ): void {
    for (let lane = 0; lane < lanes; lane += 1) {
      this.#begin(lane, keys[first + lane]?.inner ?? this.#initial);
      const message = messages[first + lane];
      const end = ends[first + lane] ?? 0;
      // Two neighbours without a block would end the work for those behind them: a block that does not count.
      if (end < BLOCK) this.#describe(lane, this.#address + this.#tailsAt, 1);
      else if (message !== undefined) this.#describe(lane, addressOf(this.#system, message), end >> 6);
    }
    this.#run(lanes);
    for (let lane = 0; lane < lanes; lane += 1) {
      const message = messages[first + lane];
      if ((ends[first + lane] ?? 0) < BLOCK) this.#begin(lane, keys[first + lane]?.inner ?? this.#initial);
      if (message !== undefined) this.#putTail(lane, message, ends[first + lane] ?? 0);
    }
    this.#run(lanes);
    this.#putDigests(lanes);
    for (let lane = 0; lane < lanes; lane += 1) this.#begin(lane, keys[first + lane]?.outer ?? this.#initial);
    this.#run(lanes);
    this.#take(first, lanes);
  }

  #begin(lane: number, words: Words): void {
    for (let word = 0; word < words.length; word += 1) this.#state[LANES * word + lane] = words[word] ?? 0;
  }

  #describe(lane: number, address: number, blocks: number): void {
    const at = this.#descriptionsAt + lane * DESCRIPTION;
    putPointer(this.#view, at, address);
    this.#view.setInt32(at + BLOCKS, blocks, true);
  }

  #run(lanes: number): void {
    const used = lanes <= HALF ? HALF : LANES;
    for (let lane = lanes; lane < used; lane += 1) this.#describe(lane, this.#address, 0);
    this.#blocks(this.#address, this.#address + this.#descriptionsAt, used === HALF ? 1 : 2);
  }

  /** What is left of a message, the mark of its end, zeroes and its length in bits with the pad before it. */
  #putTail(lane: number, message: Uint8Array, end: number): void {
    const octets = this.#octets;
    const at = this.#tailsAt + lane * 2 * BLOCK;
    const whole = end & ~(BLOCK - 1);
    const rest = end - whole;
    const blocks = rest + 9 > BLOCK ? 2 : 1;
    const words = this.#words;
    for (let word = at >> 2; word < (at + blocks * BLOCK) >> 2; word += 1) words[word] = 0;
    for (let i = 0; i < rest; i += 1) octets[at + i] = message[whole + i] ?? 0;
    octets[at + rest] = 0x80;
    putU32(octets, at + blocks * BLOCK - 4, (BLOCK + end) * 8);
    this.#describe(lane, this.#address + at, blocks);
  }

  /** Inner digests as the messages of the outer hash. */
  #putDigests(lanes: number): void {
    const words = this.#initial.length;
    for (let lane = 0; lane < lanes; lane += 1) {
      const at = this.#digestsAt + lane * BLOCK;
      for (let word = 0; word < words; word += 1) {
        putU32(this.#octets, at + 4 * word, this.#state[LANES * word + lane] ?? 0);
      }
      this.#describe(lane, this.#address + at, 1);
    }
  }

  #take(first: number, lanes: number): void {
    for (let lane = 0; lane < lanes; lane += 1) {
      for (let word = 0; word < this.#initial.length; word += 1) {
        putU32(this.#values, (first + lane) * MAC_ROOM + 4 * word, this.#state[LANES * word + lane] ?? 0);
      }
    }
  }
}
