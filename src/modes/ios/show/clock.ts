/** `show clock`. */

import { inZone, type TimeZone } from "../log-style.ts";

/** `*18:57:38.347 UTC Mon Oct 19 2015`; the star says that nobody vouches for the clock. */
export function clockLine(now: Date, zone: TimeZone, isSet: boolean): string {
  const local = inZone(now, zone);
  // "Mon, 19 Oct 2015 18:57:38 GMT"
  const [weekday = "", day = "", month = "", year = ""] = local.toUTCString().split(/,? /);
  return `${isSet ? "" : "*"}${local.toISOString().slice(11, 23)} ${zone.name} ${weekday} ${month} ${Number(day)} ${year}`;
}
