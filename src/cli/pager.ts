/**
 * Output a page at a time: lines and keys go in, what to write comes out. Return gives a line, a blank a page, `/`, `+` and
 * `-` with an expression go on at the first line that matches, or with those that do or do not; anything else
 * ends it. The mark at the bottom is wiped as the routers do it, by backspaces and blanks.
 */

import type { PagerStyle } from "../modes/dialect.ts";
import { RETURN } from "./keys.ts";

export interface PageSize {
  /** Lines of a page; 0 = everything at once. */
  readonly length: number;
  /** Columns: a longer line takes several lines of the page; 0 = unlimited. */
  readonly width: number;
}

/** A test of lines made from a typed expression; `undefined` = it is none. */
export type LineTest = (expression: string) => ((line: string) => boolean) | undefined;

const LINE_END = "\r\n";

export class Pager {
  readonly #style: PagerStyle;
  readonly #test: LineTest;
  readonly #size: PageSize;
  readonly #lines: readonly string[];
  #next = 0;
  /** The search being typed at the mark, its kind first. */
  #search: string | undefined;
  #passes: (line: string) => boolean = () => true;

  constructor(lines: readonly string[], size: PageSize, style: PagerStyle, test: LineTest) {
    this.#lines = lines;
    this.#size = size;
    this.#style = style;
    this.#test = test;
  }

  get done(): boolean {
    return this.#next >= this.#lines.length;
  }

  /** The first page. */
  start(): string {
    return this.#page();
  }

  /** Wipes the mark, and prints it again with what was typed at it. */
  get wipe(): string {
    return this.#search === undefined ? this.#style.erase : blanks(this.#search.length);
  }

  get mark(): string {
    return this.#search ?? this.#style.prompt;
  }

  press(key: string): string {
    if (this.#search !== undefined) return this.#searching(this.#search, key);
    if (key === RETURN) return this.#style.erase + this.#print(1);
    if (key === " ") return this.#style.erase + this.#page();
    if (key === "/" || key === "+" || key === "-") {
      this.#search = key;
      return this.#style.erase + key;
    }
    this.#next = this.#lines.length;
    return this.#style.erase;
  }

  #searching(search: string, key: string): string {
    if (key === RETURN) {
      this.#search = undefined;
      const { filtering } = this.#style;
      const left = filtering === undefined ? blanks(search.length) : LINE_END + filtering + LINE_END;
      return left + this.#find(search.charAt(0), search.slice(1));
    }
    const shorter = key === "\x08" || key === "\x7f";
    if (key === "\x03" || (shorter && search.length === 1)) {
      this.#search = undefined;
      return blanks(search.length) + this.#style.prompt;
    }
    if (shorter) {
      this.#search = search.slice(0, -1);
      return "\b \b";
    }
    if (key.length > 1 || key < " " || search.length > 80) return "\x07";
    this.#search = search + key;
    return key;
  }

  #find(kind: string, expression: string): string {
    const matches = this.#test(expression);
    if (matches === undefined) return `\x07${this.#style.prompt}`;
    if (kind === "/") {
      const found = this.#lines.findIndex((line, index) => index >= this.#next && matches(line));
      this.#next = found < 0 ? this.#lines.length : found;
    } else {
      this.#passes = kind === "+" ? matches : (line) => !matches(line);
    }
    return this.#page();
  }

  #page(): string {
    return this.#print(this.#size.length === 0 ? Number.POSITIVE_INFINITY : Math.max(1, this.#size.length - 1));
  }

  /** Prints so many lines of the terminal, and the mark when more are left. */
  #print(rows: number): string {
    const printed: string[] = [];
    let left = rows;
    for (; this.#next < this.#lines.length && left > 0; this.#next += 1) {
      const line = this.#lines[this.#next] ?? "";
      if (!this.#passes(line)) continue;
      printed.push(line + LINE_END);
      left -= this.#rowsOf(line);
    }
    while (this.#next < this.#lines.length && !this.#passes(this.#lines[this.#next] ?? "")) this.#next += 1;
    return printed.join("") + (this.done ? "" : this.#style.prompt);
  }

  #rowsOf(line: string): number {
    return this.#size.width === 0 ? 1 : Math.max(1, Math.ceil(line.length / this.#size.width));
  }
}

function blanks(columns: number): string {
  const back = "\b".repeat(columns);
  return back + " ".repeat(columns) + back;
}
