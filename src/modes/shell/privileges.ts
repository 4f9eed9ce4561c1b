/**
 * What somebody of a lower privilege level may type. Every fixed word of a command has a level: the command's own, unless a rule
 * names the word by the words up to it, or is for all that follows them. A rule also lends its level to the words on the way to
 * it, as on the box: what `show ip route` needs, `show` needs too, unless it has a rule of its own.
 *
 * The result is a form again, without the words that are above the level: reading, help and errors follow from it.
 */

import type { Element } from "../../grammar/elements.ts";
import { matchWords } from "../../grammar/resolver.ts";
import type { TrieNode } from "../../grammar/trie.ts";

export interface PrivilegeRule {
  /** `show ip route`, each word in full. */
  readonly words: readonly string[];
  readonly level: number;
  /** Also for everything behind these words. */
  readonly all: boolean;
}

/** The words in full, once for each way in which they can be meant. */
export function meantWords(root: TrieNode<unknown>, text: string): readonly string[][] {
  let paths: { readonly node: TrieNode<unknown>; readonly words: string[] }[] = [{ node: root, words: [] }];
  for (const typed of text.split(/\s+/).filter((word) => word !== "")) {
    paths = paths.flatMap(({ node, words }) => {
      const { exact, prefixed } = matchWords(node, typed.toLowerCase());
      const found = exact === undefined ? prefixed : [exact];
      return found.map(({ label, to }) => ({ node: to, words: [...words, label] }));
    });
  }
  return paths.map(({ words }) => words);
}

/** The forms of a command that are left at a level; none = it cannot be typed. */
export function formsAt(
  form: readonly Element[],
  own: number,
  rules: readonly PrivilegeRule[],
  level: number,
): readonly (readonly Element[])[] {
  if (rules.length === 0) return own <= level ? [form] : [];
  return formsFrom(form, { path: [], own }, { rules, level });
}

interface Place {
  /** The fixed words up to here. */
  readonly path: readonly string[];
  /** The level of words that no rule names. */
  readonly own: number;
}

interface Rights {
  readonly rules: readonly PrivilegeRule[];
  readonly level: number;
}

function formsFrom(elements: readonly Element[], place: Place, rights: Rights): Element[][] {
  const [element, ...rest] = elements;
  if (element === undefined) return [[]];
  const named = rights.rules.some(({ words }) => startsWith(words, place.path));
  if (!named && (lent(place.path, rights.rules) ?? place.own) <= rights.level) return [[...elements]];
  return headsOf(element, place, rest.every(mayBeLeftOut), rights).flatMap(({ head, place: next }) =>
    formsFrom(rest, next, rights).map((tail) => [...head, ...tail]),
  );
}

interface Head {
  readonly head: readonly Element[];
  readonly place: Place;
}

/** `over`: behind this element the command may end. */
function headsOf(element: Element, place: Place, over: boolean, rights: Rights): Head[] {
  const unchanged: Head = { head: [element], place };
  switch (element.kind) {
    case "keyword": {
      const next = step(place, element.word, over, rights);
      return next === undefined ? [] : [{ head: [element], place: next }];
    }
    case "flag":
      return [step(place, element.word, over, rights) === undefined ? { head: [], place } : unchanged];
    case "pick":
      return wordGroups(element.words, place, rights).flatMap((words) => {
        const [word = ""] = Object.keys(words);
        const next = step(place, word, over, rights);
        return next === undefined ? [] : [{ head: [{ ...element, words }], place: next }];
      });
    case "optional": {
      const branches = formsFrom(element.elements, place, rights);
      return [{ head: branches.length === 0 ? [] : [{ kind: "oneOf", branches: [...branches, []] }], place }];
    }
    case "oneOf": {
      const branches = element.branches.flatMap((branch) => formsFrom(branch, place, rights));
      return branches.length === 0 ? [] : [{ head: [{ kind: "oneOf", branches }], place }];
    }
    default:
      return [unchanged];
  }
}

/** A word that a rule names goes on by itself: what may follow it is another matter than for the others. */
function wordGroups(words: Readonly<Record<string, string>>, { path }: Place, { rules }: Rights) {
  const isNamed = (word: string): boolean => rules.some((rule) => startsWith(rule.words, [...path, word]));
  const entries = Object.entries(words);
  const others = entries.filter(([word]) => !isNamed(word));
  const groups = [others, ...entries.filter(([word]) => isNamed(word)).map((entry) => [entry])];
  return groups.filter((group) => group.length > 0).map((group): Record<string, string> => Object.fromEntries(group));
}

function mayBeLeftOut(element: Element): boolean {
  if (element.kind === "oneOf") return element.branches.some((branch) => branch.every(mayBeLeftOut));
  return element.kind === "optional" || element.kind === "flag";
}

/** Where the reader stands behind a word; `undefined` = the word is above the level. */
function step({ path, own }: Place, word: string, over: boolean, { rules, level }: Rights): Place | undefined {
  const now = [...path, word];
  const exact = rules.find(({ words }) => words.length === now.length && startsWith(now, words));
  const needed = exact?.level ?? lent(now, rules) ?? own;
  if (needed > level) return undefined;
  // Behind a whole command only its options follow: they go with it.
  return { path: now, own: exact !== undefined && over ? exact.level : own };
}

/** From the closest rule for all that follows, else from the last one that goes on from here. */
function lent(path: readonly string[], rules: readonly PrivilegeRule[]): number | undefined {
  const above = rules
    .filter(({ all, words }) => all && startsWith(path, words))
    .sort((a, b) => b.words.length - a.words.length)[0];
  return (above ?? rules.findLast(({ words }) => startsWith(words, path)))?.level;
}

function startsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.length <= words.length && start.every((word, index) => word === words[index]);
}
