/**
 * Tables of show commands of a router that has served for a while, held to the column. A layout is written as a box would
 * print it, by `printf`: `%-15s` is a value and blanks up to 15 columns, `%7d` a number on the right of 7 columns, the
 * last `%s` whatever is left.
 */

import { afterAll, expect, test } from "vitest";
import { lab } from "../../../src/cli/api/api.ts";

const LONG = "someone.with.a.long.name@example.com";

const CONFIG = `hostname R2
username randy password 0 pw
username cliente1 password 0 pw
username ${LONG} password 0 pw
vpdn enable
vpdn-group L2TP_SERVER
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
crypto isakmp policy 10
 encr 3des
 authentication pre-share
 group 2
crypto isakmp key cisco address 0.0.0.0 0.0.0.0
crypto isakmp key cisco address ipv6 ::/0
crypto ipsec transform-set TS esp-3des esp-sha-hmac
 mode transport
crypto dynamic-map DYN 10
 set nat demux
 set transform-set TS
crypto map L2TP_MAP 10 ipsec-isakmp dynamic DYN
interface Loopback0
 ip address 192.168.10.1 255.255.255.255
interface GigabitEthernet0/1
 ip address 20.21.22.1 255.255.255.0
 ipv6 address 2001:db8::1/64
 crypto map L2TP_MAP
interface GigabitEthernet0/2
 no ip address
 shutdown
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool POOL-VPN
 ppp authentication ms-chap-v2 chap
 ppp timeout idle 1800
 timeout absolute 60
ip local pool POOL-VPN 20.25.37.100 20.25.37.110
line con 0
 exec-timeout 5 0
`;

const net = lab({ config: CONFIG, seed: 7 });
afterAll(() => net[Symbol.dispose]());
expect(net.router.report.refused).toEqual([]);
const nat = net.nat("30.31.32.1");
const CLIENTS = [
  { user: "randy", behind: nat },
  { user: "cliente1", behind: nat },
  { user: LONG, address: "2001:db8::99", gateway: "2001:db8::1" },
] as const;
for (const client of CLIENTS) {
  expect(net.client({ psk: "cisco", password: "pw", ...client }).connect(), client.user).toBe(true);
  net.drive(20);
}

function show(command: string): string[] {
  return net.router.run(command).text.split("\n");
}

/** Why the line is not of the layout, or the values that stand in it. A value in the middle may not touch the next one. */
function read(layout: string, line: string): string[] | string {
  const values: string[] = [];
  let at = 0;
  for (const [, flag, width, kind, text = ""] of layout.matchAll(/%(-?)(\d*)([sd])|([^%]+)/g)) {
    if (kind === undefined) {
      if (!line.startsWith(text, at)) return `column ${at}: ${JSON.stringify(text)} is missing`;
      at += text.length;
      continue;
    }
    const cell = width === "" ? line.slice(at) : line.slice(at, at + Number(width));
    if (width !== "" && cell.length !== Number(width)) return `column ${at}: the line ends`;
    if (kind === "d" && !(flag === "-" ? /^\d+ *$/ : /^ *\d+$/).test(cell))
      return `column ${at}: ${JSON.stringify(cell)} is no number`;
    if (flag === "-" && /^ +\S/.test(cell)) return `column ${at}: ${JSON.stringify(cell)} does not stand on the left`;
    values.push(cell.trim());
    at += cell.length;
  }
  return at === line.length ? values : `column ${at}: ${JSON.stringify(line.slice(at))} is left`;
}

test.each<readonly [command: string, rows: RegExp, layout: string, count: number]>([
  ["show crypto isakmp sa", /^\d.*ACTIVE$/, "%-15s %-15s %-14s %7d %s", 2],
  ["show crypto isakmp sa detail", /^\d/, "%-5d %-15s %-15s %-6s %-6s %-4s %-6s %-4s %-2s %8s %-4s", 2],
  ["show crypto isakmp key", /cisco/, "%-12s %-43s %s", 2],
  ["show crypto session", /^Session status/, "Session status: %-14s", 3],
  ["show crypto engine connections active", /^ *\d/, "%5d  %-6s  %-18s %8d %8d %8d %s", 9],
  ["show l2tp tunnel", /^\d/, "%-10s %-10s %-13s %-6s %-15s %-5s %s", 3],
  ["show l2tp session", /^\d.*(randy|cliente1)/, "%-10s %-10s %-10s %-20s %-6s %-8s %-10s", 2],
  ["show l2tp session packets", /^\d/, "%-10s %-10s %-10s %-10s %-10s %-10s %s", 3],
  ["show users", /PPPoVPDN/, "  %-12s %-18s %-12s %-8s %s", 3],
  ["show caller", /L2TP/, "  %-14s %-18s PPP   L2TP    %8s  %8s", 3],
  ["show caller ip", /in$/, "  %-14s %-10s %-15s %-15s %-15s in", 3],
  ["show caller timeouts", /randy|cliente1|TTY/, "  %-14s %-18s %-13s %-9s %-9s %8s", 3],
  ["show ppp all", /^Vi/, "%-12s %-21s %-8s %-15s %s", 3],
  ["show ip local pool", /POOL/, " %-24s %-15s %-15s %4d%8d", 1],
  ["show ip local pool POOL-VPN", /Vi2/, "   %-18s %-27s %s", 3],
  ["show ip interface brief", /^(Gig|Vir|Loop)/, "%-27s%-16s%-4s%-7s%-22s%-8s", 9],
])("the rows of %s stand in their columns", (command, rows, layout, count) => {
  const lines = show(command).filter((line) => rows.test(line));
  const wrong = lines.flatMap((line) => {
    const why = line.includes(LONG) ? [] : read(layout, line);
    return typeof why === "string" ? [`${line}\n${why}`] : [];
  });
  expect(wrong).toEqual([]);
  expect(lines).toHaveLength(count);
});

