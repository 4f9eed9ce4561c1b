/** How long sessions of a virtual template may last. */

import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../../support/shell.ts";

function timeoutsOf(...lines: readonly string[]) {
  const router = new TestShell(ios);
  expect(router.load(["interface Virtual-Template1", ...lines].join("\n")).refused).toEqual([]);
  return ios.compile(router.store).spec.pppProfiles[0]?.sessionTimeouts;
}

test.each([
  [[], undefined],
  [["ppp timeout idle 600"], { idleSeconds: 600 }],
  [["timeout absolute 60 30"], { absoluteSeconds: 3630 }],
  [["timeout absolute 60", "ppp timeout absolute 90", "ppp timeout idle 5"], { idleSeconds: 5, absoluteSeconds: 90 }],
  [["ppp timeout idle 600", "no ppp timeout idle"], undefined],
])("%j says how long a session may last", (lines, expected) => {
  expect(timeoutsOf(...lines)).toEqual(expected);
});
