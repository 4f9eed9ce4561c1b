/** Sessions without IP are bounded, by tunnel and in all. */

import { expect, test } from "vitest";
import { Newcomers } from "../../../src/engine/router/newcomers.ts";

test("a tunnel has so many newcomers at once, other tunnels their own, and who carries IP makes room", () => {
  const newcomers = new Newcomers();
  for (let session = 1; session <= 1024; session += 1) expect(newcomers.enter(session, 7)).toBe(true);
  expect(newcomers.enter(2000, 7)).toBe(false);
  expect(newcomers.enter(2000, 8)).toBe(true);
  newcomers.leave(5);
  newcomers.leave(5);
  newcomers.leave(9999);
  expect(newcomers.enter(3000, 7)).toBe(true);
  expect(newcomers.enter(3001, 7)).toBe(false);
});

test("the chassis has so many newcomers in all", () => {
  const newcomers = new Newcomers();
  let session = 0;
  for (let tunnel = 0; tunnel < 16; tunnel += 1) {
    for (let i = 0; i < 1024; i += 1) expect(newcomers.enter(session++, tunnel)).toBe(true);
  }
  expect(newcomers.enter(session, 99)).toBe(false);
  newcomers.leave(3);
  expect(newcomers.enter(session, 99)).toBe(true);
});
