/** A LAC and an LNS bring up, keep and end tunnels and sessions (RFC 2661 §5, §7). */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { encodeL2tpControl } from "../../../src/engine/wire/l2tp-control.ts";
import { encodeControlBody } from "../../../src/engine/wire/l2tp-message.ts";
import { LAC_SESSION, Pair, PROFILE } from "./pair.ts";

test("a LAC and an LNS bring up a tunnel and a session", () => {
  const pair = new Pair();
  pair.open();
  pair.run(1000);
  expect(pair.lac.types()).toEqual(["tunnelOpened", "sessionOpened"]);
  expect(pair.lns.types()).toEqual(["tunnelOpened", "sessionOpened"]);
  const ours = pair.lns.event("sessionOpened");
  const theirs = pair.lac.event("sessionOpened");
  expect(theirs).toMatchObject({
    session: LAC_SESSION,
    localTunnelId: 1,
    remoteTunnelId: ours?.localTunnelId,
    localSessionId: ours?.remoteSessionId,
    remoteSessionId: ours?.localSessionId,
  });
  expect(ours).toMatchObject({ session: 1, remoteTunnelId: 1, sequencing: false, profile: { name: "boston4" } });
});

test("the view tells who the peer is and how the control channel stands", () => {
  const pair = new Pair();
  pair.open();
  pair.run(1000);
  const [tunnel] = pair.lns.tunnels(pair.now);
  expect(tunnel).toMatchObject({
    state: "established",
    localInitiated: false,
    remoteTunnelId: 1,
    localHostName: "lns1",
    remoteHostName: "client1",
    remoteVendorName: "Microsoft",
    remoteFirmware: 0x0500,
    remoteFraming: 1,
    remoteBearer: 0,
    localWindow: 4,
    remoteWindow: 8,
    ns: 2,
    nr: 4,
    resendQueue: 0,
    unsentQueue: 0,
    sessionsTotal: 1,
    sessionsFailed: 0,
  });
  expect(tunnel?.sessions).toMatchObject([{ state: "established", callSerialNumber: 1, txSpeed: 10_000_000 }]);
  // In: SCCRQ, SCCCN, ICRQ, ICCN. Out: SCCRP, ICRP, and an acknowledgement each of SCCCN and ICCN.
  expect(tunnel?.counters).toMatchObject({ rxPackets: 4, rxZlb: 0, txPackets: 4, txZlb: 2, retransmissions: 0 });
  expect(pair.lac.tunnels(pair.now)).toMatchObject([
    { localInitiated: true, remoteVendorName: "lnsh", localTunnelId: 1 },
  ]);
});

test("a LAC keeps the characters that an SLI tells it to escape; the call goes on", () => {
  const pair = new Pair();
  pair.open();
  pair.run(1000);
  const opened = pair.lac.event("sessionOpened");
  if (opened === undefined) throw new Error("there is no session");
  const { path, localTunnelId: tunnelId, localSessionId: sessionId } = opened;
  const { ns = 0, nr = 0 } = pair.lns.tunnels(pair.now)[0] ?? {};
  const accm = { send: 0x000a_0000, receive: 0xffff_ffff };
  const bytes = encodeL2tpControl({ tunnelId, sessionId, ns, nr }, encodeControlBody("sli", { accm }));
  pair.input(pair.lac, { type: "control", path, bytes });
  pair.run(1000);
  expect(pair.lac.tunnels(pair.now)[0]?.sessions).toMatchObject([{ state: "established", accm }]);
  expect(pair.lac.types()).toEqual(["tunnelOpened", "sessionOpened"]);
});

test.each(Array.from({ length: 25 }, (_, seed) => seed))(
  "a session comes up and goes over a link that loses, repeats and reorders (seed %i)",
  (seed) => {
    const link = { seed, loss: 250, duplication: 200, delay: { min: 5, max: 400 } };
    const pair = new Pair({ link, system: { retransmitRetriesNotEstablished: 20, retransmitRetriesEstablished: 20 } });
    pair.open({ receiveWindow: 1 + (seed % 4) });
    pair.run(120_000);
    expect(pair.lac.event("sessionOpened")).toBeDefined();
    expect(pair.lns.event("sessionOpened")).toBeDefined();
    const result = { code: 3, error: 0, message: "bye" };
    pair.input(pair.lns, { type: "closeSession", session: 1, result });
    pair.run(300_000);
    expect(pair.lns.event("sessionClosed")).toMatchObject({ session: 1, reason: "bye" });
    expect(pair.lac.event("sessionClosed")).toMatchObject({ session: LAC_SESSION });
    expect(pair.lac.event("tunnelClosed")).toBeDefined();
    expect(pair.lns.event("tunnelClosed")).toBeDefined();
  },
);

