/** The terminal settings and the history of one login, as `terminal …` changes them and `show terminal` tells them. */

import type { FileDevice } from "../modes/common/device-files.ts";
import type { Terminal } from "../modes/common/terminal.ts";
import type { Examination } from "../modes/shell/examine.ts";

/** What a line has before anybody sets anything. */
export interface TerminalDefaults {
  readonly length: number;
  readonly width: number;
  readonly historySize: number;
}

/** A terminal has these; a pipe has no pages. */
export const TERMINAL_DEFAULTS: TerminalDefaults = { length: 24, width: 80, historySize: 20 };
export const PIPE_DEFAULTS: TerminalDefaults = { length: 0, width: 80, historySize: 20 };

type Buffer = "exec" | "configuration";

export class LoginTerminal implements Terminal {
  readonly #histories: Record<Buffer, readonly string[]> = { exec: [], configuration: [] };
  /** Where the login stands: each of the two has a history of its own. */
  readonly #standing: () => Buffer;
  #length: number;
  #width: number;
  #historySize: number;
  /** Set by hand: the size of the window counts no more. */
  readonly #fixed = { length: false, width: false };
  monitor: boolean;
  editing = true;
  directory: FileDevice = "flash";
  /** Told by whoever runs the lines. */
  pasted: () => Examination | undefined = () => undefined;

  constructor(defaults: TerminalDefaults, monitor: boolean, standing: () => Buffer) {
    this.#length = defaults.length;
    this.#width = defaults.width;
    this.#historySize = defaults.historySize;
    this.monitor = monitor;
    this.#standing = standing;
  }

  get length(): number {
    return this.#length;
  }

  set length(lines: number) {
    this.#length = lines;
    this.#fixed.length = true;
  }

  get width(): number {
    return this.#width;
  }

  set width(columns: number) {
    this.#width = columns;
    this.#fixed.width = true;
  }

  get historySize(): number {
    return this.#historySize;
  }

  set historySize(lines: number) {
    this.#historySize = lines;
    for (const buffer of ["exec", "configuration"] as const)
      this.#histories[buffer] = this.#kept(this.#histories[buffer]);
  }

  get history(): readonly string[] {
    return this.#histories[this.#standing()];
  }

  /** A line was typed; the same one twice in a row is kept once. */
  remember(line: string): void {
    const buffer = this.#standing();
    const lines = this.#histories[buffer];
    if (line.trim() === "" || lines.at(-1) === line) return;
    this.#histories[buffer] = this.#kept([...lines, line]);
  }

  /** The window has another size; 0 = unknown. */
  resize(columns: number, rows: number): void {
    if (!this.#fixed.width && columns > 0) this.#width = columns;
    if (!this.#fixed.length && rows > 0) this.#length = rows;
  }

  #kept(lines: readonly string[]): readonly string[] {
    return this.#historySize === 0 ? [] : lines.slice(-this.#historySize);
  }
}
