import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../../support/shell.ts";

function compiled(...lines: readonly string[]) {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines) expect(router.shell.execute(line)).toMatchObject({ ok: true });
  return { ...ios.compile(router.store), router };
}

test("entries of a named list stand where their numbers say, and a new one comes last", () => {
  const { spec, router } = compiled(
    "ip access-list extended FROM",
    "permit udp any any eq 1701",
    "deny ip any any",
    "15 permit icmp any any",
    "permit esp any any",
  );
  const entries = spec.accessLists?.[0]?.entries.map(({ sequence, protocol }) => [sequence, protocol]);
  expect(entries).toEqual([
    [10, 17],
    [15, 1],
    [20, undefined],
    [30, 50],
  ]);
  expect(router.printed).toContain(
    "ip access-list extended FROM\n permit udp any any eq 1701\n permit icmp any any\n deny ip any any\n permit esp any any\n",
  );
});

test("an entry is removed by its number, or by what it says however it is written", () => {
  const { router } = compiled(
    "ip access-list extended FROM",
    "permit udp any any",
    "permit tcp any any",
    "permit tcp any any eq 80",
    "permit ip 10.1.2.3 0.0.255.255 host 10.9.9.9",
    "no 10",
    "no permit tcp any any",
    "no permit ip 10.1.0.0 0.0.255.255 10.9.9.9 0.0.0.0",
  );
  expect(router.printed).toContain("ip access-list extended FROM\n permit tcp any any eq www\n!");
});

test("an entry that is there already is not added again", () => {
  const { spec } = compiled("ip access-list standard S", "permit 10.0.0.1", "permit host 10.0.0.1");
  expect(spec.accessLists?.[0]?.entries).toHaveLength(1);
});

test.each([
  [
    "permit udp any eq 500 4500 any",
    [[{ first: 500, last: 500, negated: false }], [{ first: 4500, last: 4500, negated: false }]],
  ],
  ["permit udp any gt 1023 any", [[{ first: 1024, last: 65_535, negated: false }]]],
  ["permit udp any lt 1024 any", [[{ first: 0, last: 1023, negated: false }]]],
  ["permit udp any neq snmp any", [[{ first: 161, last: 161, negated: true }]]],
  ["permit tcp any range 21 ftp-data any", [[{ first: 20, last: 21, negated: false }]]],
])("`%s` asks for its source ports", (line, ports) => {
  const { spec } = compiled("ip access-list extended P", line);
  expect(spec.accessLists?.[0]?.entries.map((entry) => [entry.sourcePorts])).toEqual(ports);
});

test.each([
  ["permit ip any any dscp ef", { trafficClass: { mask: 0xfc, value: 0xb8 } }, "permit ip any any dscp ef"],
  ["permit ip any any dscp 46", { trafficClass: { mask: 0xfc, value: 0xb8 } }, "permit ip any any dscp ef"],
  [
    "permit udp any any precedence 5 tos min-delay",
    { trafficClass: { mask: 0xfe, value: 0xb0 } },
    "permit udp any any precedence critical tos min-delay",
  ],
  ["deny tcp any any fin syn", { flags: { set: 3, clear: 0, any: false } }, "deny tcp any any fin syn"],
  [
    "permit tcp any any match-any +ack -syn",
    { flags: { set: 16, clear: 2, any: true } },
    "permit tcp any any match-any +ack -syn",
  ],
  ["permit tcp any any established", { flags: { set: 20, clear: 0, any: true } }, "permit tcp any any established"],
  ["deny ip any any fragments", { laterFragments: true }, "deny ip any any fragments"],
])("`%s` asks for more than addresses and ports", (line, asked, printed) => {
  const { spec, router } = compiled("ip access-list extended MORE", line);
  expect(spec.accessLists?.[0]?.entries).toMatchObject([asked]);
  expect(router.printed).toMatch(new RegExp(`^ ${printed.replaceAll("+", "\\+").replace(/^(\w+) /, "$1 +")}$`, "m"));
});

test("interfaces, virtual templates and crypto maps name the lists that filter for them", () => {
  const { spec } = compiled(
    "crypto map M 1 ipsec-isakmp",
    "set peer 192.0.2.9",
    "match address 101",
    "interface FastEthernet0/0",
    "ip address 192.0.2.1 255.255.255.0",
    "ip access-group 102 in",
    "crypto map M",
    "interface Virtual-Template1",
    "ip access-group TO out",
  );
  expect(spec.virtualRouters[0]?.interfaces[0]?.accessGroups).toEqual({ in: "102" });
  expect(spec.pppProfiles[0]?.accessGroups).toEqual({ out: "TO" });
  expect(spec.ipsecGateways[0]?.matchAddress).toBe("101");
});

const sequences = (spec: ReturnType<typeof compiled>["spec"]): (readonly [number, number | undefined])[] =>
  (spec.accessLists?.[0]?.entries ?? []).map(({ sequence, protocol }) => [sequence, protocol] as const);

test("a list with a number is one list, whichever way its entries are typed, and prints in the way of numbers", () => {
  const { spec, router } = compiled(
    "access-list 101 permit udp any any",
    "access-list 101 remark Last",
    "ip access-list extended 101",
    "5 permit tcp any any",
    "no remark Last",
    "exit",
    "access-list 101 deny ip any any",
  );
  expect(spec.accessLists).toHaveLength(1);
  expect(sequences(spec)).toEqual([
    [5, 6],
    [10, 17],
    [20, undefined],
  ]);
  expect(router.printed).toContain(
    "access-list 101 permit tcp any any\naccess-list 101 permit udp any any\naccess-list 101 deny   ip any any\n".replace(
      "deny  ",
      "deny",
    ),
  );
  router.shell.execute("no access-list 101 deny ip any any");
  expect(sequences(ios.compile(router.store).spec)).toHaveLength(2);
  router.shell.execute("no access-list 101");
  expect(router.printed).not.toContain("101");
});

test("a list that loses its last entry by its number is gone", () => {
  const { router } = compiled("access-list 7 permit any", "no access-list 7 permit any");
  expect(router.store.chassis.lines).toEqual([]);
});

test("a list is numbered anew, and entries go between", () => {
  const { spec } = compiled(
    "ip access-list extended FROM",
    "permit udp any any",
    "11 permit tcp any any",
    "permit icmp any any",
    "ip access-list resequence FROM 100 50",
    "ip access-list extended FROM",
    "120 permit esp any any",
    "permit gre any any",
  );
  expect(sequences(spec)).toEqual([
    [100, 17],
    [120, 50],
    [150, 6],
    [200, 1],
    [210, 47],
  ]);
});

test.each([
  ["ip access-list resequence NONE 10 10", "%Access-list NONE does not exist"],
  ["ip access-list resequence THREE 2147483646 1", "%Exceeded maximum sequence number"],
  ["ip access-list standard 101", "% Invalid access list name."],
  ["ip access-list extended 99", "% Invalid access list name."],
  ["ip access-list extended 1st", "% Invalid access list name."],
  ["ip access-list extended THREE", "%  A named standard IP access list with this name already exists"],
])("`%s` is refused and changes nothing", (line, said) => {
  const { router } = compiled("ip access-list standard THREE", "permit 10.0.0.1", "permit 10.0.0.2", "permit 10.0.0.3");
  const before = router.printed;
  expect(router.shell.execute(line).lines).toEqual([said]);
  expect(router.printed).toBe(before);
});
