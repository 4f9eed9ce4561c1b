/** ICVs that were computed ahead: what is found for a packet is its own, although packets come to lie where others lay and have their views. */

import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MacsAhead } from "../../../src/engine/crypto/esp-lanes.ts";
import { MAC_ROOM } from "../../../src/engine/crypto/suite.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import { toHex } from "../../support/hex.ts";

const KEYS = [1, 2].map((octet) => new Uint8Array(20).fill(octet));
const LENGTH = 100;
const ENDS = [80, 84, 88];

const packet = fc.record({ place: fc.nat(7), key: fc.nat(1), end: fc.constantFrom(...ENDS) });
/** Those of a batch that are foreseen, and which of them are asked for, in their order, perhaps as what they are not. */
const batch = fc.record({
  foreseen: fc.uniqueArray(packet, { selector: ({ place }) => place, minLength: 1, maxLength: 8 }),
  asked: fc.array(fc.record({ which: fc.nat(7), key: fc.nat(1), end: fc.constantFrom(...ENDS), isSame: fc.boolean() })),
});

test("nothing is found for a packet but the HMAC of its own octets, under its own key", () => {
  const macs = nodeSuite.lanes?.macs("sha1");
  if (macs === undefined) throw new Error("there are no lanes");
  const keys = KEYS.map((key) => macs.keyOf(key));
  const memory = new Uint8Array(8 * LENGTH);
  const views = Array.from({ length: 8 }, (_, place) => memory.subarray(place * LENGTH, (place + 1) * LENGTH));
  let found = 0;
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 5 }), (batches) => {
      const ahead = new MacsAhead(macs);
      let round = 0;
      for (const { foreseen, asked } of batches) {
        round += 1;
        for (const [place, view] of views.entries()) view.fill(16 * round + place);
        for (const { place, key, end } of foreseen) {
          const [known, view] = [keys[key], views[place]];
          if (known !== undefined && view !== undefined) ahead.foresee(known, view, end);
        }
        for (const { which, isSame, ...other } of asked) {
          const one = foreseen[which % foreseen.length];
          const view = views[one?.place ?? 0];
          const { key, end } = isSame && one !== undefined ? one : other;
          const [known, secret] = [keys[key], KEYS[key]];
          if (known === undefined || secret === undefined || view === undefined) continue;
          const at = ahead.find(known, view, end);
          if (at < 0) continue;
          expect(at % MAC_ROOM).toBe(0);
          found += 1;
          const expected = createHmac("sha1", secret).update(view.subarray(0, end)).digest();
          expect(toHex(ahead.values.subarray(at, at + expected.length))).toBe(toHex(expected));
        }
      }
    }),
    { numRuns: 150, seed: 3 },
  );
  expect(found).toBeGreaterThan(200);
});
