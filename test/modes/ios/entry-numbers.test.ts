/** Sequence numbers of the entries of an access list, compared with what looking at all of them would give. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigNode } from "../../../src/grammar/declaration.ts";
import type { Values } from "../../../src/grammar/elements.ts";
import { extendedEntry, extendedNamed } from "../../../src/modes/ios/commands/access-list.ts";
import { EntryNumbers } from "../../../src/modes/ios/commands/entry-numbers.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { ConfigTree } from "../../../src/modes/tree/config-tree.ts";
import { TestShell } from "../../support/shell.ts";

function entry(host: number, sequence?: number): Values {
  const values = { action: "permit", protocol: "ip", sourceHost: `10.0.0.${host}`, destinationAny: "any" };
  return sequence === undefined ? values : { ...values, sequence };
}

function said({ sequence: _, ...rest }: Values): string {
  return JSON.stringify(rest);
}

test("an entry has the number of the first that says the same, else ten more than the last", () => {
  const step = fc.record({
    kind: fc.constantFrom("add", "add", "insert", "remove", "say", "become"),
    host: fc.nat(5),
    sequence: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const tree = new ConfigTree();
      const { line: list } = tree.put(undefined, extendedNamed, { name: "L" }, false);
      const numbers = new EntryNumbers({ commands: [extendedEntry] }, said);
      for (const { kind, host, sequence } of steps) {
        const there: readonly ConfigNode[] = tree.of(list, extendedEntry);
        const same = there.filter(({ values }) => said(values) === said(entry(host)));
        const last = Math.max(0, ...there.map(({ values }) => Number(values.sequence)));
        const number = numbers.of(entry(host), tree.below(list), true);
        const taken = same.map(({ values }) => values.sequence);
        expect(taken.length === 0 ? [last + 10] : taken).toContain(number);
        const own = numbers.of(entry(host, sequence), tree.below(list), true);
        expect(taken.length === 0 ? [sequence] : taken).toContain(own);
        if (kind === "add") tree.put(list, extendedEntry, entry(host, number), false);
        if (kind === "insert") tree.put(list, extendedEntry, entry(host, sequence), false);
        if (kind === "remove") tree.remove(list, extendedEntry, { sequence: number });
        if (kind === "say") tree.remove(list, extendedEntry, entry(host));
        if (kind === "become") tree.become(tree.clone());
      }
    }),
    { numRuns: 200, seed: 7 },
  );
});

test("each entry of a long list is written a few times, while it grows and while it goes", () => {
  let written = 0;
  const numbers = new EntryNumbers({ commands: [extendedEntry] }, (values) => {
    written += 1;
    return said(values);
  });
  const tree = new ConfigTree();
  const { line: list } = tree.put(undefined, extendedNamed, { name: "L" }, false);
  const COUNT = 2000;
  const number = (index: number): number => numbers.of(entry(index), tree.below(list), true);
  for (let index = 0; index < COUNT; index += 1) tree.put(list, extendedEntry, entry(index, number(index)), false);
  for (let index = 0; index < COUNT; index += 1) {
    expect(tree.remove(list, extendedEntry, { sequence: number(index) })).toBe(1);
  }
  expect(written / COUNT).toBeLessThan(4);
});

test("remarks have no number, may be said again, and go one by one", () => {
  const router = new TestShell(ios);
  router.load(
    "access-list 101 remark ----\naccess-list 101 permit ip host 10.1.1.1 any\naccess-list 101 remark ----\naccess-list 101 deny ip any any",
  );
  expect(router.printed).toContain(
    "access-list 101 remark ----\naccess-list 101 permit ip host 10.1.1.1 any\naccess-list 101 remark ----\naccess-list 101 deny ip any any\n",
  );
  const numbers = (): unknown[] => compiledNumbers(router);
  expect(numbers()).toEqual([10, 20]);
  router.load("no access-list 101 remark ----\nip access-list resequence 101 7 3");
  expect(router.printed).toContain(
    "\naccess-list 101 permit ip host 10.1.1.1 any\naccess-list 101 remark ----\naccess-list 101 deny ip any any\n",
  );
  expect(numbers()).toEqual([7, 10]);
});

function compiledNumbers({ store }: TestShell): unknown[] {
  return (ios.compile(store).spec.accessLists?.[0]?.entries ?? []).map(({ sequence }) => sequence);
}
