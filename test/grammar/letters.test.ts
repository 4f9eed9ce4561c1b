/** That words which differ in many letters are far apart, which spares comparing them. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { lettersOf, missing } from "../../src/grammar/letters.ts";
import { editDistance } from "../../src/grammar/nearest.ts";

test("two words are no nearer than the letters that either has alone", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnop-0123456789"), maxLength: 12 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      const [mine, theirs] = [lettersOf(one), lettersOf(other)];
      const apart = Math.max(missing(mine, theirs), missing(theirs, mine));
      expect(editDistance(one, other, 99)).toBeGreaterThanOrEqual(apart);
    }),
  );
  expect(missing(lettersOf("crypto"), lettersOf("crypot"))).toBe(0);
  expect(missing(lettersOf("abc"), lettersOf("xyz"))).toBe(3);
});
