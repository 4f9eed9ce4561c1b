/** The time ranges of a configuration, and which of them hold at a moment by the clock that it asks for. */

import type { ConfigReader } from "../../../grammar/declaration.ts";
import { renderForm } from "../../../grammar/render.ts";
import { onClock } from "../../common/civil-time.ts";
import { timeRange } from "../commands/tracking.ts";
import { civilTime } from "../log-style.ts";
import { isActive } from "../time-range.ts";

/** `at` = `undefined`: nobody asks at what time, and all of them hold. */
export function rangesAt(config: ConfigReader, at: Date | undefined): ReadonlyMap<string, boolean> {
  return new Map(
    config.all(timeRange).map(({ values, children }) => {
      const lines = children.map((line) => renderForm(line.command.form, line.values));
      return [values.name, at === undefined || isActive(lines, onClock(civilTime(config), at))];
    }),
  );
}

/** What changes with the time of day; `undefined` = nothing does. */
export function timeState(config: ConfigReader, at: Date): string | undefined {
  const ranges = rangesAt(config, at);
  return ranges.size === 0 ? undefined : [...ranges].join();
}
