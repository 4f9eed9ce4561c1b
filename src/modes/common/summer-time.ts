/** `clock timezone` and `clock summer-time` as both dialects have them: their parameters, and what they make of a clock. */

import type { ArgumentType } from "../../grammar/argument.ts";
import { shaped, uint, word } from "../../grammar/arguments.ts";
import { arg, kw, oneOf, opt, pick, type ValuesOf } from "../../grammar/elements.ts";
import { type ClockChange, LAST_WEEK, type SummerTime, type TimeZone } from "./civil-time.ts";
import { minutesOf, MONTHS as WHOLE_MONTHS } from "./moments.ts";

const MONTHS = Object.values(WHOLE_MONTHS).map((name) => name.slice(0, 3));
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** One of some names from three letters on; kept as its first three. */
function nameOf(placeholder: string, names: readonly string[]): ArgumentType<string> {
  const any = shaped(placeholder, /^[a-z]{3,}$/i);
  return {
    ...any,
    examples: names.map((name) => name.slice(0, 3)),
    read(line, at) {
      const read = any.read(line, at);
      if (!read.ok) return read;
      const name = names.find((each) => each.toLowerCase().startsWith(read.value.toLowerCase()));
      return name === undefined ? { ok: false, at } : { ...read, value: name.slice(0, 3) };
    },
  };
}

const month = nameOf("MONTH", Object.values(WHOLE_MONTHS));
const weekday = nameOf("DAY", WEEKDAYS);
const time = { ...shaped("hh:mm", /^(?:[01]?\d|2[0-3]):[0-5]\d$/), examples: ["2:00"] };
const year = uint(1993, 2035);
const dayOfMonth = uint(1, 31);
const WEEKS = { first: "First week of the month", last: "Last week of the month" };
const offset = opt(arg("offset", uint(1, 1440), "Minutes that the clock is put forward"));

export const timeZoneForm = [
  arg("name", word(), "Name of the zone"),
  arg("hours", { ...shaped("<-23 - 23>", /^-?(\d|1\d|2[0-3])$/), examples: ["-5"] }, "Hours from UTC"),
  opt(arg("minutes", uint(0, 59), "Minutes besides")),
] as const;

/** `weeks`: the largest number of a week that the box knows. */
export function summerTimeForm(weeks: number) {
  const week = uint(1, weeks);
  return [
    arg("name", word(), "Name of the zone in summer"),
    oneOf(
      [
        kw("date", "Once, between two dates"),
        oneOf(
          [arg("fromDay", dayOfMonth, "Day on which it begins"), arg("fromMonth", month, "Month in which it begins")],
          [arg("fromMonth", month, "Month in which it begins"), arg("fromDay", dayOfMonth, "Day on which it begins")],
        ),
        arg("fromYear", year, "Year in which it begins"),
        arg("fromTime", time, "Time at which it begins"),
        oneOf(
          [arg("toDay", dayOfMonth, "Day on which it ends"), arg("toMonth", month, "Month in which it ends")],
          [arg("toMonth", month, "Month in which it ends"), arg("toDay", dayOfMonth, "Day on which it ends")],
        ),
        arg("toYear", year, "Year in which it ends"),
        arg("toTime", time, "Time at which it ends"),
        offset,
      ],
      [
        kw("recurring", "Each year"),
        opt(
          oneOf([arg("fromWeek", week, "Week in which it begins")], [pick("fromEdge", WEEKS)]),
          arg("fromWeekday", weekday, "Weekday on which it begins"),
          arg("fromMonth", month, "Month in which it begins"),
          arg("fromTime", time, "Time at which it begins"),
          oneOf([arg("toWeek", week, "Week in which it ends")], [pick("toEdge", WEEKS)]),
          arg("toWeekday", weekday, "Weekday on which it ends"),
          arg("toMonth", month, "Month in which it ends"),
          arg("toTime", time, "Time at which it ends"),
          offset,
        ),
      ],
    ),
  ] as const;
}

type ZoneValues = ValuesOf<typeof timeZoneForm>;
type SummerValues = ValuesOf<ReturnType<typeof summerTimeForm>>;

export function timeZoneOf({ name, hours, minutes = 0 }: ZoneValues): TimeZone {
  const away = Math.abs(Number(hours)) * 60 + minutes;
  return { name, offsetMinutes: hours.startsWith("-") ? -away : away };
}

/** What holds where no dates are said: the rule of the United States. */
const BY_ITSELF = {
  fromWeek: 2,
  fromWeekday: "Sun",
  fromMonth: "Mar",
  fromTime: "2:00",
  toWeek: 1,
  toWeekday: "Sun",
  toMonth: "Nov",
  toTime: "2:00",
};

export function summerTimeOf(values: SummerValues): SummerTime {
  const said: Partial<SummerValues> = values.fromMonth === undefined ? { ...BY_ITSELF, ...values } : values;
  return {
    name: values.name,
    minutes: values.offset ?? 60,
    from: changeOf({
      month: said.fromMonth,
      time: said.fromTime,
      day: said.fromDay,
      year: said.fromYear,
      weekday: said.fromWeekday,
      week: said.fromWeek,
      edge: said.fromEdge,
    }),
    to: changeOf({
      month: said.toMonth,
      time: said.toTime,
      day: said.toDay,
      year: said.toYear,
      weekday: said.toWeekday,
      week: said.toWeek,
      edge: said.toEdge,
    }),
  };
}

interface Said {
  readonly month: string | undefined;
  readonly time: string | undefined;
  readonly day: number | undefined;
  readonly year: number | undefined;
  readonly weekday: string | undefined;
  readonly week: number | undefined;
  readonly edge: keyof typeof WEEKS | undefined;
}

function changeOf({
  month: name = "",
  time: clock = "",
  day,
  year: inYear,
  weekday: of = "",
  week,
  edge,
}: Said): ClockChange {
  const at = { month: MONTHS.indexOf(name), minuteOfDay: minutesOf(clock) };
  if (day !== undefined && inYear !== undefined) return { ...at, day, year: inYear };
  return {
    ...at,
    weekday: WEEKDAYS.findIndex((name) => name.startsWith(of)),
    week: week ?? (edge === "last" ? LAST_WEEK : 1),
  };
}
