/** Where log events go: to every session that listens, with the time they were said. */

import type { Log, LogEvent } from "../engine/kernel/log.ts";

export interface TimedEvent {
  readonly event: LogEvent;
  readonly at: Date;
}

export type LogListener = (timed: TimedEvent) => void;

export class LogHub {
  readonly #listeners = new Set<LogListener>();

  /** Returns what ends the listening. */
  listen(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly log: Log = (category, severity, text, fields = {}) => {
    const timed = { event: { category, severity, text, fields }, at: new Date() };
    for (const listener of this.#listeners) listener(timed);
  };
}
