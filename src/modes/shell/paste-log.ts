/**
 * What was pasted at a terminal, told apart from what was typed: lines that come faster than anybody types. The last
 * paste is kept with what became of each line.
 */

import type { LineResult } from "./line-result.ts";
import { type PasteReport, pasteReport, reportLine } from "./paste.ts";
import type { ReportedLine } from "./report.ts";
import type { Shell } from "./shell.ts";

/** A longer pause between two lines is a person. */
const PAUSE_MILLIS = 500;
/** A script may feed lines for days without a pause: what it says from here on is a paste of its own. */
const MOST_LINES = 100_000;

export class PasteLog {
  #lines: ReportedLine[] = [];
  #changed = false;
  #configuring = false;
  #last = Number.NEGATIVE_INFINITY;
  #kept: PasteReport | undefined;

  /** The last paste that was configuration; `undefined` when there was none. */
  get report(): PasteReport | undefined {
    return this.#lines.length > 1 && this.#configuring ? pasteReport(this.#lines, this.#changed) : this.#kept;
  }

  /** What comes now is a paste of its own, however soon it comes. */
  begin(): void {
    this.#kept = this.report;
    this.#lines = [];
    this.#changed = false;
    this.#configuring = false;
  }

  /** A line was run: `prompt` before it, the shell as it stands behind it. `now` in milliseconds. */
  add(text: string, prompt: string, result: LineResult, shell: Shell, now: number): void {
    if (now - this.#last > PAUSE_MILLIS || this.#lines.length === MOST_LINES) this.begin();
    this.#last = now;
    this.#changed ||= result.changed;
    this.#configuring ||= shell.configuring;
    this.#lines.push(reportLine({ number: this.#lines.length + 1, text, offset: 0, prompt }, result, shell));
  }
}
