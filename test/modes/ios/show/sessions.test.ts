import { expect, test } from "vitest";
import { interfaceList } from "../../../../src/modes/ios/show/interface-list.ts";
import { showInterfaces, showIpInterfaceBrief } from "../../../../src/modes/ios/show/interfaces.ts";
import { showIpRoute } from "../../../../src/modes/ios/show/ip-route.ts";
import { localPools, showLocalPools } from "../../../../src/modes/ios/show/pool.ts";
import { showUsers } from "../../../../src/modes/ios/show/users.ts";
import { showVersion } from "../../../../src/modes/ios/show/version.ts";
import {
  showL2tpSession,
  showL2tpSessionAll,
  showL2tpTunnel,
  showL2tpTunnelAll,
  showVpdn,
} from "../../../../src/modes/ios/show/vpdn.ts";
import { processUsage } from "../../../support/machine-around.ts";
import { nothing, snapshotOf } from "./snapshots.ts";

/** The recorded tables of a router with one Windows client; its long name shifts the rest of its row. */
test("show l2tp tunnel and session, to the column", () => {
  expect(showL2tpTunnel(snapshotOf())).toEqual([
    "",
    "L2TP Tunnel Information Total tunnels 1 sessions 1",
    "",
    "LocTunID   RemTunID   Remote Name   State  Remote Address  Sessn L2TP Class/",
    "                                                           Count VPDN Group ",
    "32338      1          WinDev2407Eval est    30.31.32.1      1     L2TP_SERVER",
    "",
  ]);
  expect(showL2tpSession(snapshotOf())).toEqual([
    "",
    "L2TP Session Information Total tunnels 1 sessions 1",
    "",
    "LocID      RemID      TunID      Username, Intf/      State  Last Chg Uniq ID   ",
    "                                 Vcid, Circuit                                  ",
    "37683      1          32338      randy, Vi2.1         est    00:06:09 2         ",
    "",
  ]);
});

test("show vpdn puts both tables under one heading", () => {
  const lines = showVpdn(snapshotOf());
  expect(lines[1]).toBe("L2TP Tunnel and Session Information Total tunnels 1 sessions 1");
  expect(lines.filter((line) => line.startsWith("LocTunID") || line.startsWith("LocID"))).toHaveLength(2);
});

test("without tunnels each of them says so", () => {
  for (const show of [showVpdn, showL2tpTunnel, showL2tpSession, showL2tpTunnelAll, showL2tpSessionAll]) {
    expect(show(snapshotOf(nothing))).toEqual(["", "%%No active L2TP tunnels"]);
  }
});

test("show l2tp tunnel all shows the translated port", () => {
  expect(showL2tpTunnelAll(snapshotOf()).slice(3, 13)).toEqual([
    "Tunnel id 32338 is up, remote id is 1, 1 active sessions",
    "  Remotely initiated tunnel",
    "  Tunnel state is established, time since change 00:06:09",
    "  Tunnel transport is UDP (17)",
    "  Remote tunnel name is WinDev2407Eval",
    "    Internet Address 30.31.32.1, port 1024",
    "  Local tunnel name is RN",
    "    Internet Address 20.21.22.1, port 1701",
    "  L2TP class for tunnel is L2TP_SERVER",
    "  Counters, taking last clear into account:",
  ]);
});

test("show l2tp session all names user, interface and counters", () => {
  const lines = showL2tpSessionAll(snapshotOf());
  expect(lines).toContain("Session id 37683 is up, tunnel id 32338");
  expect(lines).toContain("    5 Packets sent, 6 received");
  expect(lines).toContain("  Session username is randy");
  expect(lines).toContain("    Interface Vi2.1");
});

test("show users lists terminals and sessions", () => {
  expect(
    showUsers(snapshotOf(), [{ number: 0, name: "con 0", user: "", idleSeconds: 0, activeSeconds: 0, current: true }]),
  ).toEqual([
    "    Line       User       Host(s)              Idle       Location",
    "*  0 con 0                idle                 00:00:00   ",
    "",
    "  Interface    User               Mode         Idle     Peer Address",
    "  Vi2.1        randy              PPPoVPDN     -        192.168.99.1",
  ]);
});

test("show ip local pool, and one pool with its addresses", () => {
  const snapshot = snapshotOf();
  const shown = (which: { readonly name?: string }): string[] =>
    showLocalPools(localPools(snapshot, which), which.name === undefined ? undefined : snapshot);
  const heading = " Pool                     Begin           End             Free  In use";
  const row = " POOL-VPN                 20.25.37.100    20.25.37.103       3       1";
  expect(shown({})).toEqual([heading, row]);
  expect(shown({ name: "POOL-VPN" })).toEqual([
    heading,
    row,
    "Available addresses:",
    "   20.25.37.101",
    "   20.25.37.102",
    "   20.25.37.103",
    "Inuse addresses:",
    "   20.25.37.100       Vi2.1                       cliente1",
  ]);
});

test("show ip interface brief pads its last column, as parsers expect", () => {
  expect(showIpInterfaceBrief(interfaceList(snapshotOf()))).toEqual([
    "Interface                  IP-Address      OK? Method Status                Protocol",
    "FastEthernet0/0            203.0.113.1     YES manual up                    up      ",
    "Loopback0                  12.0.0.8        YES manual up                    up      ",
    "Virtual-Access1            unassigned      YES unset  down                  down    ",
    "Virtual-Access2            unassigned      YES unset  up                    up      ",
    "Virtual-Access2.1          192.168.99.254  YES unset  up                    up      ",
    "Virtual-Template1          12.0.0.8        YES unset  down                  down    ",
  ]);
});

test("show interfaces of a session names its tunnel and its template", () => {
  const lines = showInterfaces(interfaceList(snapshotOf()).filter(({ name }) => name === "Virtual-Access2.1"));
  expect(lines[0]).toBe("Virtual-Access2.1 is up, line protocol is up ");
  expect(lines).toContain("  Protocol l2tp, tunnel id 32338, session id 37683");
  expect(lines).toContain("     6 packets input, 112 bytes");
});

test("show ip route has a host route for each session", () => {
  expect(showIpRoute(snapshotOf()).slice(-4)).toEqual([
    "C       12.0.0.8 is directly connected, Loopback0",
    "     192.168.99.0/32 is subnetted, 1 subnets",
    "C       192.168.99.1 is directly connected, Virtual-Access2.1",
    "C    203.0.113.0/24 is directly connected, FastEthernet0/0",
  ]);
});

test("show version has what automation looks for and says what this is", () => {
  const lines = showVersion(snapshotOf(), "1.2.3", processUsage);
  expect(lines[0]).toMatch(/^Cisco IOS Software, .* Version [^,]+, RELEASE SOFTWARE \(fc\d+\)$/);
  expect(lines[1]).toContain("lnsh 1.2.3");
  expect(lines).toContain("RN uptime is 2 hours, 45 minutes");
  expect(lines).toContain("Configuration register is 0x2102");
});
