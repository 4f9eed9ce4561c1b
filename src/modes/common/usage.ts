/**
 * Forms written as a usage line, as manuals print them: `ntp server @A.B.C.D [version <1-4>] {prefer | burst}`. For commands
 * that nobody asks for their values: they are kept and printed back, and still have ranges, `?` and a caret like any other.
 *
 * - `word` stands for itself, `<1-4>` is a number, what the table of types knows is a value;
 * - `[…]` may be left out, `{… | …}` is one of several (`[… | …]` one or none), `X*4` is one to four of them in a row,
 *   where X is a value or a choice of single words and values;
 * - `=` behind a number or a word that is chosen says the default: `<1-1000>=5`, `{auto= | full}`;
 * - `@` stands before what tells two lines of the command apart, `@[a | b]` as well as `@{a | b}`. Without it there is one line of the
 *   command in a place.
 *
 * Help comes from a glossary: of the first word behind a blank, of a word by itself, of a value by the word before it and its own placeholder, by its
 * placeholder alone, or as the word before it. A word that the glossary does not have is a mistake of the table.
 */

import type { ArgumentType } from "../../grammar/argument.ts";
import { uint } from "../../grammar/arguments.ts";
import { arg, type Element, flag, kw, many, oneOf, opt, pick, type Values } from "../../grammar/elements.ts";
import { wordOrValue } from "./word-or-value.ts";

export interface Glossary {
  /** Values by their placeholder: `A.B.C.D`, `WORD`. */
  readonly types: Readonly<Record<string, ArgumentType<unknown>>>;
  /** Help by word, by placeholder, or by both with a blank between; the first that knows it says it. */
  readonly help: readonly Readonly<Record<string, string>>[];
}

export interface Usage {
  readonly form: readonly Element[];
  readonly key: readonly string[];
  /** What holds while nobody types the line; absent = the usage says nothing of it. */
  readonly initial?: Values;
}

/**
 * The form of a usage line; `own` is the help of its last word that is always there. With `distinct` every value tells two lines
 * apart.
 */
export function usageOf(text: string, own: string, glossary: Glossary, distinct = false): Usage {
  const tokens = tokensOf(text);
  const reader = new UsageReader(text, tokens, { last: lastFixed(tokens, glossary), own, distinct }, glossary);
  const form = reader.sequence();
  const { key, initial } = reader;
  return Object.keys(initial).length === 0 ? { form, key } : { form, key, initial };
}

function tokensOf(text: string): readonly string[] {
  return text.match(/[[\]{}|]|\*\d+|[^\s[\]{}|*]+/g) ?? [];
}

/** The help of each of the words that `frontOf` gives, without making the form behind them. */
export function frontHelpOf(text: string, own: string, glossary: Glossary): readonly string[] {
  const tokens = tokensOf(text);
  const front = frontOf(text, glossary)?.split(" ") ?? [];
  const start = tokens.slice(0, front.length);
  const reader = new UsageReader(text, start, { last: lastFixed(tokens, glossary), own, distinct: false }, glossary);
  return reader.sequence().flatMap((element) => (element.kind === "keyword" ? [element.help] : []));
}

/** The fixed words that a usage line begins with; `undefined` = it begins with something else. */
export function frontOf(text: string, { types }: Glossary): string | undefined {
  const words = /^(?:[^\s[\]{}|<@*]+(?: +|$))*/.exec(text)?.[0].trimEnd().split(" ") ?? [];
  const value = words.findIndex((word) => word in types);
  const front = (value < 0 ? words : words.slice(0, value)).join(" ");
  return front === "" ? undefined : front;
}

/** The last word that is there whatever is chosen or left out behind it. */
function lastFixed(tokens: readonly string[], { types }: Glossary): number {
  const choice = tokens.findIndex((token) => token === "[" || token === "{");
  const fixed = choice < 0 ? tokens : tokens.slice(0, choice);
  return fixed.findLastIndex((token) => !/^(@?<|@$|\*)/.test(token) && !(token.replace("@", "") in types));
}

