/** Every listed line of exec runs: it answers, asks, or says why it cannot. That each is known is held elsewhere. */

import { expect, test } from "vitest";
import { busyRouter } from "./busy-router.ts";
import { fixture } from "./router.ts";

const LINES = fixture("coverage/junose-exec.txt")
  .split("\n")
  .filter((line) => /^[+~-] /.test(line))
  .map((line) => line.slice(2));

test("every line runs on a busy router: it answers, asks, or says why it cannot", () => {
  const router = busyRouter();
  const faults = LINES.filter((line) => {
    const { lines, error, ok } = router.login(15).execute(line);
    return error !== undefined || (!ok && !lines.join().includes("%"));
  });
  expect(faults).toEqual([]);
});
