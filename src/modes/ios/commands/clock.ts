/** The time zone that clocks and time stamps are shown in, and its summer time. */

import { inert, setting } from "../../../grammar/declaration.ts";
import { kw } from "../../../grammar/elements.ts";
import { summerTimeForm, timeZoneForm } from "../../common/summer-time.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const clock = kw("clock", "Configure time-of-day clock");
const hosts = inert("the clock is the host's");

export const clockTimezone = setting({
  ...global,
  section: "clock",
  form: [clock, kw("timezone", "Configure time zone"), ...timeZoneForm],
});

export const clockSummerTime = setting({
  ...global,
  section: "clock",
  form: [clock, kw("summer-time", "Configure summer (daylight savings) time"), ...summerTimeForm(4)],
});

export const clockCommands = [
  clockTimezone,
  clockSummerTime,
  ...usageLines(
    {
      ...global,
      section: "clock",
      effect: hosts,
      words: {
        clock: clock.help,
        initialize: "Initialize the clock at the start",
        save: "Keep the time",
      },
    },
    {
      "clock calendar-valid": "Calendar time is authoritative",
      "clock initialize nvram": "From the time that was kept",
      "clock save interval <8-24>": "Hours between",
    },
  ),
];
