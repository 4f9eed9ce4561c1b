import { expect, test, vi } from "vitest";
import { connection, NOW, session, snapshotOf, tunnel } from "../show/snapshots.ts";
import { BusyRouter } from "./busy-router.ts";
import { CONFIGURATION } from "./configuration.ts";

const CLOSED = [{ type: "closeConnection", connection: 1, reason: "cleared by the operator" }];
const TUNNEL = [{ type: "closeTunnel", tunnel: 1, reason: "cleared by the operator" }];
const SESSION = [{ type: "closeSession", session: 2, reason: "cleared by the operator" }];

test.each([
  ["clear crypto sa", CLOSED],
  ["clear crypto sa peer 30.31.32.1", CLOSED],
  ["clear crypto sa peer 30.31.32.1 port 4501", []],
  ["clear crypto sa peer 9.9.9.9", []],
  ["clear crypto sa map L2TP_MAP", CLOSED],
  ["clear crypto sa map OTHER", []],
  ["clear crypto sa entry 20.21.22.1 esp 0x658F7C11", CLOSED],
  ["clear crypto session", CLOSED],
  ["clear crypto session remote 30.31.32.1", CLOSED],
  ["clear crypto session interface gi0/1", CLOSED],
  ["clear crypto session local 9.9.9.9", []],
  ["clear crypto isakmp", CLOSED],
  ["clear crypto isakmp 1001", CLOSED],
  ["clear vpdn tunnel l2tp all", TUNNEL],
  ["clear vpdn tunnel l2tp id 32338", TUNNEL],
  ["clear vpdn tunnel l2tp hostname WinDev2407Eval", TUNNEL],
  ["clear vpdn tunnel l2tp hostname other", []],
  ["clear l2tp tunnel ip remote 30.31.32.1", TUNNEL],
  ["clear l2tp all", TUNNEL],
  ["clear vpdn session all", SESSION],
  ["clear vpdn session username randy", SESSION],
  ["clear l2tp session interface vi2.1", SESSION],
  ["clear l2tp session id 37683", SESSION],
  ["clear interface virtual-access 2.1", SESSION],
  ["clear interface gi0/1", []],
  ["clear ppp all", SESSION],
  ["clear ip access-list counters 101", [{ type: "clearAccessLists", list: "101" }]],
  ["clear access-list counters", [{ type: "clearAccessLists", list: undefined }]],
])("%s", (line, requests) => {
  const router = new BusyRouter(CONFIGURATION);
  const result = router.execute(line);
  expect(result.lines).toEqual([]);
  expect(result.ok).toBe(true);
  expect(router.requests).toEqual(requests);
});

test.each([
  "clear crypto isakmp 7",
  "clear vpdn tunnel l2tp id 7",
  "clear l2tp session id 7",
  "clear crypto sa entry 20.21.22.1 esp 0x7",
  "clear interface serial 0/0",
])("%s names nothing that is there, says so, and ends nothing", (line) => {
  const router = new BusyRouter(CONFIGURATION);
  const result = router.execute(line);
  expect(result.ok).toBe(false);
  expect(result.lines[0]).toMatch(/^% /);
  expect(router.requests).toEqual([]);
});

function agree(router: BusyRouter, line: string, answer = ""): void {
  const { question } = router.execute(line);
  if (question === undefined) throw new Error(`${line} did not ask`);
  expect(question.echo).toBe("confirm");
  expect(question.prompt).toMatch(/\[confirm\]$/);
  router.shell.answer(question, answer);
}

test("cleared counters of an interface start at zero for every login, and the time is told", () => {
  const router = new BusyRouter(CONFIGURATION);
  agree(router, "clear counters vi2.1", "n");
  expect(router.run("show interfaces vi2.1")).toContain("     6 packets input, 112 bytes");
  agree(router, "clear counters vi2.1");
  const later = { ...session, counters: { ...session.counters, rxPackets: 8, rxOctets: 200 } };
  router.snapshot = snapshotOf({ now: NOW + 65_000, sessions: [later] });
  const lines = router.run("show interfaces vi2.1");
  expect(lines).toContain("     2 packets input, 88 bytes");
  expect(lines).toContain('  Last clearing of "show interface" counters 00:01:05');
  expect(router.run("show interfaces gi0/1").join()).toContain('Last clearing of "show interface" counters never');
});

test("a port counts from where it was cleared, and its rates are averages over the load interval that go on", () => {
  const router = new BusyRouter(`${CONFIGURATION}\ninterface GigabitEthernet0/1\n load-interval 90\n bandwidth 1000\n`);
  const port = snapshotOf().ports?.["GigabitEthernet0/1"];
  if (port === undefined) throw new Error("the port is not counted");
  expect(router.run("show interfaces gi0/1")).toContain("  90 second input rate 0 bits/sec, 0 packets/sec");
  agree(router, "clear counters gi0/1");
  const moved = { ...port, rxPackets: port.rxPackets + 90_000, rxOctets: 9_000_000 };
  router.snapshot = snapshotOf({ now: NOW + 90_000, ports: { "GigabitEthernet0/1": moved } });
  const lines = router.run("show interfaces gi0/1");
  // 100,000 octets a second for as long as the interval is: all but 1/e of it.
  expect(lines).toContain("  90 second input rate 506000 bits/sec, 632 packets/sec");
  expect(lines).toContain("     reliability 255/255, txload 1/255, rxload 129/255");
  expect(lines).toContain("     90000 packets input, 9000000 bytes, 0 no buffer");
  expect(lines).toContain('  Last clearing of "show interface" counters 00:01:30');
  expect(router.run("show interfaces summary").join("\n")).toMatch(/GigabitEthernet0\/1( +0){4} +506000 +632 +0 +0 +0/);
});

test("cleared counters of SAs start at zero, and their life goes on", () => {
  const router = new BusyRouter(CONFIGURATION);
  router.run("clear crypto sa counters");
  const lines = router.run("show crypto ipsec sa");
  expect(lines).toContain("    #pkts encaps: 0, #pkts encrypt: 0, #pkts digest: 0");
  expect(lines).toContain("        sa timing: remaining key lifetime (k/sec): (4314414/1324)");
  expect(connection.sas[0]?.outbound.packets).toBeGreaterThan(0);
});

test("cleared counters of tunnels are told beside those since the start", () => {
  const router = new BusyRouter(CONFIGURATION);
  router.run("clear vpdn counters");
  const more = { ...tunnel, counters: { ...tunnel.counters, txPackets: 9 } };
  router.snapshot = snapshotOf({ now: NOW + 1000, l2tp: { ...snapshotOf().l2tp, tunnels: [more] } });
  const lines = router.run("show vpdn tunnel all");
  const at = lines.indexOf("  Counters, taking last clear into account:");
  expect(lines.slice(at + 1, at + 6)).toEqual([
    "    5 packets sent, 0 received",
    "    0 bytes sent, 0 received",
    "    Last clearing of counters 00:00:01",
    "  Counters, ignoring last clear:",
    "    9 packets sent, 5 received",
  ]);
});

test("the log is empty once it was cleared", () => {
  const router = new BusyRouter(CONFIGURATION);
  const clear = vi.fn();
  router.logBuffer = { ...router.logBuffer, clear };
  agree(router, "clear logging", "n");
  expect(clear).not.toHaveBeenCalled();
  agree(router, "clear logging");
  expect(clear).toHaveBeenCalledOnce();
});
