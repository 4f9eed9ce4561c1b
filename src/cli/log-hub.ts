/**
 * Where log events go: to every session that listens, with the time they were said, and into a ring that keeps the last of
 * them. The ring leaves out what is said per packet: one busy client would push everything else out of it.
 */

import type { Log, LogEvent } from "../engine/kernel/log.ts";
import type { LogBuffer, LogDestination } from "../modes/common/log-buffer.ts";

export interface TimedEvent {
  readonly event: LogEvent;
  readonly at: Date;
  /** Counts the lines of the log from 1; what is no line has the number of the last one. */
  readonly sequence: number;
  readonly uptimeMillis: number;
}

export type LogListener = (timed: TimedEvent) => void;

const KEPT_EVENTS = 4096;

export class LogHub implements LogBuffer {
  readonly #listeners = new Set<LogListener>();
  readonly #logged: Record<LogDestination, number> = { console: 0, monitor: 0, buffer: 0 };
  readonly #startedAt: number;
  readonly #date: () => Date;
  readonly #isLine: (event: LogEvent) => boolean;
  #events: TimedEvent[] = [];
  #sequence = 0;

  /** `isLine`: the router says this event in its log by itself. */
  constructor(isLine: (event: LogEvent) => boolean = () => true, date: () => Date = () => new Date()) {
    this.#isLine = isLine;
    this.#date = date;
    this.#startedAt = date().getTime();
  }

  get events(): readonly TimedEvent[] {
    return this.#events;
  }

  get logged(): Readonly<Record<LogDestination, number>> {
    return this.#logged;
  }

  /** Returns what ends the listening. */
  listen(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A terminal showed so many lines of the log. */
  shown(destination: LogDestination, lines: number): void {
    this.#logged[destination] += lines;
  }

  clear(): void {
    this.#events = [];
  }

  readonly log: Log = (category, severity, text, fields = {}) => {
    const event = { category, severity, text, fields };
    const at = this.#date();
    if (this.#isLine(event)) {
      this.#sequence += 1;
      this.#logged.buffer += 1;
    }
    const timed = { event, at, sequence: this.#sequence, uptimeMillis: at.getTime() - this.#startedAt };
    if (severity !== "debug") this.#keep(timed);
    for (const listener of this.#listeners) listener(timed);
  };

  /** Forgets by halves, so that keeping costs nothing per event. */
  #keep(timed: TimedEvent): void {
    this.#events.push(timed);
    if (this.#events.length >= 2 * KEPT_EVENTS) this.#events = this.#events.slice(-KEPT_EVENTS);
  }
}
