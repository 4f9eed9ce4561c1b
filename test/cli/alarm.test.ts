import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Alarm } from "../../src/cli/alarm.ts";
import type { Timers } from "../../src/cli/host.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const timers: Timers = {
  now: () => Date.now(),
  after(millis, work) {
    const timer = setTimeout(work, millis);
    return () => clearTimeout(timer);
  },
};

test("an alarm goes off at the deadline, also when it moves, and not when it is gone or stopped", () => {
  let at: number | undefined = timers.now() + 500;
  let times = 0;
  const alarm = new Alarm(
    timers,
    () => (at === undefined ? undefined : { at, why: "a test" }),
    () => {
      times += 1;
    },
  );
  alarm.set();
  at += 500;
  alarm.set();
  vi.advanceTimersByTime(999);
  expect(times).toBe(0);
  vi.advanceTimersByTime(1);
  expect(times).toBe(1);
  at = timers.now() + 100;
  alarm.set();
  at = undefined;
  alarm.set();
  vi.advanceTimersByTime(1000);
  expect(times).toBe(1);
  at = timers.now() + 100;
  alarm.set();
  alarm.stop();
  vi.advanceTimersByTime(1000);
  expect(times).toBe(1);
});

test("a deadline farther away than a timer can count is waited for in pieces", () => {
  const month = 31 * 24 * 3_600_000;
  const at = timers.now() + month;
  let firstCall: number | undefined;
  const alarm = new Alarm(
    timers,
    () => ({ at, why: "a test" }),
    () => {
      firstCall ??= timers.now();
      if (timers.now() < at) alarm.set();
    },
  );
  alarm.set();
  vi.advanceTimersByTime(month);
  expect(firstCall).toBeLessThan(at);
  expect(vi.getTimerCount()).toBe(0);
});
