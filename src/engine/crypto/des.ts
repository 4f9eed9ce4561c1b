/**
 * DES and triple DES in CBC mode (FIPS 46-3, FIPS 81), written from the standard's tables: the portable reference for
 * the suite without OpenSSL, as @noble/ciphers has no DES. It is slow and its table look-ups depend on the key, so
 * it promises nothing about timing. Whoever has OpenSSL uses that.
 */

import { putU32, u32At } from "../wire/octets.ts";

const BLOCK = 8;

// biome-ignore format: the tables stand as FIPS 46-3 prints them
const initialPermutation = [
  58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4,
  62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
  57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3,
  61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
];
// biome-ignore format: as above
const permutedChoice1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
  63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];
// biome-ignore format: as above
const permutedChoice2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
  41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
// biome-ignore format: as above
const permutationP = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10,
  2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
];
const keyShifts = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
// biome-ignore format: as above
const substitution = [
  [
    14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7, 0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8,
    4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0, 15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13,
  ],
  [
    15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10, 3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5,
    0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15, 13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9,
  ],
  [
    10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8, 13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1,
    13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7, 1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12,
  ],
  [
    7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15, 13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9,
    10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4, 3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14,
  ],
  [
    2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9, 14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6,
    4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14, 11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3,
  ],
  [
    12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11, 10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8,
    9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6, 4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13,
  ],
  [
    4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1, 13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6,
    1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2, 6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12,
  ],
  [
    13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7, 1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2,
    7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8, 2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11,
  ],
];

/** The tables number bits from 1 at the left of a `width`-bit value. */
function bitsOf(value: bigint, width: number, table: readonly number[]): bigint {
  let result = 0n;
  for (const position of table) result = (result << 1n) | ((value >> BigInt(width - position)) & 1n);
  return result;
}

/** A substitution box with P behind it: six bits in, their share of the 32-bit result out. */
const boxes = substitution.map((box, index) =>
  Uint32Array.from({ length: 64 }, (_, input) => {
    const row = ((input >>> 4) & 2) | (input & 1);
    const column = (input >>> 1) & 15;
    const value = BigInt(box[row * 16 + column] ?? 0) << BigInt(28 - 4 * index);
    return Number(bitsOf(value, 32, permutationP));
  }),
);

/** Initial permutation and its inverse, as 64 source bits counted from the left, starting at 0. */
const initialBits = Uint8Array.from(initialPermutation, (position) => position - 1);
const finalBits = new Uint8Array(64);
initialBits.forEach((from, to) => {
  finalBits[from] = to;
});

/** Sixteen round keys of eight six-bit groups. */
type Schedule = readonly Uint8Array[];

function scheduleOf(key: Uint8Array): Schedule {
  const half = (1n << 28n) - 1n;
  const chosen = bitsOf((BigInt(u32At(key, 0)) << 32n) | BigInt(u32At(key, 4)), 64, permutedChoice1);
  let c = chosen >> 28n;
  let d = chosen & half;
  return keyShifts.map((shift) => {
    const by = BigInt(shift);
    c = ((c << by) | (c >> (28n - by))) & half;
    d = ((d << by) | (d >> (28n - by))) & half;
    const roundKey = bitsOf((c << 28n) | d, 56, permutedChoice2);
    return Uint8Array.from({ length: 8 }, (_, group) => Number((roundKey >> BigInt(42 - 6 * group)) & 63n));
  });
}

/** The two halves of a block, high word first. */
type Block = [number, number];

function permuteBlock(block: Block, bits: Uint8Array): void {
  let high = 0;
  let low = 0;
  for (let i = 0; i < 64; i += 1) {
    const from = bits[i] ?? 0;
    const bit = (block[from >>> 5 === 0 ? 0 : 1] >>> (31 - (from & 31))) & 1;
    if (i < 32) high = (high << 1) | bit;
    else low = (low << 1) | bit;
  }
  block[0] = high >>> 0;
  block[1] = low >>> 0;
}

/** FIPS 46-3: E takes bits 32,1,2,3,4,5, then 4..9, and so on: six neighbours of a rotated half. */
function cipherFunction(half: number, roundKey: Uint8Array): number {
  let result = 0;
  for (let group = 0; group < 8; group += 1) {
    const turn = (4 * group + 5) & 31;
    const six = ((half << turn) | (half >>> (32 - turn))) & 63;
    result |= boxes[group]?.[six ^ (roundKey[group] ?? 0)] ?? 0;
  }
  return result;
}

function desBlock(block: Block, schedule: Schedule, decrypt: boolean): void {
  permuteBlock(block, initialBits);
  let [left, right] = block;
  for (let round = 0; round < 16; round += 1) {
    const roundKey = schedule[decrypt ? 15 - round : round];
    if (roundKey === undefined) break;
    const next = left ^ cipherFunction(right, roundKey);
    left = right;
    right = next;
  }
  block[0] = right >>> 0;
  block[1] = left >>> 0;
  permuteBlock(block, finalBits);
}

/** CBC with a key of 8 octets (DES) or 24 (triple DES: encrypt, decrypt, encrypt). Data are whole blocks. */
export class DesCbc {
  readonly #schedules: readonly [Schedule, Schedule, Schedule] | readonly [Schedule];

  constructor(key: Uint8Array) {
    const first = scheduleOf(key);
    this.#schedules =
      key.length === BLOCK ? [first] : [first, scheduleOf(key.subarray(8)), scheduleOf(key.subarray(16))];
  }

  encrypt(iv: Uint8Array, plain: Uint8Array): Uint8Array {
    const out = new Uint8Array(plain.length);
    const block: Block = [u32At(iv, 0), u32At(iv, 4)];
    for (let at = 0; at < plain.length; at += BLOCK) {
      block[0] = (block[0] ^ u32At(plain, at)) >>> 0;
      block[1] = (block[1] ^ u32At(plain, at + 4)) >>> 0;
      this.#transform(block, false);
      putU32(out, at, block[0]);
      putU32(out, at + 4, block[1]);
    }
    return out;
  }

  decrypt(iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
    const out = new Uint8Array(ciphertext.length);
    let [chainHigh, chainLow]: Block = [u32At(iv, 0), u32At(iv, 4)];
    for (let at = 0; at < ciphertext.length; at += BLOCK) {
      const high = u32At(ciphertext, at);
      const low = u32At(ciphertext, at + 4);
      const block: Block = [high, low];
      this.#transform(block, true);
      putU32(out, at, block[0] ^ chainHigh);
      putU32(out, at + 4, block[1] ^ chainLow);
      chainHigh = high;
      chainLow = low;
    }
    return out;
  }

  #transform(block: Block, decrypt: boolean): void {
    const [k1, k2, k3] = this.#schedules;
    if (k2 === undefined || k3 === undefined) {
      desBlock(block, k1, decrypt);
      return;
    }
    desBlock(block, decrypt ? k3 : k1, decrypt);
    desBlock(block, k2, !decrypt);
    desBlock(block, decrypt ? k1 : k3, decrypt);
  }
}
