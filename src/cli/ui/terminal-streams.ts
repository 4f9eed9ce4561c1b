/**
 * A terminal made of callbacks, in the shape that Ink takes for the process's own: keys go in by `feed`, what is drawn comes out by a
 * function. Serves terminals over SSH, and tests.
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

  constructor(size: { readonly columns: number; readonly rows: number }, draw: (text: string) => void) {
    super({ decodeStrings: false });
    this.columns = size.columns;
    this.rows = size.rows;
    this.#draw = draw;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#draw(chunk.toString());
    done();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.emit("resize");
  }
}
