/** The time zone that clocks and time stamps are shown in. */

import { shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const clock = kw("clock", "Configure time-of-day clock");
const utc = inert("the clock is never put forward");
const hoursFromUtc = shaped("<-23 - 23>", /^-?(\d|1\d|2[0-3])$/);

export const clockTimezone = setting({
  ...global,
  section: "clock",
  form: [
    clock,
    kw("timezone", "Configure time zone"),
    arg("name", word(), "Name of time zone"),
    arg("hours", hoursFromUtc, "Hours offset from UTC"),
    opt(arg("minutes", uint(0, 59), "Minutes offset from UTC")),
  ],
});

const TIMES = "{<1-4> | first | last} DAY MONTH hh:mm";
const DATE = "{<1-31> MONTH | MONTH <1-31>} <1993-2035> hh:mm";

export const clockCommands = [
  clockTimezone,
  ...usageLines(
    {
      ...global,
      section: "clock",
      effect: utc,
      words: {
        clock: clock.help,
        date: "Configure absolute summer time",
        first: "First week of the month",
        initialize: "Initialize the clock at the start",
        last: "Last week of the month",
        recurring: "Configure recurring summer time",
        save: "Keep the time",
        "recurring <>": "Week of the month",
        "MONTH <>": "Minutes that the clock is put forward",
        "summer-time WORD": "Name of time zone in summer",
      },
    },
    {
      "clock calendar-valid": "Calendar time is authoritative",
      "clock initialize nvram": "From the time that was kept",
      "clock save interval <8-24>": "Hours between",
      [`clock summer-time WORD {date ${DATE} ${DATE} [<1-1440>] | recurring [${TIMES} ${TIMES} [<1-1440>]]}`]:
        "Configure summer (daylight savings) time",
    },
  ),
];
