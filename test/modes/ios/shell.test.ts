import { expect, test } from "vitest";
import { decodeType7 } from "../../../src/modes/common/type7.ts";
import { enablePassword } from "../../../src/modes/ios/commands/system.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

/** The way of prompts that a real paste session shows. */
test("global commands typed in a sub-mode leave it, and a parent's command pops one level", () => {
  const shell = new TestShell(ios);
  expect(
    shell.transcript(
      "configure terminal",
      "crypto isakmp policy 10",
      " encryption 3des",
      "!",
      "crypto isakmp key K address 0.0.0.0 0.0.0.0",
      "crypto ipsec transform-set TS-L2TP esp-3des esp-sha-hmac",
      " mode transport",
      "crypto dynamic-map DMAP 10",
      " set transform-set TS-L2TP",
      "crypto map CMAP 10 ipsec-isakmp dynamic DMAP",
      "interface GigabitEthernet1",
      " crypto map CMAP",
      "vpdn enable",
      "vpdn-group L2TP-CLIENTS",
      " accept-dialin",
      "  protocol l2tp",
      "  virtual-template 1",
      " no l2tp tunnel authentication",
      "ip local pool POOL-VPN 20.25.37.100 20.25.37.110",
      "do show privilege",
      "end",
    ),
  ).toEqual([
    "Router#configure terminal",
    "Enter configuration commands, one per line.  End with CNTL/Z.",
    "Router(config)#crypto isakmp policy 10",
    "Router(config-isakmp)# encryption 3des",
    "Router(config-isakmp)#!",
    "Router(config-isakmp)#crypto isakmp key K address 0.0.0.0 0.0.0.0",
    "Router(config)#crypto ipsec transform-set TS-L2TP esp-3des esp-sha-hmac",
    "Router(cfg-crypto-trans)# mode transport",
    "Router(cfg-crypto-trans)#crypto dynamic-map DMAP 10",
    "Router(config-crypto-map)# set transform-set TS-L2TP",
    "Router(config-crypto-map)#crypto map CMAP 10 ipsec-isakmp dynamic DMAP",
    "Router(config)#interface GigabitEthernet1",
    "Router(config-if)# crypto map CMAP",
    "Router(config-if)#vpdn enable",
    "Router(config)#vpdn-group L2TP-CLIENTS",
    "Router(config-vpdn)# accept-dialin",
    "Router(config-vpdn-acc-in)#  protocol l2tp",
    "Router(config-vpdn-acc-in)#  virtual-template 1",
    "Router(config-vpdn-acc-in)# no l2tp tunnel authentication",
    "Router(config-vpdn)#ip local pool POOL-VPN 20.25.37.100 20.25.37.110",
    "Router(config)#do show privilege",
    "Current privilege level is 15",
    "Router(config)#end",
  ]);
});

test("refused lines are answered as the box does, with the caret under the first impossible character", () => {
  const shell = new TestShell(ios);
  expect(
    shell.transcript(
      "show foooooooo",
      "show",
      "sh",
      "configure terminal",
      "crypto isakmp policy",
      "crypto isakmp policy 10001",
      "interface Foo0/0",
      "crypto map X",
    ),
  ).toEqual([
    "Router#show foooooooo",
    "             ^",
    "% Invalid input detected at '^' marker.",
    "",
    "Router#show",
    '% Type "show ?" for a list of subcommands',
    "",
    "Router#sh",
    '% Type "show ?" for a list of subcommands',
    "",
    "Router#configure terminal",
    "Enter configuration commands, one per line.  End with CNTL/Z.",
    "Router(config)#crypto isakmp policy",
    "% Incomplete command.",
    "",
    "Router(config)#crypto isakmp policy 10001",
    "                                    ^",
    "% Invalid input detected at '^' marker.",
    "",
    "Router(config)#interface Foo0/0",
    "                           ^",
    "% Invalid input detected at '^' marker.",
    "",
    "Router(config)#crypto map X",
    "% Incomplete command.",
    "",
  ]);
});

test("an interface takes no crypto map that does not exist, and a refused line changes nothing", () => {
  const shell = new TestShell(ios);
  expect(shell.transcript("configure terminal", "interface fa0/0", "crypto map NONE").slice(-2)).toEqual([
    "Router(config-if)#crypto map NONE",
    "ERROR: Crypto Map with tag 'NONE' does not exist.",
  ]);
  expect(shell.printed).not.toContain("crypto map");
});

