/** Times that commands are told to wait for: a delay in minutes, or the next moment that a clock shows. */

import { shaped } from "../../grammar/arguments.ts";
import { type CivilTime, fromClock, onClock } from "./civil-time.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const timeOfDay = { ...shaped("hh:mm", /^([01]?\d|2[0-3]):[0-5]\d$/), examples: ["12:00"] };

export const MONTHS = {
  january: "January",
  february: "February",
  march: "March",
  april: "April",
  may: "May",
  june: "June",
  july: "July",
  august: "August",
  september: "September",
  october: "October",
  november: "November",
  december: "December",
} as const;

interface Moment {
  /** `hh:mm` */
  readonly time: string;
  readonly month?: keyof typeof MONTHS | undefined;
  readonly day?: number | undefined;
}

/** A day and a time, `hh:mm:ss`, of a clock; `undefined` = no such day. */
export function momentOf(
  clock: CivilTime,
  moment: {
    readonly time: string;
    readonly month: keyof typeof MONTHS;
    readonly day: number;
    readonly year: number;
  },
): Date | undefined {
  const { time, month, day, year } = moment;
  const [hours, minutes, seconds] = time.split(":").map(Number);
  const local = new Date(Date.UTC(year, Object.keys(MONTHS).indexOf(month), day, hours, minutes, seconds));
  return local.getUTCDate() === day ? fromClock(clock, local) : undefined;
}

/** `mmm` or `hhh:mm`, in minutes. */
export function minutesOf(text: string): number {
  const [first = "0", second] = text.split(":");
  return second === undefined ? Number(first) : Number(first) * 60 + Number(second);
}

/** The next moment when a clock shows that; `undefined` = no such day. */
export function nextMoment(now: Date, clock: CivilTime, { time, month, day }: Moment): Date | undefined {
  const local = onClock(clock, now);
  const at = new Date(local);
  const minutes = minutesOf(time);
  at.setUTCHours(Math.floor(minutes / 60), minutes % 60, 0, 0);
  if (month !== undefined && day !== undefined) {
    at.setUTCMonth(Object.keys(MONTHS).indexOf(month), day);
    if (at.getUTCDate() !== day) return undefined;
    if (at <= local) at.setUTCFullYear(at.getUTCFullYear() + 1);
  } else if (at <= local) {
    at.setTime(at.getTime() + DAY);
  }
  return fromClock(clock, at);
}
