/** What a shell's gateway says of its log and its process, for tests that have neither. */

import type { LogBuffer } from "../../src/modes/common/log-buffer.ts";
import type { ProcessUsage } from "../../src/modes/common/process-usage.ts";

export function logBufferOf(events: LogBuffer["events"] = []): LogBuffer {
  let kept = events;
  return {
    get events() {
      return kept;
    },
    logged: { console: 0, monitor: 0, buffer: events.length },
    clear: () => {
      kept = [];
    },
  };
}

const MEGABYTE = 1024 * 1024;

export const processUsage: ProcessUsage = {
  pid: 4711,
  uptimeMillis: 60_000,
  residentBytes: 96 * MEGABYTE,
  heapTotalBytes: 48 * MEGABYTE,
  heapUsedBytes: 32 * MEGABYTE,
  machineBytes: 1024 * MEGABYTE,
  machineFreeBytes: 512 * MEGABYTE,
  userMillis: 1200,
  systemMillis: 300,
  load: { fiveSeconds: 3, oneMinute: 2, fiveMinutes: 1, bySecond: [5, 1], byMinute: [], byHour: [] },
};
