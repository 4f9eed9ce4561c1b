/** `show ip traffic` adds up: every wire of the router is in it, sessions and links to the host. */

import { expect, test } from "vitest";
import { newLineModuleCounters, newSessionCounters } from "../../../../src/engine/counters.ts";
import { session, snapshotOf } from "../show/snapshots.ts";
import { BusyRouter } from "./busy-router.ts";

test("packets of sessions, of links to the host and of strangers are summed, each by what became of it", () => {
  const router = new BusyRouter();
  const counted = { rxPackets: 10, txPackets: 20, spoofed: 1, rxDiscards: 2, txDiscards: 3, filtered: 4 };
  router.snapshot = snapshotOf({
    sessions: [
      { ...session, counters: { ...newSessionCounters(), ...counted } },
      { ...session, session: 3, counters: { ...newSessionCounters(), ...counted } },
    ],
    hostLinks: { lnsh0: { ...newSessionCounters(), ...counted, rxPackets: 100, txPackets: 200 } },
    lineModule: { ...newLineModuleCounters(), noRoute: 7, filtered: 50, malformed: 6 },
  });
  const lines = router.run("show ip traffic").map((line) => line.trim());
  expect(lines).toContain("Rcvd:  120 total");
  expect(lines).toContain("6 malformed, 3 with a source that is not behind the wire they came by");
  expect(lines).toContain("Sent:  240 total");
  expect(lines).toContain("Drop:  7 no route, 15 discarded, 62 by access lists");
});
