/** The whole tree of configuration commands of a router of this kind: no line of it is unknown, and each prints and is taken back. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { configuring, notTakenBack, partsOf, typed } from "../../support/line-listing.ts";
import { TestShell } from "../../support/shell.ts";

const parts = partsOf("ios-tree.txt");

test("no line is unknown, and each acts, is kept or is refused as the listing says", () => {
  const got = parts.flatMap((part) => typed(ios, part));
  expect(got.filter(({ state }) => state.startsWith("?"))).toEqual([]);
  expect(got).toEqual(parts.flat());
});

test("each part prints a configuration that pastes into an empty router and prints the same", () => {
  for (const part of parts) {
    const first = configuring(ios);
    for (const { text } of part) first.shell.execute(text);
    const second = new TestShell(ios);
    expect(second.load(first.printed).refused).toEqual([]);
    expect(second.printed).toBe(first.printed);
    expect(storesEqual(first.store, second.store)).toBe(true);
  }
});

test.each(["no", "default"])("`%s` and the line take back what the line added", (word) => {
  expect(parts.flatMap((part) => notTakenBack(ios, part, word))).toEqual([]);
});
