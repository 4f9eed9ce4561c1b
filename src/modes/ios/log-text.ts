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

/** `1.2.3.4:500` without the port, `2001:DB8::1` of `[2001:db8::1]:500`. */
export function addressIn(event: LogEvent, name: string): string {
  return addressOfEndpoint(field(event, name));
}

export function addressOfEndpoint(text: string): string {
  return text.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, (_, address: string) => address.toUpperCase());
}

/** The port of `1.2.3.4:500`. */
export function portIn(event: LogEvent, name: string): string {
  return /:(\d+)$/.exec(field(event, name))?.[1] ?? "500";
}
