/** A configuration as a file of IOS: when it was changed and saved, the body, `end`. */

import type { ConfigurationRecord } from "../dialect.ts";
import { inZone, type TimeZone, UTC } from "./log-style.ts";

export function document(body: readonly string[], { lastChange, savedAt }: ConfigurationRecord): string[] {
  const remarks: string[] = [];
  if (lastChange !== undefined) {
    remarks.push(`! Last configuration change at ${dateText(lastChange.at)} by ${lastChange.by}`);
  }
  if (savedAt !== undefined) remarks.push(`! NVRAM config last updated at ${dateText(savedAt)}`);
  return [...(remarks.length === 0 ? [] : ["!", ...remarks]), ...body, "end"];
}

/** `10:11:12 UTC Tue Mar 5 2024`. */
export function dateText(at: Date, zone: TimeZone = UTC): string {
  const local = inZone(at, zone);
  // "Tue, 05 Mar 2024 10:11:12 GMT"
  const [weekday = "", day = "", month = "", year = ""] = local.toUTCString().split(/,? /);
  return `${local.toISOString().slice(11, 19)} ${zone.name} ${weekday} ${month} ${Number(day)} ${year}`;
}
