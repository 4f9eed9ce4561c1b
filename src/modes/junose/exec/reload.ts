/** `reload`: starting over from the saved configuration, at once, after a while or at a time of day. */

import { line, shaped, uint } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { author } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { MONTHS, minutesOf, nextMoment, timeOfDay } from "../../common/moments.ts";
import { after, confirm, yesOrNo } from "../../common/questions.ts";
import { civilTime } from "../compile/civil-time.ts";
import { dateText } from "../document.ts";
import { ENABLE_LEVEL } from "./enable.ts";
import { save } from "./files.ts";
import { show } from "./show-words.ts";

const MINUTE = 60_000;

interface Order {
  /** `undefined` = at once. */
  readonly inMinutes: number | undefined;
  readonly force: boolean;
  readonly reason: string;
}

function reload(context: ExecContext, { inMinutes, force, reason }: Order): ExecResult {
  const { running, chassis } = context;
  const by = author(context);
  const start = (): ExecResult => {
    if (inMinutes === undefined) running.reloadNow(reason, by);
    else running.reloadIn(inMinutes, reason, by);
    return {};
  };
  if (force) return start();
  const plan =
    inMinutes === undefined
      ? []
      : [
          `Reload is planned for ${dateText(running.clock.date(running.clock.now() + inMinutes * MINUTE), civilTime(chassis))}`,
        ];
  const proceed = (): ExecResult => after(plan, confirm("Proceed with reload?", start));
  if (running.isSaved) return proceed();
  return yesOrNo("The configuration was modified and not saved. Save?", (yes) => {
    const saved = yes ? save(context) : {};
    return saved.ok === false ? saved : after(saved.lines ?? [], proceed());
  });
}

const word = kw("reload", "Start over from the saved configuration");
const force = flag("force", "force", "Do not ask");
const reason = opt(arg("reason", line(), "Reason, for the log"));
const month = pick("month", MONTHS);
const day = arg("day", uint(1, 31), "Day of the month");

export const reloadCommands = [
  exec({
    level: ENABLE_LEVEL,
    form: [
      word,
      force,
      opt(
        kw("in", "After a while"),
        arg("delay", shaped("[HHH:]MM", /^\d{1,3}(:[0-5]\d)?$/), "Minutes, or hours and minutes"),
        reason,
      ),
    ],
    run: (context: ExecContext, { delay, force = false, reason = "" }) =>
      reload(context, { inMinutes: delay === undefined ? undefined : minutesOf(delay), force, reason }),
  }),
  exec({
    level: ENABLE_LEVEL,
    form: [
      word,
      force,
      kw("at", "At a time of day"),
      arg("time", timeOfDay, "Time"),
      opt(oneOf([month, day], [day, month])),
      reason,
    ],
    run(context: ExecContext, { time, month: inMonth, day: onDay, force = false, reason = "" }) {
      const now = context.running.clock.date();
      const at = nextMoment(now, civilTime(context.chassis), { time, month: inMonth, day: onDay });
      if (at === undefined) return { ok: false, lines: ["% There is no such day"] };
      const inMinutes = (at.getTime() - now.getTime()) / MINUTE;
      return reload(context, { inMinutes, force, reason });
    },
  }),
  exec({
    level: ENABLE_LEVEL,
    form: [word, kw("cancel", "Drop a planned reload")],
    run: ({ running }: ExecContext) => (running.cancelReload() ? {} : { ok: false, lines: ["% No reload is planned"] }),
  }),
  exec({
    form: [show, kw("reload", "A planned reload")],
    run({ running, chassis }: ExecContext) {
      const planned = running.reload;
      if (planned === undefined) return { lines: ["No reload is planned"], model: null };
      const at = running.clock.date(planned.at);
      const { reason, by } = planned;
      return {
        lines: [
          `Reload is planned for ${dateText(at, civilTime(chassis))}, by ${by}${reason === "" ? "" : `: ${reason}`}`,
        ],
        model: { at, reason, by },
      };
    },
  }),
];
