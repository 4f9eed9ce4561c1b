/**
 * Log events as JunosE prints them: severity, time, category, virtual router, text. The box prints notices and worse by
 * itself; `log severity` adds the rest of a category for a session.
 */

import type { Category, LogEvent, Severity } from "../../engine/kernel/log.ts";
import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { DebugSwitches } from "../common/exec-context.ts";

/** Least to worst. */
const SEVERITIES: readonly Severity[] = ["debug", "info", "notice", "warning", "error"];

export const logCategories = {
  aaa: "Authentication of users",
  config: "Configuration",
  ike: "IKE negotiations",
  ip: "IP",
  ipsec: "IPsec connections",
  l2tp: "L2TP tunnels and sessions",
  ppp: "PPP",
  system: "The router itself",
} as const satisfies Readonly<Record<Category, string>>;

export const logSeverities = {
  debug: "Everything, packet by packet",
  info: "Changes of state and worse",
  notice: "Refusals and worse",
} as const;

export type SwitchedSeverity = keyof typeof logSeverities;

/** The name under which a session keeps that a category is wanted from a severity on. */
export function switchName(severity: SwitchedSeverity, category: Category): string {
  return `${severity} ${category}`;
}

export function logLine(event: LogEvent, at: Date): string | undefined {
  return printsByItself(event) ? lineOf(event, at) : undefined;
}

/** What `logLine` leaves out and the session asked for. */
export function debugLines(event: LogEvent, debug: DebugSwitches, at: Date): readonly string[] {
  if (printsByItself(event)) return [];
  const wanted = (["debug", "info"] as const).some(
    (severity) => debug.on.has(switchName(severity, event.category)) && rank(event.severity) >= rank(severity),
  );
  return wanted ? [lineOf(event, at)] : [];
}

function printsByItself(event: LogEvent): boolean {
  return rank(event.severity) >= rank("notice");
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function lineOf({ category, severity, text, fields }: LogEvent, at: Date): string {
  const { virtualRouter, ...rest } = fields;
  const details = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [`, ${name} ${value}`]));
  const router = virtualRouter === undefined ? DEFAULT_ROUTER : String(virtualRouter);
  return `${severity.toUpperCase()} ${timestamp(at)} ${category}Log (${router}): ${text}${details.join("")}`;
}

/** `11/21/2026 07:10:11`, in UTC. */
function timestamp(at: Date): string {
  const [date = "", time = ""] = at.toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year} ${time.slice(0, 8)}`;
}
