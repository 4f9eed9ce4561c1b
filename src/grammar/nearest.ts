/**
 * The command that a faulty line comes nearest to: the cheapest way through the graph of a mode that turns what was typed
 * into something the mode reads. A word may be misspelt, a value may be wrong (its placeholder stands for it), a word may
 * be one too many, the end may be missing. What is too far away is no answer: better silent than misleading.
 */

import { skipBlanks, wordEnd } from "./arguments.ts";
import { lettersOf, missing } from "./letters.ts";
import { matchWords } from "./resolver.ts";
import type { Branch, TrieNode } from "./trie.ts";

export interface Nearest {
  /** With words written out and placeholders where a value is missing or wrong. */
  readonly text: string;
  readonly cost: number;
}

interface Way<Command> {
  readonly node: TrieNode<Command>;
  readonly at: number;
  readonly cost: number;
  readonly words: readonly string[];
}

/** What it costs to read the line otherwise than typed, in edits of a word. */
const COST = {
  ambiguous: 0.5,
  anyWord: 0.5,
  restOfLine: 1,
  wrongValue: 2,
  prefix: 0.5,
  hyphen: 0.5,
  tooMany: 2.5,
  missing: 0.75,
} as const;
/** Ways that are followed at once; the cheapest are kept. */
const BREADTH = 24;
const LONGEST_LINE = 400;
const LONGEST_ENDING = 8;

/** `undefined` when no command is near. */
export function nearestCommand<Command>(root: TrieNode<Command>, line: string, at: number): Nearest | undefined {
  const start = skipBlanks(line, at);
  const limit = Math.min(4, 1 + (line.length - start) / 5);
  if (line.length > LONGEST_LINE) return undefined;
  let ways: Way<Command>[] = [{ node: root, at: start, cost: 0, words: [] }];
  let best: Nearest | undefined;
  while (ways.length > 0) {
    const next: Way<Command>[] = [];
    for (const way of ways) {
      if (way.at >= line.length) best = cheaper(best, ended(way));
      else next.push(...steps(way, line));
    }
    const bound = Math.min(limit, best?.cost ?? limit);
    ways = next
      .filter((way) => way.cost <= bound)
      .sort((a, b) => a.cost - b.cost)
      .slice(0, BREADTH);
  }
  return best !== undefined && best.cost <= limit ? best : undefined;
}

function cheaper(a: Nearest | undefined, b: Nearest | undefined): Nearest | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.cost < a.cost ? b : a;
}

function steps<Command>(way: Way<Command>, line: string): Way<Command>[] {
  const { node, at } = way;
  const end = wordEnd(line, at);
  const typed = line.slice(at, end).toLowerCase();
  const after = skipBlanks(line, end);
  const go = (branch: Branch<Command>, word: string, cost: number, to = after): Way<Command> => ({
    node: branch.to,
    at: to,
    cost: way.cost + cost,
    words: [...way.words, word],
  });
  const { exact, prefixed } = matchWords(node, typed);
  if (exact !== undefined) return [go(exact, exact.label, 0), ...hyphenated(node, line, at, go)];
  const found: Way<Command>[] = [
    { ...way, at: after, cost: way.cost + COST.tooMany },
    ...hyphenated(node, line, at, go),
  ];
  const [only, second] = prefixed;
  for (const branch of prefixed) found.push(go(branch, branch.label, second === undefined ? 0 : COST.ambiguous));
  const letters = lettersOf(typed);
  for (const { branch, word, small, letters: others } of node.fixed) {
    const most = mostEdits(typed, word);
    if (missing(letters, others) > most || missing(others, letters) > most || prefixed.includes(branch)) continue;
    const distance = editDistance(typed, small, most);
    if (distance !== undefined) found.push(go(branch, word, distance));
  }
  if (only === undefined || second !== undefined) {
    for (const branch of node.values) found.push(valueStep(branch, line, at, go));
  }
  return found;
}

/** A hyphen that should be a blank (`esp-aes-256`), and a blank that should be a hyphen (`virtual template 1`). */
function hyphenated<Command>(
  node: TrieNode<Command>,
  line: string,
  at: number,
  go: (branch: Branch<Command>, word: string, cost: number, to?: number) => Way<Command>,
): Way<Command>[] {
  const end = wordEnd(line, at);
  const typed = line.slice(at, end).toLowerCase();
  const found: Way<Command>[] = [];
  for (let hyphen = typed.indexOf("-"); hyphen > 0; hyphen = typed.indexOf("-", hyphen + 1)) {
    const { exact } = matchWords(node, typed.slice(0, hyphen));
    if (exact !== undefined) found.push(go(exact, exact.label, COST.hyphen, at + hyphen + 1));
  }
  const next = skipBlanks(line, end);
  const nextEnd = wordEnd(line, next);
  const { exact } = matchWords(node, `${typed}-${line.slice(next, nextEnd).toLowerCase()}`);
  if (exact !== undefined && next < nextEnd) found.push(go(exact, exact.label, COST.hyphen, skipBlanks(line, nextEnd)));
  return found;
}

