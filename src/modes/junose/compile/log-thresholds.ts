/** What the configuration says about the log: from which severity on each category is printed. */

import type { Category } from "../../../engine/kernel/log.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { logConsole, logSeverity } from "../commands/logging.ts";
import { categoryOf } from "../log-categories.ts";
import { isAbove, type LogThreshold, type LogThresholds } from "../syslog.ts";

/** Where several names say one kind of event, its own name decides, else the one that lets most through. */
export function logThresholds(chassis: ConfigReader): LogThresholds {
  const lines = chassis.all(logSeverity).map(({ values }) => values);
  const thresholds = new Map<Category | undefined, LogThreshold>();
  const own = new Set<Category>();
  for (const { category: name, severity } of lines) {
    const category = name && categoryOf(name);
    const before = thresholds.get(category);
    const isOwn = name === category;
    if (category !== undefined && own.has(category) && !isOwn) continue;
    if (isOwn || before === undefined || !isAbove(severity, before)) thresholds.set(category, severity);
    if (isOwn && category !== undefined) own.add(category);
  }
  return thresholds;
}

/** How severe a message must be to reach the console, besides what its category says; `undefined` = nothing is said of it. */
export function consoleThreshold(chassis: ConfigReader): LogThreshold | undefined {
  const [line] = chassis.all(logConsole);
  return line?.negated === true ? "off" : line?.values.severity;
}
