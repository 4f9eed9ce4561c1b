/**
 * Where one can stand inside a command's form, and which words may come next. Positions of one form are made once and
 * shared, so that the same place is the same object however it was reached; that keeps the trie small.
 */

import { type Argument, type Element, type Keyword, kw, type Many, type Pick } from "./elements.ts";

/** One way on from a position: a fixed word or a value. */
export type Edge = Keyword | Argument;

export interface Way {
  readonly edge: Edge;
  readonly to: Position;
}

/** What is read: a command, or one of the ways in which it can be typed. */
export interface HasForm {
  readonly form: readonly Element[];
  /** The fixed words that the form begins with, where they are known before it is made: it is not asked for until they were typed. */
  readonly front?: string | undefined;
  /** The help of one of those words, where that too is known before the form is made. */
  frontHelp?(index: number): string | undefined;
}

export interface Position {
  /** No other position has it. */
  readonly id: number;
  /** The words that may come here, in the order declared. */
  readonly ways: readonly Way[];
  /** True where the command may end. */
  readonly ends: boolean;
}

let made = 0;

/** Before the first word of a form. */
export function startOf(source: HasForm): Position {
  return source.front === undefined
    ? new FormPosition(source.form)
    : new FrontPosition(source, source.front.split(" "));
}

/** Among the words in front of a form, or right behind them. */
class FrontPosition implements Position {
  readonly id = made++;
  readonly #source: HasForm;
  readonly #words: readonly string[];
  readonly #index: number;
  #rest: FormPosition | undefined;
  #ways: readonly Way[] | undefined;

  constructor(source: HasForm, words: readonly string[], index = 0) {
    this.#source = source;
    this.#words = words;
    this.#index = index;
  }

  get ways(): readonly Way[] {
    this.#ways ??= this.#explore();
    return this.#ways;
  }

  get ends(): boolean {
    return this.#index === this.#words.length && this.#behind().ends;
  }

  #explore(): readonly Way[] {
    const word = this.#words[this.#index];
    if (word === undefined) return this.#behind().ways;
    const to = new FrontPosition(this.#source, this.#words, this.#index + 1);
    return [{ edge: new FrontWord(word, this.#source, this.#index), to }];
  }

  #behind(): FormPosition {
    this.#rest ??= new FormPosition(this.#source.form, this.#index);
    return this.#rest;
  }
}

/** A word in front of a form, which has the help if somebody asks. */
class FrontWord implements Keyword {
  readonly kind = "keyword";
  readonly word: string;
  readonly aliases: readonly string[] = NONE;
  readonly hidden = false;
  readonly #source: HasForm;
  readonly #index: number;

  constructor(word: string, source: HasForm, index: number) {
    this.word = word;
    this.#source = source;
    this.#index = index;
  }

  get help(): string {
    const known = this.#source.frontHelp?.(this.#index);
    if (known !== undefined) return known;
    const element = this.#source.form[this.#index];
    return element?.kind === "keyword" ? element.help : "";
  }
}
const NONE: readonly string[] = [];

class FormPosition implements Position {
  readonly id = made++;
  readonly #elements: readonly Element[];
  readonly #index: number;
  /** Where to go on behind these elements; `undefined` = the command ends. */
  readonly #after: Position | undefined;
  #next: FormPosition | undefined;
  #ways: readonly Way[] | undefined;
  #ends = false;

  constructor(elements: readonly Element[], index = 0, after?: Position) {
    this.#elements = elements;
    this.#index = index;
    this.#after = after;
  }

  get ways(): readonly Way[] {
    this.#ways ??= this.#explore();
    return this.#ways;
  }

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
    this.#next ??= new FormPosition(this.#elements, this.#index + 1, this.#after);
    const next = this.#next;
    switch (element.kind) {
      case "keyword":
      case "argument":
        return [{ edge: element, to: next }];
      case "pick":
        return wordsOf(element, next);
      case "flag":
        return [{ edge: kw(element.word, element.help), to: next }, ...this.#through(next)];
      case "optional":
        return [...this.#through(new FormPosition(element.elements, 0, next)), ...this.#through(next)];
      case "oneOf":
        return element.branches.flatMap((branch) => this.#through(new FormPosition(branch, 0, next)));
      case "many":
        return this.#many(element, next);
    }
  }

  #many(element: Many, next: Position): readonly Way[] {
    const rest: Element[] = [{ kind: "optional", elements: [{ ...element, max: element.max - 1 }] }];
    const more = element.max > 1 ? new FormPosition(rest, 0, next) : next;
    return element.item.kind === "argument" ? [{ edge: element.item, to: more }] : wordsOf(element.item, more);
  }

  #through(position: Position): readonly Way[] {
    if (position.ends) this.#ends = true;
    return position.ways;
  }
}

function wordsOf({ words, aliases }: Pick, to: Position): readonly Way[] {
  const spellings = Object.keys(aliases);
  return Object.entries(words).map(([word, help]) => {
    const own = spellings.length === 0 ? NONE : spellings.filter((alias) => aliases[alias] === word);
    return { edge: { kind: "keyword", word, help, hidden: false, aliases: own }, to };
  });
}
