import { expect, test } from "vitest";
import { TrafficMeter } from "../../../src/cli/ui/traffic-meter.ts";

const carried = (...octets: readonly (readonly [session: number, rx: number, tx: number])[]) =>
  new Map(octets.map(([session, rxOctets, txOctets]) => [session, { rxOctets, txOctets }]));

test("bits a second are of what was carried meanwhile; who comes or goes makes no jump", () => {
  const meter = new TrafficMeter();
  const seen = (now: number, sessions: ReturnType<typeof carried>) => {
    meter.observe(sessions, now);
    return [meter.received, meter.sent];
  };
  expect(seen(1000, carried([1, 5000, 5000]))).toEqual([0, 0]);
  expect(seen(2000, carried([1, 5100, 5010], [2, 9000, 9000]))).toEqual([800, 80]);
  expect(seen(4000, carried([2, 9500, 9000]))).toEqual([2000, 0]);
  expect(seen(4000, carried([2, 9500, 9000]))).toEqual([2000, 0]);
  expect(seen(5000, carried([2, 0, 0]))).toEqual([0, 0]);
});
