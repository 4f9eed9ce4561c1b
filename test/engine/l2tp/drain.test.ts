/** Draining: the LNS refuses new tunnels and keeps those that stand (JunosE `l2tp drain`). */

import { expect, test } from "vitest";
import { lnsWith, PROFILE, pathOf, ScriptedPeer, SYSTEM } from "./pair.ts";

test("a draining LNS keeps its tunnels and their new sessions, refuses new tunnels, and takes them again later", () => {
  const lns = lnsWith({});
  const known = new ScriptedPeer(lns);
  known.establish();
  const drain = (draining: boolean) =>
    lns.input({ type: "configure", configuration: { system: { ...SYSTEM, draining }, profiles: [PROFILE] } }, 2000);
  drain(true);
  known.call();
  expect(lns.tunnels(2000)).toMatchObject([{ state: "established", sessions: [{ state: "established" }] }]);
  const path = pathOf({ remote: { address: "192.0.2.8", port: 1701 } });
  const late = new ScriptedPeer(lns, { path });
  expect(late.request()).toMatchObject([{ name: "stopCcn" }]);
  expect(lns.event("refused")?.reason).toBe("L2TP is draining: it accepts no new tunnels");
  drain(false);
  expect(new ScriptedPeer(lns, { path, tunnelId: 2 }).request()).toMatchObject([{ name: "sccrp" }]);
});
