/** The lines that `?` prints. */

import { END_OF_LINE, type Help } from "../../grammar/help.ts";

const WIDTH = 80;

export function helpLines(
  help: Help,
  context: { readonly title: string | undefined; readonly typed: string },
): readonly string[] {
  switch (help.kind) {
    case "none":
      return ["% Unrecognized command"];
    case "ambiguous":
      return [`% Ambiguous command:  "${context.typed.trim()}"`];
    case "words":
      return inColumns(help.words);
    case "next": {
      const width = Math.max(...help.rows.map((row) => row.word.length));
      const rows = help.rows.map((row) =>
        row.word === END_OF_LINE.word ? `  ${row.word}` : `  ${row.word.padEnd(width)}  ${row.help}`,
      );
      return context.title === undefined ? [...rows, ""] : [context.title, ...rows, ""];
    }
  }
}

/** Words side by side, each column as wide as the longest word and two blanks. */
function inColumns(words: readonly string[]): string[] {
  const width = Math.max(...words.map((word) => word.length)) + 2;
  const perLine = Math.max(1, Math.floor(WIDTH / width));
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += perLine) {
    lines.push(
      words
        .slice(at, at + perLine)
        .map((word) => word.padEnd(width))
        .join("")
        .trimEnd(),
    );
  }
  return [...lines, ""];
}
