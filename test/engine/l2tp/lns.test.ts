/** The LNS against peers that are played message by message: who is let in, timers, limits, known clients. */

import { expect, test } from "vitest";
import type { LnsProfileSpec } from "../../../src/engine/l2tp-spec.ts";
import { encodeL2tpControl } from "../../../src/engine/wire/l2tp-control.ts";
import { encodeControlBody } from "../../../src/engine/wire/l2tp-message.ts";
import { End, lnsWith, PROFILE, pathOf, ScriptedPeer, SYSTEM } from "./pair.ts";

function lnsOf(profiles: readonly Partial<LnsProfileSpec>[]): End {
  const lns = new End(5, 1);
  const configuration = { system: SYSTEM, profiles: profiles.map((profile) => ({ ...PROFILE, ...profile })) };
  lns.input({ type: "configure", configuration }, 0);
  return lns;
}

test("SCCRP says who we are and answers to the peer's tunnel", () => {
  const peer = new ScriptedPeer(lnsWith({ receiveWindow: 6 }), { tunnelId: 4242 });
  const [sccrp] = peer.request();
  expect(sccrp).toMatchObject({
    name: "sccrp",
    tunnelId: 4242,
    ns: 0,
    nr: 1,
    values: {
      protocolVersion: 0x0100,
      framingCapabilities: 3,
      bearerCapabilities: 0,
      hostName: "lns1",
      vendorName: "lnsh",
      receiveWindowSize: 6,
    },
  });
  expect(sccrp?.values.assignedTunnelId).toBeGreaterThan(0);
});

test.each<[string, Partial<LnsProfileSpec>, string]>([
  ["another virtual router", { virtualRouter: "boston" }, "no profile of this virtual router accepts tunnels"],
  [
    "another address",
    { remote: { address: "10.10.76.12", length: 32 } },
    "no profile accepts tunnels from this address",
  ],
  ["another local address", { localAddress: "10.0.0.2" }, "no profile accepts tunnels to this local address"],
  ["another host name", { remoteHostName: "lac9" }, "no profile accepts the host name of the peer"],
  ["IPsec", { transport: "ipsec" }, "the profile accepts L2TP only under IPsec"],
])("a profile for %s refuses the tunnel with result 4 and leaves no state", (_name, profile, reason) => {
  const peer = new ScriptedPeer(lnsWith(profile), { tunnelId: 99 });
  expect(peer.request()).toMatchObject([
    { name: "stopCcn", tunnelId: 99, ns: 0, nr: 1, values: { resultCode: { code: 4 } } },
  ]);
  expect(peer.lns.events).toEqual([{ type: "refused", path: peer.path, reason }]);
  expect(peer.lns.log.at(-1)).toMatchObject({ severity: "notice", fields: { reason, peer: "192.0.2.7:1701" } });
  expect(peer.view()).toBeUndefined();
  expect(peer.lns.machine.pollTimeout()).toBeUndefined();
});

test("a profile for L2TP in the clear refuses a tunnel under IPsec", () => {
  const peer = new ScriptedPeer(lnsWith({ transport: "clear" }), { path: pathOf({ connection: 3 }) });
  peer.request();
  expect(peer.lns.event("refused")?.reason).toBe("the profile accepts L2TP only without IPsec");
});

test("the most specific profile takes the tunnel: prefix before host name, host name before any", () => {
  const lns = lnsOf([
    { name: "any" },
    { name: "named", remoteHostName: "anonymous" },
    { name: "near", remote: { address: "192.0.2.0", length: 24 } },
  ]);
  const near = new ScriptedPeer(lns);
  near.establish();
  expect(lns.event("tunnelOpened")?.profile?.name).toBe("near");
  lns.events.length = 0;
  const far = new ScriptedPeer(lns, { path: pathOf({ remote: { address: "198.51.100.1", port: 1701 } }) });
  far.establish();
  expect(lns.event("tunnelOpened")?.profile?.name).toBe("named");
  lns.events.length = 0;
  const stranger = new ScriptedPeer(lns, { path: pathOf({ remote: { address: "198.51.100.2", port: 1701 } }) });
  stranger.request({ hostName: "other" });
  stranger.say("scccn");
  expect(lns.event("tunnelOpened")?.profile?.name).toBe("any");
});

test("a peer of another L2TP version is told which one we speak", () => {
  const peer = new ScriptedPeer(lnsWith());
  expect(peer.request({ protocolVersion: 0x0200 })).toMatchObject([
    { name: "stopCcn", values: { resultCode: { code: 5, error: 0x0100 } } },
  ]);
});

