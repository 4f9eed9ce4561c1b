/**
 * The router's wall clock: that of the host until somebody sets it, then as far from it as it was set. Only what is shown, logged
 * and judged by dates moves with it; deadlines go by the monotonic clock.
 */

import type { Host } from "./host.ts";

export interface ClockHost extends Host {
  /** Somebody set the clock. */
  readonly clockIsSet: boolean;
  setDate(date: Date): void;
}

export function withClock(host: Host): ClockHost {
  let aheadMillis: number | undefined;
  return {
    random: host.random,
    copies: host.copies,
    now: () => host.now(),
    date: () => (aheadMillis === undefined ? host.date() : new Date(host.date().getTime() + aheadMillis)),
    after: (millis, work) => host.after(millis, work),
    drive: (context) => host.drive(context),
    get clockIsSet() {
      return aheadMillis !== undefined;
    },
    setDate(date) {
      aheadMillis = date.getTime() - host.date().getTime();
    },
  };
}
