/** The engine's own words for an event, for where the box has none. */

import type { LogEvent } from "../../engine/kernel/log.ts";

/** The event in plain words: `Main mode failed: peer 1.2.3.4:500, reason …`. `except` names fields that stand elsewhere. */
export function sentence(event: LogEvent, except: readonly string[] = []): string {
  const fields = Object.entries(event.fields).filter(([name, value]) => value !== undefined && !except.includes(name));
  return fields.length === 0
    ? event.text
    : `${event.text}: ${fields.map(([name, value]) => `${name} ${value}`).join(", ")}`;
}

/** A field as text, empty where it is absent. */
export function field(event: LogEvent, name: string): string {
  return String(event.fields[name] ?? "");
}

/** `1.2.3.4:500` without the port. */
export function addressIn(event: LogEvent, name: string): string {
  return field(event, name).replace(/:\d+$/, "");
}

/** The port of `1.2.3.4:500`. */
export function portIn(event: LogEvent, name: string): string {
  return /:(\d+)$/.exec(field(event, name))?.[1] ?? "500";
}
