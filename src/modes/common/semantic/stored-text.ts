/** Lines of a store as text with the lines around them, for rules that go by what is written. */

import type { ConfigCommand } from "../../../grammar/declaration.ts";
import type { ConfigStore } from "../../tree/config-store.ts";
import type { StoredLine } from "../../tree/stored-line.ts";
import type { LineStart } from "./finding.ts";

export class WrittenLine {
  readonly node: StoredLine;
  /** The top-level line it stands below, itself at the top. */
  readonly top: StoredLine;
  /** The virtual router whose tree it stands in; `undefined` in the chassis' own. */
  readonly router: string | undefined;
  #text: string | undefined;

  constructor(node: StoredLine, top: StoredLine, router: string | undefined) {
    this.node = node;
    this.top = top;
    this.router = router;
  }

  /** Printed when it is first asked for. */
  get text(): string {
    this.#text ??= this.node.meaning;
    return this.#text;
  }
}

/** All lines of a store. A chassis may hold thousands of users: what no rule asks for is not even printed. */
export class WrittenLines {
  readonly #byWord = new Map<string, WrittenLine[]>();
  /** Lines at the top that begin with a word, by each of their words. */
  readonly #tops = new Map<string, ReadonlyMap<string, readonly WrittenLine[]>>();

  constructor(store: ConfigStore) {
    for (const line of store.chassis.lines) this.#add(line, line, undefined);
    for (const [router, tree] of store.routers) for (const line of tree.lines) this.#add(line, line, router);
  }

  /** Lines whose command begins with one of these words or with a value, wherever they stand. */
  of(words: readonly string[]): readonly WrittenLine[] {
    return [...new Set(["", ...words])].flatMap((word) => this.#byWord.get(word) ?? []);
  }

  /** The first line at the top that begins so. */
  starting({ pattern, words }: LineStart): StoredLine | undefined {
    const [first = ""] = words;
    const tops = this.#tops.get(first) ?? byEachWord(this.of([first]).filter(({ node, top }) => node === top));
    this.#tops.set(first, tops);
    const [rarest = []] = words.map((word) => tops.get(word) ?? []).sort((a, b) => a.length - b.length);
    return rarest.find(({ text }) => pattern.test(text))?.node;
  }

  #add(line: StoredLine, top: StoredLine, router: string | undefined): void {
    const word = firstWord(line.command);
    const alike = this.#byWord.get(word);
    const written = new WrittenLine(line, top, router);
    if (alike === undefined) this.#byWord.set(word, [written]);
    else alike.push(written);
    for (const child of line.children) this.#add(child, top, router);
  }
}

function byEachWord(lines: readonly WrittenLine[]): ReadonlyMap<string, readonly WrittenLine[]> {
  const byWord = new Map<string, WrittenLine[]>();
  for (const line of lines) {
    for (const word of new Set(line.text.toLowerCase().split(" "))) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [line]);
      else others.push(line);
    }
  }
  return byWord;
}

/** The fixed word a command begins with; empty when it begins with a value. */
function firstWord(command: ConfigCommand): string {
  const first = command.form[0];
  return first?.kind === "keyword" ? first.word : "";
}
