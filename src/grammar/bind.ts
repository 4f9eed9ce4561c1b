/** Gives the words of a read line their names: the values that a command's form asks for. */

import type { Argument, Element, Keyword, Pick, Values } from "./elements.ts";
import type { ResolvedWord } from "./resolver.ts";

export interface Binding {
  readonly values: Values;
  /** The whole form was there; false for the start of one, as `no` allows. */
  readonly complete: boolean;
}

type Bound = Record<string, unknown>;
type Continue = (at: number, values: Bound, complete: boolean) => Binding | undefined;

/** Matches all `words` against a form; `undefined` when they are not even the start of it. */
export function bind(form: readonly Element[], words: readonly ResolvedWord[]): Binding | undefined {
  let partial: Binding | undefined;
  const finish: Continue = (at, values, complete) => {
    if (at < words.length) return undefined;
    if (complete) return { values, complete };
    partial ??= { values, complete };
    return undefined;
  };
  return sequence(form, 0, words, 0, {}, finish) ?? partial;
}

function sequence(
  form: readonly Element[],
  from: number,
  words: readonly ResolvedWord[],
  start: number,
  before: Bound,
  then: Continue,
): Binding | undefined {
  let index = from;
  let at = start;
  let values = before;
  for (let element = form[index]; element !== undefined; element = form[index]) {
    const word = words[at];
    if (element.kind === "keyword") {
      if (word === undefined) return then(at, values, false);
      if (!isWord(word, element.word)) return undefined;
    } else if (element.kind === "argument" || element.kind === "pick") {
      if (word === undefined) return then(at, values, false);
      const read = valueFor(element, word);
      if (read === undefined) return undefined;
      values = { ...values, [element.name]: read.value };
    } else {
      return choice(element, words, at, values, continuing(form, index + 1, words, then));
    }
    index += 1;
    at += 1;
  }
  return then(at, values, true);
}

function continuing(form: readonly Element[], index: number, words: readonly ResolvedWord[], then: Continue): Continue {
  if (index === form.length) return then;
  return (at, values, complete) =>
    complete ? sequence(form, index, words, at, values, then) : then(at, values, false);
}

/** What may be there in more than one way: the first with which all that follows matches. */
function choice(
  element: Exclude<Element, Keyword | Argument | Pick>,
  words: readonly ResolvedWord[],
  at: number,
  values: Bound,
  next: Continue,
): Binding | undefined {
  const word = words[at];
  switch (element.kind) {
    case "flag": {
      const there = word !== undefined && isWord(word, element.word);
      return (there ? next(at + 1, { ...values, [element.name]: true }, true) : undefined) ?? next(at, values, true);
    }
    case "optional":
      return sequence(element.elements, 0, words, at, values, next) ?? next(at, values, true);
    case "oneOf":
      for (const branch of element.branches) {
        const bound = sequence(branch, 0, words, at, values, next);
        if (bound !== undefined) return bound;
      }
      return undefined;
    case "many": {
      const collected: unknown[] = [];
      for (const item of words.slice(at, at + element.max)) {
        const read = valueFor(element.item, item);
        if (read === undefined) break;
        collected.push(read.value);
      }
      // The longest run first; a word may also belong to what follows.
      for (let count = collected.length; count > 0; count -= 1) {
        const taken = { ...values, [element.name]: collected.slice(0, count) };
        const bound = next(at + count, taken, true);
        if (bound !== undefined) return bound;
      }
      return word === undefined ? next(at, values, false) : undefined;
    }
  }
}

function isWord(word: ResolvedWord, text: string): boolean {
  return word.type === undefined && word.label === text;
}

/** The value that an element makes of a word; `undefined` when it is none of its words. */
function valueFor(element: Argument | Pick, word: ResolvedWord): { readonly value: unknown } | undefined {
  if (element.kind === "pick") return word.type === undefined && word.label in element.words ? word : undefined;
  if (word.type === element.type) return word;
  // Types of other commands share the placeholder; the one that came first read the word.
  if (word.type === undefined || word.label !== element.type.placeholder) return undefined;
  const read = element.type.read(word.text, 0);
  return read.ok && read.end === word.text.length ? read : undefined;
}
