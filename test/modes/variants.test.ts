/**
 * Every command of both dialects in every shape that its form allows: optional parts there and not, each branch and word once,
 * numbers at both ends. What is kept is understood, printed whole, pastes back to the same values, and can be taken back.
 */

import { expect, test } from "vitest";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { ConfigCommand } from "../../src/grammar/declaration.ts";
import type { Element, Values } from "../../src/grammar/elements.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";
import type { ConfigStore } from "../../src/modes/tree/config-store.ts";
import { storesEqual } from "../../src/modes/tree/equal.ts";
import { lineText } from "../../src/modes/tree/render-tree.ts";
import type { StoredLine } from "../../src/modes/tree/stored-line.ts";
import { variantsOf } from "../support/form-samples.ts";
import { bodyOf, wayInto } from "../support/generated-configuration.ts";
import { saysOff } from "../support/line-listing.ts";
import { seededRandom } from "../support/random.ts";
import { TestShell } from "../support/shell.ts";

const each = Object.values(dialects).map((dialect) => [dialect.name, dialect] as const);
/** Shapes of one command; a few commands have more. */
const MOST = 40;
/** Of all shapes those that are refused for what they say, in percent at most: else the rest would prove little. */
const REFUSED_MOST = 2;
/** What JunosE prints in another way than it was typed: passwords are masked. */
const MASKED = new Set(["password", "secret", "key", "masked", "oneWay", "clear"]);

/** A shape of a command, below lines that lead into its mode; where it goes on over more lines, these behind it. */
interface Shape {
  readonly command: ConfigCommand;
  readonly way: readonly string[];
  readonly lines: readonly string[];
}

/** In each round a command stands once, so that none takes another's place. */
function rounds(dialect: Dialect): Shape[][] {
  const random = seededRandom(43);
  const found: Shape[][] = [];
  for (const command of dialect.config.filter(({ effect }) => effect?.kind !== "unsupported")) {
    const shapes = variantsOf(command.form, random, MOST);
    const ways = wayInto(dialect, command.mode).map((opener) => variantsOf(opener.form, random, shapes.length));
    for (const [number, { line, values }] of shapes.entries()) {
      const round = found[number] ?? [];
      found[number] = round;
      const way = ways.map((lines) => lines[number % lines.length]?.line ?? "");
      round.push({ command, way, lines: [line, ...bodyOf(command, values)] });
    }
  }
  return found;
}

/** Every line that prints, with the values that it says and those above it. */
function said(dialect: Dialect, store: ConfigStore): string[] {
  const text = (line: StoredLine): string => {
    const values = dialect.name === "junose" ? unmasked(line.values) : unnumbered(line);
    return `${line.negated ? "no " : ""}${wordsOf(line.command.form)} ${JSON.stringify(values, plain)}`;
  };
  const below = (lines: readonly StoredLine[], above: string): string[] =>
    lines
      .filter((line) => lineText(line) !== undefined)
      .flatMap((line) => [above + text(line), ...below(line.children, `${above}${text(line)} / `)]);
  return [store.chassis, ...store.routers.values()].flatMap((tree) => below(tree.lines, "")).sort();
}

function wordsOf(form: readonly Element[]): string {
  return form.map((element) => ("word" in element ? element.word : "-")).join(" ");
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unmasked(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !MASKED.has(name)));
}

/** Entries of named access lists print without their numbers, and are numbered anew. */
function unnumbered({ command, values }: StoredLine): Values {
  return command.mode.prompt.endsWith("-nacl)") ? { ...values, sequence: 0 } : values;
}

test.each(each)(
  "%s: every shape of every command prints all that it says, and pastes back to the same",
  (_, dialect) => {
    let typed = 0;
    let lost = 0;
    for (const round of rounds(dialect)) {
      const first = new TestShell(dialect);
      const report = first.load(round.flatMap(({ way, lines }) => [...way, ...lines]).join("\n"));
      typed += round.length;
      lost += report.refused.length;
      expect(() => dialect.compile(first.store)).not.toThrow();
      const second = new TestShell(dialect);
      expect(second.load(first.printed).refused.map(({ text }) => text)).toEqual([]);
      expect(second.printed).toBe(first.printed);
      expect(said(dialect, second.store)).toEqual(said(dialect, first.store));
    }
    expect((100 * lost) / typed).toBeLessThan(REFUSED_MOST);
  },
);

/** A key that is none is kept nowhere; what a box can only be told to be as it is by itself never shows. */
const UNSEEN: Readonly<Record<string, readonly string[]>> = { ios: ["key-string -"], junose: ["default-upper-type -"] };

test.each(each)("%s: `no` before any shape of a command takes it back, in a mode of any depth", (name, dialect) => {
  const faults: string[] = [];
  const kept = new Set<ConfigCommand>();
  const shown = new Set<ConfigCommand>();
  for (const { command, way, lines } of rounds(dialect).flat()) {
    const router = new TestShell(dialect);
    router.shell.enterConfiguration();
    if (!way.every((line) => router.shell.execute(line).ok)) continue;
    const before = router.store.clone();
    const printed = shown.has(command) ? "" : router.printed;
    const result = lines.map((line) => router.shell.execute(line)).at(-1);
    if (result?.ok !== true || !result.changed) continue;
    kept.add(command);
    if (!shown.has(command) && router.printed !== printed) shown.add(command);
    const [line = ""] = lines;
    router.shell.execute(`no ${line}`);
    // What the box has by itself shows when it is taken away.
    if (!shown.has(command) && router.printed !== printed) shown.add(command);
    // `no` may be something to say, which `default` then takes back.
    if (router.printed.split("\n").some(saysOff)) router.shell.execute(`default ${line}`);
    if (!storesEqual(before, router.store)) faults.push([...way, line].join(" / "));
  }
  expect(faults).toEqual([]);
  const unseen = [...kept].filter((command) => !shown.has(command)).map(({ form }) => wordsOf(form));
  expect(kept.size / dialect.config.length).toBeGreaterThan(0.97);
  expect(unseen).toEqual(UNSEEN[name]);
});
