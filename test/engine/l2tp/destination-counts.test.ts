import { expect, test } from "vitest";
import { DestinationCounts } from "../../../src/engine/l2tp/destination-counts.ts";
import { pathOf } from "./pair.ts";

const there = pathOf();
const elsewhere = pathOf({ remote: { address: "198.51.100.77", port: 1701 } });

test("a destination is counted once while a tunnel of it is known, and anew when it comes again", () => {
  const counts = new DestinationCounts();
  const [first, second] = [counts.enter(there), counts.enter({ ...there, remote: { ...there.remote, port: 40_001 } })];
  counts.enter(elsewhere);
  expect(counts.total).toBe(2);
  counts.leave(first, true);
  counts.leave(second, false);
  counts.enter(there);
  expect(counts).toMatchObject({ total: 3, failed: 0 });
});

test("a destination without a tunnel that ever stood has failed", () => {
  const counts = new DestinationCounts();
  counts.leave(counts.enter(there), false);
  counts.leave(counts.enter(elsewhere), true);
  expect(counts).toMatchObject({ total: 2, failed: 1 });
});
