/**
 * Text of several lines as the answer of a command: lines are taken until one holds the mark that ends them. What stands
 * behind the mark in its line is dropped, and a text that has no end is none.
 */

import type { ExecResult } from "../../grammar/declaration.ts";

/** What Ctrl-Z leaves at the end of an answer. */
export const CTRL_Z = "\x1a";

const MOST_LINES = 1000;

export interface TextOfLines {
  /** The character that ends the text. */
  readonly mark: string;
  /** Printed before each line is taken. */
  readonly notice?: string;
  /** Lines that are there already. */
  readonly begun?: readonly string[];
}

export function takeLines(
  { mark, notice, begun = [] }: TextOfLines,
  then: (lines: readonly string[]) => ExecResult,
): ExecResult {
  const taken = [...begun];
  const next = (): ExecResult => ({
    lines: notice === undefined ? [] : [notice],
    question: {
      prompt: "",
      echo: "plain",
      takesEnd: true,
      answer(line) {
        const end = line.indexOf(mark);
        if (end >= 0) return then([...taken, line.slice(0, end)]);
        if (taken.length >= MOST_LINES) return { ok: false, lines: [`% The text has more than ${MOST_LINES} lines`] };
        taken.push(line.replaceAll(CTRL_Z, ""));
        return next();
      },
    },
  });
  return next();
}
