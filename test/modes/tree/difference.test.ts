import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dialects, recogniseDialect } from "../../../src/modes/dialects.ts";
import { mergeConfiguration, readConfiguration } from "../../../src/modes/shell/read-configuration.ts";
import type { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { differenceBetween } from "../../../src/modes/tree/difference.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";

const CONFIGS = new URL("../../../fixtures/configs/", import.meta.url);
const NOW = new Date(0);

const fixtures = readdirSync(CONFIGS)
  .filter((name) => name.endsWith(".cfg"))
  .map((name) => readFileSync(new URL(name, CONFIGS), "utf8"));

/** A fixture with some of its lines left out, whole blocks or single ones. */
function edited(text: string, seed: readonly boolean[]): string {
  return text
    .split("\n")
    .filter((_, index) => seed[index % seed.length] !== true)
    .join("\n");
}

const pairs = fixtures.flatMap((text) => {
  const dialect = recogniseDialect(text);
  const others = fixtures.filter((other) => recogniseDialect(other) === dialect);
  return dialect === undefined ? [] : others.map((other) => ({ dialect, text, other }));
});

const edit = fc.array(fc.boolean(), { minLength: 3, maxLength: 40 });

test("the commands of a difference, typed at the first configuration, make it the second", () => {
  fc.assert(
    fc.property(fc.nat(pairs.length - 1), edit, edit, (pair, mine, theirs) => {
      const { dialect, text, other } = pairs[pair] as (typeof pairs)[number];
      const before = readConfiguration(dialect, edited(text, mine), NOW).store;
      const after = readConfiguration(dialect, edited(other, theirs), NOW).store;
      const { commands } = differenceBetween(before, after, dialect);
      const report = mergeConfiguration(dialect, before, commands.join("\n"), NOW);
      expect(report.refused.map((line) => [line.text, line.outcome])).toEqual([]);
      expect([commands, differenceBetween(before, after, dialect).commands]).toEqual([commands, []]);
      expect(storesEqual(before, after)).toBe(true);
    }),
    { numRuns: 60, seed: 51 },
  );
});

test("a store that becomes another says the same, prints the same and keeps lines that both have", () => {
  fc.assert(
    fc.property(fc.nat(pairs.length - 1), edit, edit, (pair, mine, theirs) => {
      const { dialect, text, other } = pairs[pair] as (typeof pairs)[number];
      const store = readConfiguration(dialect, edited(text, mine), NOW).store;
      const after = readConfiguration(dialect, edited(other, theirs), NOW).store;
      const shared = store.chassis.lines.find((line) =>
        after.chassis.lines.some(({ command, key }) => line.command === command && line.key === key),
      );
      store.become(after);
      expect(storesEqual(store, after)).toBe(true);
      expect(dialect.render(store)).toEqual(dialect.render(after));
      if (shared !== undefined) expect(store.chassis.lines).toContain(shared);
      expect(differenceBetween(store, after, dialect)).toMatchObject({ isEmpty: true, commands: [], contextual: [] });
    }),
    { numRuns: 60, seed: 51 },
  );
});

function ios(text: string): ConfigStore {
  return readConfiguration(dialects.ios, text, NOW).store;
}

test("lines that differ stand with their sign below the lines they belong to", () => {
  const before = ios(
    "hostname a\ninterface Loopback0\n ip address 1.1.1.1 255.255.255.255\ninterface Loopback1\n shutdown\n",
  );
  const after = ios("hostname b\ninterface Loopback0\n ip address 2.2.2.2 255.255.255.255\n description new\n");
  const { contextual, commands } = differenceBetween(before, after, dialects.ios);
  expect(contextual).toEqual([
    "+hostname b",
    "-hostname a",
    "interface Loopback0",
    " +description new",
    " +ip address 2.2.2.2 255.255.255.255",
    " -ip address 1.1.1.1 255.255.255.255",
    "-interface Loopback1",
    " -shutdown",
  ]);
  expect(commands).toEqual([
    "no interface Loopback1",
    "hostname b",
    "interface Loopback0",
    " description new",
    " ip address 2.2.2.2 255.255.255.255",
  ]);
});
