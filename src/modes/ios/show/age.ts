/** How long something has lasted, as IOS says it: the longer, the coarser. */

import { clockTime } from "./words.ts";

const SECOND = 1000;
const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const YEAR = 365 * DAY;

/** How long something has lasted: `00:06:09`, from a day on `3d18h`, from a week on `2w3d`, from a year on `1y4w`. */
export function age(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / SECOND));
  const count = (size: number, within: number): number => Math.floor((seconds % within) / size);
  if (seconds < DAY) return clockTime(millis);
  if (seconds < WEEK) return `${Math.floor(seconds / DAY)}d${String(count(HOUR, DAY)).padStart(2, "0")}h`;
  if (seconds < YEAR) return `${Math.floor(seconds / WEEK)}w${count(DAY, WEEK)}d`;
  return `${Math.floor(seconds / YEAR)}y${count(WEEK, YEAR)}w`;
}