test("a LAC whose peer never answers gives up after the retransmissions, and says so", () => {
  const pair = new Pair();
  pair.cut = true;
  pair.open();
  // 1 + 2 + 4 + 8 + 8 + 8 seconds.
  pair.run(30_900);
  expect(pair.lac.types()).toEqual([]);
  pair.run(200);
  expect(pair.lac.events).toMatchObject([
    { type: "sessionClosed", session: LAC_SESSION, reason: "the peer does not answer" },
    { type: "tunnelClosed", reason: "the peer does not answer" },
  ]);
});

test("a tunnel password that both ends know opens the tunnel, in both directions", () => {
  const password = new Secret("TunnelPass");
  const pair = new Pair({ profile: { tunnelPassword: password, tunnelAuthentication: true } });
  pair.open({ tunnelPassword: password });
  pair.run(1000);
  expect(pair.lns.event("sessionOpened")).toBeDefined();
  expect(pair.lac.event("sessionOpened")).toBeDefined();
});

test("an LNS that does not ask for proof still proves the password it has", () => {
  const password = new Secret("TunnelPass");
  const pair = new Pair({ profile: { tunnelPassword: password, tunnelAuthentication: false } });
  pair.open({ tunnelPassword: password });
  pair.run(1000);
  expect(pair.lac.event("sessionOpened")).toBeDefined();
});

test("a wrong tunnel password ends the tunnel with result 4 and is counted", () => {
  const pair = new Pair({ profile: { tunnelPassword: new Secret("right"), tunnelAuthentication: true } });
  pair.open({ tunnelPassword: new Secret("wrong") });
  pair.run(1000);
  expect(pair.lac.event("tunnelClosed")?.reason).toBe("the tunnel passwords do not match");
  expect(pair.lac.tunnels(pair.now)).toEqual([]);
  expect(pair.lns.event("sessionOpened")).toBeUndefined();
  expect(pair.lns.tunnels(pair.now)).toMatchObject([{ state: "down", lastResult: { code: 4 } }]);
  expect(pair.lac.machine.view(pair.now).totals.authenticationErrors).toBe(1);
});

test("neither a log line nor a view holds the tunnel password", () => {
  const password = new Secret("TunnelPass");
  const pair = new Pair({ profile: { tunnelPassword: password, tunnelAuthentication: true } });
  pair.open({ tunnelPassword: new Secret("OtherPass") });
  pair.run(1000);
  const told = JSON.stringify([pair.lns.log, pair.lac.log, pair.lns.tunnels(pair.now), pair.lns.events]);
  expect(told).not.toMatch(/TunnelPass|OtherPass/);
});

test("the peer is told when the gateway shuts down", () => {
  const pair = new Pair();
  pair.open();
  pair.run(1000);
  pair.input(pair.lns, { type: "closeAll", result: { code: 6, error: undefined, message: "reload" } });
  pair.run(1000);
  expect(pair.lac.event("sessionClosed")).toBeDefined();
  expect(pair.lac.event("tunnelClosed")?.reason).toBe(
    "the peer closed the tunnel: the peer is being shut down, reload",
  );
  expect(pair.lns.event("tunnelClosed")?.reason).toBe("reload");
});

test("a client that hangs up closes the tunnel with a StopCCN that the LNS acknowledges", () => {
  const pair = new Pair();
  pair.open();
  pair.run(1000);
  const tunnel = pair.lac.event("tunnelOpened")?.tunnel ?? 0;
  pair.input(pair.lac, { type: "closeTunnel", tunnel, result: { code: 1, error: undefined, message: undefined } });
  pair.run(100);
  expect(pair.lac.types()).toEqual(["tunnelOpened", "sessionOpened", "sessionClosed", "tunnelClosed"]);
  expect(pair.lns.types()).toEqual(["tunnelOpened", "sessionOpened", "sessionClosed", "tunnelClosed"]);
  expect(pair.lns.event("tunnelClosed")?.reason).toMatch(/general request to clear/);
});

