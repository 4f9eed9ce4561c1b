/**
 * When a `time-range` holds: from the words of its lines and the router's own clock. A range without a line holds never; the last
 * minute that a line names belongs to it.
 */

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
const GROUPS: Readonly<Record<string, readonly number[]>> = {
  daily: [0, 1, 2, 3, 4, 5, 6],
  weekdays: [1, 2, 3, 4, 5],
  weekend: [0, 6],
};

/** Between the ends of `absolute`, where it is there, and in one of the `periodic` times, where there are any. */
export function isActive(lines: readonly string[], local: Date): boolean {
  const absolute = lines.filter((line) => line.startsWith("absolute"));
  const periodic = lines.filter((line) => line.startsWith("periodic"));
  if (absolute.length + periodic.length === 0) return false;
  return (
    absolute.every((line) => isBetween(line, local)) &&
    (periodic.length === 0 || periodic.some((line) => isInWeek(line, local)))
  );
}

function isBetween(line: string, local: Date): boolean {
  const [, start] = / start (\S+ \S+ \S+ \S+)/.exec(line) ?? [];
  const [, end] = / end (\S+ \S+ \S+ \S+)/.exec(line) ?? [];
  const now = Math.floor(local.getTime() / 60_000);
  return (start === undefined || momentOf(start) <= now) && (end === undefined || now <= momentOf(end));
}

/** `8:00 1 January 2026`, the day and the month in either order; in minutes since the epoch. */
function momentOf(text: string): number {
  const [time = "", first = "", second = "", year = ""] = text.split(" ");
  const [day, month] = /^\d/.test(first) ? [first, second] : [second, first];
  return Date.UTC(Number(year), indexOf(MONTHS, month), Number(day)) / 60_000 + minutesOf(time);
}

/** `periodic Monday Tuesday 8:00 to 18:00`, `periodic Friday 18:00 to Monday 8:00`; what ends before it starts ends a day later. */
function isInWeek(line: string, local: Date): boolean {
  const [, days = "", start = "", endDay, end = ""] =
    /^periodic (.+?) (\d+:\d+) to (?:([A-Za-z]+) )?(\d+:\d+)$/.exec(line) ?? [];
  const now = local.getUTCDay() * DAY + local.getUTCHours() * 60 + local.getUTCMinutes();
  return (GROUPS[days] ?? days.split(" ").map((day) => indexOf(DAYS, day))).some((day) => {
    const from = day * DAY + minutesOf(start);
    const sameWeek = (endDay === undefined ? day : indexOf(DAYS, endDay)) * DAY + minutesOf(end);
    const until = sameWeek >= from ? sameWeek : sameWeek + (endDay === undefined ? DAY : WEEK);
    return [now, now + WEEK].some((at) => from <= at && at <= until);
  });
}

function indexOf(names: readonly string[], word: string): number {
  return names.indexOf(word.slice(0, 3).toLowerCase());
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
