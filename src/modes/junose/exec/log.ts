/**
 * `log …` and `show log …`. In configuration severities are kept and every session sees the same; in exec they are a switch
 * of one session, and nothing of it is kept.
 */

import type { Category } from "../../../engine/kernel/log.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { type CategoryName, categoryNames, categoryOf, logCategories, silentCategories } from "../log-categories.ts";
import { showLogConfiguration, showLogData, showLogSeverities } from "../show/log.ts";
import { logSeverities, setThreshold } from "../syslog.ts";
import { delta } from "./delta.ts";
import { show } from "./show-words.ts";

const ENABLED = 10;

const log = kw("log", "Configure logging in this session");
const no = kw("no", "Undo a command");
const severity = pick("severity", logSeverities);
const category = pick("category", categoryNames);
/** Of these nothing is ever said. */
const silent = pick("silent", silentCategories);
const anyCategory = opt(oneOf([category], [silent]));
const CATEGORIES = Object.keys(logCategories) as readonly Category[];

interface Chosen {
  readonly category?: CategoryName | undefined;
  readonly silent?: string | undefined;
}

function chosen({ category, silent }: Chosen): readonly Category[] {
  if (silent !== undefined) return [];
  return category === undefined ? CATEGORIES : [categoryOf(category)];
}

const here = exec({
  form: [log, kw("here", "Show log messages in this session")],
  run: (_context: ExecContext) => ({ action: { type: "monitor", on: true } }),
});

const setSeverity = exec({
  form: [log, kw("severity", "Show more or fewer messages of a category"), severity, anyCategory],
  run({ debug }: ExecContext, values): ExecResult {
    for (const one of chosen(values)) setThreshold(debug, one, values.severity);
    return { action: { type: "monitor", on: true } };
  },
});

/** It also works by its own name in configuration. */
export const logCommandsAnywhere = [here];

export const logCommands = [
  ...logCommandsAnywhere,
  setSeverity,
  exec({
    form: [no, log, kw("here", "Show no log messages in this session")],
    run: (_context: ExecContext) => ({ action: { type: "monitor", on: false } }),
  }),
  exec({
    form: [no, log, kw("severity", "Show the messages that are shown at first"), opt(severity), anyCategory],
    run({ debug }: ExecContext, values) {
      const named = values.severity;
      for (const one of chosen(values)) {
        if (named === undefined || debug.on.has(`${named} ${one}`)) setThreshold(debug, one, undefined);
      }
      return {};
    },
  }),
  exec({
    level: ENABLED,
    form: [kw("clear", "End or reset something"), kw("log", "Forget the log messages that are kept")],
    run({ logBuffer }: ExecContext) {
      logBuffer.clear();
      return {};
    },
  }),
];

const showLog = [show, kw("log", "Log messages and logging")] as const;

export const logShowCommands = [
  exec({
    form: [
      ...showLog,
      kw("data", "The messages that are kept"),
      opt(pick("file", { "nv-file": "Those that survive a restart" })),
      opt(delta),
      opt(kw("category", "Of one category"), category),
      opt(kw("severity", "From a severity on"), severity),
    ],
    run: (context: ExecContext, { category, ...wanted }) =>
      showLogData(context, { ...wanted, category: category && categoryOf(category) }),
  }),
  exec({
    form: [...showLog, kw("configuration", "What is logged, and where to")],
    run: (context: ExecContext) => showLogConfiguration(context),
  }),
  exec({
    form: [...showLog, kw("severity", "From which severity on this session sees a category"), anyCategory],
    run: (context: ExecContext, values) => showLogSeverities(context, chosen(values)),
  }),
];
