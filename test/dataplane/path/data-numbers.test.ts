/** Sequence numbers of data messages (RFC 2661 §5.4), as a session of the line module keeps them. */

import { expect, test } from "vitest";
import { Session } from "../../../src/dataplane/path/session.ts";
import type { InstallSession } from "../../../src/engine/forwarding.ts";
import { l2tpDataMessage, l2tpDataNumber } from "../../../src/engine/wire/l2tp-data.ts";
import { seededRandom } from "../../support/random.ts";

function session(install: Partial<InstallSession>): Session {
  const endpoint = { address: "10.0.0.1", port: 1701 };
  return new Session(
    {
      type: "installSession",
      session: 1,
      path: { virtualRouter: "default", local: endpoint, remote: endpoint, connection: undefined },
      localTunnelId: 1,
      localSessionId: 2,
      remoteTunnelId: 3,
      remoteSessionId: 4,
      sequencing: false,
      ...install,
    },
    { type: "nowhere" },
  );
}

test("late messages are counted, and dropped where that is configured", () => {
  const order = [0, 1, 2, 5, 3, 4, 6, 6, 7];
  const keeping = session({});
  expect(order.map((ns) => keeping.arrived(ns))).toEqual(order.map(() => true));
  expect(keeping.counters.rxOutOfOrder).toBe(3);
  const dropping = session({ dropsLate: true });
  expect(order.filter((ns) => dropping.arrived(ns))).toEqual([0, 1, 2, 5, 6, 7]);
  expect(dropping.counters.rxOutOfOrder).toBe(3);
});

test("whatever the network does to the order, what passes only ever goes forward, across the wrap at 2^16 too", () => {
  const random = seededRandom(4);
  const dropping = session({ dropsLate: true });
  let last = -1;
  for (let sent = 0; sent < 140_000; sent += 1) {
    const number = Math.max(0, sent - ((random.bytes(1)[0] ?? 0) % 8));
    const passed = dropping.arrived(number & 0xffff);
    expect(passed).toBe(number > last);
    if (passed) last = number;
  }
  expect(last).toBeGreaterThan(139_980);
});

test("a peer that counts anew is followed after a while instead of being shut out", () => {
  const dropping = session({ dropsLate: true });
  for (let ns = 0; ns < 5000; ns += 1) dropping.arrived(ns);
  const passed = Array.from({ length: 200 }, (_, ns) => dropping.arrived(ns));
  expect(passed.indexOf(true)).toBe(64);
  expect(passed.slice(64).every(Boolean)).toBe(true);
});

test("messages without a number are never late", () => {
  const dropping = session({ dropsLate: true });
  expect([5, -1, 6, -1].map((ns) => dropping.arrived(ns))).toEqual([true, true, true, true]);
});

test("a LAC numbers its messages while the LNS numbers its own, and always where it has required it", () => {
  const following = session({ followsPeer: true });
  expect(following.sequencing).toBe(false);
  following.arrived(0);
  expect(following.sequencing).toBe(true);
  following.arrived(-1);
  expect(following.sequencing).toBe(false);
  const requiring = session({ sequencing: true });
  requiring.arrived(-1);
  expect(requiring.sequencing).toBe(true);
});

test("the fast path finds the number where the codec does", () => {
  const payload = Uint8Array.of(0xc0, 0x21);
  for (const ns of [undefined, 0, 1, 0x1234, 0xffff]) {
    const bytes = l2tpDataMessage.encode({ tunnelId: 1, sessionId: 2, ns, priority: false, payload });
    expect(l2tpDataNumber(bytes)).toBe(ns ?? -1);
  }
  // With a Length field the numbers stand two octets further on.
  const withLength = Uint8Array.of(0x48, 0x02, 0, 12, 0, 1, 0, 2, 0xab, 0xcd, 0, 0);
  expect(l2tpDataNumber(withLength)).toBe(0xabcd);
  expect(l2tpDataMessage.decode(withLength).ns).toBe(0xabcd);
});