test("a repeated SCCRQ is the same tunnel", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.request();
  peer.ns = 0;
  peer.nr = 0;
  // Who asks again has not heard the answer; an acknowledgement alone would make him wait for it.
  expect(peer.request()).toMatchObject([{ name: "sccrp", nr: 1 }]);
  expect(peer.lns.tunnels(peer.now)).toHaveLength(1);
  expect(peer.wait(1000)).toMatchObject([{ name: "sccrp" }]);
});

test("a peer that has restarted gets a new tunnel, and the old one of that identifier ends without a word", () => {
  const lns = lnsWith({ helloSeconds: 60 });
  const before = new ScriptedPeer(lns);
  before.establish();
  before.call();
  const after = new ScriptedPeer(lns);
  after.request();
  // Until it is established, anyone may have asked.
  expect(lns.tunnels(after.now).map((tunnel) => tunnel.state)).toEqual(["established", "waitControlConnected"]);
  // A goodbye to the old tunnel would reach the peer under the identifier of the new one.
  expect(after.say("scccn").map(({ name }) => name)).toEqual(["zlb"]);
  expect(lns.tunnels(after.now).map((tunnel) => tunnel.state)).toEqual(["established", "down"]);
  expect(lns.event("tunnelClosed")?.reason).toBe("the peer has opened a new tunnel in its place");
  after.call();
  expect(lns.tunnels(after.now)[0]?.sessions).toHaveLength(1);
});

test("Android: a ZLB follows SCCCN and ICCN at once, and its window of 1 is kept", () => {
  const peer = new ScriptedPeer(lnsWith({ helloSeconds: 5 }));
  const [sccrp, ...others] = peer.request({ receiveWindowSize: 1 });
  expect(sccrp?.name).toBe("sccrp");
  expect(others).toEqual([]);
  expect(peer.say("scccn")).toMatchObject([{ name: "zlb", ns: 1, nr: 2 }]);
  const [icrp] = peer.say("icrq", { assignedSessionId: 5 });
  expect(icrp).toMatchObject({ name: "icrp", sessionId: 5, nr: 3 });
  expect(peer.say("iccn", { txConnectSpeed: 1 }, icrp?.values.assignedSessionId)).toMatchObject([
    { name: "zlb", nr: 4 },
  ]);
  // One hello, and while it is not acknowledged nothing but itself.
  expect(peer.wait(5000)).toMatchObject([{ name: "hello", ns: 2 }]);
  peer.lns.input({ type: "closeSession", session: 1, result: { code: 3, error: 0, message: "bye" } }, peer.now);
  expect(peer.hear()).toEqual([]);
  expect(peer.zlb()).toMatchObject([{ name: "cdn", ns: 3 }]);
});

test("an SCCRQ of Android's exact form is taken, and one without a Host Name too", () => {
  const android = new ScriptedPeer(lnsWith(), { tunnelId: 4000 });
  expect(
    android.say("sccrq", {
      protocolVersion: 0x0100,
      hostName: "anonymous",
      framingCapabilities: 3,
      assignedTunnelId: 4000,
      receiveWindowSize: 1,
    }),
  ).toMatchObject([{ name: "sccrp", tunnelId: 4000 }]);
  const bare = new ScriptedPeer(lnsWith(), { tunnelId: 4001 });
  const rest = { protocolVersion: 0x0100, framingCapabilities: 3, assignedTunnelId: 4001 };
  expect(bare.say("sccrq", rest)).toMatchObject([{ name: "sccrp", tunnelId: 4001 }]);
});

test("hello is sent after silence, and every control message puts it off", () => {
  const peer = new ScriptedPeer(lnsWith({ helloSeconds: 60 }));
  peer.establish();
  peer.call();
  expect(peer.wait(59_999)).toEqual([]);
  expect(peer.say("hello")).toMatchObject([{ name: "zlb" }]);
  expect(peer.wait(59_999)).toEqual([]);
  expect(peer.wait(1)).toMatchObject([{ name: "hello" }]);
});

test("WEN tells what the LAC counted on its line, and an SLI at an LNS changes nothing", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  const session = peer.call();
  const callErrors = {
    crcErrors: 7,
    framingErrors: 6,
    hardwareOverruns: 5,
    bufferOverruns: 4,
    timeouts: 3,
    alignmentErrors: 2,
  };
  expect(peer.say("wen", { callErrors }, session)).toMatchObject([{ name: "zlb" }]);
  expect(peer.say("sli", { accm: { send: 1, receive: 2 } }, session)).toMatchObject([{ name: "zlb" }]);
  expect(peer.view()?.sessions).toMatchObject([{ state: "established", errors: callErrors, accm: undefined }]);
});

