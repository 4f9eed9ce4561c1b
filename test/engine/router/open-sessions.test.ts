/** How long sessions may last and be silent, against a count of packets that the test moves. */

import { expect, test } from "vitest";
import { OpenSessions } from "../../../src/engine/router/open-sessions.ts";
import { seededRandom } from "../../support/random.ts";

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
  open.opened(1, "default", { absoluteSeconds: 60, idleSeconds: 300 }, 1000);
  expect(expiries(open, 1_000_000, () => (packets += 1))).toEqual(["61000 1: the session timeout is over"]);
});

test("a silent session ends, and one that speaks lives until it has been silent long enough", () => {
  const counts = new Map([
    [1, 0],
    [2, 0],
  ]);
  const open = new OpenSessions((session) => counts.get(session) ?? 0);
  for (const session of counts.keys()) open.opened(session, "default", { idleSeconds: 300 }, 0);
  const told = expiries(open, 3_000_000, (now) => {
    if (now <= 600_000) counts.set(2, now);
  });
  expect(told).toEqual(["300000 1: the idle timeout is over", "900000 2: the idle timeout is over"]);
});

test("nothing is watched where nothing is asked for, and nothing after a session is closed", () => {
  const open = new OpenSessions(() => 0);
  open.opened(1, "default", {}, 0);
  open.opened(2, "default", { idleSeconds: 0, absoluteSeconds: 0 }, 0);
  expect(open.pollTimeout()).toBeUndefined();
  open.opened(3, "default", { absoluteSeconds: 60 }, 0);
  open.closed(3);
  expect(open.pollTimeout()).toBeUndefined();
});

test("the counts of virtual routers follow sessions that come, move and go", () => {
  const open = new OpenSessions(() => 0);
  const random = seededRandom(7);
  const where = new Map<number, string>();
  for (let step = 0; step < 2000; step += 1) {
    const session = random.bytes(1)[0] ?? 0;
    const router = `vr${session % 3}`;
    if ((random.bytes(1)[0] ?? 0) < 128) {
      open.opened(session, router, { idleSeconds: 300 }, step);
      where.set(session, router);
    } else {
      open.closed(session);
      where.delete(session);
    }
  }
  for (const router of ["vr0", "vr1", "vr2"]) {
    expect(open.count(router)).toBe([...where.values()].filter((name) => name === router).length);
  }
});
