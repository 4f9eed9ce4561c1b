/** Tab on a console with live help: the rest of the word where only one fits, as much as all have in common, then one after the other. */

import type { HelpRow } from "../../grammar/help.ts";

export interface Cycle {
  /** The text before the word that is chosen. */
  readonly head: string;
  readonly words: readonly string[];
  /** Which of them stands in the line; -1 = none yet. */
  readonly chosen: number;
}

/** Placeholders say what a value looks like; they are no words to choose. */
export function wordsOf(rows: readonly HelpRow[]): string[] {
  return rows.map(({ word }) => word).filter((word) => !/^(?:[A-Z<][A-Z0-9:._/-]*$|<)/.test(word));
}

export interface Completed {
  readonly text: string;
  /** Present = more than one word fits: the next Tab goes on in it. */
  readonly cycle?: Cycle;
}

/** `undefined` = nothing can be added. `completed` is what the shell makes of the text by itself. */
export function beginCycle(
  before: string,
  rows: readonly HelpRow[],
  completed: string | undefined,
): Completed | undefined {
  const words = wordsOf(rows);
  const head = before.replace(/\S+$/, "");
  if (words.length <= 1) {
    if (completed !== undefined) return { text: completed };
    return head === before && words[0] !== undefined && rows.length === 1 ? { text: `${head}${words[0]} ` } : undefined;
  }
  const cycle = { head, words, chosen: -1 };
  return completed !== undefined && completed.length > before.length ? { text: completed, cycle } : turn(cycle, 1);
}

/** The next word, or with -1 the one before. */
export function turn(cycle: Cycle, by: 1 | -1): Completed {
  const { head, words } = cycle;
  const start = cycle.chosen < 0 && by < 0 ? 0 : cycle.chosen;
  const chosen = (start + by + words.length) % words.length;
  return { text: head + (words[chosen] ?? ""), cycle: { head, words, chosen } };
}