test("an outgoing call is refused", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  expect(peer.say("ocrq", { assignedSessionId: 8 })).toMatchObject([
    { name: "cdn", sessionId: 8, values: { resultCode: { code: 5 } } },
  ]);
});

test("ICCN tells speeds, framing and whether we must number data messages", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  const [icrp] = peer.say("icrq", { assignedSessionId: 5, callSerialNumber: 77, bearerType: 2 });
  peer.say(
    "iccn",
    {
      txConnectSpeed: 100,
      framingType: 1,
      rxConnectSpeed: 50,
      sequencingRequired: true,
      lastSentLcp: Uint8Array.of(1),
      proxyAuthenType: Uint8Array.of(0, 4),
    },
    icrp?.values.assignedSessionId,
  );
  expect(peer.lns.event("sessionOpened")).toMatchObject({ sequencing: true, remoteSessionId: 5, remoteTunnelId: 1 });
  expect(peer.view()?.sessions).toMatchObject([
    { txSpeed: 100, rxSpeed: 50, framingType: 1, bearerType: 2, callSerialNumber: 77, sequencing: true },
  ]);
});

test("a CDN of the peer ends the session and leaves the tunnel until the idle timeout", () => {
  const peer = new ScriptedPeer(lnsWith({}, { idleTimeoutSeconds: 60 }));
  peer.establish();
  const session = peer.call();
  peer.say("cdn", { resultCode: { code: 1, error: undefined, message: undefined }, assignedSessionId: 1 }, session);
  expect(peer.lns.event("sessionClosed")?.reason).toBe("the peer closed the session: loss of carrier");
  expect(peer.wait(59_999)).toEqual([]);
  expect(peer.wait(1)).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 1 } } }]);
  peer.zlb();
  expect(peer.view()).toMatchObject({ state: "down", sessions: [{ state: "down", lastResult: { code: 1 } }] });
  expect(peer.lns.event("tunnelClosed")?.reason).toBe("idle: no session in the tunnel");
});

test("a session that is over is seen with what it carried to its end", () => {
  let carried = 12;
  const lns = new End(5, 1, () => carried);
  lns.input({ type: "configure", configuration: { system: SYSTEM, profiles: [PROFILE] } }, 0);
  const peer = new ScriptedPeer(lns);
  peer.establish();
  const session = peer.call();
  expect(peer.view()?.sessions[0]?.carried).toBeUndefined();
  peer.say("cdn", { resultCode: { code: 1, error: undefined, message: undefined }, assignedSessionId: 1 }, session);
  carried = 0;
  expect(peer.view()).toMatchObject({ sessions: [{ state: "down", carried: { rxPackets: 12 } }] });
});

test("a session that arrives in time keeps the tunnel", () => {
  const peer = new ScriptedPeer(lnsWith({}, { idleTimeoutSeconds: 60 }));
  peer.establish();
  peer.wait(59_000);
  peer.call();
  expect(peer.wait(600_000)).toEqual([]);
  expect(peer.view()?.state).toBe("established");
});

test("a tunnel that never gets a session is closed when idle, and not with an idle timeout of 0", () => {
  const idle = new ScriptedPeer(lnsWith({}, { idleTimeoutSeconds: 60 }));
  idle.establish();
  expect(idle.wait(60_000)).toMatchObject([{ name: "stopCcn" }]);
  const persistent = new ScriptedPeer(lnsWith({}, { idleTimeoutSeconds: 0 }));
  persistent.establish();
  expect(persistent.wait(86_400_000)).toEqual([]);
});

test("what is closed stays visible, and its identifier reserved, for the destruct timeout", () => {
  const peer = new ScriptedPeer(lnsWith({}, { destructTimeoutSeconds: 600 }));
  peer.establish();
  peer.say("stopCcn", { assignedTunnelId: 1, resultCode: { code: 1, error: undefined, message: undefined } });
  peer.wait(599_000);
  expect(peer.view()).toMatchObject({ state: "down", lastResult: { code: 1 } });
  peer.wait(1000);
  expect(peer.view()).toBeUndefined();
  expect(peer.lns.machine.pollTimeout()).toBeUndefined();
});

test("a StopCCN is acknowledged before anything follows, and again when it is repeated", () => {
  const peer = new ScriptedPeer(lnsWith({}, { destructTimeoutSeconds: 0 }));
  peer.establish();
  const stop = { assignedTunnelId: 1, resultCode: { code: 6, error: undefined, message: undefined } };
  peer.lns.order.length = 0;
  expect(peer.say("stopCcn", stop)).toMatchObject([{ name: "zlb", nr: 3 }]);
  expect(peer.lns.order).toEqual(["send", "tunnelClosed"]);
  peer.ns -= 1;
  expect(peer.say("stopCcn", stop)).toMatchObject([{ name: "zlb", nr: 3 }]);
  expect(peer.view()).toBeUndefined();
  // A full retransmission cycle later nothing is left to answer it.
  peer.wait(31_000);
  peer.ns -= 1;
  expect(peer.say("stopCcn", stop)).toEqual([]);
});

