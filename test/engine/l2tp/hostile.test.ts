/**
 * Hostile input to the LNS: whatever arrives, the machine answers with a value or not at all, memory stays bounded,
 * and the sessions of others go on. The wire cases (lengths, bits, strings) are in `test/engine/wire/l2tp-control.test.ts`.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { Writer } from "../../../src/engine/wire/codec.ts";
import { encodeL2tpControl, writeAvp } from "../../../src/engine/wire/l2tp-control.ts";
import { encodeControlBody, type MessageName, messageType } from "../../../src/engine/wire/l2tp-message.ts";
import { End, lnsWith, PROFILE, pathOf, ScriptedPeer, SYSTEM } from "./pair.ts";

const CLEAR = { code: 1, error: undefined, message: undefined };

/** A peer with a session, whose neighbourhood is then attacked. */
function victimOf(lns: End): ScriptedPeer {
  const victim = new ScriptedPeer(lns, {
    path: pathOf({ remote: { address: "203.0.113.9", port: 1701 } }),
    tunnelId: 31,
  });
  victim.establish();
  victim.call(32);
  return victim;
}

function isUnharmed(victim: ScriptedPeer): void {
  expect(victim.say("hello").map((seen) => seen.name)).toContain("zlb");
  const tunnel = victim.lns.tunnels(victim.now).find((view) => view.remoteTunnelId === victim.tunnelId);
  expect(tunnel).toMatchObject({ state: "established", sessions: [{ state: "established" }] });
}

function mandatory(type: number, value: Uint8Array, body: Uint8Array): Uint8Array {
  const writer = new Writer();
  writer.put(body);
  writeAvp(writer, { mandatory: true, hidden: false, vendor: 0, type, value });
  return writer.finish();
}

test("9.01, 9.03: no combination of header bits and version in an SCCRQ does anything but the right one", () => {
  const lns = lnsWith();
  const body = encodeControlBody("sccrq", { assignedTunnelId: 5 });
  const good = encodeL2tpControl({ tunnelId: 0, sessionId: 0, ns: 0, nr: 0 }, body);
  for (let flags = 0; flags < 32; flags += 1) {
    for (let version = 0; version < 16; version += 1) {
      const bytes = good.slice();
      bytes[0] =
        (flags & 1 ? 0x80 : 0) |
        (flags & 2 ? 0x40 : 0) |
        (flags & 4 ? 8 : 0) |
        (flags & 8 ? 2 : 0) |
        (flags & 16 ? 1 : 0);
      bytes[1] = version;
      if (flags === 7 && version === 2) continue;
      lns.input({ type: "control", path: pathOf(), bytes }, 1000);
    }
  }
  expect(lns.sent).toEqual([]);
  expect(lns.tunnels(1000)).toEqual([]);
});

test("9.02: an SCCRQ cut short at any octet opens nothing and is not answered", () => {
  const body = encodeControlBody("sccrq", { hostName: "x", assignedTunnelId: 5 });
  const good = encodeL2tpControl({ tunnelId: 0, sessionId: 0, ns: 0, nr: 0 }, body);
  const lns = lnsWith();
  for (let length = 0; length < good.length; length += 1) {
    lns.input({ type: "control", path: pathOf(), bytes: good.subarray(0, length) }, 1000);
  }
  expect(lns.sent).toEqual([]);
  expect(lns.machine.pollTimeout()).toBeUndefined();
});

test("9.05, 9.07: an AVP whose length lies ends the tunnel it came in, with error 2, and no other", () => {
  const lns = lnsWith();
  const victim = victimOf(lns);
  for (const length of [0, 1, 2, 3, 4, 5, 200]) {
    const peer = new ScriptedPeer(lns, { tunnelId: 100 + length });
    peer.establish();
    const heard = peer.body(new Uint8Array([...encodeControlBody("hello", {}), 0x80, length, 0, 0, 0, 7]));
    expect(heard).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 2, error: 2 } } }]);
  }
  isUnharmed(victim);
});

