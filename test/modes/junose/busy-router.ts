/** A router with one line of every kind in its configuration, and one user who came by L2TP and IPsec. */

import { fixture, TestRouter } from "./router.ts";
import { call, connection, ikeSa, session, tunnel } from "./snapshots.ts";

export function busyRouter(): TestRouter {
  const router = new TestRouter();
  router.load(fixture("configs/junose-everything.cfg"));
  const { l2tp } = router.snapshot();
  const profile = router.snapshot().spec.lnsProfiles[0];
  router.doing = {
    l2tp: { ...l2tp, tunnels: [tunnel({ profile, sessions: [call()] })] },
    sessions: [session({ user: "fred" })],
    connections: [connection()],
    ikeSas: [ikeSa({ localPort: 500, remote: "172.31.1.98", port: 500 })],
  };
  return router;
}