test("an established tunnel is repeated to more often, or less, than one that comes up", () => {
  const system = { retransmitRetriesNotEstablished: 2, retransmitRetriesEstablished: 4 };
  const half = new ScriptedPeer(lnsWith({}, system), { path: pathOf({ connection: 3 }) });
  half.request();
  expect(half.wait(60_000).map((seen) => seen.name)).toEqual(["sccrp", "sccrp"]);
  expect(half.view()?.state).toBe("down");
  const whole = new ScriptedPeer(lnsWith({ helloSeconds: 60 }, { ...system, idleTimeoutSeconds: 0 }));
  whole.establish();
  whole.wait(60_000);
  expect(whole.wait(60_000).map((seen) => seen.name)).toEqual(["hello", "hello", "hello", "hello"]);
  expect(whole.view()?.state).toBe("down");
});

test("our StopCCN is repeated until the cycle ends", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  const tunnel = peer.lns.event("tunnelOpened")?.tunnel ?? 0;
  peer.lns.input({ type: "closeTunnel", tunnel, result: { code: 6, error: undefined, message: "bye" } }, peer.now);
  expect(peer.hear()).toMatchObject([
    { name: "stopCcn", values: { resultCode: { code: 6, error: 0, message: "bye" } } },
  ]);
  expect(peer.wait(31_100)).toHaveLength(5);
  expect(peer.lns.event("tunnelClosed")?.reason).toBe("bye");
});

test.each([
  [false, 4, undefined],
  [true, 2, 4],
])("at the session limit the CDN has another result with the override (%s)", (resultCodeOverride, code, error) => {
  const lns = lnsWith({ maxSessions: 2, resultCodeOverride });
  const peer = new ScriptedPeer(lns);
  peer.establish();
  peer.call(11);
  const other = new ScriptedPeer(lns, { path: pathOf({ remote: { address: "192.0.2.8", port: 1701 } }) });
  other.establish();
  other.call(12);
  expect(other.say("icrq", { assignedSessionId: 13 })).toMatchObject([
    { name: "cdn", sessionId: 13, values: { resultCode: { code, error } } },
  ]);
  expect(lns.event("refused")?.reason).toBe("the session limit of boston4 is reached (2)");
  // A session that ends makes room.
  peer.lns.input({ type: "closeSession", session: 1, result: { code: 3, error: 0, message: "bye" } }, 1000);
  expect(other.say("icrq", { assignedSessionId: 14 })).toMatchObject([{ name: "icrp" }]);
  expect(lns.machine.view(1000).totals).toMatchObject({ sessionsTotal: 4, sessionsFailed: 1 });
});

test("profiles of one group share a limit besides their own ones", () => {
  const sharedLimits = [{ of: "boston as a whole", maxSessions: 2 }];
  const lns = lnsOf([{ remoteHostName: "client1", sharedLimits }, { sharedLimits }]);
  const first = new ScriptedPeer(lns);
  first.establish();
  first.call(11);
  const path = pathOf({ remote: { address: "192.0.2.8", port: 1701 } });
  const second = new ScriptedPeer(lns, { path });
  second.establish({ hostName: "other" });
  second.call(12);
  expect(second.say("icrq", { assignedSessionId: 13 })).toMatchObject([{ name: "cdn", sessionId: 13 }]);
  first.lns.input({ type: "closeSession", session: 1, result: { code: 3, error: 0, message: "bye" } }, 1000);
  expect(second.say("icrq", { assignedSessionId: 14 })).toMatchObject([{ name: "icrp" }]);
});

test.each([true, false])(
  "the disconnect cause goes with a CDN only where the profile says so (%s)",
  (disconnectCause) => {
    const peer = new ScriptedPeer(lnsWith({ disconnectCause }));
    peer.establish();
    peer.call();
    peer.lns.input({ type: "closeSession", session: 1, result: { code: 3, error: 0, message: "LCP is down" } }, 1000);
    const [cdn] = peer.hear();
    expect(cdn?.name).toBe("cdn");
    expect(cdn?.values.disconnectCause).toEqual(
      disconnectCause ? { code: 0, protocol: 0, direction: 0, message: "LCP is down" } : undefined,
    );
  },
);

