/** Single-shot tunnels, and when the connection under a tunnel is given up (JunosE, Table 19). */

import { expect, test } from "vitest";
import type { L2tpSystemSpec, LnsProfileSpec } from "../../../src/engine/l2tp-spec.ts";
import { lnsWith, pathOf, ScriptedPeer } from "./pair.ts";

const CDN = { resultCode: { code: 1, error: undefined, message: undefined }, assignedSessionId: 1 };

function underIpsec(profile: Partial<LnsProfileSpec>, system: Partial<L2tpSystemSpec> = {}): ScriptedPeer {
  return new ScriptedPeer(lnsWith({ transport: "ipsec", ...profile }, system), { path: pathOf({ connection: 3 }) });
}

test.each(["clear", "ipsec"] as const)("a single-shot tunnel goes as soon as its session ends (%s)", (transport) => {
  const path = pathOf(transport === "ipsec" ? { connection: 3 } : {});
  const peer = new ScriptedPeer(lnsWith({ singleShot: true, transport }), { path });
  peer.establish();
  const session = peer.call();
  const heard = peer.say("cdn", CDN, session);
  expect(heard.map((seen) => seen.name)).toEqual(["stopCcn"]);
  peer.zlb();
  const released = transport === "ipsec" ? ["releaseConnection"] : [];
  expect(peer.lns.types()).toEqual(["tunnelOpened", "sessionOpened", "sessionClosed", "tunnelClosed", ...released]);
  expect(peer.view()).toMatchObject({ state: "down", singleShot: true });
});

test("a single-shot tunnel takes no second session beside its first", () => {
  const peer = underIpsec({ singleShot: true });
  peer.establish();
  peer.call();
  expect(peer.say("icrq", { assignedSessionId: 2 })).toMatchObject([
    { name: "cdn", sessionId: 2, values: { resultCode: { code: 5 } } },
  ]);
  expect(peer.view()?.state).toBe("established");
});

test("a single-shot tunnel goes when its only session fails, and the peer still learns why it failed", () => {
  const peer = underIpsec({ singleShot: true, maxSessions: 0 });
  peer.establish();
  expect(peer.say("icrq", { assignedSessionId: 2 })).toMatchObject([
    { name: "cdn", values: { resultCode: { code: 4 } } },
    { name: "stopCcn" },
  ]);
});

test("a connection that had its single-shot tunnel gets no other, whether that ended or not", () => {
  const peer = underIpsec({ singleShot: true });
  peer.establish();
  const second = new ScriptedPeer(peer.lns, { path: peer.path, tunnelId: 2 });
  expect(second.request()).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 4 } } }]);
  expect(peer.lns.event("refused")?.reason).toBe("the connection has had its single-shot tunnel");
  peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CDN.resultCode });
  const third = new ScriptedPeer(peer.lns, { path: peer.path, tunnelId: 3 });
  expect(third.request()).toMatchObject([{ name: "stopCcn" }]);
  // A new connection is a new chance.
  const fresh = new ScriptedPeer(peer.lns, { path: pathOf({ connection: 4 }) });
  expect(fresh.request()).toMatchObject([{ name: "sccrp" }]);
});

test("a repeated SCCRQ does not cost a single-shot tunnel its connection", () => {
  const peer = underIpsec({ singleShot: true });
  peer.request();
  peer.ns = 0;
  expect(peer.request()).toMatchObject([{ name: "zlb" }]);
  expect(peer.say("scccn")).toMatchObject([{ name: "zlb" }]);
  expect(peer.view()?.state).toBe("established");
});

test("single-shot in the clear does not bind the address: the next tunnel is welcome", () => {
  const lns = lnsWith({ singleShot: true });
  const first = new ScriptedPeer(lns);
  first.establish();
  first.say("stopCcn", { assignedTunnelId: 1, resultCode: CDN.resultCode });
  const second = new ScriptedPeer(lns);
  expect(second.request()).toMatchObject([{ name: "sccrp" }]);
});

test("a standard tunnel gives its connection up at the end of the destruct timeout", () => {
  const peer = underIpsec({}, { destructTimeoutSeconds: 600 });
  peer.establish();
  peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CDN.resultCode });
  peer.wait(599_999);
  expect(peer.lns.event("releaseConnection")).toBeUndefined();
  peer.wait(1);
  expect(peer.lns.event("releaseConnection")).toMatchObject({ connection: 3 });
});

test("with a destruct timeout of 0 the connection is given up at once", () => {
  const peer = underIpsec({}, { destructTimeoutSeconds: 0 });
  peer.establish();
  peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CDN.resultCode });
  expect(peer.lns.types().slice(-2)).toEqual(["tunnelClosed", "releaseConnection"]);
});

test("a connection that carries another tunnel is kept", () => {
  const peer = underIpsec({}, { destructTimeoutSeconds: 0, idleTimeoutSeconds: 0 });
  peer.establish();
  const second = new ScriptedPeer(peer.lns, { path: peer.path, tunnelId: 2 });
  second.establish();
  peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CDN.resultCode });
  peer.wait(100_000);
  expect(peer.lns.event("releaseConnection")).toBeUndefined();
  second.say("stopCcn", { assignedTunnelId: 2, resultCode: CDN.resultCode });
  expect(peer.lns.event("releaseConnection")).toMatchObject({ connection: 3 });
});

test.each(["either", "clear"] as const)("a profile that takes tunnels %s gives no connection up", (transport) => {
  const path = pathOf(transport === "either" ? { connection: 3 } : {});
  const peer = new ScriptedPeer(lnsWith({ transport }, { destructTimeoutSeconds: 10 }), { path });
  peer.establish();
  peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CDN.resultCode });
  peer.wait(100_000);
  expect(peer.lns.event("releaseConnection")).toBeUndefined();
});

test("a connection that is gone already is not given up again", () => {
  const peer = underIpsec({}, { destructTimeoutSeconds: 10 });
  peer.establish();
  peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CDN.resultCode });
  peer.lns.input({ type: "connectionClosed", connection: 3 }, peer.now);
  peer.wait(100_000);
  expect(peer.lns.event("releaseConnection")).toBeUndefined();
});
