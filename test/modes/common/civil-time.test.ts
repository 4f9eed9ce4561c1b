/** The clock of a place against the zones that the host knows, hour by hour over years. */

import { describe, expect, test } from "vitest";
import { type CivilTime, fromClock, onClock, zoneAt } from "../../../src/modes/common/civil-time.ts";

const HOUR = 3_600_000;

const NEW_YORK: CivilTime = {
  name: "EST",
  offsetMinutes: -300,
  summer: {
    name: "EDT",
    minutes: 60,
    from: { month: 2, weekday: 0, week: 2, minuteOfDay: 120 },
    to: { month: 10, weekday: 0, week: 1, minuteOfDay: 120 },
  },
};
const BERLIN: CivilTime = {
  name: "CET",
  offsetMinutes: 60,
  summer: {
    name: "CEST",
    minutes: 60,
    from: { month: 2, weekday: 0, week: 5, minuteOfDay: 120 },
    to: { month: 9, weekday: 0, week: 5, minuteOfDay: 180 },
  },
};
const LORD_HOWE: CivilTime = {
  name: "LHST",
  offsetMinutes: 630,
  summer: {
    name: "LHDT",
    minutes: 30,
    from: { month: 9, weekday: 0, week: 1, minuteOfDay: 120 },
    to: { month: 3, weekday: 0, week: 1, minuteOfDay: 120 },
  },
};

/** Minutes east of UTC, as the host's own tables have it. */
function offsetIn(zone: string): (at: Date) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(part.year ?? 0, (part.month ?? 0) - 1, part.day, part.hour, part.minute);
    return (local - at.getTime()) / 60_000;
  };
}

describe.each([
  ["America/New_York", NEW_YORK],
  ["Europe/Berlin", BERLIN],
  ["Australia/Lord_Howe", LORD_HOWE],
])("%s", (zone, time) => {
  const expected = offsetIn(zone);
  const hours = Array.from({ length: 3 * 365 * 8 }, (_, index) => new Date(Date.UTC(2025, 0, 1) + index * 3 * HOUR));

  test("the clock is put forward and back when it is there", () => {
    const wrong = hours.filter((at) => zoneAt(time, at).offsetMinutes !== expected(at));
    expect(wrong.map((at) => at.toISOString())).toEqual([]);
  });

  test("what the clock reads leads back to the moment, but for what it reads twice", () => {
    const wrong = hours.filter((at) => fromClock(time, onClock(time, at)).getTime() !== at.getTime());
    const doubtful = wrong.filter((at) => zoneAt(time, new Date(at.getTime() - HOUR)).name === zoneAt(time, at).name);
    expect(doubtful.map((at) => at.toISOString())).toEqual([]);
  });
});

test("summer between two dates is over when they are", () => {
  const summer = { name: "S", minutes: 60 };
  const from = { year: 2026, month: 2, day: 29, minuteOfDay: 120 };
  const once = { name: "W", offsetMinutes: 0, summer: { ...summer, from, to: { ...from, month: 9 } } };
  const names = ["2025-06-01", "2026-03-29T01:59Z", "2026-03-29T02:00Z", "2026-10-29T00:59Z", "2026-10-29T01:00Z"];
  expect([...names, "2027-06-01"].map((at) => zoneAt(once, new Date(at)).name)).toEqual(["W", "W", "S", "S", "W", "W"]);
});
