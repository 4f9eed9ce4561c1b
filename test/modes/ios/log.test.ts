/** Log lines and debug lines in the box's words, dated and numbered as configured. */

import { expect, test } from "vitest";
import type { LogEvent } from "../../../src/engine/kernel/log.ts";
import type { LogPlace } from "../../../src/modes/common/log-buffer.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { loadConfiguration } from "../../../src/modes/shell/paste.ts";
import { BusyRouter } from "./exec/busy-router.ts";

const AT = new Date(Date.UTC(2026, 6, 2, 3, 4, 5, 678));

function event(
  category: LogEvent["category"],
  severity: LogEvent["severity"],
  text: string,
  fields: LogEvent["fields"] = {},
): LogEvent {
  return { category, severity, text, fields };
}

const up = event("ppp", "info", "session link is up", { session: 5, index: 3 });
const started = event("system", "notice", "the router started", { version: "1.0" });

function placeOf(configuration: string, destination: LogPlace["destination"] = "console"): LogPlace {
  const { store, shell } = new BusyRouter();
  loadConfiguration(shell, configuration);
  return { config: store.chassis, destination, sequence: 49, uptimeMillis: 12_345 };
}

test.each([
  ["", "*Jul  2 03:04:05.678: "],
  ["service timestamps log datetime", "*Jul  2 03:04:05: "],
  ["service timestamps log datetime msec year", "*Jul  2 2026 03:04:05.678: "],
  ["service timestamps log datetime msec show-timezone", "*Jul  2 03:04:05.678 UTC: "],
  ["service timestamps log datetime localtime show-timezone\nclock timezone CET 1", "*Jul  2 04:04:05 CET: "],
  ["service timestamps log datetime localtime\nclock timezone EST -5", "*Jul  1 22:04:05: "],
  [
    "service timestamps log datetime localtime show-timezone\nclock timezone EST -5\nclock summer-time EDT recurring",
    "*Jul  1 23:04:05 EDT: ",
  ],
  ["service timestamps log uptime", "00:00:12: "],
  ["no service timestamps log", ""],
  ["service sequence-numbers", "000049: *Jul  2 03:04:05.678: "],
])("%s", (configuration, head) => {
  const line = ios.logLine(up, AT, undefined, placeOf(configuration));
  expect(line).toBe(`${head}%LINK-3-UPDOWN: Interface Virtual-Access2.3, changed state to up`);
});

test("a destination takes messages down to its level, and none when it is switched off", () => {
  const told = (configuration: string, destination: LogPlace["destination"], what = started) =>
    ios.logLine(what, AT, undefined, placeOf(configuration, destination)) !== undefined;
  expect(told("logging console warnings", "console")).toBe(false);
  expect(told("logging console warnings", "console", up)).toBe(true);
  expect(told("logging console warnings", "monitor")).toBe(true);
  expect(told("no logging console", "console", up)).toBe(false);
});

test.each([
  [
    event("ike", "notice", "Main mode failed", { peer: "1.2.3.4:500", reason: "no answer" }),
    "CRYPTO-6-IKMP_MODE_FAILURE",
  ],
  [event("ipsec", "info", "Connection was opened", { peer: "1.2.3.4:500" }), "CRYPTO-5-SESSION_STATUS"],
  [
    event("l2tp", "notice", "L2TP in the clear refused", {
      peer: "1.2.3.4:1701",
      local: "192.0.2.1:1701",
      reason: "x",
    }),
    "CRYPTO-4-RECVD_PKT_NOT_IPSEC",
  ],
  [event("config", "notice", "configured", { by: "console", line: "con 0" }), "SYS-5-CONFIG_I"],
  [event("config", "info", "IPsec is terminated here"), "CRYPTO-6-ISAKMP_ON_OFF"],
  [event("aaa", "info", "login failed", { user: "eve", from: "1.2.3.4", localport: 22 }), "SEC_LOGIN-4-LOGIN_FAILED"],
  [event("aaa", "info", "login succeeded", { user: "op", from: "1.2.3.4" }), "SEC_LOGIN-5-LOGIN_SUCCESS"],
  [event("ssh", "info", "SSH session requested", { from: "1.2.3.4", line: 0 }), "SSH-5-SSH2_SESSION"],
  [started, "SYS-5-RESTART"],
  [event("system", "error", "a fault in the gateway", { reason: "bad" }), "SYS-3-ERROR"],
])("%j has its mnemonic", (said, mnemonic) => {
  expect(ios.logLine(said, AT)).toMatch(new RegExp(`^\\*Jul {2}2 03:04:05\\.678: %${mnemonic}: .`));
});

