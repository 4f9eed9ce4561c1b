/**
 * A terminal made of callbacks, in the shape that Ink takes for the process's own: keys are written into one, what is drawn comes out of the
 * other by a function. Serves terminals over SSH, and tests.
 */

import { PassThrough, Writable } from "node:stream";

export class TerminalInput extends PassThrough {
  readonly isTTY = true;
  readonly isRaw = true;

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

export class TerminalOutput extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #draw: (text: string) => void;
  readonly #unread: () => number;
  /** The size that the terminal has by now. */
  #wanted: { readonly columns: number; readonly rows: number };

  /** `unread`: octets that `draw` could not hand on yet. */
  constructor(
    size: { readonly columns: number; readonly rows: number },
    draw: (text: string) => void,
    unread: () => number = () => 0,
  ) {
    super({ decodeStrings: false });
    this.columns = size.columns;
    this.rows = size.rows;
    this.#draw = draw;
    this.#unread = unread;
    this.#wanted = size;
  }

  get unread(): number {
    return this.#unread();
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#draw(chunk.toString());
    done();
  }

  resize(columns: number, rows: number): void {
    this.#wanted = { columns, rows };
    this.settle();
  }

  /** A new size counts when the terminal has taken everything: whoever hears of it draws all of it anew. */
  settle(): void {
    const { columns, rows } = this.#wanted;
    if (this.unread > 0 || (columns === this.columns && rows === this.rows)) return;
    this.columns = columns;
    this.rows = rows;
    this.emit("resize");
  }
}

/** Octets that were drawn and that the terminal has not taken. */
export function unreadOf(output: NodeJS.WriteStream | TerminalOutput): number {
  return output instanceof TerminalOutput ? output.unread : output.writableLength;
}
