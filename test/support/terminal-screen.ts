/** What a terminal shows after octets were written to it: its cells, as lines of text. */

import xterm from "@xterm/headless";

/** A cell as it is drawn; `colour` is one of the sixteen of ECMA-48, `undefined` the terminal's own. */
export interface StyledCell {
  readonly text: string;
  readonly colour: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

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

  /** The cells of a visible line. */
  cells(row: number): StyledCell[] {
    const { active } = this.#terminal.buffer;
    const line = active.getLine(active.viewportY + row);
    return Array.from({ length: this.#terminal.cols }, (_, column) => {
      const cell = line?.getCell(column);
      return {
        text: cell?.getChars() || " ",
        colour: cell === undefined || cell.isFgDefault() ? undefined : cell.getFgColor(),
        bold: (cell?.isBold() ?? 0) !== 0,
        dim: (cell?.isDim() ?? 0) !== 0,
        inverse: (cell?.isInverse() ?? 0) !== 0,
      };
    });
  }
}