test("an interface takes no address that no host may have", () => {
  const shell = new TestShell(ios);
  shell.transcript("configure terminal", "interface fa0/0");
  const said = (address: string) => shell.transcript(`ip address ${address}`).slice(1);
  expect(said("192.0.2.0 255.255.255.0")).toEqual(["Bad mask /24 for address 192.0.2.0"]);
  expect(said("192.0.2.255 255.255.255.0 secondary")).toEqual(["Bad mask /24 for address 192.0.2.255"]);
  expect(said("224.0.0.5 255.255.255.0")).toEqual(["Not a valid host address - 224.0.0.5"]);
  expect(shell.printed).not.toContain("ip address");
  expect(["192.0.2.4 255.255.255.254", "192.0.2.5 255.255.255.255", "192.0.2.6 255.255.255.0"].flatMap(said)).toEqual(
    [],
  );
});

test("an entry of a crypto map does not change its kind or its template", () => {
  const shell = new TestShell(ios);
  const map = "crypto map M 10 ipsec-isakmp dynamic";
  expect(
    shell.transcript("configure terminal", `${map} A`, `${map} B`, "crypto map M 10 ipsec-isakmp").slice(-4),
  ).toEqual([
    `Router(config)#${map} B`,
    "% Attempt to change dynamic map tag for existing crypto map is not permitted.",
    "Router(config)#crypto map M 10 ipsec-isakmp",
    "% Crypto map M 10 is an entry of another kind: remove it first",
  ]);
  shell.transcript("crypto map M 20 ipsec-isakmp", "exit");
  expect(shell.transcript("crypto map M 20 ipsec-isakmp dynamic A").slice(1)).toEqual([
    "% Crypto map M 20 is an entry of another kind: remove it first",
  ]);
});

test("a group prints who may call before what is agreed with the caller, in whatever order it was typed", () => {
  const shell = new TestShell(ios);
  const lines = ["no l2tp tunnel authentication", "lcp renegotiation always", "local name X", "source-ip 192.0.2.1"];
  const dialin = [
    "l2tp tunnel hello 30",
    "terminate-from hostname h",
    "accept-dialin",
    "protocol l2tp",
    "virtual-template 1",
  ];
  shell.transcript("configure terminal", "vpdn-group 1", ...lines, ...dialin);
  expect(shell.printed).toContain(
    [
      "vpdn-group 1",
      " accept-dialin",
      "  protocol l2tp",
      "  virtual-template 1",
      " terminate-from hostname h",
      " source-ip 192.0.2.1",
      " local name X",
      " lcp renegotiation always",
      " l2tp tunnel hello 30",
      " no l2tp tunnel authentication",
    ].join("\n"),
  );
});

test("one letter is enough for the ports that most boxes have", () => {
  const shell = new TestShell(ios);
  shell.transcript("configure terminal", "interface f0/0", "interface g0/1", "interface e1/0");
  expect(shell.printed).toMatch(
    /interface Ethernet1\/0\n(.*\n)*interface FastEthernet0\/0\n(.*\n)*interface GigabitEthernet0\/1/,
  );
});

test("the host name is in the very next prompt, cut to 20 characters in configuration", () => {
  const shell = new TestShell(ios);
  shell.transcript("configure terminal", "hostname THIS.IS.A.PARTICULARLY.LONG.NAME");
  expect(shell.shell.prompt()).toBe("THIS.IS.A.PARTICULAR(config)#");
});

test("? lists what may come next with its text, and what a started word may become", () => {
  const shell = new TestShell(ios);
  shell.transcript("configure terminal", "crypto isakmp policy 1");
  expect(shell.shell.help("hash ")).toEqual([
    "  md5     Message Digest 5",
    "  sha     Secure Hash Standard",
    "  sha256  Secure Hash Standard 2 (256 bit)",
    "  sha384  Secure Hash Standard 2 (384 bit)",
    "  sha512  Secure Hash Standard 2 (512 bit)",
    "",
  ]);
  expect(shell.shell.help("lifetime ")).toEqual(["  <60-86400>  lifetime in seconds", ""]);
  expect(shell.shell.help("lifetime 3600 ")).toEqual(["  <cr>", ""]);
  expect(shell.shell.help("en")).toEqual(["encr  end", ""]);
  expect(shell.shell.complete("auth")).toBe("authentication ");
});

