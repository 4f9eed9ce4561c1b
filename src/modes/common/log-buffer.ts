/** The log as a router keeps it: what was said lately, and how many lines went where. */

import type { LogEvent } from "../../engine/kernel/log.ts";

/** `console` and `monitor` are terminals; `buffer` is what the router keeps. */
export type LogDestination = "console" | "monitor" | "buffer";

export interface LogBuffer {
  /** Oldest first; only so many are kept. What is said per packet (severity `debug`) is not among them. */
  readonly events: readonly { readonly event: LogEvent; readonly at: Date }[];
  /** Lines since the start, by where they went. */
  readonly logged: Readonly<Record<LogDestination, number>>;
  /** Forgets the events; the counts go on. */
  clear(): void;
}
