/**
 * Decides what each typed word is, from left to right: an exact word of the grammar, else the only one that it is the
 * start of, else a value of a type that comes here. So names may be words of the grammar, and the caret is the first
 * character that nothing can be made of. It runs for every word of a pasted configuration, mostly in code that V8 did not compile yet, where
 * `for … of` makes an object a step.
 */

import type { ArgumentType } from "./argument.ts";
import { skipBlanks, wordEnd } from "./arguments.ts";
import type { Branch, TrieNode } from "./trie.ts";

/** One typed word with its meaning. */
export interface ResolvedWord {
  /** The word of the grammar, or the placeholder of the value. */
  readonly label: string;
  /** The type that read the value; absent on a word of the grammar. */
  readonly type: ArgumentType<unknown> | undefined;
  readonly value: unknown;
  readonly text: string;
  readonly at: number;
}

export type ReadError =
  | { readonly kind: "unknown"; readonly at: number }
  | { readonly kind: "ambiguous"; readonly at: number }
  | { readonly kind: "incomplete"; readonly at: number };

export type Resolution<Command> =
  | { readonly ok: true; readonly words: readonly ResolvedWord[]; readonly node: TrieNode<Command> }
  | {
      readonly ok: false;
      readonly error: ReadError;
      readonly words: readonly ResolvedWord[];
      readonly node: TrieNode<Command>;
    };

/** Walks the trie along the words of `line` from offset `at`. */
export function resolve<Command>(root: TrieNode<Command>, line: string, at: number): Resolution<Command> {
  const words: ResolvedWord[] = [];
  let node = root;
  let start = skipBlanks(line, at);
  while (start < line.length) {
    const step = oneWord(node, line, start);
    if ("error" in step) return { ok: false, error: step.error, words, node };
    words.push(step.word);
    node = step.to;
    start = skipBlanks(line, step.end);
  }
  return { ok: true, words, node };
}

type Step<Command> =
  | { readonly word: ResolvedWord; readonly to: TrieNode<Command>; readonly end: number }
  | { readonly error: ReadError };

function oneWord<Command>(node: TrieNode<Command>, line: string, at: number): Step<Command> {
  const end = wordEnd(line, at);
  const text = line.slice(at, end);
  const typed = text.toLowerCase();
  const { exact, prefixed } = matchWords(node, typed);
  const only = exact ?? (prefixed.length === 1 ? prefixed[0] : undefined);
  if (only !== undefined) {
    return { word: { label: only.label, type: undefined, value: only.label, text, at }, to: only.to, end };
  }
  let caret = at;
  let isSeveral = prefixed.length > 1;
  const { values } = node;
  for (let place = 0; place < values.length; place += 1) {
    const branch = values[place] as Branch<Command>;
    const types = branch.types ?? NONE;
    for (let index = 0; index < types.length; index += 1) {
      const type = types[index] as ArgumentType<unknown>;
      const read = type.read(line, at);
      if (read.ok) {
        const word = { label: branch.label, type, value: read.value, text: line.slice(at, read.end), at };
        return { word, to: branch.to, end: read.end };
      }
      caret = Math.max(caret, read.at);
      isSeveral ||= read.several === true;
    }
  }
  if (isSeveral) return { error: { kind: "ambiguous", at } };
  const { labels, aliases } = node.words;
  const common = Math.max(labels.common(typed), aliases.common(typed));
  return { error: { kind: "unknown", at: Math.max(caret, at + common) } };
}

/** The words of the grammar that `typed`, in small letters, is, or is the start of. An alias counts where no word starts so. */
export function matchWords<Command>(
  node: TrieNode<Command>,
  typed: string,
): { readonly exact: Branch<Command> | undefined; readonly prefixed: readonly Branch<Command>[] } {
  const { labels, aliases } = node.words;
  // Where a word is typed in full it is that word, whatever else has it as an alias.
  const exact = labels.exact(typed) ?? aliases.exact(typed);
  if (exact !== undefined) return { exact, prefixed: NONE };
  const prefixed = labels.starting(typed);
  return { exact, prefixed: prefixed.length > 0 ? prefixed : aliases.starting(typed, 1) };
}
const NONE: readonly never[] = [];
