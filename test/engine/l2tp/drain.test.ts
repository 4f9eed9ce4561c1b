/** Draining and shutting down: of the whole LNS (JunosE `l2tp drain`), and of one destination. */

import { expect, test } from "vitest";
import type { L2tpDestinationSpec } from "../../../src/engine/l2tp-spec.ts";
import { type End, lnsWith, PROFILE, pathOf, ScriptedPeer, SYSTEM } from "./pair.ts";

function refusals(lns: End): string[] {
  return lns.events.flatMap((event) => (event.type === "refused" ? [event.reason] : []));
}

test("a draining LNS keeps what stands, refuses new tunnels and sessions, and takes them again later", () => {
  const lns = lnsWith({});
  const known = new ScriptedPeer(lns);
  known.establish();
  known.call();
  const drain = (draining: boolean) =>
    lns.input({ type: "configure", configuration: { system: { ...SYSTEM, draining }, profiles: [PROFILE] } }, 2000);
  drain(true);
  expect(lns.tunnels(2000)).toMatchObject([{ state: "established", sessions: [{ state: "established" }] }]);
  expect(known.say("icrq", { assignedSessionId: 2, callSerialNumber: 2 })).toMatchObject([
    { name: "cdn", values: { resultCode: { code: 3 } } },
  ]);
  expect(refusals(lns)).toEqual(["L2TP is draining: it accepts no new sessions"]);
  const path = pathOf({ remote: { address: "192.0.2.8", port: 1701 } });
  const late = new ScriptedPeer(lns, { path });
  expect(late.request()).toMatchObject([{ name: "stopCcn" }]);
  expect(refusals(lns).slice(1)).toEqual(["L2TP is draining: it accepts no new tunnels"]);
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

test("a tunnel that is drained by itself takes no new sessions, and others do", () => {
  const lns = lnsWith({});
  const peers = [1, 2].map((tunnelId) => new ScriptedPeer(lns, { tunnelId }));
  for (const peer of peers) peer.establish();
  const [held, free] = peers;
  const tunnel = lns.tunnels(1000).find(({ remoteTunnelId }) => remoteTunnelId === 1)?.tunnel ?? 0;
  const called = (peer: ScriptedPeer | undefined, assignedSessionId: number) =>
    peer?.say("icrq", { assignedSessionId, callSerialNumber: 1 }).map(({ name }) => name);
  lns.input({ type: "drainTunnel", tunnel, draining: true }, 1000);
  expect(called(held, 1)).toEqual(["cdn"]);
  expect(lns.event("refused")?.reason).toBe("the tunnel is draining");
  expect(called(free, 1)).toEqual(["icrp"]);
  lns.input({ type: "drainTunnel", tunnel, draining: false }, 1000);
  expect(called(held, 2)).toEqual(["icrp"]);
});