/** What is fixed, what is a value, and what is chosen among others, in the order of the line. */
type Part =
  | { readonly kind: "word"; readonly word: string; readonly help: string; readonly isInitial: boolean }
  | { readonly kind: "made"; readonly element: Element };

interface Own {
  /** Where the last word stands that is always there, and its help. */
  readonly last: number;
  readonly own: string;
  readonly distinct: boolean;
}

class UsageReader {
  readonly key: string[] = [];
  readonly initial: Record<string, unknown> = {};
  readonly #text: string;
  readonly #tokens: readonly string[];
  readonly #own: Own;
  readonly #glossary: Glossary;
  #at = 0;
  #before = "";
  /** Help of the word before. */
  #said: string;
  #names = 0;
  /** The name of values that are a branch by themselves: `{<1-99> | WORD}` is one value, of whichever type reads it. */
  #alone: string | undefined;
  /** What is chosen here tells two lines apart. */
  #keyed = false;

  constructor(text: string, tokens: readonly string[], own: Own, glossary: Glossary) {
    this.#text = text;
    this.#tokens = tokens;
    this.#own = own;
    this.#glossary = glossary;
    this.#said = own.own;
  }

  /** Elements up to what closes them. */
  sequence(): Element[] {
    return this.#parts().map(elementOf);
  }

  #parts(): Part[] {
    const parts: Part[] = [];
    for (let token = this.#peek(); token !== undefined && !"]}|".includes(token); token = this.#peek()) {
      parts.push(this.#part(parts.length === 0));
    }
    return parts;
  }

