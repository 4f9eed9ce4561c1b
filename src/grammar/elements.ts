/**
 * The pieces that a command's form is built from. A form is plain data: the trie, the generated grammar, help,
 * completion, negation and the running-config line are all derived from it.
 */

import type { ArgumentType } from "./argument.ts";

/** A fixed word. `aliases` are read as if the word had been typed, and are never printed. */
export interface Keyword {
  readonly kind: "keyword";
  readonly word: string;
  readonly help: string;
  readonly aliases: readonly string[];
  /** Not shown by `?`; typed in full or abbreviated it works. */
  readonly hidden: boolean;
}

export interface Argument<Name extends string = string, Value = unknown> {
  readonly kind: "argument";
  readonly name: Name;
  readonly type: ArgumentType<Value>;
  readonly help: string;
}

/** Exactly one of several words; the value is the word. */
export interface Pick<Name extends string = string, Word extends string = string> {
  readonly kind: "pick";
  readonly name: Name;
  readonly words: Readonly<Record<Word, string>>;
  /** Other spellings: typed word -> stored word. */
  readonly aliases: Readonly<Record<string, Word>>;
}

/** A word that may be there; the value is `true` when it is. */
export interface Flag<Name extends string = string> {
  readonly kind: "flag";
  readonly name: Name;
  readonly word: string;
  readonly help: string;
}

export interface Optional<Elements extends readonly Element[] = readonly Element[]> {
  readonly kind: "optional";
  readonly elements: Elements;
}

export interface OneOf<Branches extends readonly (readonly Element[])[] = readonly (readonly Element[])[]> {
  readonly kind: "oneOf";
  readonly branches: Branches;
}

/** One to `max` values in a row, collected in an array. */
export interface Many<Name extends string = string, Value = unknown> {
  readonly kind: "many";
  readonly name: Name;
  readonly item: Argument<string, Value> | Pick<string, string>;
  readonly max: number;
}

export type Element =
  | Keyword
  // biome-ignore lint/suspicious/noExplicitAny: an argument of any type is an element; its value type is recovered below
  | Argument<string, any>
  | Pick
  | Flag
  | Optional
  | OneOf
  // biome-ignore lint/suspicious/noExplicitAny: as above
  | Many<string, any>;

export function kw(
  word: string,
  help: string,
  options: { readonly aliases?: readonly string[]; readonly hidden?: boolean } = {},
): Keyword {
  return { kind: "keyword", word, help, aliases: options.aliases ?? [], hidden: options.hidden ?? false };
}

export function arg<const Name extends string, Value>(
  name: Name,
  type: ArgumentType<Value>,
  help: string,
): Argument<Name, Value> {
  return { kind: "argument", name, type, help };
}

export function pick<const Name extends string, const Words extends Readonly<Record<string, string>>>(
  name: Name,
  words: Words,
  aliases: Readonly<Record<string, keyof Words & string>> = {},
): Pick<Name, keyof Words & string> {
  return { kind: "pick", name, words, aliases };
}

export function flag<const Name extends string>(name: Name, word: string, help: string): Flag<Name> {
  return { kind: "flag", name, word, help };
}

export function opt<const Elements extends readonly Element[]>(...elements: Elements): Optional<Elements> {
  return { kind: "optional", elements };
}

export function oneOf<const Branches extends readonly (readonly Element[])[]>(...branches: Branches): OneOf<Branches> {
  return { kind: "oneOf", branches };
}

export function many<const Name extends string, Value>(
  name: Name,
  item: Argument<string, Value>,
  max: number,
): Many<Name, Value>;
export function many<const Name extends string, const Word extends string>(
  name: Name,
  item: Pick<string, Word>,
  max: number,
): Many<Name, Word>;
export function many(name: string, item: Argument | Pick, max: number): Many {
  return { kind: "many", name, item, max };
}

/** Values as the store keeps them. */
export type Values = Readonly<Record<string, unknown>>;

type Intersection<Union> = (Union extends unknown ? (value: Union) => void : never) extends (value: infer Whole) => void
  ? Whole
  : never;

type Flat<Value> = { readonly [Key in keyof Value]: Value[Key] };

type BranchValues<Branches extends readonly (readonly Element[])[]> = {
  [I in keyof Branches]: ValuesOf<Branches[I]>;
};

/** The values that one element contributes. */
export type ValueOf<E> =
  E extends Argument<infer Name, infer Value>
    ? { readonly [K in Name]: Value }
    : E extends Pick<infer Name, infer Word>
      ? { readonly [K in Name]: Word }
      : E extends Flag<infer Name>
        ? { readonly [K in Name]?: true }
        : E extends Many<infer Name, infer Value>
          ? { readonly [K in Name]: readonly Value[] }
          : E extends Optional<infer Elements>
            ? Partial<ValuesOf<Elements>>
            : E extends OneOf<infer Branches>
              ? Partial<Intersection<BranchValues<Branches>[number]>>
              : object;

/** The values that a form reads: `[kw("lifetime"), arg("seconds", uint(60, 86400))]` -> `{ seconds: number }`. */
export type ValuesOf<Form extends readonly Element[]> = number extends Form["length"]
  ? Values
  : Flat<Intersection<{ [I in keyof Form]: ValueOf<Form[I]> }[number]>>;

/** The names of the values that these elements may say, each as often as it stands there. */
export function valueNames(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    switch (element.kind) {
      case "keyword":
        return [];
      case "optional":
        return valueNames(element.elements);
      case "oneOf":
        return element.branches.flatMap(valueNames);
      default:
        return [element.name];
    }
  });
}
