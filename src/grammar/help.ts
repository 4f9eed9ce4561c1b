/** What may come next, for `?` and for Tab, from the same trie that reads the line. */

import type { GuideRow } from "./argument.ts";
import { skipBlanks, wordEnd } from "./arguments.ts";
import { matchWords, type ResolvedWord, resolve } from "./resolver.ts";
import type { Branch, TrieNode } from "./trie.ts";

export type HelpRow = GuideRow;

export type Help =
  /** After a blank: what may follow, with its texts; ends with `<cr>` where the line may end. */
  | { readonly kind: "next"; readonly rows: readonly HelpRow[] }
  /** Behind a started word: the words that it may become. */
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "ambiguous" }
  | { readonly kind: "none" };

/** Names that the configuration has of a kind: `pool`. */
export type LiveNames = (kind: string) => readonly string[];

const NO_NAMES: LiveNames = () => [];

export const END_OF_LINE: HelpRow = { word: "<cr>", help: "" };

/** Help for the text before the cursor, from offset `at` on. */
export function helpFor<Command>(root: TrieNode<Command>, before: string, at: number, live = NO_NAMES): Help {
  const { head, typed } = splitLast(before, at);
  const read = resolve(root, before.slice(0, head), at);
  if (!read.ok) {
    if (read.error.kind === "ambiguous") return { kind: "ambiguous" };
    // A value of several words that is not whole yet: `FastEthernet `.
    const rows = guided(read.node, before.slice(endOf(read.words, before, at)));
    return rows.length > 0 ? { kind: "next", rows } : { kind: "none" };
  }
  if (typed !== "") {
    const words = completions(read.node, typed, live);
    if (words.length > 0) return { kind: "words", words };
    const numbers = guided(read.node, typed);
    if (numbers.length > 0) return { kind: "next", rows: numbers };
    const rows = rowsOf(unguided(read.node), NO_NAMES).filter(
      (row) => !row.word.startsWith("<cr") && /^[A-Z<]/.test(row.word),
    );
    const whole = resolve(root, before, at);
    // A value that is not wrong so far, only cut: `10.1.`.
    const fits = whole.ok || whole.error.at >= before.length;
    return rows.length > 0 && fits ? { kind: "next", rows } : { kind: "none" };
  }
  const rows = rowsOf(read.node, live);
  return rows.length > 0 ? { kind: "next", rows } : { kind: "none" };
}

/**
 * The line after Tab: the started word made whole when only one word starts so, or as long as all that start so agree;
 * `undefined` when that adds nothing.
 */
export function completeLine<Command>(
  root: TrieNode<Command>,
  before: string,
  at: number,
  live = NO_NAMES,
): string | undefined {
  const { head, typed } = splitLast(before, at);
  if (typed === "") return undefined;
  const read = resolve(root, before.slice(0, head), at);
  if (!read.ok) return undefined;
  const { exact, prefixed } = matchWords(read.node, typed.toLowerCase());
  const words = completions(read.node, typed, live);
  // Words that help does not show are completed only where nothing else is meant.
  const [only, ...others] = exact === undefined && words.length > 0 ? words : [(exact ?? prefixed[0])?.label];
  if (only !== undefined && others.length === 0) return `${before.slice(0, head)}${only} `;
  const common = commonStart(words);
  return common.length > typed.length ? before.slice(0, head) + common : undefined;
}

function commonStart(words: readonly string[]): string {
  const [first = "", ...others] = words;
  let length = first.length;
  while (!others.every((word) => word.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}

/** The same with words that no trie holds, where the first word of a line is typed. */
export function withWords(help: Help, typed: string, rows: readonly HelpRow[]): Help {
  const first = typed.trimStart();
  const extra = rows.filter((row) => row.word.startsWith(first.toLowerCase()));
  if (extra.length === 0 || /\s/.test(first)) return help;
  if (first === "") return { kind: "next", rows: [...(help.kind === "next" ? help.rows : []), ...extra].sort(byWord) };
  const words = help.kind === "words" ? help.words : [];
  return { kind: "words", words: [...words, ...extra.map((row) => row.word)].sort() };
}

function byWord(a: HelpRow, b: HelpRow): number {
  return a.word < b.word ? -1 : 1;
}

function splitLast(before: string, at: number): { readonly head: number; readonly typed: string } {
  let head = skipBlanks(before, at);
  for (;;) {
    const next = skipBlanks(before, wordEnd(before, head));
    if (next === wordEnd(before, head) || next >= before.length) break;
    head = next;
  }
  if (before.length > at && /\s$/.test(before)) return { head: before.length, typed: "" };
  return { head, typed: before.slice(head) };
}

/** Words are the same in capitals, names are not. */
function completions<Command>(node: TrieNode<Command>, typed: string, live: LiveNames): string[] {
  const start = typed.toLowerCase();
  const words = node.branches
    .filter((branch) => branch.types === undefined && !branch.hidden && branch.label.toLowerCase().startsWith(start))
    .map((branch) => branch.label);
  const names = node.branches.flatMap((branch) => namesOf(branch, live)).filter((name) => name.startsWith(typed));
  const offered = guided(node, typed).filter(({ word }) => word.toLowerCase().startsWith(start));
  return [...new Set([...words, ...names, ...offered.map(({ word }) => word)])].sort();
}

/** What the types of a place offer behind the start of a value. */
export function guided<Command>(node: TrieNode<Command>, typed: string): HelpRow[] {
  const rows = node.branches.flatMap((branch) => (branch.types ?? []).flatMap((type) => type.guide?.(typed) ?? []));
  return [...new Map(rows.map((row) => [row.word, row])).values()];
}

/** The place without the values that have a guide of their own, which has nothing more to say. */
function unguided<Command>(node: TrieNode<Command>): Pick<TrieNode<Command>, "branches" | "complete"> {
  const isGuided = ({ types }: Branch<Command>): boolean => (types ?? []).some((type) => type.guide !== undefined);
  return { branches: node.branches.filter((branch) => !isGuided(branch)), complete: node.complete };
}

/** The offset behind the words that were read, and the blanks there. */
export function endOf(words: readonly ResolvedWord[], line: string, at: number): number {
  const last = words.at(-1);
  return skipBlanks(line, last === undefined ? at : last.at + last.text.length);
}

function rowsOf<Command>(node: Pick<TrieNode<Command>, "branches" | "complete">, live: LiveNames): HelpRow[] {
  const groups = node.branches
    .filter((branch) => !branch.hidden)
    .flatMap((branch): readonly (readonly [HelpRow, ...HelpRow[]])[] => {
      const guide = (branch.types ?? []).flatMap((type) => type.guide?.("") ?? []);
      if (guide.length > 0) return guide.map((row) => [row]);
      const { label, help } = branch;
      return [[{ word: label, help }, ...namesOf(branch, live).map((word) => ({ word, help }))]];
    });
  const all = groups.sort(([a], [b]) => (a.word < b.word ? -1 : 1)).flat();
  const rows = [...new Map(all.map((row) => [row.word, row])).values()];
  return node.complete.length > 0 ? [...rows, END_OF_LINE] : rows;
}

function namesOf<Command>(branch: Branch<Command>, live: LiveNames): string[] {
  const kinds = new Set((branch.types ?? []).flatMap((type) => type.live ?? []));
  return [...kinds].flatMap((kind) => [...live(kind)]).sort();
}