  #part(isFirst: boolean): Part {
    const index = this.#at;
    const said = this.#take();
    const isKey = said.startsWith("@");
    const [token = "", initial] = (isKey ? said.slice(1) || this.#take() : said).split("=");
    if (token === "[") return made(this.#optional(isKey));
    if (token === "{") return made(this.#choice(isKey));
    const type = this.#typeOf(token);
    if (type !== undefined) return made(this.#value(token, type, { isKey, isFirst, initial }));
    const isOwn = index === this.#own.last && (index > 0 || this.#find(` ${token}`) === undefined);
    const help = isOwn ? this.#own.own : this.#helpOf(token);
    this.#before = token;
    this.#said = help;
    return { kind: "word", word: token, help, isInitial: initial !== undefined };
  }

  #value(
    placeholder: string,
    type: ArgumentType<unknown>,
    {
      isKey,
      isFirst,
      initial,
    }: { readonly isKey: boolean; readonly isFirst: boolean; readonly initial: string | undefined },
  ): Element {
    // An interface is no text, and never reads as another type does.
    const isAlone = isFirst && placeholder !== "IFNAME" && "]}|".includes(this.#peek() ?? " ");
    const name = isAlone && this.#alone !== undefined ? this.#alone : this.#name(isKey || (isFirst && this.#keyed));
    if (isAlone) this.#alone = name;
    if (initial !== undefined) this.initial[name] = Number(initial);
    const value = arg(name, type, this.#helpOfValue(placeholder));
    const count = this.#count();
    return count === undefined ? value : many(name, value, count);
  }

  #optional(isKey: boolean): Element {
    if (isKey && this.#peek() === "{") throw new Error(`"@[{" tells no two lines apart in "${this.#text}"`);
    const branches = this.#branches("]", isKey);
    const [parts = []] = branches;
    const [only] = parts;
    if (branches.length > 1) return opt(this.#oneOf(branches, isKey));
    if (parts.length === 1 && only?.kind === "word") return flag(this.#name(isKey), only.word, only.help);
    return opt(...this.#telling(parts, isKey));
  }

  #choice(isKey: boolean): Element {
    return this.#oneOf(this.#branches("}", isKey), isKey);
  }

  #oneOf(branches: readonly (readonly Part[])[], isKey: boolean): Element {
    const words = branches.flatMap(([part, ...more]) => (part?.kind === "word" && more.length === 0 ? [part] : []));
    if (words.length < branches.length && this.#peek()?.startsWith("*") === true)
      return this.#severalOf(branches, isKey);
    if (words.length < branches.length) return oneOf(...branches.map((branch) => this.#telling(branch, isKey)));
    const choice = pick(this.#name(isKey), Object.fromEntries(words.map(({ word, help }) => [word, help])));
    const initial = words.find(({ isInitial }) => isInitial);
    if (initial !== undefined) this.initial[choice.name] = initial.word;
    const count = this.#count();
    return count === undefined ? choice : many(choice.name, choice, count);
  }

  /** Words and values in a row, in any order. */
  #severalOf(branches: readonly (readonly Part[])[], isKey: boolean): Element {
    const parts = branches.flat();
    const values = parts.flatMap((part) =>
      part.kind === "made" && part.element.kind === "argument" ? [part.element] : [],
    );
    for (const { name } of values) if (this.key.includes(name)) this.key.splice(this.key.indexOf(name), 1);
    const words = Object.fromEntries(parts.flatMap((part) => (part.kind === "word" ? [[part.word, part.help]] : [])));
    if (Object.keys(words).length + values.length < branches.length || parts.length > branches.length) {
      throw new Error(`only single words and values stand in a row in "${this.#text}"`);
    }
    const name = this.#name(isKey);
    return many(name, arg(name, wordOrValue({ words, values }), this.#said), this.#count() ?? 1);
  }

  /** What stands between bars, up to the mark that closes it. */
  #branches(close: string, isKey: boolean): Part[][] {
    const branches: Part[][] = [];
    const [before, said, alone, keyed] = [this.#before, this.#said, this.#alone, this.#keyed];
    this.#alone = undefined;
    this.#keyed = isKey;
    let mark = "|";
    while (mark === "|") {
      this.#before = before;
      this.#said = said;
      branches.push(this.#parts());
      mark = this.#take();
    }
    this.#alone = alone;
    this.#keyed = keyed;
    if (mark !== close) throw new Error(`"${close}" is missing in "${this.#text}"`);
    return branches;
  }

  /** With a value in it, so that what was typed can be told from what was not. */
  #telling(parts: readonly Part[], isKey: boolean): Element[] {
    const [first, ...rest] = parts;
    const says = parts.some((part) => part.kind === "made" && isValue(part.element));
    if (first?.kind !== "word" || (says && !isKey)) return parts.map(elementOf);
    return [pick(this.#name(isKey), { [first.word]: first.help }), ...rest.map(elementOf)];
  }

  #name(isKey: boolean): string {
    this.#names += 1;
    const name = `value${this.#names}`;
    if (isKey || this.#own.distinct) this.key.push(name);
    return name;
  }

  #typeOf(token: string): ArgumentType<unknown> | undefined {
    const range = /^<(\d+)-(\d+)>$/.exec(token);
    return range === null
      ? this.#glossary.types[token]
      : (uint(Number(range[1]), Number(range[2])) as ArgumentType<unknown>);
  }

  #helpOf(word: string): string {
    const found = this.#find(`${this.#before} ${word}`) ?? this.#find(word);
    if (found === undefined) throw new Error(`no help for "${word}" behind "${this.#before}" in "${this.#text}"`);
    return found;
  }

  #helpOfValue(placeholder: string): string {
    const kind = placeholder.startsWith("<") ? "<>" : placeholder;
    return this.#find(`${this.#before} ${kind}`) ?? this.#find(kind) ?? this.#said;
  }

  #find(entry: string): string | undefined {
    for (const help of this.#glossary.help) {
      const found = help[entry];
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #count(): number | undefined {
    return this.#peek()?.startsWith("*") === true ? Number(this.#take().slice(1)) : undefined;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #take(): string {
    const token = this.#peek();
    if (token === undefined) throw new Error(`"${this.#text}" ends too early`);
    this.#at += 1;
    return token;
  }
}

function made(element: Element): Part {
  return { kind: "made", element };
}

function elementOf(part: Part): Element {
  return part.kind === "made" ? part.element : kw(part.word, part.help);
}

/** Whether it is there whenever its surroundings are. */
function isValue(element: Element): boolean {
  if (element.kind === "oneOf") return element.branches.every((branch) => branch.some(isValue));
  return element.kind === "argument" || element.kind === "pick" || element.kind === "many";
}
