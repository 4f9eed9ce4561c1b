/** The Internet checksum: however octets lie in memory, the sum is that of the definition. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { addToSum, foldSum } from "../../../src/engine/wire/checksum.ts";
import { seededRandom } from "../../support/random.ts";

/** RFC 1071 §1, word by word. */
function sumByDefinition(octets: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < octets.length; i += 2) {
    sum += (octets[i] ?? 0) * 256 + (octets[i + 1] ?? 0);
    if (sum > 0xffff) sum = (sum & 0xffff) + 1;
  }
  return sum;
}

test("spans of any length at any place in a buffer have the sum of the definition", () => {
  const random = seededRandom(5);
  const span = fc.record({
    lead: fc.nat({ max: 9 }),
    start: fc.nat({ max: 9 }),
    length: fc.nat({ max: 300 }),
    all: fc.constantFrom(undefined, 0xff, 0),
  });
  fc.assert(
    fc.property(span, ({ lead, start, length, all }) => {
      const buffer = new Uint8Array(random.bytes(lead + start + length + 3));
      if (all !== undefined) buffer.fill(all);
      const view = buffer.subarray(lead);
      const expected = sumByDefinition(view.slice(start, start + length));
      const sum = foldSum(addToSum(0, view, start, start + length));
      // 0 and 0xffff are the same number of one's complement.
      expect(sum % 0xffff).toBe(expected % 0xffff);
      expect(sum === 0).toBe(expected === 0);
    }),
    { numRuns: 400, seed: 2 },
  );
});