test("output modifiers filter what show commands print", () => {
  const shell = new TestShell(ios);
  shell.transcript("configure terminal", "hostname lns1", "vpdn enable", "end");
  expect(shell.transcript("show running-config | include ^hostname").slice(1)).toEqual(["hostname lns1"]);
  expect(shell.transcript("show run | count vpdn").slice(1)).toEqual(["Number of lines which match regexp = 1"]);
  expect(shell.transcript("show run | bogus x")[1]).toBe(`${" ".repeat("lns1#show run | ".length)}^`);
});

test("user exec knows no privileged command", () => {
  const shell = new TestShell(ios, 1);
  expect(shell.transcript("configure terminal", "enable", "disable", "show running-config")).toEqual([
    "Router>configure terminal",
    "          ^",
    "% Invalid input detected at '^' marker.",
    "",
    "Router>enable",
    "Router#disable",
    "Router>show running-config",
    "             ^",
    "% Invalid input detected at '^' marker.",
    "",
  ]);
});

/** Vectors as published with netconan. */
test("passwords of type 7 are read", () => {
  expect(decodeType7("094F4107180B")).toBe("conan");
  expect(decodeType7("122A00190102180D3C2E")).toBe("Sensitive");
  expect(decodeType7("zz")).toBeUndefined();
});

test("`no` needs no value that the line itself may leave out, and takes away that line only", () => {
  const shell = new TestShell(ios);
  shell.transcript("configure terminal", "enable password a", "enable password level 5 b", "enable secret c");
  expect(shell.shell.execute("no enable password").lines).toEqual([]);
  expect(shell.store.chassis.all(enablePassword).map(({ values }) => [values.kind, values.level])).toEqual([
    ["password", 5],
    ["secret", 15],
  ]);
  expect(shell.shell.execute("no enable").lines).toEqual(["% Incomplete command.", ""]);
});

test("values that are words are offered as words: AAA methods, ports, numbers of interfaces", () => {
  const shell = new TestShell(ios);
  shell.transcript("configure terminal");
  const help = (before: string) => shell.shell.help(before).map((line) => line.trim().split(/ {2,}/)[0] ?? "");
  expect(help("aaa authentication ppp default ")).toEqual(
    ["cache", "enable", "group", "if-needed", "krb5", "krb5-telnet", "line", "local", "local-case", "none"].concat([
      "radius",
      "tacacs+",
      "",
    ]),
  );
  expect(help("aaa authentication ppp default group ")).toEqual(["WORD", "radius", "tacacs+", ""]);
  expect(help("access-list 101 permit tcp any eq ").slice(0, 3)).toEqual(["<0-65535>", "bgp", "chargen"]);
  expect(shell.shell.complete("access-list 101 permit udp any eq isa")).toBe(
    "access-list 101 permit udp any eq isakmp ",
  );
  expect(help("interface Virtual-Template ")).toEqual(["<1-4095>", ""]);
  for (const number of ["0", "4096", "1/1", "4095"]) {
    expect(shell.shell.execute(`interface Virtual-Template ${number}`).ok, number).toBe(number === "4095");
  }
});

test.each([
  [[], "aaa authentication ppp LIST loca"],
  [[], "aaa authentication ppp LIST group radius loca"],
  [[], "interface T1"],
  [["class-map match-all C"], "match ip dscp af"],
  [["ip access-list extended E"], "permit tcp any any eq s"],
])("below %j a word inside `%s` that may be several is ambiguous", (place, line) => {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const each of place) router.shell.execute(each);
  expect(router.shell.execute(line).lines).toEqual([`% Ambiguous command:  "${line}"`, ""]);
});

test("what a submode follows to its end and wants more of is incomplete, whatever it is short for further out", () => {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  router.shell.execute("vpdn-group G");
  expect(router.shell.execute("te").lines).toEqual(["% Incomplete command.", ""]);
  expect(router.shell.execute("interf").lines).toEqual(["% Incomplete command.", ""]);
  expect(router.shell.execute("int fa0/0").ok).toBe(true);
});
