import { expect, test } from "vitest";
import { NOTHING_CARRIED } from "../../../src/modes/common/port-traffic.ts";
import { RateMeter } from "../../../src/modes/common/rate-meter.ts";

const counts = (rxOctets: number, rxPackets = 0) => new Map([["Fa0/0", { ...NOTHING_CARRIED, rxOctets, rxPackets }]]);

test("a steady rate is approached as e to the time by the interval, however often it is sampled", () => {
  for (const step of [5, 7, 60, 300]) {
    const meter = new RateMeter();
    for (let seconds = 0; seconds <= 2100; seconds += step)
      meter.sample(1000 * seconds, counts(500 * seconds, 4 * seconds));
    for (const interval of [30, 300, 600]) {
      const { rxOctets, rxPackets, txOctets } = meter.rates("Fa0/0", interval);
      expect(rxOctets).toBeCloseTo(500 * (1 - Math.exp(-2100 / interval)), 6);
      expect([rxPackets / rxOctets, txOctets]).toEqual([expect.closeTo(4 / 500, 9), 0]);
    }
  }
});

test("a burst fades, counters that begin anew are no rate, and what is unknown stands still", () => {
  const meter = new RateMeter();
  meter.sample(0, counts(0));
  meter.sample(5000, counts(50_000));
  const burst = meter.rates("Fa0/0", 30).rxOctets;
  expect(burst).toBeCloseTo(10_000 * (1 - Math.exp(-5 / 30)), 6);
  meter.sample(35_000, counts(50_000));
  expect(meter.rates("Fa0/0", 30).rxOctets).toBeCloseTo(burst / Math.E, 6);
  meter.sample(40_000, counts(7));
  expect(meter.rates("Fa0/0", 30).rxOctets).toBeLessThan(burst / Math.E);
  meter.sample(45_000, new Map());
  expect(meter.rates("Fa0/0", 30).rxOctets).toBe(0);
  expect(new RateMeter().rates("Fa0/1", 300).txPackets).toBe(0);
});
