/** A text that was pasted, taken line by line. What comes while it runs is put behind it. */

import { RETURN } from "../keys.ts";

export class Paste {
  #lines: string[];
  /** What stands behind the last line end. */
  rest: string;
  done = 0;
  isConfiguration: boolean;

  /** Line ends are Returns. */
  constructor(text: string, isConfiguration: boolean) {
    const lines = text.split(RETURN);
    this.rest = lines.pop() ?? "";
    this.#lines = lines;
    this.isConfiguration = isConfiguration;
  }

  get all(): number {
    return this.#lines.length;
  }

  append(text: string): void {
    const [head = "", ...more] = text.split(RETURN);
    this.rest += head;
    for (const line of more) {
      this.#lines.push(this.rest);
      this.rest = line;
    }
  }

  /** The next line; `undefined` = all were taken. */
  next(): string | undefined {
    const line = this.#lines[this.done];
    if (line === undefined) return undefined;
    this.done += 1;
    return line;
  }

  /** A line was run, and the shell stands in configuration or not. */
  sawConfiguration(configuring: boolean): void {
    this.isConfiguration ||= configuring;
  }
}
