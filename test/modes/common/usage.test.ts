/** Usage lines: which values tell two lines of a command apart, and what is a mistake of a table. */

import { expect, test } from "vitest";
import { ipv4, word } from "../../../src/grammar/arguments.ts";
import { type Glossary, usageOf } from "../../../src/modes/common/usage.ts";

const glossary: Glossary = {
  types: { WORD: word(), "A.B.C.D": ipv4() } as unknown as Glossary["types"],
  help: [{ "<>": "Number", WORD: "Word", "A.B.C.D": "Address", a: "A", b: "B", c: "C", x: "X" }],
};

const KEYS: readonly (readonly [usage: string, keys: number])[] = [
  ["x <0-9>", 0],
  ["x @<0-9>", 1],
  ["x @{a | b} <0-9>", 1],
  ["x <0-9> @[a | b]", 1],
  ["x @[a <0-9> | b]", 2],
  ["x @{a <0-9> | b @{a | b}}", 3],
  ["x [@{a | b} @<0-9>]", 2],
  ["x @{A.B.C.D | WORD}", 1],
  ["x @WORD*4", 1],
];

test.each(KEYS)("%s: as many values as are marked tell two lines apart", (usage, keys) => {
  expect(new Set(usageOf(usage, "X", glossary).key).size).toBe(keys);
});

test("marks that would be lost, words without help and marks that are left open are mistakes of the table", () => {
  expect(() => usageOf("x @[{a | b}]", "X", glossary)).toThrow(/tells no two lines apart/);
  expect(() => usageOf("x {a | unknown}", "X", glossary)).toThrow(/no help for "unknown"/);
  expect(() => usageOf("x {a | b", "X", glossary)).toThrow(/ends too early/);
  expect(() => usageOf("x {a <0-9> | b}*3", "X", glossary)).toThrow(/single words and values/);
});

test("a number is kept to its range wherever it stands", () => {
  const { form } = usageOf("x [a <3-7>]", "X", glossary);
  const [, optional] = form;
  const value = optional?.kind === "optional" ? optional.elements[1] : undefined;
  const read = (text: string) => value?.kind === "argument" && value.type.read(text, 0).ok;
  expect(["2", "3", "7", "8", "x", ""].map(read)).toEqual([false, true, true, false, false, false]);
});
