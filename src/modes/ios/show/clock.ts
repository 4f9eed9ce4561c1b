/** `show clock`. */

import { type CivilTime, onClock, summerIn, zoneAt } from "../../common/civil-time.ts";

/** `*18:57:38.347 UTC Mon Oct 19 2015`; the star says that nobody vouches for the clock. */
export function clockLine(now: Date, time: CivilTime, isSet: boolean): string {
  const local = onClock(time, now);
  return `${isSet ? "" : "*"}${local.toISOString().slice(11, 23)} ${zoneAt(time, now).name} ${dayText(local)}`;
}

/** `Mon Oct 19 2015`, of the UTC fields. */
function dayText(local: Date): string {
  // "Mon, 19 Oct 2015 18:57:38 GMT"
  const [weekday = "", day = "", month = "", year = ""] = local.toUTCString().split(/,? /);
  return `${weekday} ${month} ${Number(day)} ${year}`;
}

/** When the clock is put forward and back, by the clock that it is until then. */
export function summerLines(now: Date, time: CivilTime): string[] {
  const change = (what: string, at: Date, zone: string): string =>
    `Summer time ${what} ${at.toISOString().slice(11, 19)} ${zone} ${dayText(at)}`;
  const { summer, name } = time;
  if (summer === undefined) return [];
  const { from, to } = summerIn(summer, onClock(time, now).getUTCFullYear());
  return [change("starts", from, name), change("ends", to, summer.name)];
}
