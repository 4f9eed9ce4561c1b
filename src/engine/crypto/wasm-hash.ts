/**
 * SHA-1 and SHA-256 (FIPS 180-4) of four messages at once in the lanes of a vector, as WebAssembly. A word of the state is a vector with that word
 * of all four; blocks are turned from four rows into sixteen columns when they are read.
 */

import { WasmCode, wasmModule } from "./wasm-code.ts";

/** What the declarations of Node leave out. */
declare const WebAssembly: {
  readonly Module: new (octets: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => { readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly run: WasmHash["run"] } };
};

export const WASM_LANES = 4;
const PAGE = 65_536;
/** Parameters: the state, four messages, the number of blocks. */
const STATE = 0;
const MESSAGES = 1;
const BLOCKS = 5;
const PARAMETERS = 6;
/** Locals: sixteen words of the schedule, then what a function needs. */
const WORDS = PARAMETERS;
const ROWS = WORDS + 16;
const PAIR = ROWS + 4;
const SCRATCH = PAIR + 2;
const STATES = SCRATCH + 2;

/** A process that compiles nothing (`--jitless`) has none. */
export const hasWasm = "WebAssembly" in globalThis;

/** Where a function works: the state is at 0, 16 octets a word; the rest is free. */
export interface WasmHash {
  readonly memory: Uint8Array;
  readonly run: (state: number, a: number, b: number, c: number, d: number, blocks: number) => void;
}

export function wasmHash(hash: "sha1" | "sha256", octets: number): WasmHash {
  const words = hash === "sha1" ? 5 : 8;
  const code = new WasmCode();
  const before = STATES + words;
  const state = Array.from({ length: words }, (_, i) => STATES + i);
  for (const [i, local] of state.entries())
    code
      .get(STATE)
      .load(16 * i)
      .set(local);
  code.loop(() => {
    for (const [i, local] of state.entries()) code.get(local).set(before + i);
    readBlock(code);
    const after = hash === "sha1" ? sha1Rounds(code, state) : sha256Rounds(code, state);
    // The rounds rename instead of moving; both have a multiple of as many rounds as words, so names are back where they were.
    for (const [i, local] of after.entries())
      code
        .get(local)
        .get(before + i)
        .add()
        .set(state[i] ?? local);
    for (let lane = 0; lane < WASM_LANES; lane += 1)
      code
        .get(MESSAGES + lane)
        .blockLength()
        .addNumbers()
        .set(MESSAGES + lane);
    code.get(BLOCKS).small(1).subtractNumbers().tee(BLOCKS);
  });
  for (const [i, local] of state.entries())
    code
      .get(STATE)
      .get(local)
      .store(16 * i);
  const module = new WebAssembly.Module(
    wasmModule(Math.ceil(octets / PAGE), PARAMETERS, before + words - PARAMETERS, code),
  );
  const { memory, run } = new WebAssembly.Instance(module).exports;
  return { memory: new Uint8Array(memory.buffer), run };
}

/** Sixteen words of each message: four rows at a time, octets turned around on the way. */
function readBlock(code: WasmCode): void {
  const turned = (word: number) => [word * 4 + 3, word * 4 + 2, word * 4 + 1, word * 4];
  // Words 0 and 1, or 2 and 3, of two rows side by side.
  const zipped = (first: number) => [0, 1].flatMap((i) => [...turned(first + i), ...turned(4 + first + i)]);
  const half = (from: number) => [0, 16].flatMap((row) => Array.from({ length: 8 }, (_, i) => row + from + i));
  for (let quarter = 0; quarter < 4; quarter += 1) {
    for (let row = 0; row < 4; row += 1)
      code
        .get(MESSAGES + row)
        .load(16 * quarter)
        .set(ROWS + row);
    for (const first of [0, 2]) {
      code
        .get(ROWS)
        .get(ROWS + 1)
        .shuffle(zipped(first))
        .set(PAIR);
      code
        .get(ROWS + 2)
        .get(ROWS + 3)
        .shuffle(zipped(first))
        .set(PAIR + 1);
      for (const [i, from] of [0, 8].entries()) {
        code
          .get(PAIR)
          .get(PAIR + 1)
          .shuffle(half(from))
          .set(WORDS + 4 * quarter + first + i);
      }
    }
  }
}

function sha1Rounds(code: WasmCode, state: readonly number[]): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t += 1) {
    const word = WORDS + (t % 16);
    if (t >= 16) {
      const back = (n: number) => WORDS + ((t - n) % 16);
      code.get(back(3)).get(back(8)).xor().get(back(14)).xor().get(word).xor().set(SCRATCH);
      code.rotated(SCRATCH, 1).set(word);
    }
    code
      .get(e)
      .get(word)
      .add()
      .words([0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6][Math.floor(t / 20)] ?? 0)
      .add();
    if (t < 20) code.get(c).get(d).get(b).select();
    else if (t >= 40 && t < 60) code.get(c).get(b).get(b).get(d).xor().select();
    else code.get(b).get(c).xor().get(d).xor();
    code.add().rotated(a, 5).add().set(e);
    code.rotated(b, 30).set(b);
    [a, b, c, d, e] = [e, a, b, c, d];
  }
  return [a, b, c, d, e];
}

function sha256Rounds(code: WasmCode, state: readonly number[]): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  /** Rotations to the right of a local, exclusive-ored. */
  const turns = (local: number, ...bits: number[]) => {
    for (const [i, count] of bits.entries()) {
      code.rotated(local, 32 - count);
      if (i > 0) code.xor();
    }
  };
  const constants = cubeRootsOfPrimes();
  for (let t = 0; t < 64; t += 1) {
    const word = WORDS + (t % 16);
    if (t >= 16) {
      const back = (n: number) => WORDS + ((t - n) % 16);
      turns(back(15), 7, 18);
      code.get(back(15)).shiftRight(3).xor();
      turns(back(2), 17, 19);
      code.get(back(2)).shiftRight(10).xor();
      code.add().get(back(7)).add().get(word).add().set(word);
    }
    code
      .get(h)
      .get(word)
      .add()
      .words(constants[t] ?? 0)
      .add();
    turns(e, 6, 11, 25);
    code.add().get(f).get(g).get(e).select().add().set(SCRATCH);
    code.get(d).get(SCRATCH).add().set(d);
    turns(a, 2, 13, 22);
    code.get(b).get(a).get(a).get(c).xor().select().add().get(SCRATCH).add().set(h);
    [a, b, c, d, e, f, g, h] = [h, a, b, c, d, e, f, g];
  }
  return [a, b, c, d, e, f, g, h];
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (§4.2.2). */
function cubeRootsOfPrimes(): number[] {
  const roots: number[] = [];
  for (let candidate = 2; roots.length < 64; candidate += 1) {
    let divisor = 2;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor += 1;
    if (divisor * divisor <= candidate) continue;
    // The largest whole number whose cube is not above the prime times 2^96.
    const target = BigInt(candidate) << 96n;
    let root = 0n;
    for (let bit = 1n << 36n; bit > 0n; bit >>= 1n) if ((root + bit) ** 3n <= target) root += bit;
    roots.push(Number(root & 0xffff_ffffn));
  }
  return roots;
}
