/** A configuration as a file of IOS: when it was changed and saved, the body, `end`. */

import { type CivilTime, onClock, UTC, zoneAt } from "../common/civil-time.ts";
import type { ConfigurationRecord } from "../dialect.ts";
import { civilTime } from "./log-style.ts";

export function document(body: readonly string[], { lastChange, savedAt, chassis }: ConfigurationRecord): string[] {
  const clock = civilTime(chassis);
  const remarks: string[] = [];
  if (lastChange !== undefined) {
    remarks.push(`! Last configuration change at ${dateText(lastChange.at, clock)} by ${lastChange.by}`);
  }
  if (savedAt !== undefined) remarks.push(`! NVRAM config last updated at ${dateText(savedAt, clock)}`);
  return [...(remarks.length === 0 ? [] : ["!", ...remarks]), ...body, "end"];
}

/** `10:11:12 UTC Tue Mar 5 2024`. */
export function dateText(at: Date, zone: CivilTime = UTC): string {
  const local = onClock(zone, at);
  // "Tue, 05 Mar 2024 10:11:12 GMT"
  const [weekday = "", day = "", month = "", year = ""] = local.toUTCString().split(/,? /);
  return `${local.toISOString().slice(11, 19)} ${zoneAt(zone, at).name} ${weekday} ${month} ${Number(day)} ${year}`;
}
