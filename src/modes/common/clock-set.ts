/** `clock set`: the clock that is shown, that dates the log and that certificates are judged by. Deadlines go on as they were. */

import { shaped, uint } from "../../grammar/arguments.ts";
import { type ConfigReader, exec } from "../../grammar/declaration.ts";
import { arg, kw, oneOf, pick } from "../../grammar/elements.ts";
import type { CivilTime } from "./civil-time.ts";
import { author } from "./editing.ts";
import type { ExecContext } from "./exec-context.ts";
import { MONTHS, momentOf } from "./moments.ts";

const time = { ...shaped("hh:mm:ss", /^([01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d$/), examples: ["12:00:00"] };
const day = arg("day", uint(1, 31), "Day of the month");
const month = pick("month", MONTHS);

/** `level`: who may set it; `time`: where the clock stands whose time is typed. */
export function clockSet({ level, time: timeOf }: { level: number; time(chassis: ConfigReader): CivilTime }) {
  return exec({
    level,
    form: [
      kw("clock", "Manage the system clock"),
      kw("set", "Set the time and date"),
      arg("time", time, "Current time"),
      oneOf([day, month], [month, day]),
      arg("year", uint(1993, 2035), "Year"),
    ],
    run(context: ExecContext, values) {
      const { day: onDay = 0, month: inMonth = "january" } = values;
      const moment = { time: values.time, day: onDay, month: inMonth, year: values.year };
      const date = momentOf(timeOf(context.chassis), moment);
      if (date === undefined) return { ok: false, lines: ["% There is no such day"] };
      context.clock.set?.(date, author(context));
      return {};
    },
  });
}
