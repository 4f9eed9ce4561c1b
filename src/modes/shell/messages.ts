/** How a refused line is answered: the caret below the first character that nothing can be made of, and the reason. */

import type { ReadError } from "../../grammar/resolver.ts";

/** `offset` is the length of the prompt before the typed line. Both dialects word it so. */
export function errorLines(error: ReadError, line: string, offset: number): string[] {
  switch (error.kind) {
    case "incomplete":
      return ["% Incomplete command.", ""];
    case "ambiguous":
      return [`% Ambiguous command:  "${line.trim()}"`, ""];
    case "unknown":
      return [`${" ".repeat(offset + error.at)}^`, "% Invalid input detected at '^' marker.", ""];
  }
}
