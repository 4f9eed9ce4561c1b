/** What goes with its name alone, and what cannot go while something else uses it. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function made(): TestShell {
  const router = new TestShell(ios);
  router.load(`crypto dynamic-map DM 1
crypto dynamic-map DM 2
crypto map CM 10 ipsec-isakmp
 set peer 192.0.2.1
crypto map CM 20 ipsec-isakmp dynamic DM
crypto map CM local-address Loopback0
crypto map OTHER 10 ipsec-isakmp
interface FastEthernet0/0
 crypto map CM
interface FastEthernet0/1.7
 crypto map CM
`);
  router.shell.enterConfiguration();
  return router;
}

function maps(router: TestShell): string[] {
  return router.printed.split("\n").filter((line) => /^crypto (dynamic-)?map/.test(line));
}

test("a crypto map goes with all its entries by its name, once no interface has it", () => {
  const router = made();
  const before = router.store.clone();
  expect(router.shell.execute("no crypto map CM")).toMatchObject({
    ok: false,
    lines: [
      "% Crypto-map CM is in use by interface(s): Fa0/0, Fa0/1.7. Please remove the crypto map from the above interface(s) first",
    ],
  });
  expect(router.store).toEqual(before);
  expect(
    router.transcript("default interface Fa0/0", "interface Fa0/1.7", "no crypto map", "exit").slice(0, 2),
  ).toEqual(["Router(config)#default interface Fa0/0", "Interface FastEthernet0/0 set to default configuration"]);
  expect(router.shell.execute("no crypto map CM").ok).toBe(true);
  expect(maps(router)).toEqual([
    "crypto dynamic-map DM 1",
    "crypto dynamic-map DM 2",
    "crypto map OTHER 10 ipsec-isakmp ",
  ]);
});

test("a single entry goes even while the map is in use; a template does not while a map has it", () => {
  const router = made();
  expect(router.shell.execute("no crypto dynamic-map DM").lines).toEqual([
    "% Crypto-map template DM is in use by crypto map(s): CM. Please remove it from there first",
  ]);
  for (const line of ["no crypto map CM 20", "no crypto dynamic-map DM"]) {
    expect(router.shell.execute(line), line).toMatchObject({ ok: true, changed: true });
  }
  expect(maps(router)).toEqual([
    "crypto map CM local-address Loopback0",
    "crypto map CM 10 ipsec-isakmp ",
    "crypto map OTHER 10 ipsec-isakmp ",
  ]);
});

test("a name that nothing has takes nothing away", () => {
  const router = made();
  expect(router.shell.execute("no crypto map NONE")).toMatchObject({ ok: true, changed: false });
});

test("`no` with the name of a family alone means all of it, and nothing shorter or longer does", () => {
  const router = new TestShell(ios);
  const snmp = `snmp-server community public RO
snmp-server group LNS v3 priv
snmp-server location Cellar
snmp-server host 192.0.2.90 public
`;
  router.load(`${snmp}ntp server 192.0.2.1\n`);
  router.shell.enterConfiguration();
  const lines = (): string[] => router.printed.split("\n").filter((line) => /^(no )?(snmp|ntp|service)/.test(line));
  expect(router.shell.execute("no snmp-server community public")).toMatchObject({ ok: true, changed: true });
  expect(router.shell.execute("no snmp-server group").ok).toBe(false);
  const isOffered = (line: string): boolean => router.shell.help(`${line} `).some((row) => row.includes("<cr>"));
  expect(["no snmp-server", "no snmp-server group", "no"].map(isOffered)).toEqual([true, false, false]);
  expect(lines()).toHaveLength(4);
  expect(router.shell.execute("no snmp-s")).toMatchObject({ ok: true, changed: true });
  expect(lines()).toEqual(["ntp server 192.0.2.1"]);
  expect(router.shell.execute("no snmp-server")).toMatchObject({ ok: true, changed: false });
  expect(router.shell.execute("no service timestamps")).toMatchObject({ ok: true, changed: true });
  expect(lines().slice(0, 2)).toEqual(["no service timestamps debug uptime", "no service timestamps log uptime"]);
  expect(router.shell.execute("default service timestamps")).toMatchObject({ ok: true, changed: true });
  expect(lines()).toEqual(["ntp server 192.0.2.1"]);
});

test("every route to a network goes with the network alone, those of other tables stay", () => {
  const router = new TestShell(ios);
  router.load(`ip vrf RED
ip route vrf RED 0.0.0.0 0.0.0.0 192.0.2.9
ip route 0.0.0.0 0.0.0.0 192.0.2.1
ip route 0.0.0.0 0.0.0.0 192.0.2.2 250
ip route 0.0.0.0 0.0.0.0 FastEthernet0/0 dhcp
ip route 10.0.0.0 255.0.0.0 192.0.2.1
`);
  router.shell.enterConfiguration();
  expect(router.shell.execute("no ip route 0.0.0.0 0.0.0.0")).toMatchObject({ ok: true, changed: true });
  expect(router.printed.match(/^ip route .*/gm)).toEqual([
    "ip route vrf RED 0.0.0.0 0.0.0.0 192.0.2.9",
    "ip route 10.0.0.0 255.0.0.0 192.0.2.1",
  ]);
});

test("routes of a VRF go with its name and the network, or one by one with their next hop", () => {
  const routes = [
    "ip route vrf BLUE 0.0.0.0 0.0.0.0 192.0.2.9",
    "ip route vrf RED 0.0.0.0 0.0.0.0 192.0.2.9",
    "ip route vrf RED 0.0.0.0 0.0.0.0 FastEthernet0/0 192.0.2.8 250",
    "ip route vrf RED 0.0.0.0 0.0.0.0 FastEthernet0/1 dhcp",
    "ip route vrf RED 10.0.0.0 255.0.0.0 192.0.2.9",
    "ip route 0.0.0.0 0.0.0.0 192.0.2.1",
  ];
  const left = (line: string): readonly string[] => {
    const router = new TestShell(ios);
    router.load(`ip vrf RED\nip vrf BLUE\n${routes.join("\n")}\n`);
    router.shell.enterConfiguration();
    expect(router.shell.execute(line), line).toMatchObject({ ok: true });
    return router.printed.match(/^ip route .*/gm) ?? [];
  };
  const without = (gone: RegExp): string[] => routes.filter((line) => !gone.test(line));
  const sorted = (lines: readonly string[]): string[] => [...lines].sort();
  for (const [line, gone] of [
    ["no ip route vrf RED 0.0.0.0 0.0.0.0", /RED 0/],
    ["no ip route vrf RED 0.0.0.0 0.0.0.0 192.0.2.9", /RED 0.* 192.0.2.9/],
    ["no ip route vrf RED 10.0.0.0 255.0.0.0", /RED 10/],
    ["no ip route 0.0.0.0 0.0.0.0", /route 0/],
    ["no ip route 0.0.0.0 0.0.0.0 192.0.2.9", /nothing/],
    ["no ip route vrf NONE 0.0.0.0 0.0.0.0", /nothing/],
  ] as const) {
    expect(sorted(left(line)), line).toEqual(sorted(without(gone)));
  }
});
