/** Every exec command that a dialect is held to: that it is known, what it comes to, and that none is declared beside the listing. */

import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dialects } from "../../src/modes/dialects.ts";
import { grammarsOf } from "../../src/modes/shell/grammars.ts";
import { splitPipe } from "../../src/modes/shell/output-modifier.ts";
import { syntax } from "../docs/command-reference.ts";

const MARKS = { active: "+", inert: "~", unsupported: "-" } as const;
const TOP_LEVEL = 15;

/** What switches off again whatever `debug …` switched on: each such line stands for one with these too. */
const OFF: Readonly<Record<string, readonly string[]>> = { ios: ["no debug", "undebug"] };

const listings = Object.values(dialects).flatMap((dialect) => {
  const file = new URL(`../../fixtures/coverage/${dialect.name}-exec.txt`, import.meta.url);
  if (!existsSync(file)) return [];
  const rows = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => /^[+~-] /.test(line))
    .flatMap((row) => [
      row,
      ...(OFF[dialect.name] ?? [])
        .filter(() => /^. debug (?!.* reset$)/.test(row))
        .map((off) => row.replace("debug", off).replace(/^- /, "~ ")),
    ]);
  return [[dialect.name, dialect, rows] as const];
});

test.each(listings)(
  "%s: each line of exec acts, has nothing to act on, or is refused, as listed",
  (_name, dialect, rows) => {
    const grammar = grammarsOf(dialect).exec(TOP_LEVEL);
    const got = rows.map((row) => {
      const text = row.slice(2);
      const read = grammar.read(splitPipe(text, dialect.modifiers).command.trimEnd());
      if (!read.ok) return `? ${text}: ${read.error.kind} at ${read.error.at}`;
      if (read.command.kind !== "exec") return `? ${text}: no exec command`;
      return `${MARKS[read.command.effect?.kind ?? "active"]} ${text}`;
    });
    expect(got).toEqual(rows);
  },
);

test.each(listings)("%s: each exec command has a line in the listing", (_name, dialect, rows) => {
  const grammar = grammarsOf(dialect).exec(TOP_LEVEL);
  const listed = new Set(
    rows.map((row) => {
      const read = grammar.read(splitPipe(row.slice(2), dialect.modifiers).command.trimEnd());
      return read.ok ? read.command : undefined;
    }),
  );
  const missing = dialect.exec.filter((command) => !listed.has(command)).map((command) => syntax(command.form));
  expect(missing).toEqual([]);
});
