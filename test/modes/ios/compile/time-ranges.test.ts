/** Access lists that hold at some times: which entries count when, by the clock that is configured. */

import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { accessLists, showAccessLists } from "../../../../src/modes/ios/show/access-lists.ts";
import { TestShell } from "../../../support/shell.ts";

const WORK = `time-range WORK
 periodic weekdays 8:00 to 17:59
ip access-list extended FROM
 deny tcp any any eq www time-range WORK
 permit ip any any
`;

function router(text = WORK): TestShell {
  const made = new TestShell(ios);
  expect(made.load(text).refused).toEqual([]);
  return made;
}

/** A Friday in summer. */
function at(hours: number, minutes = 0): Date {
  return new Date(Date.UTC(2026, 6, 3, hours, minutes));
}

function isActive(made: TestShell, date: Date): boolean | undefined {
  return ios.compile(made.store, date).spec.accessLists?.[0]?.entries[0]?.timeRange?.active;
}

test.each([
  ["", [7, 59], [8, 0], [17, 59], [18, 0]],
  ["clock timezone CET 1\n", [6, 59], [7, 0], [16, 59], [17, 0]],
  [
    "clock timezone CET 1\nclock summer-time CEST recurring last Sun Mar 2:00 last Sun Oct 3:00\n",
    [5, 59],
    [6, 0],
    [15, 59],
    [16, 0],
  ],
] as const)("by the clock of %j", (clock, before, first, last, after) => {
  const made = router(clock + WORK);
  const seen = [before, first, last, after].map(([hours, minutes]) => isActive(made, at(hours, minutes)));
  expect(seen).toEqual([false, true, true, false]);
});

test("a range that is not there never holds, and that is said; without a clock everything counts", () => {
  const made = router(WORK.replace("time-range WORK\n", "time-range OTHER\n"));
  expect(isActive(made, at(9))).toBe(false);
  expect(ios.compile(made.store).warnings).toContain(
    "access-list FROM: entry 10 never holds: there is no time-range WORK",
  );
  expect(isActive(router(), new Date(0))).toBe(false);
  expect(ios.compile(router().store).spec.accessLists?.[0]?.entries[0]?.timeRange?.active).toBe(true);
});

test("show access-lists says whether an entry counts now", () => {
  const { spec } = ios.compile(router().store, at(20));
  const snapshot = { spec, accessListMatches: { FROM: [3, 0] } } as unknown as Parameters<typeof accessLists>[0];
  expect(showAccessLists(accessLists(snapshot))).toEqual([
    "Extended IP access list FROM",
    "    10 deny tcp any any eq www time-range WORK (inactive) (3 matches)",
    "    20 permit ip any any",
  ]);
});

test("the gateway is told when a range begins and ends, and at no other time", () => {
  const made = router();
  const { running } = made.kept;
  running.loaded({ startup: true });
  const start = made.kept.changes;
  const day = 24 * 60 * 60_000;
  // From Friday to Friday: five mornings and five evenings.
  made.kept.advance(7 * day);
  expect(made.kept.changes - start).toBe(10);
  made.shell.enterConfiguration();
  made.shell.execute("no time-range WORK");
  running.edited("console");
  expect(running.pollTimeout()).toBeUndefined();
});
