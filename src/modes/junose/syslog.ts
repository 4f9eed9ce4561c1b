/**
 * Log events as JunosE prints them: severity, time, category, virtual router, text. What is printed of a category is told by a
 * severity: notices and worse at first, or what the configuration says; `log severity` in exec says otherwise for a session.
 */

import type { Category, LogEvent, Severity } from "../../engine/kernel/log.ts";
import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { DebugSwitches } from "../common/exec-context.ts";
import { adviceOn } from "../common/failures.ts";
import { lineName } from "./line-settings.ts";

/** Least to worst; nothing here is ever said above `error`. */
const RANKS = {
  debug: 0,
  info: 1,
  notice: 2,
  warning: 3,
  error: 4,
  critical: 5,
  alert: 6,
  emergency: 7,
  off: 8,
} as const;

export const logSeverities = {
  debug: "Everything, packet by packet",
  info: "Changes of state and worse",
  notice: "Refusals and worse",
  warning: "Broken promises of peers and worse",
  error: "Faults of this router",
  critical: "Critical conditions; there are none here",
  alert: "Conditions to act on at once; there are none here",
  emergency: "The router is unusable",
  off: "Nothing",
} as const satisfies Readonly<Record<keyof typeof RANKS, string>>;

export type LogThreshold = keyof typeof RANKS;

const AT_FIRST: LogThreshold = "notice";

/** A session keeps one name per category it was told about: `debug l2tp`. */
export function setThreshold(debug: DebugSwitches, category: Category, severity: LogThreshold | undefined): void {
  for (const name of [...debug.on]) if (name.endsWith(` ${category}`)) debug.set(name, false);
  if (severity !== undefined) debug.set(`${severity} ${category}`, true);
}

/** Severities that hold for every session: of single categories, and of the others. */
export type LogThresholds = ReadonlyMap<Category | undefined, LogThreshold>;

/** The severity from which on a category is printed. */
export function thresholdOf(
  debug: Pick<DebugSwitches, "on"> | undefined,
  category: Category,
  configured?: LogThresholds,
): LogThreshold {
  for (const name of debug?.on ?? []) {
    const [severity, of] = name.split(" ");
    if (of === category && isThreshold(severity)) return severity;
  }
  return configured?.get(category) ?? configured?.get(undefined) ?? AT_FIRST;
}

function isThreshold(word: string | undefined): word is LogThreshold {
  return word !== undefined && Object.hasOwn(RANKS, word);
}

/** Whether a threshold lets less through than another. */
export function isAbove(one: LogThreshold, other: LogThreshold): boolean {
  return RANKS[one] > RANKS[other];
}

export function atLeast(severity: Severity, threshold: LogThreshold): boolean {
  return RANKS[severity] >= RANKS[threshold];
}

export function logLine(
  event: LogEvent,
  at: Date,
  debug?: Pick<DebugSwitches, "on">,
  configured?: LogThresholds,
  /** Of the place where the line is to be printed. */
  least: LogThreshold = "debug",
): string | undefined {
  const isWanted = atLeast(event.severity, thresholdOf(debug, event.category, configured));
  return isWanted && atLeast(event.severity, least) ? lineOf(event, at) : undefined;
}

export function lineOf(event: LogEvent, at: Date): string {
  const { category, severity, text, fields } = event;
  const { virtualRouter, ...rest } = fields;
  const details = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined ? [] : [`, ${name} ${name === "line" ? lineName(`${value}`) : value}`],
  );
  const router = virtualRouter === undefined ? DEFAULT_ROUTER : String(virtualRouter);
  const line = `${severity.toUpperCase()} ${timestamp(at)} ${category} (${router}): ${text}${details.join("")}`;
  return `${line}${adviceOn(event, line)}`;
}

/** `11/21/2026 07:10:11`; `at` as the clock reads. */
export function timestamp(at: Date): string {
  const [date = "", time = ""] = at.toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year} ${time.slice(0, 8)}`;
}