test("logins are told where the configuration asks for them, every so manieth, and failures in any case", () => {
  const fields = { user: "op", from: "192.0.2.7", line: 1, localport: 22, cipher: "aes128-ctr", hmac: "hmac-sha2-256" };
  const told = (configuration: string) =>
    [
      event("ssh", "info", "SSH session requested", fields),
      event("ssh", "info", "SSH login", fields),
      event("ssh", "notice", "SSH login failed", { ...fields, reason: "the password is wrong" }),
      event("aaa", "info", "login succeeded", { ...fields, count: 2 }),
      event("aaa", "info", "login failed", { ...fields, count: 3 }),
      event("ssh", "info", "SSH connection closed", fields),
    ].flatMap(
      (said) => ios.logLine(said, AT, undefined, placeOf(configuration))?.split(": ").slice(1).join(": ") ?? [],
    );
  const failed =
    "%SSH-5-SSH2_USERAUTH: User 'op' authentication for SSH2 Session from 192.0.2.7 (tty = 1) using crypto cipher 'aes128-ctr', hmac 'hmac-sha2-256' Failed: the password is wrong";
  const refused =
    "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: op] [Source: 192.0.2.7] [localport: 22] [Reason: Login Authentication Failed] at 03:04:05 UTC Thu Jul 2 2026";
  expect(told("")).toEqual([failed]);
  expect(told("login on-failure log")).toEqual([refused]);
  expect(told("login on-failure log every 2\nlogin on-success log every 2")).toEqual([
    "%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: op] [Source: 192.0.2.7] [localport: 22] at 03:04:05 UTC Thu Jul 2 2026",
  ]);
  expect(told("ip ssh logging events\nlogin on-failure").map((line) => line.split(":")[0])).toEqual([
    "%SSH-5-SSH2_SESSION",
    "%SSH-5-SSH2_USERAUTH",
    "%SSH-5-SSH2_USERAUTH",
    "%SEC_LOGIN-4-LOGIN_FAILED",
    "%SSH-5-SSH2_CLOSE",
  ]);
});

test("what happens to tunnels and sessions is told until `no vpdn logging`", () => {
  const events = [
    event("l2tp", "info", "L2TP session closed", { user: "ann", reason: "the peer asked" }),
    event("ppp", "notice", "PPP authentication failed", { user: "ann", reason: "the password is wrong" }),
  ];
  const told = (configuration: string) =>
    events.filter((each) => ios.logLine(each, AT, undefined, placeOf(configuration)) !== undefined).length;
  expect([told(""), told("vpdn logging"), told("no vpdn logging"), told("no vpdn logging user")]).toEqual([2, 2, 0, 2]);
});

test("a configuration over the network is told with the line and where from", () => {
  const configured = event("config", "notice", "configured", { by: "op", line: "vty 0", from: "192.0.2.7" });
  expect(ios.logLine(configured, AT)).toContain("Configured from console by op on vty0 (192.0.2.7)");
});

test("what the box would not say by itself is left to debugging", () => {
  expect(ios.logLine(event("ike", "info", "Phase 1 was established"), AT)).toBeUndefined();
});