test("a layout is not met by chance", () => {
  expect(read("%-5s|%3d", "ab   | 12")).toEqual(["ab", "12"]);
  expect(read("%-5s|%3d", "ab  | 12")).toMatch(/missing/);
  expect(read("%-5s|%3d", " ab  | 12")).toMatch(/left/);
  expect(read("%-5s|%3d", "ab   | x2")).toMatch(/number/);
  expect(read("%-5s|%3d", "ab   | 123")).toMatch(/left$/);
});

test("both families of an interface head blocks of their own", () => {
  const heads = /^(interface| {4}Crypto map tag| {3}current_peer)/;
  expect(show("show crypto ipsec sa").filter((line) => heads.test(line))).toEqual([
    "interface: GigabitEthernet0/1",
    "    Crypto map tag: L2TP_MAP, local addr 20.21.22.1",
    expect.stringMatching(/^ {3}current_peer 30\.31\.32\.1 port \d+$/),
    expect.stringMatching(/^ {3}current_peer 30\.31\.32\.1 port \d+$/),
    "interface: GigabitEthernet0/1",
    "    Crypto map tag: L2TP_MAP, local addr 2001:DB8::1",
    "   current_peer 2001:DB8::99 port 4500",
  ]);
  const alone = show("show crypto ipsec sa peer 2001:db8::99").filter((line) => heads.test(line));
  expect(alone[1]).toBe("    Crypto map tag: L2TP_MAP, local addr 2001:DB8::1");
  expect(alone).toHaveLength(3);
});

test("addresses of IPv6 are in capitals wherever they are printed", () => {
  const commands = [
    "show crypto isakmp sa",
    "show crypto isakmp sa detail",
    "show crypto isakmp peers",
    "show crypto ipsec sa",
    "show crypto ipsec sa address",
    "show crypto map",
    "show crypto session detail",
    "show crypto session brief",
    "show crypto engine connections active",
    "show crypto engine connections dropped-packet",
    "show crypto ruleset detail",
    "show ip sockets",
    "show l2tp tunnel",
    "show l2tp tunnel all",
    "show l2tp session all",
    "show l2tp tunnel transport",
  ];
  const small = /2001:db8/;
  expect(commands.filter((command) => show(command).some((line) => small.test(line)))).toEqual([]);
  expect(commands.filter((command) => !show(command).some((line) => line.includes("2001:DB8")))).toEqual([]);
});

test("show users cuts long names and show users wide does not", () => {
  expect(show("show users")).toContain(`  Vi2.3        ${LONG.slice(0, 18)} PPPoVPDN     -        20.25.37.102`);
  expect(show("show users wide")).toContain(`  Vi2.3        ${LONG} PPPoVPDN     -        20.25.37.102`);
});

test("show caller timeouts tells what ends a line and a session by itself", () => {
  const rows = show("show caller timeouts");
  expect(rows.slice(0, 2)).toEqual([
    "                                                  Session   Idle      Disconnect",
    "  Line           User               Service       Timeout   Timeout   User in",
  ]);
  expect(rows[2]).toBe("  con 0          -                  TTY           -         00:05:00  00:05:00");
  const idle = /^ {2}Vi2\.1 +randy +PPP +L2TP +01:00:00 +00:30:00 +00:2\d:\d\d$/;
  expect(rows.filter((line) => idle.test(line))).toHaveLength(1);
  const full = show("show caller user randy");
  expect(full).toContainEqual(expect.stringMatching(/^ {15}01:00:00 {2}00:5\d:\d\d {2}PPP absolute$/));
  expect(full).toContainEqual(expect.stringMatching(/^ {15}00:30:00 {2}00:2\d:\d\d {2}PPP idle$/));
});

test("the buffer counts the lines that it has, and not those that nobody asked for", () => {
  const text = show("show logging");
  const counted = /level debugging, (\d+) messages logged/.exec(
    text.find((line) => line.includes("Buffer logging")) ?? "",
  );
  const lines = text.slice(text.findIndex((line) => line.startsWith("Log Buffer")) + 2);
  expect(Number(counted?.[1])).toBe(lines.filter((line) => line.includes(": %")).length);
});
