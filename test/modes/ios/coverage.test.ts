/** Every configuration line that the IOS dialect knows: what it comes to, that it prints back, and that it can be taken back. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { TestShell } from "../../support/shell.ts";

interface Row {
  readonly state: string;
  readonly text: string;
}

const rows: readonly Row[] = readFileSync(new URL("../../../fixtures/coverage/ios.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("!"))
  .map((line) => ({ state: line.slice(0, 1), text: line.slice(2) }));

function configuring(): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  return router;
}

test("each line acts, is kept, or is refused, as the listing says", () => {
  const { shell } = configuring();
  const got = rows.map(({ text }) => {
    const { ok, inert, unsupported, lines } = shell.execute(text);
    if (ok) return { state: inert === undefined ? "+" : "~", text };
    return { state: unsupported === undefined ? `? ${lines.join(" / ")}` : "-", text };
  });
  expect(got).toEqual(rows);
});

test("the printed configuration pastes into an empty router and prints the same", () => {
  const first = configuring();
  for (const { text } of rows) first.shell.execute(text);
  const second = new TestShell(ios);
  expect(second.load(first.printed).refused).toEqual([]);
  expect(second.printed).toBe(first.printed);
  expect(storesEqual(first.store, second.store)).toBe(true);
});

test.each(["no", "default"])("`%s` and the line take back what the line added", (word) => {
  const router = configuring();
  const faults: string[] = [];
  for (const { state, text } of rows) {
    const before = router.store.clone();
    const outside = modeOf(router);
    router.shell.execute(text);
    const isNew = countIn(router.store.chassis.lines) > countIn(before.chassis.lines);
    if (state === "-" || text.startsWith("no ") || !isNew) continue;
    const inside = modeOf(router);
    const above = router.printed;
    if (inside !== outside && opensAMode(text)) router.shell.execute("exit");
    router.shell.execute(`${word} ${text}`);
    const negated = router.printed.split("\n").some((line) => line.trim() === `no ${text}`);
    if (!storesEqual(before, router.store) && !negated) faults.push(`${word} ${text}`);
    router.shell.execute(text);
    if (router.printed !== above) faults.push(`again: ${text}`);
  }
  expect(faults).toEqual([]);
});

function opensAMode(text: string): boolean {
  const fresh = configuring();
  const before = modeOf(fresh);
  return fresh.shell.execute(text).ok && modeOf(fresh) !== before;
}

/** `(config-if)`. */
function modeOf(router: TestShell): string {
  return /\(.*\)/.exec(router.shell.prompt())?.[0] ?? "";
}

type Lines = TestShell["store"]["chassis"]["lines"];

function countIn(lines: Lines): number {
  return lines.reduce((sum, line) => sum + 1 + countIn(line.children), 0);
}
