/** What the configuration says about the log: from which severity on each category is printed. */

import type { Category } from "../../../engine/kernel/log.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { logConsole, logSeverity } from "../commands/logging.ts";
import type { LogThreshold, LogThresholds } from "../syslog.ts";

export function logThresholds(chassis: ConfigReader): LogThresholds {
  return new Map(
    chassis
      .all(logSeverity)
      .map(({ values }): [Category | undefined, LogThreshold] => [values.category, values.severity]),
  );
}

/** How severe a message must be to reach the console, besides what its category says; `undefined` = nothing is said of it. */
export function consoleThreshold(chassis: ConfigReader): LogThreshold | undefined {
  const [line] = chassis.all(logConsole);
  return line?.negated === true ? "off" : line?.values.severity;
}