function valueStep<Command>(
  branch: Branch<Command>,
  line: string,
  at: number,
  go: (branch: Branch<Command>, word: string, cost: number, to?: number) => Way<Command>,
): Way<Command> {
  for (const type of branch.types ?? []) {
    const read = type.read(line, at);
    if (!read.ok) continue;
    const cost = branch.label === "LINE" ? COST.restOfLine : /^[A-Z]+$/.test(branch.label) ? COST.anyWord : 0;
    return go(branch, line.slice(at, read.end), cost, skipBlanks(line, read.end));
  }
  const mended = misspeltType(branch, line, at);
  if (mended !== undefined) return go(branch, mended.text, mended.cost, skipBlanks(line, mended.end));
  const spelled = prefixInFull(branch, line, at);
  if (spelled !== undefined) return go(spelled.branch, spelled.text, COST.prefix);
  return go(branch, branch.label, COST.wrongValue);
}

interface Mended {
  readonly text: string;
  /** The offset behind what it stands for. */
  readonly end: number;
  readonly cost: number;
}

/** A value that begins with one of a few words, such as the type of an interface, which is misspelt. */
function misspeltType<Command>(branch: Branch<Command>, line: string, at: number): Mended | undefined {
  const letters = /^[A-Za-z-]+/.exec(line.slice(at))?.[0] ?? "";
  if (letters === "") return undefined;
  const rest = line.slice(at + letters.length);
  let best: Mended | undefined;
  for (const type of branch.types ?? []) {
    for (const { word } of type.guide?.("") ?? []) {
      const cost = editDistance(letters.toLowerCase(), word.toLowerCase(), mostEdits(letters, word));
      const read = type.read(`${word}${rest}`, 0);
      if (cost === undefined || !read.ok || cost >= (best?.cost ?? Infinity)) continue;
      const text = `${word}${rest}`.slice(0, read.end);
      best = { text, end: at + letters.length + read.end - word.length, cost };
    }
  }
  return best;
}

const ALL_ONES = 0xffffffff;

/** `10.0.0.0/8` where an address and a mask are wanted, or an address and its wildcard bits. */
function prefixInFull<Command>(
  branch: Branch<Command>,
  line: string,
  at: number,
): { readonly branch: Branch<Command>; readonly text: string } | undefined {
  const [, address = "", length = ""] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)(?=\s|$)/.exec(line.slice(at)) ?? [];
  if (address === "" || Number(length) > 32) return undefined;
  const mask = Number(length) === 0 ? 0 : (ALL_ONES << (32 - Number(length))) >>> 0;
  const dotted = (bits: number): string => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join(".");
  const reads = ({ types = [] }: Branch<Command>, text: string): boolean =>
    types.some((type) => {
      const read = type.read(text, 0);
      return read.ok && read.end === text.length;
    });
  if (!reads(branch, address)) return undefined;
  for (const next of branch.to.branches) {
    // Wildcard bits are text, which may have gaps; a mask is a length.
    const isWildcard = (next.types ?? []).some((type) => {
      const read = type.read("0.255.0.255", 0);
      return read.ok && typeof read.value === "string";
    });
    const bits = dotted(isWildcard ? ~mask >>> 0 : mask);
    if (/^A\.B\.C\.D/.test(next.label) && reads(next, bits)) return { branch: next, text: `${address} ${bits}` };
  }
  return undefined;
}

/** One edit in three letters, two at least in a word of five, four at most. */
function mostEdits(typed: string, word: string): number {
  return Math.min(4, Math.ceil(Math.max(typed.length, word.length) / 3));
}

/** The way to the nearest place where the line may end. */
function ended<Command>(way: Way<Command>): Nearest | undefined {
  let open = [{ node: way.node, words: way.words }];
  const seen = new Set<TrieNode<Command>>();
  for (let depth = 0; depth < LONGEST_ENDING; depth += 1) {
    const next: typeof open = [];
    for (const { node, words } of open) {
      if (node.complete.length > 0 && words.length > 0) {
        return { text: words.join(" "), cost: way.cost + depth * COST.missing };
      }
      for (const branch of node.branches) {
        if (branch.hidden || seen.has(branch.to)) continue;
        seen.add(branch.to);
        next.push({ node: branch.to, words: [...words, branch.label] });
      }
    }
    open = next.slice(0, BREADTH);
  }
  return undefined;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; `undefined` when there
 * are more than `most`.
 */
export function editDistance(from: string, to: string, most: number): number | undefined {
  if (Math.abs(from.length - to.length) > most) return undefined;
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    if (Math.min(...current) > most) return undefined;
    before = last;
    last = current;
  }
  const distance = last[to.length] ?? 0;
  return distance <= most ? distance : undefined;
}
