/** How a log event reads in IOS: a time stamp, and the event's own words with its fields behind them. */

import type { LogEvent } from "../../engine/kernel/log.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** `*Mar  1 00:51:05.987`; the star says that nobody vouches for the clock. */
export function timestamp(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2);
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  return `*${MONTHS[at.getUTCMonth()]} ${day} ${time}.${String(at.getUTCMilliseconds()).padStart(3, "0")}`;
}

/** The event in plain words: `Main mode failed: peer 1.2.3.4:500, reason …`. `except` names fields that stand elsewhere. */
export function sentence(event: LogEvent, except: readonly string[] = []): string {
  const fields = Object.entries(event.fields).filter(([name, value]) => value !== undefined && !except.includes(name));
  return fields.length === 0
    ? event.text
    : `${event.text}: ${fields.map(([name, value]) => `${name} ${value}`).join(", ")}`;
}
