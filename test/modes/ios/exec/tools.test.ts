/**
 * What automation reads out of the show commands, as the patterns that the tools themselves apply: a line that a pattern was
 * made for must be found by it.
 */

import { expect, test } from "vitest";
import { BusyRouter } from "./busy-router.ts";
import { CONFIGURATION } from "./configuration.ts";

const router = new BusyRouter(CONFIGURATION);

function found(command: string, pattern: RegExp): RegExpMatchArray | undefined {
  return router
    .run(command)
    .map((line) => line.match(pattern))
    .find((match) => match !== null) as RegExpMatchArray | undefined;
}

test.each<readonly [command: string, pattern: RegExp, groups: readonly string[]]>([
  ["show version", /^Cisco IOS Software, .*Version ([^,]+), RELEASE SOFTWARE \(fc\d+\)/, ["12.4(25g)"]],
  ["show version", /^(\S+)\s+uptime\s+is\s+(.+)$/, ["RN", "2 hours, 45 minutes"]],
  ["show version", /^System image file is "(\S+)"/, ["disk0:lnsh"]],
  ["show version", /^[Cc]isco (\S+)( \(.*\))? processor.*with (\d+)K\/(\d+)K bytes of memory/, ["7206VXR"]],
  ["show version", /^Processor board ID (\S+)/, ["0"]],
  ["show version", /^Configuration register is (0x[0-9a-f]+)/, ["0x2102"]],
  ["show privilege", /^Current privilege level is (\d+)$/, ["15"]],
  [
    "show clock",
    /^[.*]?(\d+:\d+:\d+)\.\d+ (\S+) (\w{3}) (\w{3}) (\d+) (\d{4})$/,
    ["03:04:05", "UTC", "Fri", "Jan", "2"],
  ],
  ["show inventory", /^NAME: "(.*)", DESCR: "(.*)"$/, ["Chassis"]],
  ["show inventory", /^PID: (\S*)\s*, VID: (\S*), SN: (\S*)$/, ["LNSH", "1.2.3", "0"]],
  [
    "show ip interface brief",
    /^(\S+)\s+(\S+)\s+\w+\s+\w+\s+(up|down|administratively down|deleted)\s+(up|down)/,
    ["GigabitEthernet0/1", "20.21.22.1", "up", "up"],
  ],
  [
    "show interfaces",
    /^(\S+) is (administratively down|up|down), line protocol is (\S+)/,
    ["GigabitEthernet0/1", "up", "up"],
  ],
  ["show interfaces gi0/1", /^\s+Hardware is (.+), address is (\S{4}\.\S{4}\.\S{4}) \(bia (\S+)\)/, ["UDP Port"]],
  ["show interfaces gi0/1", /^\s+MTU (\d+) bytes, BW (\d+) Kbit(?:\/sec)?, DLY (\d+) usec/, ["1500", "1000000", "10"]],
  ["show interfaces gi0/1", /^\s+Description: (.+)$/, ["to the world"]],
  ["show interfaces gi0/1", /^\s+(\d+) packets input, (\d+) bytes/, ["22513", "0"]],
  ["show ip interface gi0/1", /^\s+Internet address is (\S+)/, ["20.21.22.1/24"]],
  [
    "show processes cpu",
    /^CPU utilization for five seconds: (\d+)%\/(\d+)%; one minute: (\d+)%; five minutes: (\d+)%/,
    ["3"],
  ],
  ["show memory statistics", /^Processor\s+\S+\s+(\d+)\s+(\d+)\s+(\d+)/, ["1073741824", "100663296"]],
  ["show vrf", /^\s+(\S+)\s+(\S+)\s+(ipv4\S*)\s+(\S+)$/, ["BLUE", "65000:1", "ipv4", "Gi0/2"]],
  ["show users", /^\*?\s*(\d+)\s+(con \d+|vty \d+)/, ["0", "con 0"]],
  [
    "show crypto isakmp sa",
    /^(\S+)\s+(\S+)\s+(\w+)\s+(\d+)\s+(ACTIVE.*)$/,
    ["20.21.22.1", "30.31.32.1", "QM_IDLE", "1001"],
  ],
  ["show crypto ipsec sa detail", /^ +Crypto map tag: ([\w-]+), local addr ([\d.]+)/, ["L2TP_MAP", "20.21.22.1"]],
  ["show crypto ipsec sa detail", /^ +#pkts encaps: (\d+), #pkts encrypt: (\d+), #pkts digest: (\d+)$/, ["38688"]],
  ["show crypto ipsec sa detail", /^ +##pkts replay failed \(rcv\): (\d+)$/, ["0"]],
  ["show crypto ipsec sa detail", /^ +replay detection support: (\w+)$/, ["Y"]],
  ["show crypto session detail", /^ +Inbound: +#pkts dec'ed (\d+) drop (\d+) life \(KB\/Sec\) (\S+)$/, ["22513", "0"]],
  ["show vpdn", /^(\d+) +(\d+) +(\S+) +(est) +([\d.]+) +(\d+) +(\S+)$/, ["32338", "1", "WinDev2407Eval", "est"]],
  ["show l2tp session packets", /^(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)$/, ["37683", "1", "32338", "6", "5"]],
  ["show caller summary", /^ +(\d+) +VPDN calls$/, ["1"]],
  ["show logging", /^ +Buffer logging: +level (\w+), (\d+) messages logged/, ["debugging", "0"]],
])("%s is read by %s", (command, pattern, groups) => {
  const match = found(command, pattern);
  expect(
    match
      ?.slice(1)
      .filter((group) => group !== undefined)
      .slice(0, groups.length),
  ).toEqual(groups);
});

test.each(["show switch virtual", "show capture;ASA", "dir /all sup-bootdisk:"])(
  "%s is not known, and says so as tools expect",
  (command) => {
    expect(router.run(command).join("\n")).toMatch(/% Invalid input detected at '\^' marker\.|%Error/);
  },
);
