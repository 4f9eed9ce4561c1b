/** Lines that the box reads and refuses, in its words, and those that stand for what is not done here. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function standing(...place: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of place) router.shell.execute(line);
  return router;
}

const PORT = "interface FastEthernet0/0";
const LIST = "ip access-list extended E";

test.each([
  [PORT, "ip address 10.0.0.1 255.0.255.0", "Bad mask 0xFF00FF00 for address 10.0.0.1"],
  [PORT, "ip address 10.0.0.1 0.0.0.255", "Bad mask 0xFF for address 10.0.0.1"],
  [PORT, "ip address 10.0.0.1 255.0.255.0 secondary", "Bad mask 0xFF00FF00 for address 10.0.0.1"],
  ["hostname R", "ip route 10.0.0.0 255.0.255.0 192.0.2.1", "%Inconsistent address and mask"],
  ["interface Virtual-Template1", "ppp authentication chap pap chap", "% chap is given twice"],
])("below `%s`, `%s` is answered with `%s` and changes nothing", (place, line, said) => {
  const router = standing(place);
  const before = router.printed;
  const result = router.shell.execute(line);
  expect([result.ok, result.lines]).toEqual([false, [said]]);
  expect(router.printed).toBe(before);
});

test.each([
  ["all ssh", false],
  ["none telnet", false],
  ["ssh telnet", true],
  ["all", true],
])("`transport input %s` is taken: %s", (protocols, ok) => {
  expect(standing("line vty 0 4").shell.execute(`transport input ${protocols}`).ok).toBe(ok);
});

test.each([
  [LIST, "permit tcp any any reflect R timeout 10"],
  [LIST, "evaluate R"],
  [LIST, "dynamic D timeout 5 permit ip any any"],
  ["hostname R", "access-list 101 permit tcp any any reflect R"],
  ["hostname R", "access-list 101 dynamic D permit ip any any"],
])("below `%s`, `%s` is refused with a reason, not as unknown", (place, line) => {
  const { lines, ok } = standing(place).shell.execute(line);
  expect(ok).toBe(false);
  expect(lines.join(" ")).toMatch(/ here; say /);
});

/** Lines of listings that say that something is off which boxes do by themselves. */
const OFF = `
no ip bootp server
no ip routing
no ipv6 cef
no mpls ip propagate-ttl
no cdp run
no cdp advertise-v2
no ip icmp redirect
no ip igmp snooping
no ip dhcp use vrf connected
no ip dhcp conflict logging
no ip dhcp snooping information option
no ip nat service sip udp port 5060
no ip rcmd domain-lookup
no spanning-tree vlan 1
no mls flow ip
no mls acl tcam share-global
no errdisable detect cause loopback
no logging message-counter syslog
no network-clock-participate wic 0
no parser cache
no platform punt-keepalive disable-kernel-core
no crypto engine accelerator
no crypto xauth FastEthernet0/0
no call rsvp-sync
no dspfarm
no voice hpi capture buffer
no voice hpi capture destination
no virtual-template snmp
no vstack
no setup express
no license smart enable
`;

test("what a listing says is off is printed back", () => {
  const lines = OFF.trim().split("\n");
  const router = new TestShell(ios);
  const { refused } = router.load(OFF);
  expect(refused.map(({ text }) => text)).toEqual([]);
  const printed = router.printed.split("\n");
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
  router.load(lines.map((line) => line.replace("no ", "default ")).join("\n"));
  expect(router.printed).toBe(new TestShell(ios).printed);
});
