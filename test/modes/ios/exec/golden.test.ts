/** What exec commands print of a router with one client behind a NAT, to the column. */

import { expect, test } from "vitest";
import type { LogEvent } from "../../../../src/engine/kernel/log.ts";
import type { BufferedEvent } from "../../../../src/modes/common/log-buffer.ts";
import { logBufferOf } from "../../../support/machine-around.ts";
import { BusyRouter, WALL } from "./busy-router.ts";
import { CONFIGURATION } from "./configuration.ts";

/** What the log remembers: a client with another key, one that came and went, and a change of the configuration. */
const LOGGED = [
  logged("ike", "notice", "Main mode was refused", {
    peer: "30.31.32.9:500",
    reason: "no phase 1 proposal was acceptable: the group differs",
  }),
  logged("ipsec", "info", "Connection was opened", { peer: "30.31.32.1:4500" }),
  logged("ppp", "info", "session link is up", { session: 2, index: 1 }),
  logged("aaa", "notice", "PPP authentication failed", { session: 2, user: "randy", reason: "the password is wrong" }),
  logged("aaa", "notice", "PPP authentication failed", { session: 2, user: "randy", reason: "the password is wrong" }),
  logged("ppp", "info", "session carries IP", { session: 2, index: 1, address: "192.168.99.1" }),
  logged("config", "notice", "configured", { by: "console", line: "con 0" }),
];

function logged(
  category: LogEvent["category"],
  severity: LogEvent["severity"],
  text: string,
  fields: LogEvent["fields"],
): BufferedEvent {
  return {
    event: { category, severity, text, fields },
    at: new Date(WALL - 60_000),
    sequence: 7,
    uptimeMillis: 3_723_000,
  };
}

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  isakmp: [
    "show crypto isakmp sa nat",
    "show crypto isakmp sa standby",
    "show crypto isakmp sa count",
    "show crypto isakmp default policy",
    "show crypto isakmp peers 30.31.32.1",
    "show crypto isakmp profile",
    "show crypto isakmp diagnose error",
    "show crypto isakmp diagnose error count",
    "show crypto isakmp stats",
  ],
  ipsec: [
    "show crypto ipsec sa peer 30.31.32.1 port 4500",
    "show crypto ipsec sa identity",
    "show crypto ipsec sa address",
    "show crypto ipsec sa vrf BLUE",
    "show crypto ipsec profile",
    "show crypto ipsec transform-set tag TS",
    "show crypto ipsec security-association lifetime",
    "show crypto session brief",
    "show crypto session remote 30.31.32.1",
    "show crypto session remote 9.9.9.9",
  ],
  engine: [
    "show crypto engine connections flow",
    "show crypto engine brief",
    "show crypto engine accelerator statistic",
    "show crypto eli",
    "show crypto call admission statistics",
    "show crypto sockets",
    "show crypto key mypubkey rsa",
    "show crypto pki certificates",
    "show crypto pki trustpoints status",
  ],
  l2tp: [
    "show vpdn tunnel summary",
    "show vpdn tunnel state",
    "show l2tp tunnel packets",
    "show vpdn tunnel transport",
    "show vpdn tunnel all id 32338",
    "show l2tp session packets",
    "show vpdn session state username randy",
    "show vpdn session all interface virtual-access 2.1",
    "show vpdn session username nobody",
    "show vpdn group",
    "show vpdn group NONE",
    "show vpdn group-select summary",
    "show vpdn group-select default",
    "show vpdn history failure",
    "show l2tp counters",
  ],
  ip: [
    "show ip route",
    "show ip route static",
    "show ip route connected",
    "show ip route summary",
    "show ip route 192.168.99.1",
    "show ip route 8.8.8.8",
    "show ip route vrf NONE",
    "show access-lists",
    "show ip access-lists 101",
    "show ip vrf",
    "show vrf",
    "show vrf detail BLUE",
    "show ip vrf NONE",
    "show ip sockets",
    "show arp",
    "show ip protocols",
    "show ip traffic",
    "show tcp brief",
  ],
  interfaces: [
    "show ip interface brief",
    "show interfaces gi0/1",
    "show interfaces lo0",
    "show interfaces vi2.1",
    "show interfaces vt1",
    "show interfaces serial 0/0",
    "show interfaces description",
    "show interfaces vi2.1 stats",
    "show interfaces summary",
    "show interfaces counters",
    "show interfaces counters errors",
    "show interfaces status",
    "show ip interface gi0/1",
    "show ip interface vi2.1",
    "show ip interface vi2.1 brief",
    "show vtemplate",
  ],
  system: [
    "show version",
    "show clock",
    "show clock detail",
    "show logging",
    "show logging count",
    "show processes cpu",
    "show processes cpu history",
    "show processes memory sorted",
    "show memory statistics",
    "show inventory",
    "show line",
    "show ssh",
    "show ip ssh",
    "show hosts",
    "show boot",
    "show cdp neighbors",
    "show lldp neighbors detail",
    "show ntp status",
    "show ntp associations",
    "show snmp chassis",
    "show environment",
    "show redundancy",
    "show switch virtual",
  ],
  debugging: [
    "show debugging",
    "debug crypto isakmp",
    "debug crypto ipsec error",
    "debug ppp negotiation",
    "debug vpdn events",
    "debug crypto condition peer ipv4 30.31.32.1",
    "show debugging",
    "show crypto debug-condition",
    "no debug crypto isakmp",
    "undebug all",
    "show debugging",
    "show crypto debug-condition",
    "debug crypto condition reset",
    "show crypto debug-condition",
  ],
  subscribers: [
    "show users",
    "show caller",
    "show caller ip",
    "show caller summary",
    "show caller user randy",
    "show ppp all",
    "show ppp summary",
    "show ppp statistics",
    "show ppp interface virtual-access2.1",
    "show ppp interface virtual-access2.9",
    "show aaa sessions",
    "show aaa user all",
    "show aaa method-lists authentication",
    "show aaa servers",
    "show radius statistics",
  ],
};

test.each(Object.keys(FAMILIES))("show commands: %s", async (family) => {
  const router = new BusyRouter(CONFIGURATION);
  router.logBuffer = logBufferOf(LOGGED);
  const transcript = (FAMILIES[family] ?? []).flatMap((line) => [
    `${router.shell.prompt()}${line}`,
    ...router.run(line),
  ]);
  await expect(`${transcript.join("\n")}\n`).toMatchFileSnapshot(`golden/${family}.txt`);
});