test("9.08: an unknown mandatory AVP ends the tunnel, or only the session where it is about one", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  const icrq = mandatory(999, new Uint8Array(), encodeControlBody("icrq", { assignedSessionId: 6 }));
  expect(peer.body(icrq)).toMatchObject([{ name: "cdn", sessionId: 6, values: { resultCode: { code: 2, error: 8 } } }]);
  const session = peer.call(7);
  const wen = mandatory(999, new Uint8Array(), encodeControlBody("wen", {}));
  expect(peer.body(wen, session)).toMatchObject([
    { name: "cdn", sessionId: 7, values: { resultCode: { code: 2, error: 8 } } },
  ]);
  peer.zlb();
  expect(peer.lns.event("sessionClosed")?.reason).toBe("a mandatory AVP is unknown");
  const hello = mandatory(999, new Uint8Array(), encodeControlBody("hello", {}));
  expect(peer.body(hello)).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 2, error: 8 } } }]);
});

test("9.08: an unknown mandatory AVP in SCCRQ is answered once and leaves nothing", () => {
  const peer = new ScriptedPeer(lnsWith());
  expect(
    peer.body(mandatory(999, new Uint8Array(), encodeControlBody("sccrq", { assignedTunnelId: 1 }))),
  ).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 2, error: 8 } } }]);
  expect(peer.lns.tunnels(1000)).toEqual([]);
  expect(peer.lns.machine.pollTimeout()).toBeUndefined();
});

test("9.09, 9.10: a hidden AVP that cannot be read ends what it was about", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  const writer = new Writer();
  writer.put(encodeControlBody("icrq", { assignedSessionId: 6 }));
  writeAvp(writer, { mandatory: true, hidden: true, vendor: 0, type: 15, value: new Uint8Array(20) });
  expect(peer.body(writer.finish())).toMatchObject([{ name: "cdn", values: { resultCode: { code: 2, error: 6 } } }]);
});

test("9.12, 9.13: Message Type twice, or not first, ends the tunnel", () => {
  for (const body of [
    mandatory(0, Uint8Array.of(0, 6), encodeControlBody("hello", {})),
    encodeControlBody("icrq", { assignedSessionId: 3 }).subarray(8),
  ]) {
    const peer = new ScriptedPeer(lnsWith());
    peer.establish();
    expect(peer.body(body)).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 2, error: 3 } } }]);
  }
});

test("9.14: names of 0 and of 1017 octets are taken", () => {
  const empty = new ScriptedPeer(lnsWith());
  expect(empty.request({ hostName: "", vendorName: "" })).toMatchObject([{ name: "sccrp" }]);
  const long = new ScriptedPeer(lnsWith());
  const name = new Uint8Array(1017).fill(65);
  const body = mandatory(7, name, mandatory(8, name, encodeControlBody("sccrq", { assignedTunnelId: 1 })));
  expect(long.body(body)).toMatchObject([{ name: "sccrp" }]);
  expect(long.view()?.remoteHostName).toHaveLength(1017);
});

test("9.15: an SCCRQ that assigns tunnel 0 is dropped, and messages to tunnel 0 are, too", () => {
  const peer = new ScriptedPeer(lnsWith(), { tunnelId: 0 });
  peer.request();
  for (const name of Object.keys(messageType) as MessageName[]) {
    if (name !== "sccrq") peer.say(name, { assignedTunnelId: 0, assignedSessionId: 0 });
  }
  expect(peer.lns.sent).toEqual([]);
  expect(peer.lns.tunnels(1000)).toEqual([]);
});

