import fc from "fast-check";
import { expect, test } from "vitest";
import { ReplayWindow } from "../../../src/dataplane/path/replay.ts";

/** RFC 4303 §3.4.3 in words: not zero, not left of the window, not seen before. */
class NaiveWindow {
  readonly #size: number;
  readonly #seen = new Set<number>();
  #highest = 0;

  constructor(size: number) {
    this.#size = size;
  }

  isFresh(sequence: number): boolean {
    return sequence !== 0 && sequence > this.#highest - this.#size && !this.#seen.has(sequence);
  }

  accept(sequence: number): boolean {
    this.#seen.add(sequence);
    const newest = sequence > this.#highest;
    if (newest) this.#highest = sequence;
    return newest;
  }
}

/** The next number: a step from the last one, mostly near, sometimes far, or one that was sent before. */
const moves = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -70, max: 70 }).map((step) => ({ step, back: 0 })) },
    { weight: 1, arbitrary: fc.integer({ min: -2000, max: 5000 }).map((step) => ({ step, back: 0 })) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 20 }).map((back) => ({ step: 0, back })) },
  ),
  { minLength: 1, maxLength: 120 },
);

test.each([1, 32, 33, 64, 128, 1024])(
  "a window of %i packets agrees with the definition, wherever it starts",
  (size) => {
    fc.assert(
      fc.property(fc.constantFrom(1, 31, 32, 0x7fff_ffe0, 0xffff_ff00), moves, (start, drawn) => {
        const window = new ReplayWindow(size);
        const naive = new NaiveWindow(size);
        const sent: number[] = [start];
        for (const { step, back } of [{ step: 0, back: 0 }, ...drawn]) {
          const from = sent.at(-1 - back) ?? start;
          const sequence = Math.min(0xffff_ffff, Math.max(0, from + step));
          sent.push(sequence);
          const fresh = naive.isFresh(sequence);
          expect(window.isFresh(sequence)).toBe(fresh);
          if (fresh) expect(window.accept(sequence)).toBe(naive.accept(sequence));
        }
      }),
    );
  },
);

test("number 0 is never fresh, with or without a window", () => {
  expect(new ReplayWindow(64).isFresh(0)).toBe(false);
  expect(new ReplayWindow(0).isFresh(0)).toBe(false);
});

test("without a window repeated numbers pass, and the newest is known all the same", () => {
  const window = new ReplayWindow(0);
  expect(window.accept(5)).toBe(true);
  expect(window.isFresh(5)).toBe(true);
  expect(window.accept(5)).toBe(false);
  expect(window.highest).toBe(5);
});

test("asking moves nothing: only what is accepted counts", () => {
  const window = new ReplayWindow(32);
  window.accept(1);
  expect(window.isFresh(0xffff_ffff)).toBe(true);
  expect(window.isFresh(2)).toBe(true);
  expect(window.highest).toBe(1);
});

test("the last number does not wrap into the first", () => {
  const window = new ReplayWindow(64);
  window.accept(0xffff_ffff);
  expect(window.isFresh(0)).toBe(false);
  expect(window.isFresh(1)).toBe(false);
  expect(window.isFresh(0xffff_ffff)).toBe(false);
  expect(window.isFresh(0xffff_ffc0)).toBe(true);
  expect(window.isFresh(0xffff_ffbf)).toBe(false);
});
