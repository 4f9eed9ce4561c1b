/** `show log`: the messages that are kept, and what of the log goes where. */

import type { Category } from "../../../engine/kernel/log.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import { onClock } from "../../common/civil-time.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { civilTime } from "../compile/civil-time.ts";
import { logThresholds } from "../compile/log-thresholds.ts";
import { logCategories } from "../log-categories.ts";
import { atLeast, type LogThreshold, lineOf, thresholdOf } from "../syslog.ts";
import { placed } from "./text.ts";

export function showLogData(
  context: ExecContext,
  wanted: {
    readonly file?: "nv-file" | undefined;
    readonly delta?: true | undefined;
    readonly category?: Category | undefined;
    readonly severity?: LogThreshold | undefined;
  },
): ExecResult {
  if (wanted.file !== undefined) return { lines: ["No messages are kept over a restart"], model: [] };
  const { baselines, clock, logBuffer } = context;
  const time = civilTime(context.chassis);
  const mark = wanted.delta === true || baselines.always ? baselines.setAt("log") : undefined;
  const from = mark === undefined ? undefined : clock.toDate(mark);
  const events = logBuffer.events.filter(
    ({ event, at }) =>
      (from === undefined || at >= from) &&
      (wanted.category === undefined || event.category === wanted.category) &&
      (wanted.severity === undefined || atLeast(event.severity, wanted.severity)),
  );
  return {
    lines: events.map(({ event, at }) => lineOf(event, onClock(time, at))),
    model: events.map(({ event, at }) => ({ at, ...event })),
  };
}

const COLUMNS = [0, 12, 24];

export function showLogSeverities({ debug, chassis }: ExecContext, categories: readonly Category[]): ExecResult {
  const configured = logThresholds(chassis);
  const rows = categories.map((category) => ({ category, severity: thresholdOf(debug, category, configured) }));
  return {
    lines: [
      placed(COLUMNS, ["category", "severity", "what"]),
      placed(COLUMNS, ["----------", "----------", "------------------------------"]),
      ...rows.map((row) => placed(COLUMNS, [row.category, row.severity.toUpperCase(), logCategories[row.category]])),
    ],
    model: rows,
  };
}

/** Destinations as configured, with how many lines went to each that exists here. */
export function showLogConfiguration(context: ExecContext): ExecResult {
  const { logBuffer, terminal } = context;
  const configured = context.renderConfiguration().filter((line) => line.startsWith("log "));
  const severities = showLogSeverities(context, Object.keys(logCategories) as Category[]);
  return {
    lines: [
      `Log messages are ${terminal.monitor ? "" : "not "}shown in this session`,
      `Console: ${logBuffer.logged.console} messages, sessions: ${logBuffer.logged.monitor}, kept: ${logBuffer.events.length}`,
      ...(configured.length === 0 ? [] : ["", "Configured:", ...configured.map((line) => `  ${line}`)]),
      "",
      ...(severities.lines ?? []),
    ],
    model: { monitor: terminal.monitor, logged: logBuffer.logged, configured, severities: severities.model },
  };
}