test("9.16: an ICRQ that assigns session 0 is refused; a CDN for session 0 finds the call by the peer's number", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  expect(peer.say("icrq", { assignedSessionId: 0 })).toMatchObject([
    { name: "cdn", sessionId: 0, values: { resultCode: { code: 2, error: 3 } } },
  ]);
  peer.call(5);
  peer.say("cdn", { resultCode: CLEAR, assignedSessionId: 0 }, 0);
  peer.say("cdn", { resultCode: CLEAR, assignedSessionId: 6 }, 0);
  expect(peer.lns.event("sessionClosed")).toBeUndefined();
  peer.say("cdn", { resultCode: CLEAR, assignedSessionId: 5 }, 0);
  expect(peer.lns.event("sessionClosed")).toBeDefined();
});

test("9.17: nobody reaches another peer's tunnel by its identifier, nor another session by its", () => {
  const lns = lnsWith();
  const victim = victimOf(lns);
  const attacker = new ScriptedPeer(lns);
  attacker.establish();
  attacker.call();
  attacker.lnsTunnelId = victim.lnsTunnelId;
  attacker.ns = victim.ns;
  attacker.nr = victim.nr;
  const before = lns.sent.length;
  for (const name of Object.keys(messageType) as MessageName[]) {
    if (name !== "sccrq") attacker.say(name, { resultCode: CLEAR, assignedTunnelId: 31, assignedSessionId: 32 });
  }
  expect(lns.sent.length).toBe(before);
  isUnharmed(victim);
});

test("9.17: a stranger's clear packet with a forged address does not touch a tunnel under IPsec", () => {
  const lns = lnsWith();
  const peer = new ScriptedPeer(lns, { path: pathOf({ connection: 3 }) });
  peer.establish();
  const forged = encodeL2tpControl(
    { tunnelId: peer.lnsTunnelId, sessionId: 0, ns: peer.ns, nr: peer.nr },
    encodeControlBody("stopCcn", { assignedTunnelId: 1, resultCode: CLEAR }),
  );
  const before = lns.sent.length;
  lns.input({ type: "control", path: pathOf(), bytes: forged }, 1000);
  expect(lns.sent.length).toBe(before);
  expect(peer.view()).toMatchObject({ state: "established", path: { connection: 3 } });
});

test("9.18: 10 000 SCCRQs from one address leave a bounded number of half-open tunnels and of answers", () => {
  const lns = lnsWith();
  const victim = victimOf(lns);
  for (let i = 0; i < 10_000; i += 1) {
    const remote = { address: "192.0.2.7", port: 1024 + (i % 60_000) };
    new ScriptedPeer(lns, { path: pathOf({ remote }), tunnelId: 1 + (i % 0xffff) }).request();
  }
  expect(lns.tunnels(1000).length).toBeLessThanOrEqual(257);
  // One SCCRP each, and the refusals of one second.
  expect(lns.sent.length).toBeLessThan(300);
  expect(lns.log.filter((event) => event.severity !== "debug").length).toBeLessThan(300);
  isUnharmed(victim);
  // Another address is still served, and later the first one is again.
  const other = new ScriptedPeer(lns, { path: pathOf({ remote: { address: "192.0.2.8", port: 1701 } }) });
  expect(other.request()).toMatchObject([{ name: "sccrp" }]);
  lns.run(1000, 120_000);
  const later = new ScriptedPeer(lns);
  later.now = 120_000;
  expect(later.request()).toMatchObject([{ name: "sccrp" }]);
});

test("9.18: a path may hold only a few half-open tunnels, the chassis only so many of all", () => {
  const one = lnsWith();
  for (let id = 1; id <= 100; id += 1) new ScriptedPeer(one, { tunnelId: id }).request();
  expect(one.tunnels(1000)).toHaveLength(8);
  const all = lnsWith();
  for (let i = 0; i < 6000; i += 1) {
    const remote = { address: `10.${i >>> 8}.${i & 255}.1`, port: 1701 };
    new ScriptedPeer(all, { path: pathOf({ remote }) }).request();
  }
  expect(all.tunnels(1000)).toHaveLength(4096);
});

