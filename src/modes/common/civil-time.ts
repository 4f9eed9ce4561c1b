/**
 * The time of a clock that stands somewhere: so many minutes from UTC, and put forward in summer, in the years between two dates
 * or by a rule that holds each year. Routers are told both in their configuration; nothing here knows the zones of the world.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A zone by its name, and minutes east of UTC. */
export interface TimeZone {
  readonly name: string;
  readonly offsetMinutes: number;
}

/** The fifth of its kind is the last one, in months that have four too. */
export const LAST_WEEK = 5;

/** A day and a time on the clock as it goes until then; months and weekdays count from 0. */
export type ClockChange = { readonly month: number; readonly minuteOfDay: number } & (
  | { readonly year: number; readonly day: number }
  /** Which of those weekdays in the month: the first is 1. */
  | { readonly weekday: number; readonly week: number }
);

export interface SummerTime {
  /** Of the zone in summer. */
  readonly name: string;
  /** So far the clock is put forward. */
  readonly minutes: number;
  readonly from: ClockChange;
  readonly to: ClockChange;
}

export interface CivilTime extends TimeZone {
  readonly summer?: SummerTime | undefined;
}

export const UTC: TimeZone = { name: "UTC", offsetMinutes: 0 };

/** The zone as it is at a moment: its name and offset of summer in summer. */
export function zoneAt({ name, offsetMinutes, summer }: CivilTime, at: Date): TimeZone {
  const winter = { name, offsetMinutes };
  if (summer === undefined) return winter;
  const clock = at.getTime() + offsetMinutes * MINUTE;
  const year = new Date(clock).getUTCFullYear();
  const from = changeIn(summer.from, year);
  // What ends summer is read from a clock that is still put forward.
  const to = changeIn(summer.to, year) - summer.minutes * MINUTE;
  // South of the equator summer goes over the turn of the year.
  const isSummer = from <= to || "year" in summer.from ? from <= clock && clock < to : clock >= from || clock < to;
  return isSummer ? { name: summer.name, offsetMinutes: offsetMinutes + summer.minutes } : winter;
}

/** When it begins and ends, each as the clock reads until then (its UTC fields): the summer that begins in a year. */
export function summerIn({ from, to }: SummerTime, year: number): { readonly from: Date; readonly to: Date } {
  const start = changeIn(from, year);
  const end = changeIn(to, year);
  return { from: new Date(start), to: new Date(end < start ? changeIn(to, year + 1) : end) };
}

/** The moment shifted so that its UTC fields read as the clock does. */
export function onClock(time: CivilTime, at: Date): Date {
  return new Date(at.getTime() + zoneAt(time, at).offsetMinutes * MINUTE);
}

/** The moment at which the clock reads so; `clock` as `onClock` gives it. What it reads twice is the first time, in summer. */
export function fromClock(time: CivilTime, clock: Date): Date {
  const ahead = time.offsetMinutes + (time.summer?.minutes ?? 0);
  const summer = new Date(clock.getTime() - ahead * MINUTE);
  if (zoneAt(time, summer).offsetMinutes === ahead) return summer;
  return new Date(clock.getTime() - time.offsetMinutes * MINUTE);
}

/** Milliseconds of a clock that nobody puts forward. */
function changeIn(change: ClockChange, year: number): number {
  const { month, minuteOfDay } = change;
  const day = "day" in change ? Date.UTC(change.year, month, change.day) : weekdayIn(change, year);
  return day + minuteOfDay * MINUTE;
}

function weekdayIn({ month, weekday, week }: { month: number; weekday: number; week: number }, year: number): number {
  const last = Date.UTC(year, month + 1, 0);
  if (week >= LAST_WEEK) return last - ((new Date(last).getUTCDay() - weekday + 7) % 7) * DAY;
  const first = Date.UTC(year, month, 1);
  return first + (((weekday - new Date(first).getUTCDay() + 7) % 7) + (week - 1) * 7) * DAY;
}
