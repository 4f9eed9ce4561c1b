import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Moderation } from "../../../src/dataplane/io/moderation.ts";

interface Reading {
  readonly count: number;
  /** Since the packets before were worked on, milliseconds. */
  readonly pause: number;
  readonly work: number;
}

/** How long the thread rested after each reading. */
function rests(readings: readonly Reading[]): number[] {
  const moderation = new Moderation();
  let now = 1000;
  return readings.map(({ count, pause, work }) => {
    const began = now + pause;
    now = began + work;
    const rest = moderation.restAfter(count, began, now);
    now += rest;
    return rest;
  });
}

/** Packets come one by one, so many in a millisecond, whatever the thread does; each takes it 10 us. */
function readAt(rate: number): { count: number; rest: number; oldest: number }[] {
  const moderation = new Moderation();
  let now = 1000;
  let next = now;
  return Array.from({ length: 500 }, () => {
    const began = Math.max(now, next);
    const count = Math.floor((began - next) * rate) + 1;
    const oldest = began - next;
    next += count / rate;
    now = began + count * 0.01;
    const rest = moderation.restAfter(count, began, now);
    now += rest;
    return { count, rest, oldest };
  });
}

const alike = (length: number, reading: Reading): Reading[] => Array.from({ length }, () => reading);

describe("a thread that reads packets", () => {
  test("does not rest where few come", () => {
    for (const rate of [0.001, 1, 5, 10]) expect(Math.max(...readAt(rate).map(({ rest }) => rest))).toBe(0);
  });

  test("reads a dozen at once where they came one by one before, and each waits a third of a millisecond at most", () => {
    const each = readAt(45);
    expect(each.slice(0, 10).every(({ rest, count }) => rest === 0 && count <= 2)).toBe(true);
    for (const { count, oldest } of each.slice(200)) {
      expect(count).toBeGreaterThanOrEqual(8);
      expect(oldest).toBeLessThan(0.33);
    }
  });

  test("leaves off where the senders wait for it", () => {
    const each = rests(alike(500, { count: 2, pause: 0.01, work: 0.03 }));
    expect(each.filter((rest) => rest > 0).length).toBeLessThan(250);
  });

  test("does not rest where many come at once, or where the work has taken the time", () => {
    expect(Math.max(...rests(alike(500, { count: 32, pause: 0.01, work: 0.1 })))).toBe(0);
    expect(Math.max(...rests(alike(500, { count: 20, pause: 0, work: 0.3 })))).toBe(0);
  });

  test("learns what a burst brings and seldom rests behind its end", () => {
    const burst: Reading[] = [
      { count: 3, pause: 0.4, work: 0.01 },
      { count: 17, pause: 0, work: 0.06 },
    ];
    const each = rests(Array.from({ length: 400 }, () => burst).flat()).slice(200);
    const behind = (last: number) => each.filter((rest, i) => i % 2 === last && rest > 0).length;
    expect(behind(0)).toBeGreaterThan(200);
    expect(behind(1)).toBeLessThan(40);
  });

  test("does not rest for a turn without packets", () => {
    const many = alike(500, { count: 4, pause: 0.01, work: 0.03 });
    expect(rests([...many, { count: 0, pause: 0.01, work: 0 }]).at(-1)).toBe(0);
  });

  test("does not rest after the first packet behind a silence", () => {
    const many = alike(500, { count: 4, pause: 0.01, work: 0.03 });
    expect(rests([...many, { count: 1, pause: 20, work: 0.01 }]).at(-1)).toBe(0);
  });

  test("never rests for more than a quarter of a millisecond", () => {
    const reading = fc.record({
      count: fc.nat({ max: 64 }),
      pause: fc.double({ min: 0, max: 3, noNaN: true }),
      work: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 200 }), (readings) => {
        for (const rest of rests(readings)) {
          expect(rest).toBeGreaterThanOrEqual(0);
          expect(rest).toBeLessThanOrEqual(0.25);
        }
      }),
    );
  });
});