test("clients behind one NAT that come back at once are all answered: under IPsec each counts for itself", () => {
  const lns = lnsWith();
  for (let connection = 1; connection <= 1000; connection += 1) {
    const remote = { address: "192.0.2.7", port: 1024 + connection };
    expect(new ScriptedPeer(lns, { path: pathOf({ remote, connection }) }).request()).toMatchObject([
      { name: "sccrp" },
    ]);
  }
});

test("9.18: half-open tunnels that fail are not all kept for the destruct timeout", () => {
  const lns = lnsWith({}, { destructTimeoutSeconds: 3600 });
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < 1000; i += 1) {
      const remote = { address: `10.${round}.${i >>> 8}.${i & 255}`, port: 1701 };
      const peer = new ScriptedPeer(lns, { path: pathOf({ remote }) });
      peer.now = round * 60_000;
      peer.request();
    }
    lns.run(round * 60_000, round * 60_000 + 59_000);
  }
  expect(lns.tunnels(119_000)).toHaveLength(1024);
  expect(lns.machine.view(119_000).totals).toMatchObject({ tunnelsTotal: 2000, tunnelsFailed: 2000 });
});

test("a refused SCCRQ is answered with no more octets than it had, and 20 times a second at most", () => {
  const lns = lnsWith({ remoteHostName: "nobody" });
  const bytes = encodeL2tpControl(
    { tunnelId: 0, sessionId: 0, ns: 0, nr: 0 },
    encodeControlBody("sccrq", { protocolVersion: 0x0100, hostName: "a", assignedTunnelId: 5 }),
  );
  for (let i = 0; i < 1000; i += 1) lns.input({ type: "control", path: pathOf(), bytes }, 1000);
  expect(lns.sent).toHaveLength(20);
  expect(lns.sent.every((sent) => sent.bytes.length <= bytes.length)).toBe(true);
  expect(lns.log.filter((event) => event.severity === "notice")).toHaveLength(20);
  lns.input({ type: "control", path: pathOf(), bytes }, 2000);
  expect(lns.log.at(-1)?.fields.suppressed).toBe(980);
});

test("9.19: a flood of ICRQs leaves a bounded number of calls, whether it is acknowledged or not", () => {
  const acknowledging = new ScriptedPeer(lnsWith());
  acknowledging.establish();
  for (let i = 1; i <= 2000; i += 1) {
    acknowledging.say("icrq", { assignedSessionId: i });
    acknowledging.zlb();
  }
  expect(acknowledging.view()?.sessions.length).toBe(32);
  const silent = new ScriptedPeer(lnsWith());
  silent.establish();
  for (let i = 1; i <= 2000; i += 1) silent.say("icrq", { assignedSessionId: i });
  expect(silent.view()?.sessions.length).toBe(32);
  expect(silent.view()?.unsentQueue).toBeLessThanOrEqual(64);
  expect(silent.lns.types().filter((type) => type === "sessionOpened")).toEqual([]);
});

test("a peer that makes and ends sessions without end is not remembered without end", () => {
  const peer = new ScriptedPeer(lnsWith({}, { destructTimeoutSeconds: 3600 }));
  peer.establish();
  for (let i = 1; i <= 500; i += 1) {
    const session = peer.call(i);
    peer.say("cdn", { resultCode: CLEAR, assignedSessionId: i }, session);
  }
  expect(peer.view()).toMatchObject({ sessionsTotal: 500, sessionsFailed: 0 });
  expect(peer.view()?.sessions.length).toBeLessThanOrEqual(64);
});

test("9.20: a ZLB with data is no ZLB: what its data says counts", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  expect(peer.body(Uint8Array.of(1, 2, 3))).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 2 } } }]);
});

