/** What a terminal shows after octets were written to it: its cells, as lines of text. */

import xterm from "@xterm/headless";

export class TerminalScreen {
  readonly #terminal: xterm.Terminal;
  /** Octets that came so far. */
  written = 0;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  }

  write(text: string): void {
    this.written += text.length;
    this.#terminal.write(text.replaceAll(/\r?\n/g, "\r\n"));
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  /** The visible lines once everything written has been taken in, without blanks at their ends. */
  async lines(): Promise<string[]> {
    await new Promise<void>((resolve) => this.#terminal.write("", resolve));
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? "").trimEnd(),
    );
  }

  /** The terminal is on its second screen. */
  get isAlternate(): boolean {
    return this.#terminal.buffer.active.type === "alternate";
  }

  /** Colours and manners of the cells of a line: how many cells have any. */
  styledCells(row: number): number {
    const line = this.#terminal.buffer.active.getLine(this.#terminal.buffer.active.viewportY + row);
    let styled = 0;
    for (let column = 0; column < this.#terminal.cols; column += 1) {
      const cell = line?.getCell(column);
      if (cell !== undefined && !cell.isFgDefault()) styled += 1;
    }
    return styled;
  }
}
