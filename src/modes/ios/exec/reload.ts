/** Starting over from the saved configuration: at once, after a while or at a time of day. */

import { line, shaped, uint } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { author } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { MONTHS, minutesOf, nextMoment, timeOfDay } from "../../common/moments.ts";
import { after, confirm, yesOrNo } from "../../common/questions.ts";
import { dateText } from "../document.ts";
import { civilTime } from "../log-style.ts";
import { save } from "./saving.ts";
import { PRIVILEGED, print, show } from "./words.ts";

const MINUTE = 60_000;
/** The box takes no plan that lies farther ahead. */
const FARTHEST_MINUTES = 24 * 24 * 60;
const DEFAULT_REASON = "Reload Command";

/** `hhh:mm` or `mmm`. */
const delay = shaped("Delay before reload (mmm or hhh:mm)", /^\d{1,3}(:[0-5]\d)?$/);

/** `in 1 hour and 30 minutes`. */
function ahead(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const parts = [
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ] as const;
  const named = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? "" : "s"}`]));
  return `in ${named.slice(0, 2).join(" and ") || "0 seconds"}`;
}

interface Plan {
  readonly inMillis: number;
  readonly reason: string;
}

function planLines({ running: { clock }, chassis }: ExecContext, { inMillis, reason }: Plan, by: string): string[] {
  const at = clock.date(clock.now() + inMillis);
  return [
    `Reload scheduled for ${dateText(at, civilTime(chassis))} (${ahead(inMillis)}) by ${by}`,
    `Reload reason: ${reason || DEFAULT_REASON}`,
  ];
}

/** `plan` absent = at once. */
function reload(context: ExecContext, plan: Plan | undefined, reason: string): ExecResult {
  const { running } = context;
  const by = author(context);
  const proceed = (): ExecResult =>
    confirm("Proceed with reload?", () => {
      if (plan === undefined) running.reloadNow(reason, by);
      else running.reloadIn(plan.inMillis / MINUTE, reason, by);
      return {};
    });
  const ask = (): ExecResult => (plan === undefined ? proceed() : after(planLines(context, plan, by), proceed()));
  if (running.isSaved) return ask();
  return yesOrNo("System configuration has been modified. Save?", (yes) => {
    if (!yes) return ask();
    const saved = save(context);
    return saved.ok === false ? saved : after(saved.lines ?? [], ask());
  });
}

const reloadWord = kw("reload", "Halt and perform a cold restart");
const reasonText = opt(arg("reason", line(), "Reason for reload"));
const month = pick("month", MONTHS);
const day = arg("day", uint(1, 31), "Day of the month");

export const reloadCommands = [
  exec({
    level: PRIVILEGED,
    form: [
      reloadWord,
      opt(
        oneOf(
          [kw("in", "Reload after a time interval"), arg("delay", delay, "Delay before reload (mmm or hhh:mm)")],
          [flag("cancel", "cancel", "Cancel pending reload")],
        ),
      ),
      reasonText,
    ],
    run(context: ExecContext, { delay: typed, cancel, reason = "" }) {
      if (cancel !== true) {
        const plan = typed === undefined ? undefined : { inMillis: minutesOf(typed) * MINUTE, reason };
        return reload(context, plan, reason);
      }
      if (context.running.cancelReload()) return { lines: ["", "***", "*** --- SHUTDOWN ABORTED ---", "***", ""] };
      return { ok: false, lines: ["%No reload is scheduled."] };
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      reloadWord,
      kw("at", "Reload at a specific time/date"),
      arg("time", timeOfDay, "Time to reload (hh:mm)"),
      opt(oneOf([month, day], [day, month])),
      reasonText,
    ],
    run(context: ExecContext, { time, month: inMonth, day: onDay, reason = "" }) {
      const { clock } = context.running;
      const now = clock.date();
      const at = nextMoment(now, civilTime(context.chassis), { time, month: inMonth, day: onDay });
      if (at === undefined) return { ok: false, lines: ["%There is no such day."] };
      const inMillis = at.getTime() - now.getTime();
      if (inMillis > FARTHEST_MINUTES * MINUTE) {
        return { ok: false, lines: ["%The date/time is too far in the future: 24 days at the most."] };
      }
      return reload(context, { inMillis, reason }, reason);
    },
  }),
  exec({
    form: [show, kw("reload", "Scheduled reload information")],
    run(context: ExecContext) {
      const planned = context.running.reload;
      if (planned === undefined) return print(["No reload is scheduled."], null);
      const inMillis = planned.at - context.running.clock.now();
      return print(planLines(context, { inMillis, reason: planned.reason }, planned.by), planned);
    },
  }),
];
