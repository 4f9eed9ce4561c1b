/**
 * Where one can stand inside a command's form, and which words may come next. Positions of one form are made once and
 * shared, so that the same place is the same object however it was reached; that keeps the trie small.
 */

import type { ArgumentType } from "./argument.ts";
import type { Argument, Element, Many } from "./elements.ts";

/** One way on from a position: a fixed word or a value. */
export type Edge =
  | {
      readonly kind: "word";
      readonly word: string;
      readonly help: string;
      readonly hidden: boolean;
      readonly aliases: readonly string[];
    }
  | { readonly kind: "value"; readonly type: ArgumentType<unknown>; readonly help: string };

export interface Way {
  readonly edge: Edge;
  readonly to: Position;
}

export class Position {
  readonly #elements: readonly Element[];
  readonly #index: number;
  /** Where to go on behind these elements; `undefined` = the command ends. */
  readonly #after: Position | undefined;
  #next: Position | undefined;
  #ways: readonly Way[] | undefined;
  #ends = false;

  constructor(elements: readonly Element[], index = 0, after?: Position) {
    this.#elements = elements;
    this.#index = index;
    this.#after = after;
  }

  /** The words that may come here, in the order declared. */
  get ways(): readonly Way[] {
    this.#ways ??= this.#explore();
    return this.#ways;
  }

  /** True where the command may end. */
  get ends(): boolean {
    this.#ways ??= this.#explore();
    return this.#ends;
  }

  #explore(): readonly Way[] {
    const element = this.#elements[this.#index];
    if (element === undefined) {
      if (this.#after === undefined) {
        this.#ends = true;
        return [];
      }
      return this.#through(this.#after);
    }
    this.#next ??= new Position(this.#elements, this.#index + 1, this.#after);
    const next = this.#next;
    switch (element.kind) {
      case "keyword":
        return [{ edge: { ...element, kind: "word" }, to: next }];
      case "argument":
        return [{ edge: valueEdge(element), to: next }];
      case "pick":
        return Object.entries(element.words).map(([word, help]) => ({
          edge: { kind: "word", word, help, hidden: false, aliases: aliasesOf(element.aliases, word) },
          to: next,
        }));
      case "flag": {
        const edge: Edge = { kind: "word", word: element.word, help: element.help, hidden: false, aliases: [] };
        return [{ edge, to: next }, ...this.#through(next)];
      }
      case "optional":
        return [...this.#through(new Position(element.elements, 0, next)), ...this.#through(next)];
      case "oneOf":
        return element.branches.flatMap((branch) => this.#through(new Position(branch, 0, next)));
      case "many":
        return this.#many(element, next);
    }
  }

  #many(element: Many, next: Position): readonly Way[] {
    const rest: Element[] = [{ kind: "optional", elements: [{ ...element, max: element.max - 1 }] }];
    const more = element.max > 1 ? new Position(rest, 0, next) : next;
    if (element.item.kind === "argument") return [{ edge: valueEdge(element.item), to: more }];
    const { words, aliases } = element.item;
    return Object.entries(words).map(([word, help]) => ({
      edge: { kind: "word", word, help, hidden: false, aliases: aliasesOf(aliases, word) },
      to: more,
    }));
  }

  #through(position: Position): readonly Way[] {
    if (position.ends) this.#ends = true;
    return position.ways;
  }
}

function valueEdge(element: Argument): Edge {
  return { kind: "value", type: element.type, help: element.help };
}

function aliasesOf(aliases: Readonly<Record<string, string>>, word: string): string[] {
  return Object.keys(aliases).filter((alias) => aliases[alias] === word);
}
