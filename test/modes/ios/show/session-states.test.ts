/** What the show commands say of sessions that are not in their usual state: half open, rekeyed, old, out of order. */

import { expect, test } from "vitest";
import { age } from "../../../../src/modes/ios/show/age.ts";
import { showCryptoSession } from "../../../../src/modes/ios/show/crypto-session.ts";
import { interfaceList } from "../../../../src/modes/ios/show/interface-list.ts";
import { showIpInterfaceBrief } from "../../../../src/modes/ios/show/interfaces.ts";
import { showPppInterface } from "../../../../src/modes/ios/show/ppp-interface.ts";
import { showUsers } from "../../../../src/modes/ios/show/users.ts";
import { showL2tpSession, showL2tpSessionAll, showL2tpTunnelAll } from "../../../../src/modes/ios/show/vpdn.ts";
import { connection, flow, gateway, ikeSa, NOW, session, snapshotOf, tunnel } from "./snapshots.ts";

const HOUR = 3_600_000;

test.each([
  [369_000, "00:06:09"],
  [23.99 * HOUR, "23:59:24"],
  [24 * HOUR, "1d00h"],
  [90 * HOUR, "3d18h"],
  [17 * 24 * HOUR, "2w3d"],
  [400 * 24 * HOUR, "1y5w"],
  [-1, "00:00:00"],
])("%i ms are %s", (millis, text) => {
  expect(age(millis)).toBe(text);
});

/** The addresses are those of the outer packets, which the gateway names its interfaces by. */
test("a peer whose phase 1 is under way is a session that negotiates", () => {
  const local = { ...flow.local, port: 500 };
  const remote = { ...flow.remote, port: 500 };
  const begun = { ...ikeSa, state: "sentKe", connection: undefined, flow: { ...flow, local, remote } } as const;
  const spec = { ...snapshotOf().spec, ipsecGateways: [{ ...gateway, localAddress: local.address }] };
  expect(showCryptoSession(snapshotOf({ spec, connections: [], ikeSas: [begun] }), false)).toEqual([
    "Crypto session current status",
    "",
    "Interface: GigabitEthernet0/1",
    "Session status: DOWN-NEGOTIATING",
    "Peer: 30.31.32.1 port 500 ",
    "  Session ID: 0  ",
    "  IKEv1 SA: local 20.21.22.1/500 remote 30.31.32.1/500 Inactive ",
    "",
  ]);
  const made = { ...begun, state: "established" } as const;
  expect(showCryptoSession(snapshotOf({ spec, connections: [], ikeSas: [made] }), false)).toContain(
    "Session status: UP-IDLE       ",
  );
  const gone = { ...begun, state: "deleted" } as const;
  expect(showCryptoSession(snapshotOf({ spec, connections: [], ikeSas: [gone] }), false)).toHaveLength(2);
});

test("a connection without an SA is idle with IKE and down without", () => {
  const bare = { ...connection, sas: [] };
  expect(showCryptoSession(snapshotOf({ connections: [bare] }), false)[3]).toBe("Session status: UP-IDLE       ");
  expect(showCryptoSession(snapshotOf({ connections: [bare], ikeSas: [] }), false)[3]).toBe(
    "Session status: DOWN          ",
  );
});

test("show crypto session detail, line for line, counts the packets of both SAs while one replaces the other", () => {
  const [sa] = connection.sas;
  if (sa === undefined) throw new Error("the connection has an SA");
  const old = { ...sa, superseded: true, inbound: { ...sa.inbound, packets: 7, replayErrors: 2 } };
  const lines = showCryptoSession(snapshotOf({ connections: [{ ...connection, sas: [old, sa] }] }), true);
  expect(lines.slice(lines.indexOf("Interface: GigabitEthernet0/1"))).toEqual([
    "Interface: GigabitEthernet0/1",
    "Uptime: 00:37:56",
    "Session status: UP-ACTIVE     ",
    "Peer: 30.31.32.1 port 4500 fvrf: (none) ivrf: (none)",
    "      Phase1_id: 192.168.1.10",
    "      Desc: (none)",
    "  Session ID: 0  ",
    "  IKEv1 SA: local 20.21.22.1/4500 remote 30.31.32.1/4500 Active ",
    "          Capabilities:DN connid:1001 lifetime:23:25:03",
    "  IPSEC FLOW: permit 17 host 20.21.22.1 port 1701 host 30.31.32.1 port 4500 ",
    "        Active SAs: 4, origin: dynamic crypto map",
    "        Inbound:  #pkts dec'ed 22520 drop 2 life (KB/Sec) 4314414/1324",
    "        Outbound: #pkts enc'ed 77376 drop 0 life (KB/Sec) 4314414/1324",
    "",
  ]);
});

