/** Lines of a store as text with the lines around them, for rules that go by what is written. */

import type { ConfigCommand, ConfigNode } from "../../../grammar/declaration.ts";
import type { ConfigStore } from "../../tree/config-store.ts";
import type { StoredLine } from "../../tree/stored-line.ts";

export interface WrittenLine {
  /** The fixed word its command begins with; empty when it begins with a value. */
  readonly word: string;
  readonly text: string;
  readonly node: ConfigNode;
  /** The top-level line it stands below, itself at the top. */
  readonly top: StoredLine;
  /** The virtual router whose tree it stands in; `undefined` in the chassis' own. */
  readonly router: string | undefined;
}

/** The fixed word a command begins with. */
function firstWord(command: ConfigCommand): string {
  const [first] = command.form;
  return first?.kind === "keyword" ? first.word : "";
}

/**
 * Every line whose command begins with one of these words, and all below it. A chassis may hold thousands of users: what no
 * rule asks for is not even printed.
 */
export function writtenLines(store: ConfigStore, words: ReadonlySet<string>): WrittenLine[] {
  const found: WrittenLine[] = [];
  const visit = (line: StoredLine, top: StoredLine, router: string | undefined): void => {
    const word = firstWord(line.command);
    if (word === "" || words.has(word)) found.push({ word, text: line.meaning, node: line, top, router });
    for (const child of line.children) visit(child, top, router);
  };
  for (const line of store.chassis.lines) visit(line, line, undefined);
  for (const [router, tree] of store.routers) for (const line of tree.lines) visit(line, line, router);
  return found;
}
