import fc from "fast-check";
import { expect, test } from "vitest";
import { LowestFree } from "../../../src/engine/kernel/lowest-free.ts";

const FIRST = 10;
const LAST = 25;

type Step = { readonly kind: "take" | "claim" | "release"; readonly number: number };

const steps = fc.array(
  fc.record({ kind: fc.constantFrom("take", "claim", "release"), number: fc.integer({ min: 8, max: 27 }) }),
  { maxLength: 200 },
) as fc.Arbitrary<Step[]>;

test("it does what a scan over the whole range would do", () => {
  fc.assert(
    fc.property(steps, (walk) => {
      const numbers = new LowestFree(FIRST, LAST);
      const used = new Set<number>();
      for (const { kind, number } of walk) {
        const inRange = number >= FIRST && number <= LAST;
        if (kind === "take") {
          let lowest: number | undefined = FIRST;
          while (used.has(lowest)) lowest += 1;
          if (lowest > LAST) lowest = undefined;
          expect(numbers.take()).toBe(lowest);
          if (lowest !== undefined) used.add(lowest);
        } else if (kind === "claim") {
          expect(numbers.claim(number)).toBe(inRange && !used.has(number));
          if (inRange) used.add(number);
        } else {
          numbers.release(number);
          used.delete(number);
        }
        expect(numbers.inUse).toBe(used.size);
      }
    }),
    { numRuns: 300 },
  );
});

test("a full range of a hundred thousand numbers gives back and takes again without a scan", () => {
  const last = 100_000;
  const numbers = new LowestFree(1, last);
  const started = process.cpuUsage().user;
  for (let count = 0; count < last; count += 1) numbers.take();
  let right = 0;
  for (let count = 0; count < 20_000; count += 1) {
    numbers.release(last - count);
    numbers.release(1);
    if (numbers.take() === 1 && numbers.take() === last - count) right += 1;
  }
  expect(right).toBe(20_000);
  // A scan would look at 2 * 10^9 numbers.
  expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
});
