/**
 * What a console has shown: lines, the oldest forgotten when there are too many, and the rows that a terminal of some width makes of
 * them. A place in it is the number of a line, counted from the first that ever was, and the row within it, so that it stays where it
 * is while lines come and go.
 */

import { type Entry, entryLength } from "./colouring.ts";

export interface Place {
  readonly line: number;
  readonly row: number;
}

/** A row on the terminal: a line's columns from `from` on. */
export interface Row {
  readonly line: number;
  readonly entry: Entry;
  readonly from: number;
}

const MOST_LINES = 10_000;
/** A longer line of output is cut: nobody reads it. */
const LONGEST = 8192;

export class Scrollback {
  #lines: Entry[] = [];
  #first = 0;
  /** The last line has no end yet. */
  #isOpen = false;

  /** The number of the oldest line that is kept, and of the one that would come next. */
  get first(): number {
    return this.#first;
  }

  get end(): number {
    return this.#first + this.#lines.length;
  }

  add(entry: Entry): void {
    this.#isOpen = false;
    this.#lines.push(cut(entry));
    // Forgets a tenth at once, so that forgetting costs nothing per line.
    if (this.#lines.length <= MOST_LINES * 1.1) return;
    const gone = this.#lines.length - MOST_LINES;
    this.#lines = this.#lines.slice(gone);
    this.#first += gone;
  }

  /** Text as it stands, line ends included. */
  say(text: string): void {
    const [head = "", ...more] = text.replaceAll("\r", "").split("\n");
    const last = this.#lines.at(-1);
    if (this.#isOpen && last !== undefined)
      this.#lines[this.#lines.length - 1] = cut({ ...last, text: last.text + head });
    else if (head !== "" || more.length > 0) this.add({ kind: "output", text: head });
    this.#isOpen = true;
    for (const [index, line] of more.entries()) {
      this.#isOpen = false;
      if (line === "" && index === more.length - 1) break;
      this.add({ kind: "output", text: line });
      this.#isOpen = true;
    }
  }

  at(line: number): Entry | undefined {
    return this.#lines[line - this.#first];
  }

  /** The rows from a place on. */
  rows(from: Place, height: number, columns: number): Row[] {
    const rows: Row[] = [];
    let { line, row } = this.#held(from);
    for (; rows.length < height && line < this.end; line += 1, row = 0) {
      const entry = this.at(line);
      if (entry === undefined) break;
      for (; row < rowsOf(entry, columns) && rows.length < height; row += 1)
        rows.push({ line, entry, from: row * columns });
    }
    return rows;
  }

  /** The place from which `height` rows reach the end. */
  tail(height: number, columns: number): Place {
    return this.moved({ line: this.end, row: 0 }, -height, columns);
  }

  /** A place so many rows farther down, or up where `by` is negative; it stops at the ends. */
  moved(from: Place, by: number, columns: number): Place {
    let { line, row } = this.#held(from);
    row += by;
    while (row < 0 && line > this.#first) {
      line -= 1;
      row += rowsOf(this.at(line), columns);
    }
    while (line < this.end && row >= rowsOf(this.at(line), columns)) {
      row -= rowsOf(this.at(line), columns);
      line += 1;
    }
    return line >= this.end ? { line: this.end, row: 0 } : { line, row: Math.max(0, row) };
  }

  /** The nearest line before `before` that contains the text, small and capital letters being the same; `undefined` = none. */
  findOlder(text: string, before: number): number | undefined {
    return this.#find(text, before - 1, -1);
  }

  findNewer(text: string, after: number): number | undefined {
    return this.#find(text, after + 1, 1);
  }

  #find(text: string, from: number, step: 1 | -1): number | undefined {
    const wanted = text.toLowerCase();
    if (wanted === "") return undefined;
    for (let line = from; line >= this.#first && line < this.end; line += step) {
      const entry = this.at(line);
      if (entry !== undefined && `${entry.prompt ?? ""}${entry.text}`.toLowerCase().includes(wanted)) return line;
    }
    return undefined;
  }

  #held({ line, row }: Place): Place {
    return line < this.#first ? { line: this.#first, row: 0 } : { line: Math.min(line, this.end), row };
  }
}

function rowsOf(entry: Entry | undefined, columns: number): number {
  return entry === undefined ? 1 : Math.max(1, Math.ceil(entryLength(entry) / Math.max(1, columns)));
}

function cut(entry: Entry): Entry {
  return entry.text.length <= LONGEST ? entry : { ...entry, text: `${entry.text.slice(0, LONGEST)}…` };
}
