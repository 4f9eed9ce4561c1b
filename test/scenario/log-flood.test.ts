/** A client that has proven itself and then does the same thing without end: it fills no log, and its neighbours are heard. */

import { expect, test } from "vitest";
import { INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

test("who renews his keys five times a second is logged once a second, and who comes in meanwhile in full", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  const restless = lab.client({ nat }).connect();
  const told = () => lab.events.filter(({ severity }) => severity !== "debug").length;
  const before = told();
  const begun = lab.network.now;
  for (let time = 0; time < 500; time += 1) {
    restless.expireSa();
    lab.run(200);
  }
  const seconds = (lab.network.now - begun) / 1000;
  expect(told() - before).toBeLessThan(110 + 2 * seconds);
  expect(lab.log.some((line) => line.startsWith("Log lines about a peer were left out"))).toBe(true);
  const last = told();
  const neighbour = lab.client({ nat }).connect();
  expect(told() - last).toBeGreaterThan(8);
  expect(lab.pingTogether([restless, neighbour], INSIDE, 3)).toEqual([3, 3]);
});
