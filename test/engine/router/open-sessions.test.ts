/** How long sessions may last and be silent, against a count of packets that the test moves. */

import { expect, test } from "vitest";
import { OpenSessions } from "../../../src/engine/router/open-sessions.ts";

/** Every session that expired up to `until`, with when and why; `each` runs before each look. */
function expiries(open: OpenSessions, until: number, each: (now: number) => void = () => undefined): string[] {
  const told: string[] = [];
  for (let at = open.pollTimeout()?.at; at !== undefined && at <= until; at = open.pollTimeout()?.at) {
    each(at);
    for (let over = open.takeExpired(at); over !== undefined; over = open.takeExpired(at)) {
      told.push(`${at} ${over.session}: ${over.reason}`);
    }
  }
  return told;
}

test("a session ends when its time is over, whatever it carries, and is told once", () => {
  let packets = 0;
  const open = new OpenSessions(() => packets);
  open.opened(1, { absoluteSeconds: 60, idleSeconds: 300 }, 1000);
  expect(expiries(open, 1_000_000, () => (packets += 1))).toEqual(["61000 1: the session timeout is over"]);
});

test("a silent session ends, and one that speaks lives until it has been silent long enough", () => {
  const counts = new Map([
    [1, 0],
    [2, 0],
  ]);
  const open = new OpenSessions((session) => counts.get(session) ?? 0);
  for (const session of counts.keys()) open.opened(session, { idleSeconds: 300 }, 0);
  const told = expiries(open, 3_000_000, (now) => {
    if (now <= 600_000) counts.set(2, now);
  });
  expect(told).toEqual(["300000 1: the idle timeout is over", "900000 2: the idle timeout is over"]);
});

test("nothing is watched where nothing is asked for, and nothing after a session is closed", () => {
  const open = new OpenSessions(() => 0);
  open.opened(1, {}, 0);
  open.opened(2, { idleSeconds: 0, absoluteSeconds: 0 }, 0);
  expect(open.pollTimeout()).toBeUndefined();
  open.opened(3, { absoluteSeconds: 60 }, 0);
  open.closed(3);
  expect(open.pollTimeout()).toBeUndefined();
});