test("9.21: numbers far from the window change nothing", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  const { ns, nr } = peer;
  for (const [farNs, farNr] of [
    [ns + 4, nr],
    [ns + 0x7fff, nr],
    [ns, nr + 1],
    [ns, nr + 0x7fff],
    [0xffff, nr + 5],
  ] as const) {
    const body = encodeControlBody("stopCcn", { assignedTunnelId: 1, resultCode: CLEAR });
    peer.raw(
      encodeL2tpControl({ tunnelId: peer.lnsTunnelId, sessionId: 0, ns: farNs & 0xffff, nr: farNr & 0xffff }, body),
    );
  }
  expect(peer.view()).toMatchObject({ state: "established", counters: { rxOutOfWindow: 2, discards: 3 } });
  expect(peer.say("hello")).toMatchObject([{ name: "zlb" }]);
});

test("9.21: an SCCRQ that is not the first message is dropped", () => {
  const body = encodeControlBody("sccrq", { assignedTunnelId: 5 });
  for (const [ns, nr] of [
    [1, 0],
    [0, 1],
    [0xffff, 0xffff],
  ] as const) {
    const lns = lnsWith();
    lns.input(
      { type: "control", path: pathOf(), bytes: encodeL2tpControl({ tunnelId: 0, sessionId: 0, ns, nr }, body) },
      1000,
    );
    expect(lns.sent).toEqual([]);
    expect(lns.tunnels(1000)).toEqual([]);
  }
});

test.each([0, 1, 65_535])("9.22: a peer whose window is %i gets a session", (receiveWindowSize) => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish({ receiveWindowSize });
  peer.call();
  expect(peer.view()?.remoteWindow).toBe(Math.max(1, receiveWindowSize));
  expect(peer.lns.event("sessionOpened")).toBeDefined();
});

test("9.23: a tie breaker is tolerated", () => {
  const peer = new ScriptedPeer(lnsWith());
  expect(peer.request({ tieBreaker: new Uint8Array(8) })).toMatchObject([{ name: "sccrp" }]);
});

test.each(["in the header", "in the AVP"])(
  "9.24: a StopCCN with the wrong tunnel id %s closes the tunnel (MSL2TP)",
  (where) => {
    const peer = new ScriptedPeer(lnsWith(), { path: pathOf({ connection: 3 }) });
    peer.establish({ vendorName: "Deterministic Networks Inc.", firmwareRevision: 0xff00 });
    if (where === "in the header") peer.lnsTunnelId ^= 0x1234;
    const assignedTunnelId = where === "in the header" ? 1 : 999;
    expect(peer.say("stopCcn", { assignedTunnelId, resultCode: CLEAR })).toMatchObject([{ name: "zlb" }]);
    expect(peer.view()?.state).toBe("down");
  },
);

test("9.24: in the clear a stranger who guesses tunnel id 1 cannot close an established tunnel", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  peer.lnsTunnelId = 0;
  expect(peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CLEAR })).toEqual([]);
  expect(peer.view()?.state).toBe("established");
});

test("a StopCCN from a peer that never saw our SCCRP ends the half-open tunnel", () => {
  const peer = new ScriptedPeer(lnsWith());
  peer.request();
  peer.lnsTunnelId = 0;
  peer.nr = 0;
  expect(peer.say("stopCcn", { assignedTunnelId: 1, resultCode: CLEAR })).toMatchObject([{ name: "zlb" }]);
  expect(peer.view()?.state).toBe("down");
});

test.each([
  ["9.25: byte-swapped, as Apple sends it", Uint8Array.of(6, 0, 0, 0), { code: 6, error: 0 }],
  ["9.26: of two octets, as Android sends it", Uint8Array.of(0, 6), { code: 6, error: undefined }],
  ["of one octet, which cannot be read", Uint8Array.of(6), undefined],
])("a StopCCN whose result is %s closes the tunnel", (_name, value, lastResult) => {
  const peer = new ScriptedPeer(lnsWith());
  peer.establish();
  expect(peer.body(mandatory(1, value, encodeControlBody("stopCcn", { assignedTunnelId: 1 })))).toMatchObject([
    { name: "zlb" },
  ]);
  expect(peer.view()?.state).toBe("down");
  if (lastResult !== undefined) expect(peer.view()?.lastResult).toMatchObject(lastResult);
});