test("a removed profile drops its tunnels, a changed one does not", () => {
  const pair = new Pair();
  pair.open();
  pair.run(1000);
  pair.configure([{ ...PROFILE, helloSeconds: 60, localHostName: "other" }]);
  pair.run(1000);
  expect(pair.lns.event("tunnelClosed")).toBeUndefined();
  pair.configure([{ ...PROFILE, name: "boston5" }]);
  pair.run(1000);
  expect(pair.lns.event("tunnelClosed")?.reason).toBe("its profile was removed");
  expect(pair.lac.event("sessionClosed")).toBeDefined();
});

test("disabling L2TP closes the tunnels and refuses new ones", () => {
  const pair = new Pair();
  pair.open();
  pair.run(1000);
  pair.configure([PROFILE], { enabled: false });
  pair.run(1000);
  expect(pair.lns.event("tunnelClosed")?.reason).toBe("L2TP was disabled");
  pair.open();
  pair.run(1000);
  expect(pair.lns.event("refused")?.reason).toBe("L2TP is not enabled");
});

test("a closed connection ends its tunnels without a word on the wire", () => {
  const pair = new Pair({ path: { connection: 9 } });
  pair.open();
  pair.run(1000);
  pair.lns.input({ type: "connectionClosed", connection: 9 }, pair.now);
  expect(pair.lns.sent).toEqual([]);
  expect(pair.lns.types().slice(2)).toEqual(["sessionClosed", "tunnelClosed"]);
  expect(pair.lns.event("tunnelClosed")?.reason).toBe("the IPsec connection is closed");
});

test("hello notices a peer that is gone", () => {
  const pair = new Pair({ profile: { helloSeconds: 60 } });
  pair.open();
  pair.run(1000);
  pair.cut = true;
  pair.run(60_000 + 31_100);
  expect(pair.lns.event("tunnelClosed")?.reason).toBe("the peer does not answer");
  expect(pair.lns.event("sessionClosed")?.reason).toBe("the peer does not answer");
});

test("hello keeps a tunnel that is alive", () => {
  const pair = new Pair({ profile: { helloSeconds: 60 } });
  pair.open();
  pair.run(3_600_000);
  expect(pair.lns.event("tunnelClosed")).toBeUndefined();
  const [tunnel] = pair.lns.tunnels(pair.now);
  // SCCRP, ICRP and one hello a minute.
  expect(tunnel?.ns).toBe(2 + 59);
});

test("tunnel and session identifiers are drawn at random", () => {
  const pair = new Pair();
  const opened = Array.from({ length: 20 }, () => {
    pair.lns.events.length = 0;
    pair.open({ assignedTunnelId: undefined });
    pair.run(1000);
    return pair.lns.event("sessionOpened");
  });
  for (const name of ["localTunnelId", "localSessionId", "remoteTunnelId", "remoteSessionId"] as const) {
    const ids = opened.map((event) => event?.[name] ?? 0);
    expect(new Set(ids).size).toBe(20);
    expect(ids.every((id) => id > 0 && id <= 0xffff)).toBe(true);
    expect(Math.max(...ids) - Math.min(...ids)).toBeGreaterThan(1000);
  }
});

test("a LAC that requires sequence numbers says so, and both ends number", () => {
  const pair = new Pair();
  pair.open({ sequencingRequired: true });
  pair.run(5000);
  expect(pair.lns.event("sessionOpened")).toMatchObject({ sequencing: true, followsPeer: false });
  expect(pair.lac.event("sessionOpened")).toMatchObject({ sequencing: true, followsPeer: false });
  const plain = new Pair();
  plain.open();
  plain.run(5000);
  expect(plain.lns.event("sessionOpened")).toMatchObject({ sequencing: false, followsPeer: false });
  expect(plain.lac.event("sessionOpened")).toMatchObject({ sequencing: false, followsPeer: true });
});
