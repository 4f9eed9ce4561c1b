/** What the configuration says about the log: from which severity on each category is printed. */

import type { Category } from "../../../engine/kernel/log.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { logSeverity } from "../commands/logging.ts";
import type { LogThreshold, LogThresholds } from "../syslog.ts";

export function logThresholds(chassis: ConfigReader): LogThresholds {
  return new Map(
    chassis
      .all(logSeverity)
      .map(({ values }): [Category | undefined, LogThreshold] => [values.category, values.severity]),
  );
}