test("9.27: plain L2TP where IPsec is demanded is refused", () => {
  const peer = new ScriptedPeer(lnsWith({ transport: "ipsec" }));
  expect(peer.request()).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 4 } } }]);
  expect(peer.lns.tunnels(1000)).toEqual([]);
});

test("a HELLO before any tunnel, as Apple sends it, is not answered", () => {
  const peer = new ScriptedPeer(lnsWith());
  expect(peer.say("hello")).toEqual([]);
  peer.lnsTunnelId = 4711;
  expect(peer.say("hello")).toEqual([]);
});

test("messages out of turn end the tunnel, or only the session they are about", () => {
  for (const name of ["sccrq", "sccrp", "scccn"] as const) {
    const peer = new ScriptedPeer(lnsWith());
    peer.establish();
    expect(peer.say(name, { assignedTunnelId: 1 })).toMatchObject([
      { name: "stopCcn", values: { resultCode: { code: 7 } } },
    ]);
  }
  for (const name of ["icrq", "icrp", "iccn"] as const) {
    const peer = new ScriptedPeer(lnsWith());
    peer.establish();
    const session = peer.call();
    expect(peer.say(name, { assignedSessionId: 9 }, session)).toMatchObject([{ name: "cdn", sessionId: 1 }]);
    expect(peer.view()?.state).toBe("established");
  }
});

test("calls before the tunnel is established come to nothing", () => {
  const peer = new ScriptedPeer(lnsWith({ tunnelAuthentication: false }));
  peer.request();
  peer.say("icrq", { assignedSessionId: 3 });
  peer.say("iccn", {}, 3);
  peer.say("cdn", { assignedSessionId: 3 }, 3);
  expect(peer.view()?.sessions).toEqual([]);
  expect(peer.lns.types()).toEqual([]);
});

test("random and damaged messages in and around a tunnel never break the machine or its neighbour", () => {
  const lns = lnsWith();
  const victim = victimOf(lns);
  const names = Object.keys(messageType) as MessageName[];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(0xffff),
      fc.boolean(),
      (name, tail, session, inTunnel) => {
        const peer = new ScriptedPeer(lns, { tunnelId: 77 });
        if (inTunnel) peer.establish();
        peer.body(new Uint8Array([...encodeControlBody(name, { assignedSessionId: 9 }), ...tail]), session);
        peer.raw(tail);
        peer.wait(200);
      },
    ),
    { numRuns: 500, seed: 42 },
  );
  isUnharmed(victim);
});

test("9.18: one peer cannot take all tunnel identifiers, and gets others when some of its tunnels are over", () => {
  const lns = new End(3, 1);
  const configuration = {
    system: { ...SYSTEM, idleTimeoutSeconds: 0, destructTimeoutSeconds: 0 },
    profiles: [PROFILE],
  };
  lns.input({ type: "configure", configuration }, 1000);
  const peers = Array.from({ length: 1030 }, (_, index) => {
    const peer = new ScriptedPeer(lns, { path: pathOf({ connection: 1 }), tunnelId: index + 1 });
    peer.establish();
    return peer;
  });
  expect(lns.tunnels(1000)).toHaveLength(1024);
  expect(lns.event("refused")?.reason).toBe("the peer has as many tunnels as it may");
  // Its neighbour is not concerned.
  const neighbour = new ScriptedPeer(lns, { path: pathOf({ connection: 2 }) });
  expect(neighbour.request()).toMatchObject([{ name: "sccrp" }]);
  peers[0]?.say("stopCcn", { assignedTunnelId: 1, resultCode: CLEAR });
  const again = new ScriptedPeer(lns, { path: pathOf({ connection: 1 }), tunnelId: 2000 });
  expect(again.request()).toMatchObject([{ name: "sccrp" }]);
});
