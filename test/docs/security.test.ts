/** Every promise of `docs/security.md` names a test, and the test is there. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const page = readFileSync(join(ROOT, "docs/security.md"), "utf8");

/** Cells of the rows that begin with an item's number. */
const rows = page
  .split("\n")
  .filter((line) => /^\| [A-Z]+-\d+ \|/.test(line))
  .map((line) =>
    line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim()),
  );

const sources = new Map<string, string>();

function sourceOf(file: string): string {
  const known = sources.get(file) ?? (existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), "utf8") : "");
  sources.set(file, known);
  return known;
}

test("there are items, each with a number of its own, a promise and a test or a reason", () => {
  expect(rows.length).toBeGreaterThan(150);
  const ids = rows.map(([id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const short = rows.filter((cells) => cells.length < 3 || cells.some((cell) => cell.length < 3));
  expect(short.map(([id]) => id)).toEqual([]);
});

test("each item that names a test names one that exists, by its title", () => {
  const missing = rows
    .filter((cells) => cells.length === 4)
    .flatMap(([id, , , proof = ""]) => {
      const [, file = "", title = ""] = /^`(test\/[\w./-]+\.test\.ts)`: (.+)$/.exec(proof) ?? [];
      const source = sourceOf(file);
      return title !== "" && [`"${title}"`, `\`${title}\``, `: ${title}\``].some((text) => source.includes(text))
        ? []
        : [`${id}: ${proof}`];
    });
  expect(missing).toEqual([]);
});

test("only what does not apply goes without a test", () => {
  const section = page.slice(page.indexOf("## What does not apply"));
  const without = rows.filter((cells) => cells.length !== 4).map(([id = ""]) => id);
  expect(without.filter((id) => !section.includes(`| ${id} |`))).toEqual([]);
});

test("the bounds that the page tells are those of the program", () => {
  const bounds: readonly (readonly [file: string, name: string, row: RegExp])[] = [
    ["src/engine/ike/half-open.ts", "MAX_UNCONFIRMED", /not returned our cookie \|[^|]*\|[^|]*\| ([\d_]+),/],
    ["src/engine/ike/half-open.ts", "MAX_CONFIRMED", /before message 5 \|[^|]*\|[^|]*\| ([\d_]+),/],
    ["src/engine/ike/half-open.ts", "MAX_PER_ENDPOINT", /not returned our cookie \| (\d+) per/],
    ["src/engine/ike/agreements.ts", "MAX_WAITING", /\| (\d+) waiting,/],
    ["src/engine/ike/agreements.ts", "MAX_ASKED", /waiting, (\d+) computed/],
    ["src/engine/ike/guess-limit.ts", "FAILURES_TO_LOCK", /Wrong pre-shared keys \| (\d+),/],
    ["src/engine/ike/guess-limit.ts", "ADDRESS_ALLOWANCE", /Wrong pre-shared keys \|[^|]*\| (\d+),/],
    ["src/engine/l2tp/admission.ts", "PER_PATH_MAX", /Half-open L2TP tunnels \| (\d+) /],
    ["src/engine/l2tp/admission.ts", "PER_ADDRESS_MAX", /Half-open L2TP tunnels \|[^|]*\| (\d+) /],
    ["src/engine/l2tp/admission.ts", "TOTAL_MAX", /Half-open L2TP tunnels \|[^|]*\|[^|]*\| (\d+),/],
    ["src/engine/l2tp/admission.ts", "LIVE_PER_PATH_MAX", /\| L2TP tunnels \| (\d+) /],
    ["src/engine/l2tp/admission.ts", "LIVE_PER_ADDRESS_MAX", /\| L2TP tunnels \|[^|]*\| (\d+) /],
    ["src/engine/l2tp/admission.ts", "LIVE_TOTAL_MAX", /\| L2TP tunnels \|[^|]*\|[^|]*\| (\d+) /],
    ["src/engine/router/newcomers.ts", "PER_TUNNEL_MAX", /have not carried IP \| (\d+) per tunnel/],
    ["src/engine/router/newcomers.ts", "TOTAL_MAX", /have not carried IP \|[^|]*\|[^|]*\| (\d+) /],
  ];
  for (const [file, name, row] of bounds) {
    const [, inCode = ""] = new RegExp(`const ${name} = ([\\d_]+);`).exec(sourceOf(file)) ?? [];
    const [, told = ""] = row.exec(page) ?? [];
    expect(told, name).toBe(inCode);
    expect(told, name).not.toBe("");
  }
});
