/** What the rows of failures say of the events of a test. */

import type { LogEvent } from "../../src/engine/kernel/log.ts";
import { type Failure, failuresIn } from "../../src/modes/common/failures.ts";

/** All are said to have come about at the same moment; what is for debugging alone is left out, as a box leaves it out. */
export function failuresOf(events: readonly LogEvent[], at = new Date(0)): Failure[] {
  const told = events.filter(({ severity }) => severity !== "debug").map((event) => ({ event, at }));
  return failuresIn({ events: told, logged: { console: 0, monitor: 0, buffer: 0 }, clear: () => undefined });
}
