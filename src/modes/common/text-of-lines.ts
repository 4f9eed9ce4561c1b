/**
 * Text of several lines as the answer of a command: lines are taken until one holds the mark that ends them. What stands
 * behind the mark in its line is dropped.
 */

import type { ExecResult } from "../../grammar/declaration.ts";

/** What Ctrl-Z leaves at the end of an answer. */
export const CTRL_Z = "\x1a";

export interface TextOfLines {
  /** The character that ends the text. */
  readonly mark: string;
  /** Printed before each line is taken. */
  readonly notice?: string;
  /** Lines that are there already. */
  readonly begun?: readonly string[];
}

export function takeLines(
  { begun = [], ...text }: TextOfLines,
  then: (lines: readonly string[]) => ExecResult,
): ExecResult {
  return {
    lines: text.notice === undefined ? [] : [text.notice],
    question: {
      prompt: "",
      echo: "plain",
      takesEnd: true,
      answer(line): ExecResult {
        const end = line.indexOf(text.mark);
        if (end >= 0) return then([...begun, line.slice(0, end)]);
        return takeLines({ ...text, begun: [...begun, line.replaceAll(CTRL_Z, "")] }, then);
      },
    },
  };
}
