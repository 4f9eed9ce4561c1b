/** One of several words or a value, where several of them stand in a row: `dscp af11 46 ef`. */

import type { ArgumentType, GuideRow } from "../../grammar/argument.ts";
import { notOneOf, wordEnd } from "../../grammar/arguments.ts";

interface Choice {
  /** Words with their help. */
  readonly words: Readonly<Record<string, string>>;
  readonly values: readonly { readonly type: ArgumentType<unknown>; readonly help: string }[];
}

/** A word may be shortened as far as it stays the only one. The value is the text that prints. */
export function wordOrValue({ words, values }: Choice): ArgumentType<string> {
  const known = Object.keys(words);
  return {
    placeholder: [...known, ...values.map(({ type }) => type.placeholder)].join("|"),
    examples: known,
    guide(typed) {
      const offered: GuideRow[] = known
        .filter((word) => word.startsWith(typed.toLowerCase()))
        .map((word) => ({ word, help: words[word] ?? "" }));
      const fitting = values.filter(({ type }) => typed === "" || type.read(typed, 0).ok);
      return [...offered, ...fitting.map(({ type, help }) => ({ word: type.placeholder, help }))];
    },
    read(text, at) {
      const end = wordEnd(text, at);
      const typed = text.slice(at, end).toLowerCase();
      const starts = known.filter((word) => word.toLowerCase().startsWith(typed));
      const word = known.find((each) => each.toLowerCase() === typed) ?? (starts.length === 1 ? starts[0] : undefined);
      if (word !== undefined) return { ok: true, value: word, end };
      const { several, at: followed } = notOneOf(typed, at, known);
      let reached = followed;
      for (const { type } of values) {
        const read = type.read(text, at);
        if (read.ok) return { ...read, value: type.print(read.value) };
        reached = Math.max(reached, read.at);
      }
      return { ok: false, at: reached, several };
    },
    print: (value) => value,
  };
}
