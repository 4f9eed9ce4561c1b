import { expect, test } from "vitest";
import { dialects } from "../../../src/modes/dialects.ts";
import { examine } from "../../../src/modes/shell/examine.ts";
import { loadConfiguration, paste } from "../../../src/modes/shell/paste.ts";
import { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { growth } from "../../support/growth.ts";
import { seededRandom } from "../../support/random.ts";
import { acme, bedrock, shellOf, user } from "../../support/small-dialects.ts";

function load(dialect: typeof acme, text: string) {
  const store = new ConfigStore();
  const report = loadConfiguration(shellOf(dialect, store), text);
  return { store, report, printed: dialect.render(store) };
}

test("a listing as published pastes: column 0, comments between, a glued mark, no indentation", () => {
  const { report, printed } = load(
    acme,
    [
      "Building configuration...",
      "Current configuration : 1234 bytes",
      "!",
      "hostname 72LNS",
      "!Enable virtual private networking.",
      "vpdn enable",
      "vpdn-group L2TP",
      "!",
      "!tells the protocol",
      "accept-dialin",
      " protocol l2tp",
      " virtual-template 1",
      "",
      "!Disables L2TP tunnel authentication.",
      "no l2tp tunnel authentication",
      "!",
      "crypto dynamic-map DYN_MAP 10",
      "  set transform-set TS1!",
      "!",
      "crypto map CRYPT_MAP 6000 dynamic DYN_MAP",
      "interface FastEthernet0/0",
      "\tip address 11.0.0.8 255.255.255.0",
      " duplex full",
      " crypto map CRYPT_MAP",
    ].join("\r\n"),
  );
  expect(report.refused).toEqual([]);
  expect(report.changed).toBe(true);
  expect(report.inert.map(({ number, text }) => ({ number, text }))).toEqual([{ number: 23, text: " duplex full" }]);
  expect(printed).toEqual([
    "hostname 72LNS",
    "!",
    "vpdn enable",
    "vpdn-group L2TP",
    " accept-dialin",
    "  protocol l2tp",
    "  virtual-template 1",
    " no l2tp tunnel authentication",
    "!",
    "crypto dynamic-map DYN_MAP 10",
    " set transform-set TS1",
    "crypto map CRYPT_MAP 6000 dynamic DYN_MAP",
    "!",
    "interface FastEthernet0/0",
    " ip address 11.0.0.8 255.255.255.0",
    " duplex full",
    " crypto map CRYPT_MAP",
  ]);
});

test("a refused line is reported with its answer and stops nothing", () => {
  const { report, printed } = load(acme, "hostname a\nip rubbish\n!\nvpdn enable\n");
  expect(report.lines.map((line) => line.outcome.kind)).toEqual([
    "applied",
    "refused",
    "skipped",
    "applied",
    "skipped",
  ]);
  expect(report.refused).toMatchObject([
    {
      number: 2,
      text: "ip rubbish",
      prompt: "a(config)#",
      outcome: { kind: "refused", lines: ["           ^", "% Invalid input detected at '^' marker.", ""] },
    },
  ]);
  expect(printed).toEqual(["hostname a", "!", "vpdn enable"]);
});

test("a transcript pastes with its prompts, dashes and broken lines", () => {
  const { report, printed } = load(
    bedrock,
    [
      "- host1(config)#l2tp destination profile boston4",
      "ip address 0.0.0.0",
      "- host1(config-l2tp-dest-profile)#",
      "- host1(config-l2tp-dest-profile)#remote host",
      "default",
      "- host1(config-l2tp-dest-profile-host)#",
      "- host1(config-l2tp-dest-profile-host)#enable",
      "ipsec-transport",
      "- host1(config-l2tp-dest-profile-host)#profile",
      "georgeProfile1",
      "- host1(config-l2tp-dest-profile-host)#local",
      "ip address 10.0.0.1",
      "- host1(config-l2tp-dest-profile-host)#single-shot-tunnel",
    ].join("\n"),
  );
  expect(report.refused).toEqual([]);
  expect(printed).toEqual([
    "virtual-router default",
    "!",
    "l2tp destination profile boston4 ip address 0.0.0.0",
    " remote host default",
    "  enable ipsec-transport",
    "  profile georgeProfile1",
    "  local ip address 10.0.0.1",
    "  single-shot-tunnel",
  ]);
});

test("a copied prompt says in which virtual router its line was typed", () => {
  const { report, printed } = load(
    bedrock,
    [
      "- host1(config)#virtual-router westford",
      "- host1:westford(config)#",
      "- host1:westford(config)#ipsec option nat-t",
      "- host1:sunnyvale(config)#no ipsec option nat-t",
      "- host1(config)#l2tp destination profile p",
    ].join("\n"),
  );
  expect(report.refused).toEqual([]);
  expect(printed).toEqual([
    "virtual-router westford",
    "!",
    "ipsec option nat-t",
    "virtual-router sunnyvale",
    "!",
    "no ipsec option nat-t",
    "virtual-router default",
    "!",
    "l2tp destination profile p",
  ]);
});

test("a session that goes in and out of configuration pastes as it went", () => {
  const store = new ConfigStore();
  const report = paste(
    shellOf(acme, store, 1),
    [
      "Router> enable",
      "Router# configure terminal",
      "Router(config)# crypto dynamic-map DYNAMIC_MAP 10",
      "Router(config-crypto-map)# set transform-set A",
      "Router(config-crypto-map)# exit",
      "Router(config)# exit",
      "*Mar  1 00:03:12.345: %SYS-5-CONFIG_I: Configured from console by console",
      "Router# show version",
    ].join("\n"),
  );
  expect(report.refused).toEqual([]);
  expect(acme.render(store)).toEqual(["crypto dynamic-map DYNAMIC_MAP 10", " set transform-set A"]);
});

test("a prompt cannot lift a session into configuration that it may not enter", () => {
  const store = new ConfigStore();
  const report = paste(shellOf(acme, store, 1), "Router(config)#hostname evil");
  expect(report.refused).toHaveLength(1);
  expect(acme.render(store)).toEqual([]);
});

test("a script's own conf t, and an exit too many, do not spoil a load", () => {
  const { report, printed } = load(acme, "conf t\nvpdn enable\nexit\nhostname a\nend\n");
  expect(report.refused).toEqual([]);
  expect(printed).toEqual(["hostname a", "!", "vpdn enable"]);
});

test("commands of exec before a configuration and behind its end are understood, and not within it", () => {
  const states = (text: string) =>
    examine(dialects.ios, text, new Date(0)).report.lines.map(({ outcome }) => outcome.kind);
  expect(states("enable\nconf t\nhostname a\nend\nwr\nconf t\nhostname b\nend\nwrite memory")).not.toContain("refused");
  expect(states("hostname a\nwrite memory")).toEqual(["applied", "refused"]);
  expect(states("nonsense\nhostname a")).toEqual(["refused", "applied"]);
});

test("a comment behind a command is dropped, and one that is part of a text is not", () => {
  const { report, printed } = load(dialects.ios, "hostname a ! the first\ninterface Loopback0 !x\n description b ! c");
  expect(report.refused).toEqual([]);
  expect(printed).toEqual(expect.arrayContaining(["hostname a", "interface Loopback0", " description b ! c"]));
  expect(load(dialects.ios, "hostnam e f ! g").report.refused).toHaveLength(1);
});

test("the shortest word that leaves a mode is read as that", () => {
  const { report, printed } = load(dialects.ios, "vpdn-group 1\naccept-dialin\nex\nlocal name x\nex\nvpdn enable");
  expect(report.refused).toEqual([]);
  expect(printed).toContain(" local name x");
});

test("a line that the next one does not make whole stays refused, and the next is read on its own", () => {
  const { report, printed } = load(bedrock, "- host1(config)#ipsec option\nhostname a");
  expect(report.lines.map((line) => line.outcome.kind)).toEqual(["refused", "applied"]);
  expect(printed).toEqual(["hostname a"]);
});

test("what is printed pastes back to an equal configuration", () => {
  for (const [dialect, text] of [
    [
      acme,
      "hostname a\nint lo0\nip address 1.2.3.4 255.0.0.0\nvpdn-group g\nno l2tp tunnel auth\naccept\nprotocol l2tp",
    ],
    [bedrock, 'hostname "a b"\nvirtual-router x\nl2tp destination profile p ip address 1.1.1.1\nremote host h\nexit'],
  ] as const) {
    const first = load(dialect, text);
    const second = load(dialect, first.printed.join("\n"));
    expect(second.report.refused).toEqual([]);
    expect(storesEqual(first.store, second.store)).toBe(true);
    expect(second.printed).toEqual(first.printed);
  }
});

test("whatever is pasted, nothing throws, and a refused line leaves the configuration as it was", () => {
  const random = seededRandom(41);
  const words = [
    ..."no default do hostname username u password secret interface lo0 fa0/0 Loopback0 ip address 10.0.0.1".split(" "),
    ..."255.0.0.0 duplex full crypto map M 10 dynamic D vpdn-group accept-dialin protocol l2tp ! !x exit end".split(
      " ",
    ),
    ..."virtual-router boston ipsec option nat-t destination profile p remote host enable show version | include".split(
      " ",
    ),
    ..."host1:x(config)# Router# Router> - \t \u00a0 \u201cq\u201d \u0000 ( [ description configure terminal".split(
      " ",
    ),
  ];
  const pick = () => words[((random.bytes(1)[0] ?? 0) * 7 + (random.bytes(1)[0] ?? 0)) % words.length] ?? "";
  for (const dialect of [acme, bedrock]) {
    const store = new ConfigStore();
    const shell = shellOf(dialect, store);
    for (let round = 0; round < 1500; round += 1) {
      const line = Array.from({ length: 1 + ((random.bytes(1)[0] ?? 0) % 7) }, pick).join(" ");
      const before = store.clone();
      const report = paste(shell, line);
      if (!report.changed) expect({ line, same: storesEqual(before, store) }).toEqual({ line, same: true });
      expect(shell.prompt()).not.toBe("");
    }
    const printed = dialect.render(store);
    const again = new ConfigStore();
    const report = loadConfiguration(shellOf(dialect, again), printed.join("\n"));
    expect(report.refused).toEqual([]);
    expect(storesEqual(store, again)).toBe(true);
  }
});

test("users of a chassis paste at the same price each, however many there are", () => {
  const paste = (count: number): void => {
    const text = Array.from({ length: count }, (_, n) => `username user${n} password secret${n}`).join("\n");
    const { report, store } = load(acme, text);
    expect(report.refused).toEqual([]);
    expect(store.chassis.all(user)).toHaveLength(count);
  };
  // A table that looks at every line for every line takes a hundred times as long.
  expect(growth(paste, 1000, 10)).toBeLessThan(40);
});
