/** The box's ranges and sizes: both ends are taken, and nothing beyond them. */

import { expect, test } from "vitest";
import { TestRouter } from "./router.ts";

/** Whether a line is taken where these openers lead. */
function takes(openers: readonly string[], line: string): boolean {
  const router = new TestRouter();
  router.shell.enterConfiguration();
  for (const opener of openers) expect(router.shell.execute(opener)).toMatchObject({ ok: true });
  const { ok, changed } = router.shell.execute(line);
  expect(changed).toBe(ok);
  return ok;
}

const radius = (service: string) => `radius ${service} server 10.0.0.1`;
const DESTINATION = ["l2tp destination profile p ip address 0.0.0.0", "remote host default"];
const TRANSPORT = "ipsec transport profile p virtual-router default ip address 0.0.0.0";
const MAP_TUNNEL = ["aaa domain-map d", "tunnel 1"];

test.each<readonly [readonly string[], string, number, number]>([
  [[radius("authentication")], "udp-port #", 1, 65_535],
  [[radius("authentication")], "timeout #", 1, 1000],
  [[radius("authentication")], "retransmit #", 0, 100],
  [[radius("authentication")], "max-sessions #", 10, 32_000],
  [[radius("accounting")], "max-sessions #", 10, 96_000],
  [[radius("accounting")], "deadtime #", 0, 1440],
  [DESTINATION, "max-sessions #", 1, 65_535],
  [[TRANSPORT], "lifetime seconds #", 1800, 864_000],
  [[TRANSPORT], "lifetime kilobytes #", 102_400, 4_294_967_295],
  [["profile p"], "ip tcp adjust-mss #", 160, 10_240],
  [["profile p"], "ppp chap-challenge-length # 63", 8, 63],
  [["profile p"], "ppp chap-challenge-length 8 #", 8, 63],
  [["aaa domain-map d"], "tunnel #", 1, 31],
  [MAP_TUNNEL, "preference #", 0, 2000],
  [["aaa tunnel-group g"], "tunnel #", 1, 31],
  [[], "aaa timeout session #", 60, 31_622_400],
  [[], "ip local pool p warning # 1", 2, 100],
  [[], "l2tp receive-window-size #", 4, 4],
  [[], "router bgp #", 1, 4_294_967_295],
  [["profile p"], "ppp keepalive #", 30, 64_800],
  [["profile p"], "ppp mru #", 64, 65_535],
  [[], "aaa timeout idle #", 300, 86_400],
  [["interface tunnel ipsec:a"], "tunnel lifetime seconds #", 1800, 864_000],
  [["interface tunnel ipsec:a"], "tunnel lifetime kilobytes #", 102_400, 4_294_967_295],
  [["interface fastEthernet 0/0"], "load-interval #", 30, 300],
  [["interface fastEthernet 0/0"], "ip ospf cost #", 1, 65_535],
  [["interface fastEthernet 0/0"], "ip igmp version #", 1, 3],
  [["scheduler-profile s"], "weight #", 0, 4080],
  [[], "ntp server 10.0.0.1 version #", 1, 4],
  [["interface serial 3/1.1"], "frame-relay interface-dlci # ietf", 16, 1007],
  [[], "ip classifier-list c # any any", 0, 255],
  [[], "l2tp classifier-list c user-packet-class #", 0, 15],
  [["router ospf 1"], "area 1 default-cost #", 1, 65_535],
  [[], "tacacs-server host 10.0.0.1 timeout #", 1, 255],
])("below %j, `%s` takes %i to %i", (openers, line, least, most) => {
  const taken = (value: number) => takes(openers, line.replace("#", String(value)));
  expect([least, most].map(taken)).toEqual([true, true]);
  expect([least - 1, most + 1].map(taken)).toEqual([false, false]);
});

test("an MTU and a segment size of 0 are the defaults of a profile, and are not printed", () => {
  const router = new TestRouter();
  router.load("profile p\nip mtu 0\nip tcp adjust-mss 0");
  expect(router.printed()).toEqual(["profile p", "!"]);
  expect(takes(["profile p"], "ip mtu 511")).toBe(false);
  expect(takes(["profile p"], "ip tcp adjust-mss 159")).toBe(false);
});

test("whatever period `no ppp keepalive` names, it says that none are sent", () => {
  const router = new TestRouter();
  router.load("profile p\nno ppp keepalive 60");
  expect(router.printed()).toEqual(["profile p", " no ppp keepalive", "!"]);
});

test("a value that is out of range is marked, wherever its range is", () => {
  const router = new TestRouter();
  router.shell.enterConfiguration();
  expect(router.session("aaa timeout idle 299", "aaa timeout idle 0", "profile p", "ppp keepalive 29")).toBe(
    [
      "host1(config)#aaa timeout idle 299",
      "                               ^",
      "% Invalid input detected at '^' marker.",
      "",
      "host1(config)#aaa timeout idle 0",
      "host1(config)#profile p",
      "host1(config-profile)#ppp keepalive 29",
      "                                    ^",
      "% Invalid input detected at '^' marker.",
      "",
    ].join("\n"),
  );
});

