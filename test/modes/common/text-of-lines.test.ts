/** A text of lines as an answer: where it ends, and that it must. */

import { expect, test } from "vitest";
import type { ExecResult } from "../../../src/grammar/declaration.ts";
import { CTRL_Z, takeLines } from "../../../src/modes/common/text-of-lines.ts";

function answered(lines: readonly string[], mark: string): ExecResult {
  let result = takeLines({ mark }, (text) => ({ lines: text }));
  for (const line of lines) result = result.question?.answer(line) ?? result;
  return result;
}

test("lines are taken until one holds the mark, and what is behind it is dropped", () => {
  expect(answered(["one", "two#three"], "#").lines).toEqual(["one", "two"]);
  expect(answered(["one", `two${CTRL_Z}`], CTRL_Z).lines).toEqual(["one", "two"]);
});

test("another end than the mark is no part of the text", () => {
  expect(answered([`one${CTRL_Z}`, "two#"], "#").lines).toEqual(["one", "two"]);
});

test("a text that does not end is given up", () => {
  const result = answered(Array(2000).fill("more"), "#");
  expect(result).toEqual({ ok: false, lines: ["% The text has more than 1000 lines"] });
});
