import { expect, test } from "vitest";
import { LoadHistory } from "../../src/cli/load-history.ts";

test("the load is the mean of the last seconds, and of five minutes once there are minutes", () => {
  const history = new LoadHistory();
  for (let second = 0; second < 60; second += 1) history.sample(second < 55 ? 100 : 500, 1000);
  expect(history.load.fiveSeconds).toBe(50);
  expect(history.load.oneMinute).toBeCloseTo((55 * 10 + 5 * 50) / 60);
  expect(history.load.byMinute).toHaveLength(1);
  expect(history.load.byMinute[0]?.maximum).toBe(50);
  for (let second = 0; second < 60; second += 1) history.sample(0, 1000);
  expect(history.load.oneMinute).toBe(0);
  expect(history.load.fiveMinutes).toBeCloseTo((55 * 10 + 5 * 50) / 120);
});

test("an hour of minutes is one hour, and no span grows beyond what is shown", () => {
  const history = new LoadHistory();
  for (let second = 0; second < 74 * 3600; second += 1) history.sample(second % 3600 === 0 ? 1000 : 0, 1000);
  expect(history.load.bySecond).toHaveLength(60);
  expect(history.load.byMinute).toHaveLength(60);
  expect(history.load.byHour).toHaveLength(72);
  expect(history.load.byHour[0]).toEqual({ mean: expect.closeTo(100 / 3600), maximum: 100 });
});

test("more processor time than time went by counts as all of it, and no time as none", () => {
  const history = new LoadHistory();
  history.sample(5000, 1000);
  history.sample(10, 0);
  expect(history.load.bySecond).toEqual([0, 100]);
});