test.each<readonly [readonly string[], string, number]>([
  [[], "hostname #", 64],
  [[], "virtual-router #", 32],
  [[], "ip vrf #", 32],
  [["ip vrf v"], "description #", 80],
  [[], "license b-ras #", 16],
  [[], "ipsec transform-set # esp-3des-hmac-sha", 64],
  [[], "ipsec key manual pre-share fqdn #", 80],
  [[], "ipsec key manual pre-share user-fqdn #", 80],
  [["ipsec key manual pre-share 10.0.0.1"], "key #", 200],
  [[TRANSPORT, "local ip address 10.0.0.1"], "pre-share #", 200],
  [DESTINATION, "tunnel password #", 32],
  [DESTINATION, "local host #", 64],
  [["l2tp destination profile p ip address 0.0.0.0"], "remote host #", 64],
  [[radius("authentication")], "key #", 32],
  [[], "radius nas-identifier #", 64],
  [[], "ip local pool # 10.0.0.1 10.0.0.2", 16],
  [[], "ip local alias # pool-name p", 16],
  [[], "ip local shared-pool p #", 64],
  [[], "aaa local database #", 32],
  [[], "aaa local username # database d", 64],
  [[], "username u password #", 32],
  [[], "aaa domain-map #", 63],
  [[], "aaa tunnel-group #", 63],
  [[], "aaa delimiter domainName #", 8],
  [["aaa domain-map d"], "address-pool-name #", 16],
  [["aaa domain-map d"], "override-user name u password #", 32],
  [MAP_TUNNEL, "password #", 32],
  [MAP_TUNNEL, "identification #", 32],
  [MAP_TUNNEL, "hostname #", 64],
  [MAP_TUNNEL, "server-name #", 64],
])("below %j, `%s` takes %i characters", (openers, line, most) => {
  const taken = (length: number) => takes(openers, line.replace("#", "x".repeat(length)));
  expect([1, most, most + 1].map(taken)).toEqual([true, true, false]);
});

test.each([
  ["ipsec ike-policy-rule #", 10, "% There are 10 IKE policy rules already"],
  ["aaa local database d#", 100, "% There are 100 local databases already"],
  ["username u# password p", 100, "% There are 100 local users already"],
  ["aaa local username u# database d", 100, "% There are 100 local users already"],
])("`%s` is taken %i times", (line, most, refusal) => {
  const router = new TestRouter();
  router.shell.enterConfiguration();
  const type = (index: number) => router.shell.execute(line.replace("#", String(index)));
  for (let index = 1; index <= most; index += 1) expect(type(index).ok).toBe(true);
  expect(type(most + 1)).toMatchObject({ ok: false, changed: false, lines: [refusal] });
  expect(type(most).ok).toBe(true);
});

test("a transform set holds six transforms, and an IPsec tunnel profile too", () => {
  const six =
    "esp-3des-hmac-sha esp-3des-hmac-md5 esp-des-hmac-sha esp-des-hmac-md5 esp-null-hmac-sha esp-null-hmac-md5";
  for (const [openers, line] of [
    [[], "ipsec transform-set s"],
    [["ipsec tunnel profile p"], "transform"],
  ] as const) {
    expect(takes(openers, `${line} ${six}`)).toBe(true);
    expect(takes(openers, `${line} ${six} ah-hmac-md5`)).toBe(false);
  }
});

test.each([["hostname #"], ["virtual-router #"], ["ip vrf #"]])(
  "`%s` takes what a reader of prompts can tell from its end",
  (line) => {
    const taken = (name: string) => takes([], line.replace("#", `"${name}"`));
    expect(["a", "a.b-c_d+1"].map(taken)).toEqual([true, true]);
    expect(["", "a b", "a#", "a>b", "(a)"].map(taken)).toEqual([false, false, false, false, false]);
  },
);

test("the default virtual router stays", () => {
  const router = new TestRouter();
  router.load("ip local pool p 10.0.0.1 10.0.0.2");
  router.shell.enterConfiguration();
  expect(router.shell.execute("no virtual-router default")).toMatchObject({
    ok: false,
    changed: false,
    lines: ["% The default virtual router cannot be removed"],
  });
  expect(router.shell.execute("no virtual-router ghost")).toMatchObject({
    ok: false,
    lines: ["% Virtual router ghost does not exist"],
  });
  expect(router.printed()).toContain("ip local pool p 10.0.0.1 10.0.0.2");
});

test("names may stand in quotes and are the same without, and nobody is named nothing", () => {
  const router = new TestRouter();
  router.load(`profile "users"
    ip virtual-router "default"
    l2tp destination profile "p" virtual-router "default" ip address 0.0.0.0
    remote host "LAC"
    profile users`);
  expect(router.printed()).toEqual(
    expect.arrayContaining(["profile users", " ip virtual-router default", " remote host LAC", "  profile users"]),
  );
  expect(router.warnings().filter((text) => text.includes("does not exist"))).toEqual([]);
  expect(takes([], 'profile ""')).toBe(false);
  expect(takes([], 'virtual-router ""')).toBe(false);
});
