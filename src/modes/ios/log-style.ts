/** How log lines are dated and numbered, as `service timestamps` and `service sequence-numbers` ask for it. */

import type { ConfigReader } from "../../grammar/declaration.ts";
import { type CivilTime, onClock, UTC, zoneAt } from "../common/civil-time.ts";
import { summerTimeOf, timeZoneOf } from "../common/summer-time.ts";
import { clockSummerTime, clockTimezone } from "./commands/clock.ts";
import { serviceSwitch, serviceTimestampsDebug, serviceTimestampsLog } from "./commands/system.ts";
import { age } from "./show/age.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

export interface LogStyle {
  readonly form: "datetime" | "uptime" | "none";
  readonly milliseconds: boolean;
  readonly zone: CivilTime;
  readonly showZone: boolean;
  readonly year: boolean;
  readonly numbered: boolean;
}

/** What the box does without a line of configuration. */
export const DEFAULT_STYLE: LogStyle = {
  form: "datetime",
  milliseconds: true,
  zone: UTC,
  showZone: false,
  year: false,
  numbered: false,
};

/** The clock that times are shown by. */
export function civilTime(config: ConfigReader): CivilTime {
  const [zone] = config.all(clockTimezone);
  const [summer] = config.all(clockSummerTime);
  return {
    ...(zone === undefined ? UTC : timeZoneOf(zone.values)),
    summer: summer === undefined ? undefined : summerTimeOf(summer.values),
  };
}

export function logStyle(config: ConfigReader, kind: "log" | "debug"): LogStyle {
  const [line] = config.all(kind === "log" ? serviceTimestampsLog : serviceTimestampsDebug);
  const numbered = config
    .all(serviceSwitch)
    .some(({ values, negated }) => values.name === "sequence-numbers" && !negated);
  if (line === undefined) return { ...DEFAULT_STYLE, numbered };
  if (line.negated) return { ...DEFAULT_STYLE, form: "none", numbered };
  const { form, msec, localtime, zone, year } = line.values;
  return {
    form: form === "uptime" ? "uptime" : "datetime",
    milliseconds: msec === true,
    zone: localtime === true ? civilTime(config) : UTC,
    showZone: zone === true,
    year: year === true,
    numbered,
  };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** `*Mar  1 00:51:05.987`; the star says that nobody vouches for the clock: it is the host's and was never set. */
export function timestamp(at: Date, style: LogStyle = DEFAULT_STYLE, vouched = false): string {
  const local = onClock(style.zone, at);
  const day = String(local.getUTCDate()).padStart(2);
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
  const thousandths = style.milliseconds ? `.${String(local.getUTCMilliseconds()).padStart(3, "0")}` : "";
  const year = style.year ? ` ${local.getUTCFullYear()}` : "";
  const zone = style.showZone ? ` ${zoneAt(style.zone, at).name}` : "";
  return `${vouched ? "" : "*"}${MONTHS[local.getUTCMonth()]} ${day}${year} ${time}${thousandths}${zone}`;
}

/** Where a line stands in the log. */
export interface LogPlace {
  readonly at: Date;
  /** Since the router started, in milliseconds. */
  readonly uptime: number;
  /** Counts the lines of the log from 1. */
  readonly sequence: number;
  readonly vouched?: boolean | undefined;
}

/** What stands before the text of a line: `000049: *Mar  1 00:51:05.987: `. */
export function lineHead({ at, uptime, sequence, vouched }: LogPlace, style: LogStyle): string {
  const number = style.numbered ? `${String(sequence).padStart(6, "0")}: ` : "";
  if (style.form === "none") return number;
  return `${number}${style.form === "uptime" ? age(uptime) : timestamp(at, style, vouched)}: `;
}
