/**
 * `show time-range`: the times of the configuration, whether it is one of them now by the router's clock and zone, and which lists
 * name them.
 */

import { isActive } from "../time-range.ts";
import { configBlocks } from "./config-block.ts";

export interface TimeRangeView {
  readonly name: string;
  readonly active: boolean;
  /** As configured: `periodic weekdays 8:00 to 18:00`. */
  readonly times: readonly string[];
  /** Entries of IP access lists that name it. */
  readonly uses: number;
}

/** `local`: the clock with its UTC fields shifted into the zone of the router. */
export function timeRanges(body: readonly string[], local: Date, name?: string): TimeRangeView[] {
  return configBlocks(body, "time-range")
    .filter((range) => range.name === (name ?? range.name))
    .map((range) => ({
      name: range.name,
      active: isActive(range.lines, local),
      times: range.lines,
      uses: body.filter((line) => ENTRY.test(line) && `${line} `.includes(` time-range ${range.name} `)).length,
    }));
}

const ENTRY = /^(?:access-list \d+)? (?:permit|deny|\d+) /;

export function showTimeRanges(ranges: readonly TimeRangeView[]): string[] {
  return ranges.flatMap(({ name, active, times, uses }) => [
    `time-range entry: ${name} (${active ? "active" : "inactive"})`,
    ...times.map((line) => `   ${line}`),
    ...Array<string>(uses).fill("   used in: IP ACL entry"),
  ]);
}
