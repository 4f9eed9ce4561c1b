import { expect, test } from "vitest";
import { LoginThrottle } from "../../../src/cli/ssh/login-throttle.ts";

test("three failures are free, then each one doubles the wait up to half a minute", () => {
  const throttle = new LoginThrottle();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 10; attempt += 1) {
    waits.push(throttle.delayFor("192.0.2.1", 0));
    throttle.failed("192.0.2.1", 0);
  }
  expect(waits).toEqual([0, 0, 0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(throttle.delayFor("192.0.2.2", 0)).toBe(0);
});

test("a success and ten quiet minutes forgive", () => {
  const throttle = new LoginThrottle();
  const fail = (now: number) => {
    for (let attempt = 0; attempt < 5; attempt += 1) throttle.failed("192.0.2.1", now);
  };
  fail(0);
  throttle.succeeded("192.0.2.1");
  expect(throttle.delayFor("192.0.2.1", 0)).toBe(0);
  fail(0);
  expect(throttle.delayFor("192.0.2.1", 599_999)).toBe(4000);
  expect(throttle.delayFor("192.0.2.1", 600_000)).toBe(0);
  throttle.failed("192.0.2.1", 600_000);
  expect(throttle.delayFor("192.0.2.1", 600_000)).toBe(0);
});

test("the addresses that failed longest ago are forgotten first", () => {
  const throttle = new LoginThrottle();
  for (let attempt = 0; attempt < 5; attempt += 1) throttle.failed("192.0.2.1", 0);
  for (let other = 0; other < 9_999; other += 1) throttle.failed(`other ${other}`, 1);
  expect(throttle.delayFor("192.0.2.1", 1)).toBe(4000);
  throttle.failed("one more", 1);
  expect(throttle.delayFor("192.0.2.1", 1)).toBe(0);
});
