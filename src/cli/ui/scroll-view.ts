/** What part of the scrollback is looked at, and the search in it. */

import { RETURN } from "../keys.ts";
import type { Place, Row, Scrollback } from "./scrollback.ts";

export class ScrollView {
  readonly #scrollback: Scrollback;
  /** The place of the first row; `undefined` = the end is looked at. */
  #top: Place | undefined;
  #search: { readonly text: string; readonly typing: boolean; readonly found: number | undefined } | undefined;
  #columns = 80;
  #height = 20;

  constructor(scrollback: Scrollback) {
    this.#scrollback = scrollback;
  }

  /** The part of the terminal that it has when it is scrolled. */
  fit(columns: number, height: number): void {
    this.#columns = columns;
    this.#height = height;
  }

  get isScrolled(): boolean {
    return this.#top !== undefined || this.#search !== undefined;
  }

  /** Keys are the text that is searched. */
  get isSearching(): boolean {
    return this.#search?.typing ?? false;
  }

  get searched(): { readonly text: string; readonly isFound: boolean; readonly typing: boolean } | undefined {
    if (this.#search === undefined) return undefined;
    const { text, typing, found } = this.#search;
    return { text, typing, isFound: text === "" || found !== undefined };
  }

  /** The line that was found. */
  get found(): number | undefined {
    return this.#search?.found;
  }

  get rows(): readonly Row[] {
    return this.#scrollback.rows(this.#top ?? this.#tail(), this.#height, this.#columns);
  }

  /** Lines below the last one that is seen. */
  get below(): number {
    return this.#scrollback.end - 1 - (this.rows.at(-1)?.line ?? this.#scrollback.end - 1);
  }

  leave(): void {
    this.#top = undefined;
    this.#search = undefined;
  }

  /** Begins a search, or goes on to an older line. */
  search(): void {
    if (this.#search === undefined) this.#search = { text: "", typing: true, found: undefined };
    else this.#goOn("older");
  }

  /** True = the key was for looking about. */
  press(key: string): boolean {
    if (this.isSearching) return this.#typeSearch(key);
    switch (key) {
      case "\x1b[5~":
        return this.#move(1 - this.#height);
      case "\x1b[6~":
        return this.#move(this.#height - 1);
      case "\x1b[1;2A":
        return this.#move(-1);
      case "\x1b[1;2B":
        return this.#move(1);
      case "\x1b[1;5H":
        return this.#move(Number.NEGATIVE_INFINITY);
      case "\x1b[1;5F":
        this.leave();
        return true;
      default:
        return this.isScrolled && this.#pressScrolled(key);
    }
  }

  #pressScrolled(key: string): boolean {
    switch (key) {
      case "\x1b[A":
        return this.#move(-1);
      case "\x1b[B":
        return this.#move(1);
      case "\x1b[H":
      case "\x1b[1~":
      case "g":
        return this.#move(Number.NEGATIVE_INFINITY);
      case "/":
        this.#search = { text: "", typing: true, found: undefined };
        return true;
      case "n":
        if (this.#search === undefined) break;
        this.#goOn("older");
        return true;
      case "N":
        if (this.#search === undefined) break;
        this.#goOn("newer");
        return true;
      case " ":
        return this.#move(this.#height - 1);
      default:
        break;
    }
    // Every other key goes back to the line; those that only say so do nothing there.
    this.leave();
    return key === "q" || key === "G" || key === RETURN || key === "\x03" || key === "\x1b[F" || key === "\x1b[4~";
  }

  #typeSearch(key: string): boolean {
    const text = this.#search?.text ?? "";
    if (key === RETURN) this.#search = { text, typing: false, found: this.found };
    else if (key === "\x03" || key === "\x07") this.leave();
    else if (key === "\x7f" || key === "\x08") this.#find(text.slice(0, -1));
    else if (key === "\x15") this.#find("");
    else if (key.length === 1 && key >= " ") this.#find(text + key);
    if (key === RETURN && text === "") this.leave();
    return true;
  }

  #find(text: string): void {
    const from = this.found === undefined ? this.#scrollback.end : this.found + 1;
    const found = this.#scrollback.findOlder(text, from) ?? this.#scrollback.findOlder(text, this.#scrollback.end);
    this.#search = { text, typing: true, found };
    if (found === undefined) this.#top = undefined;
    else this.#show(found);
  }

  #goOn(to: "older" | "newer"): void {
    const search = this.#search;
    if (search?.found === undefined) return;
    const found =
      to === "older"
        ? this.#scrollback.findOlder(search.text, search.found)
        : this.#scrollback.findNewer(search.text, search.found);
    if (found === undefined) return;
    this.#search = { ...search, found };
    this.#show(found);
  }

  /** Brings a line into view, in the middle when it is not there yet. */
  #show(line: number): void {
    if (this.rows.some((row) => row.line === line)) this.#top ??= this.#tail();
    else
      this.#top = this.#clamped(this.#scrollback.moved({ line, row: 0 }, -Math.floor(this.#height / 2), this.#columns));
  }

  #move(by: number): boolean {
    const from = this.#top ?? this.#tail();
    const first = { line: this.#scrollback.first, row: 0 };
    const top = Number.isFinite(by) ? this.#clamped(this.#scrollback.moved(from, by, this.#columns)) : first;
    const tail = this.#tail();
    const isEnd = top.line === tail.line && top.row === tail.row;
    this.#top = isEnd && by > 0 ? undefined : top;
    if (this.#top === undefined) this.#search = undefined;
    return true;
  }

  #tail(): Place {
    return this.#scrollback.tail(this.#height, this.#columns);
  }

  #clamped(place: Place): Place {
    const tail = this.#tail();
    return place.line > tail.line || (place.line === tail.line && place.row > tail.row) ? tail : place;
  }
}
