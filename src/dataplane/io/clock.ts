/** The process's clock: monotonic, in milliseconds since it started. */

import type { Millis } from "../../engine/kernel/machine.ts";

export interface Clock {
  now(): Millis;
}

export const systemClock: Clock = { now: () => performance.now() };
