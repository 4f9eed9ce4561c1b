/** A configuration as a script of JunosE: what made it and when, the body, and the line by which tools know that all of it came. */

import { type CivilTime, onClock, UTC, zoneAt } from "../common/civil-time.ts";
import type { ConfigurationRecord } from "../dialect.ts";
import { civilTime } from "./compile/civil-time.ts";

export const MODEL = "ERX-1440";
export const PRODUCT = `Juniper Edge Routing Switch ${MODEL}`;
export const COPYRIGHT = "Copyright (c) 2026 the lnsh authors; emulated by lnsh";

export function versionText(version: string): string {
  return `Version: ${version} release-0.0 [BuildId ${version}]`;
}

const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** `MON DEC 01 2008 10:12:33 UTC`. */
export function dateText(moment: Date, time: CivilTime = UTC): string {
  const at = onClock(time, moment);
  const iso = at.toISOString();
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${iso.slice(8, 10)} ${iso.slice(0, 4)} ${iso.slice(11, 19)} ${zoneAt(time, moment).name}`;
}

const HIGHEST_LEVEL = 15;

/** `level`: of the session that asks; it sees what its level allows. */
export function document(
  body: readonly string[],
  { now, version, chassis }: Pick<ConfigurationRecord, "now" | "version" | "chassis">,
  level = HIGHEST_LEVEL,
): string[] {
  return [
    `! Configuration script being generated on ${dateText(now, civilTime(chassis))}`,
    `! ${PRODUCT}`,
    `! ${versionText(version)}`,
    `! ${COPYRIGHT}`,
    "!",
    `! Commands displayed are limited to those available at privilege level ${level}`,
    "!",
    ...body,
    "! End of generated configuration script.",
  ];
}
