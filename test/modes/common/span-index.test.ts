import fc from "fast-check";
import { expect, test } from "vitest";
import { SpanIndex } from "../../../src/modes/common/span-index.ts";

const span = fc
  .tuple(fc.nat(200), fc.oneof(fc.nat(3), fc.nat(150)))
  .map(([first, more]) => ({ first, last: first + more }));
const step = fc.record({
  owner: fc.nat(9),
  table: fc.constantFrom(undefined, "red"),
  spans: fc.array(span, { maxLength: 3 }),
  asked: span,
});

test("a span is met by another owner's where looking at all of them says so", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const index = new SpanIndex<number>();
      const owned = new Map<number, (typeof steps)[number]>();
      for (const next of steps) {
        const { owner, table, spans, asked } = next;
        index.set(owner, table, spans);
        owned.set(owner, next);
        const meets = (but: number | undefined): boolean =>
          [...owned.values()].some(
            (each) =>
              each.owner !== but &&
              each.table === table &&
              each.spans.some(({ first, last }) => first <= asked.last && asked.first <= last),
          );
        for (const but of [undefined, owner]) expect(index.meets(asked, table, but)).toBe(meets(but));
      }
      for (const owner of owned.keys()) index.delete(owner);
      expect(index.meets({ first: 0, last: 1000 }, undefined, undefined)).toBe(false);
    }),
    { numRuns: 200, seed: 7 },
  );
});
