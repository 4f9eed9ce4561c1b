/** Lines that go by a part of what tells them from others: the right ones, and without looking at the rest. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { uint, word } from "../../../src/grammar/arguments.ts";
import { setting } from "../../../src/grammar/declaration.ts";
import { arg, kw, opt, type Values } from "../../../src/grammar/elements.ts";
import { ConfigTree } from "../../../src/modes/tree/config-tree.ts";
import { duplex } from "../../support/small-dialects.ts";

const route = setting({
  mode: duplex.mode,
  form: [
    kw("route", "A route"),
    opt(kw("table", "Table"), arg("table", word(), "Its name")),
    arg("prefix", uint(0, 1e6), "Prefix"),
    arg("hop", uint(0, 1e6), "Next hop"),
    opt(kw("cost", "Cost"), arg("cost", uint(0, 9), "Cost")),
  ],
  key: ["table", "prefix", "hop"],
  negation: "stored",
});

/** Those that have every value given; one that is kept as `no …` may not say what is no part of its key. */
function agrees(line: { readonly values: Values; readonly negated: boolean }, given: Values): boolean {
  return Object.keys(given).every(
    (name) => line.values[name] === given[name] || (line.negated && name === "cost" && line.values[name] === undefined),
  );
}

test("a line goes when it agrees with all that is said, and stays when it does not", () => {
  const values = fc.record(
    {
      table: fc.constantFrom("a", "b", undefined),
      prefix: fc.nat(2),
      hop: fc.nat(2),
      cost: fc.constantFrom(1, 2, undefined),
    },
    { requiredKeys: [] },
  );
  const step = fc.record({ kind: fc.constantFrom("put", "put", "no", "remove", "become"), values });
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      let tree = new ConfigTree();
      for (const { kind, values: given } of steps) {
        if (kind === "put" || kind === "no") {
          tree.put(undefined, route, { prefix: 0, hop: 0, ...given }, kind === "no");
          continue;
        }
        if (kind === "become") {
          const other = tree.clone();
          tree.become(other);
          if (given.prefix === 0) tree = other;
          continue;
        }
        const stay = tree.lines.filter((line) => !agrees(line, given));
        const count = tree.lines.length - stay.length;
        expect(tree.remove(undefined, route, given)).toBe(count);
        expect(tree.lines).toEqual(stay);
      }
    }),
    { numRuns: 200, seed: 3 },
  );
});

test("among thousands a line is found by any part of its key, by looking at a few values", () => {
  let read = 0;
  const counted = (values: Values): Values =>
    new Proxy(values, {
      get: (target, name) => {
        read += 1;
        return Reflect.get(target, name);
      },
    });
  const tree = new ConfigTree();
  const COUNT = 2000;
  for (let index = 0; index < COUNT; index += 1) {
    tree.put(undefined, route, counted({ prefix: index, hop: COUNT - index }), false);
  }
  tree.remove(undefined, route, { prefix: 0 });
  tree.remove(undefined, route, { hop: 1 });
  read = 0;
  for (let index = 1; index < COUNT - 1; index += 1) {
    const part = index % 2 === 0 ? { prefix: index } : { hop: COUNT - index };
    expect(tree.remove(undefined, route, part)).toBe(1);
  }
  expect(tree.lines).toHaveLength(0);
  expect(read / COUNT).toBeLessThan(20);
});
