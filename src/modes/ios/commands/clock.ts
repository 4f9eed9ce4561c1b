/** The time zone that clocks and time stamps are shown in. */

import { line, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { globalMode } from "../modes.ts";

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

const clockSummer = setting({
  ...global,
  section: "clock",
  form: [
    clock,
    kw("summer-time", "Configure summer (daylight savings) time"),
    arg("name", word(), "Name of time zone in summer"),
    pick("kind", { date: "Configure absolute summer time", recurring: "Configure recurring summer time" }),
    opt(arg("when", line(), "Start and end")),
  ],
  effect: utc,
});

export const clockCommands = [
  clockTimezone,
  clockSummer,
  ...keptLines(
    { ...global, section: "clock", effect: utc },
    { "clock calendar-valid": "Calendar time is authoritative" },
  ),
];
