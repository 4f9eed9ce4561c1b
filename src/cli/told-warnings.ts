/** What a configuration asks for and cannot have, told to the log once each. */

import type { Log } from "../engine/kernel/log.ts";

export class ToldWarnings {
  readonly #log: Log;
  #told: readonly string[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** Those that were not there before. */
  tell(warnings: readonly string[]): void {
    const told = new Set(this.#told);
    for (const warning of warnings) if (!told.has(warning)) this.#log("config", "warning", warning);
    this.#told = warnings;
  }

  forget(): void {
    this.#told = [];
  }
}
