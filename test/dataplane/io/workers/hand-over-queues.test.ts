/** How much may be under way between line modules: no more than there is room for, whatever is asked, given back and forgotten. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { HandOverQueues } from "../../../../src/dataplane/io/workers/hand-over-queues.ts";

const MODULES = 3;
/** Packets on one way. */
const MOST = 4096;

const place = fc.nat(MODULES);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant("take"), from: place, to: place, packets: fc.nat(3000) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("arrive"), from: place, to: place, packets: fc.nat(3000) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("forget"), from: place, to: place, packets: fc.constant(0) }) },
);

test("each way between two modules takes what it has room for, and threads share the count", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const main = new HandOverQueues(MODULES);
      const thread = new HandOverQueues(MODULES, main.memory);
      const underWay = new Map<string, number>();
      for (const { what, from, to, packets } of steps) {
        const way = `${from} ${to}`;
        const before = underWay.get(way) ?? 0;
        if (what === "take") {
          const granted = thread.take(from, to, packets);
          expect(granted).toBe(Math.min(packets, MOST - before));
          underWay.set(way, before + granted);
        } else if (what === "arrive") {
          const arrived = Math.min(packets, before);
          main.arrived(from, to, arrived);
          underWay.set(way, before - arrived);
        } else {
          main.forget(from);
          for (const key of underWay.keys()) if (key.split(" ").includes(String(from))) underWay.set(key, 0);
        }
      }
    }),
    { numRuns: 100, seed: 4 },
  );
});