test("a tunnel and a call that stop half-way are given up after a minute", () => {
  const tunnel = new ScriptedPeer(lnsWith());
  tunnel.request();
  tunnel.zlb();
  expect(tunnel.wait(60_000).at(-1)).toMatchObject({ name: "stopCcn" });
  const call = new ScriptedPeer(lnsWith());
  call.establish();
  call.say("icrq", { assignedSessionId: 5 });
  call.zlb();
  expect(call.wait(60_000)).toMatchObject([{ name: "cdn", values: { resultCode: { code: 10 } } }]);
  expect(call.lns.types()).toEqual(["tunnelOpened"]);
});

test("an authenticated peer that comes back from another port keeps its tunnel, and is answered there", () => {
  const peer = new ScriptedPeer(lnsWith(), { path: pathOf({ connection: 3 }) });
  peer.establish();
  peer.path = pathOf({ connection: 3, remote: { address: "192.0.2.7", port: 40_000 } });
  expect(peer.say("hello")).toMatchObject([{ name: "zlb" }]);
  expect(peer.lns.sent.at(-1)?.path.remote.port).toBe(40_000);
});

test("Apple: a tunnel lives through a complete new IKE negotiation from the same port", () => {
  const peer = new ScriptedPeer(lnsWith(), { path: pathOf({ connection: 3 }) });
  peer.establish();
  peer.call();
  peer.path = pathOf({ connection: 4 });
  expect(peer.say("hello")).toMatchObject([{ name: "zlb" }]);
  peer.lns.input({ type: "connectionClosed", connection: 3 }, peer.now);
  expect(peer.view()?.state).toBe("established");
  peer.lns.input({ type: "connectionClosed", connection: 4 }, peer.now);
  expect(peer.view()?.state).toBe("down");
});

test("where connections tell peers apart, a neighbour behind the same NAT cannot speak for another", () => {
  const peer = new ScriptedPeer(lnsWith(), { path: pathOf({ connection: 3, exclusive: true }) });
  peer.establish();
  peer.path = pathOf({ connection: 4, exclusive: true });
  const stop = { assignedTunnelId: 1, resultCode: { code: 1, error: undefined, message: undefined } };
  expect(peer.say("stopCcn", stop)).toEqual([]);
  expect(peer.view()?.state).toBe("established");
});

test("many clients with the same address, port and tunnel id stand beside each other under IPsec", () => {
  const lns = lnsWith();
  for (let connection = 1; connection <= 20; connection += 1) {
    const peer = new ScriptedPeer(lns, { path: pathOf({ connection, exclusive: true }) });
    peer.establish();
    peer.call();
    expect(lns.events.filter((event) => event.type === "sessionOpened").at(-1)).toMatchObject({ path: { connection } });
  }
  expect(new Set(lns.tunnels(1000).map((tunnel) => tunnel.localTunnelId)).size).toBe(20);
});

test("messages of a tunnel may come with octets behind their Length", () => {
  const peer = new ScriptedPeer(lnsWith(), { tunnelId: 3 });
  const bytes = encodeL2tpControl(
    { tunnelId: 0, sessionId: 0, ns: 0, nr: 0 },
    encodeControlBody("sccrq", { hostName: "anonymous", assignedTunnelId: 3 }),
  );
  expect(peer.raw(new Uint8Array([...bytes, 0, 0, 0]))).toMatchObject([{ name: "sccrp" }]);
});

test("a profile's own timers are those of its tunnels, and of no others", () => {
  const lns = new End(5, 1);
  const own = {
    idleTimeoutSeconds: 5,
    retransmitRetriesEstablished: 2,
    retransmitRetriesNotEstablished: 2,
    retransmitTimeoutSeconds: { min: 2, max: 2 },
    setupSeconds: 90,
  };
  const profiles = [{ ...PROFILE, remoteHostName: "special", timers: own }, PROFILE];
  lns.input({ type: "configure", configuration: { system: SYSTEM, profiles } }, 0);
  const special = new ScriptedPeer(lns, { path: pathOf({ connection: 1 }) });
  const other = new ScriptedPeer(lns, { path: pathOf({ connection: 2 }) });
  special.establish({ hostName: "special" });
  other.establish();
  expect(special.wait(4999)).toEqual([]);
  expect(special.wait(1)).toMatchObject([{ name: "stopCcn" }]);
  // Its farewell is repeated twice, two seconds apart, and then nobody waits any more.
  expect(special.wait(60_000)).toHaveLength(2);
  expect(lns.tunnels(special.now).map(({ state }) => state)).toEqual(["disconnecting", "down"]);
});