test("without a volume limit the life left is said in seconds alone", () => {
  const sas = connection.sas.map((sa) => ({ ...sa, lifetimeKilobytes: undefined }));
  expect(showCryptoSession(snapshotOf({ connections: [{ ...connection, sas }] }), true)).toContain(
    "        Inbound:  #pkts dec'ed 22513 drop 0 life (KB/Sec) KB Vol Rekey Disabled/1324",
  );
});

test("tunnels and sessions that last for days say so", () => {
  const changedAt = NOW - 90 * HOUR;
  const sessions = tunnel.sessions.map((call) => ({ ...call, changedAt }));
  const l2tp = { ...snapshotOf().l2tp, tunnels: [{ ...tunnel, changedAt, sessions }] };
  expect(showL2tpTunnelAll(snapshotOf({ l2tp }))).toContain("  Tunnel state is established, time since change 3d18h");
  expect(showL2tpSession(snapshotOf({ l2tp }))).toContain(
    "37683      1          32338      randy, Vi2.1         est    3d18h    2         ",
  );
});

test("UDP checksums are there without UDP encapsulation only", () => {
  expect(showL2tpSessionAll(snapshotOf())).toContain("  UDP checksums are disabled");
  const direct = snapshotOf({ connections: [{ ...connection, encapsulation: "esp" }] });
  expect(showL2tpSessionAll(direct)).toContain("  UDP checksums are enabled");
  expect(showL2tpSessionAll(snapshotOf({ connections: [] }))).toContain("  UDP checksums are enabled");
});

test("interfaces stand in the order of their numbers, whichever session opened first", () => {
  const later = { ...session, session: 3, index: 2 };
  const snapshot = snapshotOf({ sessions: [later, session] });
  const names = showIpInterfaceBrief(interfaceList(snapshot)).filter((line) => line.startsWith("Virtual-Access2."));
  expect(names.map((line) => line.slice(0, 17))).toEqual(["Virtual-Access2.1", "Virtual-Access2.2"]);
  const users = showUsers(snapshot, []).filter((line) => line.startsWith("  Vi2."));
  expect(users.map((line) => line.slice(2, 7))).toEqual(["Vi2.1", "Vi2.2"]);
});

test("an interface is listed once, with its primary address", () => {
  const { spec } = snapshotOf();
  const virtualRouters = spec.virtualRouters.map((router) => ({
    ...router,
    interfaces: router.interfaces.flatMap((port) => [port, { ...port, address: { address: "9.9.9.9", length: 24 } }]),
  }));
  const snapshot = snapshotOf({ spec: { ...spec, virtualRouters } });
  expect(showIpInterfaceBrief(interfaceList(snapshot))[1]).toContain("FastEthernet0/0            203.0.113.1 ");
  expect(showIpInterfaceBrief(interfaceList(snapshot)).join()).not.toContain("9.9.9.9");
  const [first] = interfaceList(snapshot);
  expect(first?.address?.address).toBe("203.0.113.1");
  expect(first?.secondary.map(({ address }) => address)).toEqual(["9.9.9.9"]);
});

test("what a LAC told of its line, and which protocols were refused, stands with the session", () => {
  const [call] = tunnel.sessions;
  if (call === undefined) throw new Error("the tunnel has no session");
  expect(showL2tpSessionAll(snapshotOf()).join("\n")).not.toMatch(/Line errors|ACCM/);
  const told = { ...call, errors: { crcErrors: 7, timeouts: 2 }, accm: { send: 0xa0000, receive: 0 } };
  const lines = showL2tpSessionAll(
    snapshotOf({ l2tp: { ...snapshotOf().l2tp, tunnels: [{ ...tunnel, sessions: [told] }] } }),
  );
  expect(lines).toContain("  Line errors told by the peer: 7 crcErrors, 2 timeouts");
  expect(lines).toContain("  ACCM told: send 0x000A0000, receive 0x00000000");
  const refused = { ...session, ppp: { ...session.ppp, protocolsRejected: { IPv6CP: 1, CCP: 3 } } };
  expect(showPppInterface(refused)).toContain("Protocol Rejects : IPv6CP 1, CCP 3");
  expect(showPppInterface(session).join("\n")).not.toContain("Protocol Rejects");
});
