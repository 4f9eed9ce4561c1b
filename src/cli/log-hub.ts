/**
 * Where log events go: to every session that listens, with the time they were said, and into a ring that keeps the last of
 * them. The ring leaves out what is said per packet: one busy client would push everything else out of it.
 */

import { fieldsOf, type Log, type LogEvent, type LogFields, type SaidFields } from "../engine/kernel/log.ts";
import type { LogBuffer, LogDestination } from "../modes/common/log-buffer.ts";

export interface TimedEvent {
  readonly event: LogEvent;
  readonly at: Date;
  /** Counts the lines of the log from 1; what is no line has the number of the last one. */
  readonly sequence: number;
  readonly uptimeMillis: number;
  /** Somebody had set the clock. */
  readonly vouched?: boolean;
  /** Lines of debugging that the router keeps of it. */
  readonly debugging?: readonly string[];
}

/** The time of the log; `clockIsSet`: somebody vouches for the date. */
export interface LogClock {
  now(): number;
  date(): Date;
  readonly clockIsSet?: boolean;
}

const HOST_CLOCK: LogClock = { now: () => Date.now(), date: () => new Date() };

/** Whoever keeps a debug event reads its fields at once: they are of a packet that goes. */
export type LogListener = (timed: TimedEvent) => void;

const KEPT_EVENTS = 4096;

/** An event of whose fields nobody may want to know. */
class Unworded implements LogEvent {
  readonly category: LogEvent["category"];
  readonly severity: LogEvent["severity"];
  readonly text: string;
  readonly #said: SaidFields;
  #fields: LogFields | undefined;

  constructor(category: LogEvent["category"], severity: LogEvent["severity"], text: string, said: SaidFields) {
    this.category = category;
    this.severity = severity;
    this.text = text;
    this.#said = said;
  }

  get fields(): LogFields {
    this.#fields ??= fieldsOf(this.#said);
    return this.#fields;
  }
}

export class LogHub implements LogBuffer {
  readonly #listeners = new Set<LogListener>();
  readonly #logged: Record<LogDestination, number> = { console: 0, monitor: 0, buffer: 0 };
  readonly #startedAt: number;
  readonly #clock: LogClock;
  readonly #isLine: (event: LogEvent) => boolean;
  readonly #debugged: (timed: TimedEvent) => readonly string[];
  #events: TimedEvent[] = [];
  #sequence = 0;

  /** `isLine`: the router says this event in its log by itself. `debugged`: what its buffer keeps of it because debugging is on. */
  constructor(
    isLine: (event: LogEvent) => boolean = () => true,
    clock: LogClock = HOST_CLOCK,
    debugged: (timed: TimedEvent) => readonly string[] = () => [],
  ) {
    this.#isLine = isLine;
    this.#debugged = debugged;
    this.#clock = clock;
    this.#startedAt = clock.now();
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

  readonly log: Log = (category, severity, text, said) => {
    const event =
      typeof said === "function"
        ? new Unworded(category, severity, text, said)
        : { category, severity, text, fields: fieldsOf(said) };
    const clock = this.#clock;
    if (this.#isLine(event)) {
      this.#sequence += 1;
      this.#logged.buffer += 1;
    }
    const timed = {
      event,
      at: clock.date(),
      sequence: this.#sequence,
      uptimeMillis: clock.now() - this.#startedAt,
      vouched: clock.clockIsSet === true,
    };
    const debugging = this.#debugged(timed);
    this.#logged.buffer += debugging.length;
    if (debugging.length > 0) {
      // What it is made of is not kept: a packet may be among it.
      this.#keep({ ...timed, event: { category, severity, text, fields: event.fields }, debugging });
    } else if (severity !== "debug") this.#keep(timed);
    for (const listener of this.#listeners) listener(timed);
  };

  /** Forgets by halves, so that keeping costs nothing per event. */
  #keep(timed: TimedEvent): void {
    this.#events.push(timed);
    if (this.#events.length >= 2 * KEPT_EVENTS) this.#events = this.#events.slice(-KEPT_EVENTS);
  }
}