test("the line about an access list names both ends with their ports", () => {
  const matched = event("ip", "info", "access list matched", {
    list: "101",
    action: "deny",
    protocol: 17,
    source: "10.0.0.1:1701",
    destination: "10.0.0.2:53",
    packets: 1,
  });
  expect(ios.logLine(matched, AT)).toContain("list 101 denied udp 10.0.0.1(1701) -> 10.0.0.2(53), 1 packet");
});

function debugging(...names: readonly string[]) {
  const on = new Set(names);
  return { on, set: () => undefined, clear: () => undefined };
}

test("debug crypto isakmp speaks as the box does, and ends with the reason and what to change", () => {
  const refused = event("ike", "notice", "Main mode was refused", {
    peer: "1.2.3.4:500",
    local: "20.0.0.1:500",
    reason: "no phase 1 proposal was acceptable: the group differs",
  });
  expect(ios.debugLines(refused, debugging("crypto isakmp"), AT)).toEqual([
    "*Jul  2 03:04:05.678: ISAKMP:(0):no offers accepted!",
    "*Jul  2 03:04:05.678: ISAKMP:(0):phase 1 SA policy not acceptable! (local 20.0.0.1 remote 1.2.3.4)",
    "*Jul  2 03:04:05.678: ISAKMP:(0):failed with peer at 1.2.3.4: no phase 1 proposal was acceptable: the group differs; step: phase 1 of 1.2.3.4:500; change: add an IKE policy with what the client offers; debug tells each offer (Windows says error 789)",
  ]);
  const established = event("ike", "info", "Phase 1 was established", { peer: "1.2.3.4:500", sa: 1001 });
  expect(ios.debugLines(established, debugging("crypto isakmp"), AT)).toContain(
    "*Jul  2 03:04:05.678: ISAKMP:(1001):SA has been authenticated with 1.2.3.4",
  );
  expect(ios.debugLines(established, debugging("crypto ipsec", "crypto isakmp error"), AT)).toEqual([]);
});

test("PPP packets are said with their direction, their number and their options", () => {
  const packet = event("ppp", "debug", "PPP packet received", {
    session: "7",
    protocol: "LCP",
    packet: "Configure-Request",
    identifier: 1,
    options: "MRU 0x0578, MagicNumber 0x01020304",
  });
  expect(
    ios.debugLines(packet, debugging("ppp negotiation"), AT).map((line) => line.slice("*Jul  2 03:04:05.678: ".length)),
  ).toEqual(["ppp7 LCP: I CONFREQ id 1", "ppp7 LCP:    MRU 0x0578", "ppp7 LCP:    MagicNumber 0x01020304"]);
});

test("a condition lets through what it names and what has no such thing", () => {
  const of = (peer: string) => event("ike", "info", "Phase 1 was established", { peer, sa: 1001 });
  const on = debugging("crypto isakmp", "condition peer 1.2.3.4");
  expect(ios.debugLines(of("1.2.3.4:500"), on, AT)).not.toEqual([]);
  expect(ios.debugLines(of("5.6.7.8:500"), on, AT)).toEqual([]);
});

test("debug all asks first, and only yes switches it on", () => {
  const router = new BusyRouter();
  const { question } = router.execute("debug all");
  expect(question?.prompt).toBe("Continue? (yes/[no]): ");
  if (question === undefined) throw new Error("it did not ask");
  expect(router.shell.answer(question, "").lines).toEqual([]);
  expect(router.switches.size).toBe(0);
  expect(router.shell.answer(question, "yes").lines).toEqual(["All possible debugging has been turned on"]);
  expect(router.switches.size).toBeGreaterThan(10);
});

test("connections that come and go are told only where the configuration asks for it", () => {
  const told = (configuration: string) =>
    ["Connection was opened", "Connection was closed"].map(
      (text) =>
        ios.logLine(
          event("ipsec", "info", text, { peer: "192.0.2.7:4500", reason: "no answer" }),
          AT,
          undefined,
          placeOf(configuration),
        ) !== undefined,
    );
  expect(told("")).toEqual([false, false]);
  expect(told("crypto logging session")).toEqual([true, true]);
});
