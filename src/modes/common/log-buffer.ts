/** The log as a router keeps it: what was said lately, and how many lines went where. */

import type { LogEvent } from "../../engine/kernel/log.ts";
import type { ConfigReader } from "../../grammar/declaration.ts";

/** `console` and `monitor` are terminals; `buffer` is what the router keeps. */
export type LogDestination = "console" | "monitor" | "buffer";

export interface LogBuffer {
  /** Oldest first; only so many are kept. What is said per packet (severity `debug`) is among them where debugging is on. */
  readonly events: readonly BufferedEvent[];
  /** Lines since the start, by where they went. */
  readonly logged: Readonly<Record<LogDestination, number>>;
  /** Forgets the events; the counts go on. */
  clear(): void;
}

export interface BufferedEvent {
  readonly event: LogEvent;
  readonly at: Date;
  /** Counts the lines of the log from 1. */
  readonly sequence?: number;
  /** Since the router started. */
  readonly uptimeMillis?: number;
  /** The clock had been set. */
  readonly vouched?: boolean;
  /** What debugging said of it. */
  readonly debugging?: readonly string[];
}

/** Where a line of the log goes and what is configured for it; a dialect may print by that. */
export interface LogPlace {
  readonly config: ConfigReader;
  readonly destination: LogDestination;
  readonly sequence: number;
  readonly uptimeMillis: number;
  readonly vouched?: boolean | undefined;
}
