/** Draining and shutting down: of the whole LNS (JunosE `l2tp drain`), and of one destination. */

import { expect, test } from "vitest";
import type { L2tpDestinationSpec } from "../../../src/engine/spec.ts";
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

test.each(["draining", "disabled"] as const)("a destination that is %s opens no tunnels, others do", (state) => {
  const lns = lnsWith({});
  const held = new ScriptedPeer(lns);
  held.establish();
  const address = pathOf().remote.address;
  const configure = (...destinations: L2tpDestinationSpec[]) =>
    lns.input({ type: "configure", configuration: { system: { ...SYSTEM, destinations }, profiles: [PROFILE] } }, 2000);
  configure({ virtualRouter: "boston", address, state });
  expect(lns.tunnels(2000)).toMatchObject([{ state: "established" }]);
  configure({ virtualRouter: undefined, address, state });
  expect(lns.tunnels(2000)[0]?.state).toBe(state === "draining" ? "established" : "disconnecting");
  expect(new ScriptedPeer(lns, { tunnelId: 2 }).request()).toMatchObject([{ name: "stopCcn" }]);
  expect(lns.event("refused")?.reason).toBe(`the destination is ${state}`);
  const path = pathOf({ remote: { address: "192.0.2.8", port: 1701 } });
  expect(new ScriptedPeer(lns, { path, tunnelId: 3 }).request()).toMatchObject([{ name: "sccrp" }]);
  configure();
  expect(new ScriptedPeer(lns, { tunnelId: 4 }).request()).toMatchObject([{ name: "sccrp" }]);
});
