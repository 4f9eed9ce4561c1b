/** Entries of access lists that name groups of addresses and services: which packets they meet, and how they print. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { AccessList } from "../../../../src/engine/ip/access-list.ts";
import { ipv4FromNumber, ipv4ToNumber } from "../../../../src/engine/kernel/address.ts";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { accessLists, showAccessLists } from "../../../../src/modes/ios/show/access-lists.ts";
import { TestShell } from "../../../support/shell.ts";

const GROUPS = [
  "object-group network SERVERS",
  " host 10.0.0.1",
  " 10.0.1.0 /24",
  " range 10.0.2.9 10.0.2.3",
  "object-group network ALL-OF-THEM",
  " group-object SERVERS",
  " 192.0.2.0 255.255.255.128",
  "object-group service WEB",
  " tcp www",
  " tcp-udp eq domain",
  " udp source range 500 510 gt 1023",
  " icmp echo",
  " esp",
];

const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17, esp: 50 } as const;
type Packet = readonly [keyof typeof PROTOCOLS, from: string, sourcePort: number, to: string, port: number];

function loaded(...lines: readonly string[]) {
  const router = new TestShell(ios);
  expect(router.load(lines.join("\n")).refused).toEqual([]);
  const { spec, warnings } = ios.compile(router.store);
  const said = warnings.flatMap((text) => /entry .*/.exec(text)?.[0] ?? []);
  const [first] = spec.accessLists ?? [];
  if (first === undefined) throw new Error("no access list");
  const list = new AccessList(first);
  const action = ([protocol, from, sourcePort, to, port]: Packet) =>
    list.decideBetween(PROTOCOLS[protocol], ipv4ToNumber(from), sourcePort, ipv4ToNumber(to), port)?.action;
  return { router, spec, said, action };
}

test("an entry meets each service of its group from each address to each address", () => {
  const { action, said } = loaded(
    ...GROUPS,
    "access-list 101 permit object-group WEB object-group ALL-OF-THEM host 203.0.113.1",
  );
  const to = "203.0.113.1";
  for (const packet of [
    ["tcp", "10.0.0.1", 40_000, to, 80],
    ["tcp", "10.0.1.255", 40_000, to, 53],
    ["udp", "10.0.2.3", 40_000, to, 53],
    ["udp", "10.0.2.9", 510, to, 1024],
    ["esp", "192.0.2.127", -1, to, -1],
  ] as const) {
    expect(action(packet), packet.join(" ")).toBe("permit");
  }
  for (const packet of [
    ["tcp", "10.0.0.2", 40_000, to, 80],
    ["tcp", "10.0.0.1", 40_000, to, 81],
    ["udp", "10.0.0.1", 511, to, 1024],
    ["udp", "10.0.0.1", 500, to, 1023],
    ["udp", "10.0.2.2", 40_000, to, 53],
    ["udp", "10.0.2.10", 40_000, to, 53],
    ["esp", "192.0.2.128", -1, to, -1],
    ["tcp", "10.0.0.1", 40_000, "203.0.113.2", 80],
  ] as const) {
    expect(action(packet), packet.join(" ")).toBeUndefined();
  }
  expect(said).toEqual([]);
});

test("a range of addresses is met from its first to its last and nowhere else", () => {
  const address = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 5000 }), (first, more) => {
      const last = Math.min(first + more, 0xffff_ffff);
      const { action } = loaded(
        "object-group network R",
        ` range ${ipv4FromNumber(first)} ${ipv4FromNumber(last)}`,
        "access-list 101 permit ip object-group R any",
      );
      const meets = (from: number) => action(["esp", ipv4FromNumber(from), -1, "192.0.2.1", -1]) === "permit";
      for (const inside of [first, last, Math.floor((first + last) / 2)]) expect(meets(inside)).toBe(true);
      if (first > 0) expect(meets(first - 1)).toBe(false);
      if (last < 0xffff_ffff) expect(meets(last + 1)).toBe(false);
    }),
    { numRuns: 40, seed: 5 },
  );
});

test("nothing passes for want of a group: a permit meets nothing then, a deny everything, and both are told", () => {
  const rules = [
    "deny tcp object-group NOBODY any eq www",
    "permit object-group NOTHING any any",
    "permit tcp any any",
  ];
  const { action, said } = loaded(...rules.map((rule) => `access-list 101 ${rule}`));
  expect(action(["tcp", "10.0.0.1", 40_000, "192.0.2.1", 80])).toBe("deny");
  expect(action(["tcp", "10.0.0.1", 40_000, "192.0.2.1", 81])).toBe("permit");
  expect(action(["udp", "10.0.0.1", 40_000, "192.0.2.1", 53])).toBeUndefined();
  expect(said).toEqual([
    "entry 10 denies whatever else it asks for: there is no object-group network NOBODY",
    "entry 20 permits nothing: there is no object-group service NOTHING",
  ]);
});

test("a group inside itself adds nothing and ends", () => {
  const { action } = loaded(
    "object-group network A",
    " host 10.0.0.1",
    " group-object B",
    "object-group network B",
    " host 10.0.0.2",
    " group-object A",
    "access-list 101 permit ip object-group B any",
  );
  expect(action(["tcp", "10.0.0.1", 1, "192.0.2.1", 2])).toBe("permit");
  expect(action(["tcp", "10.0.0.2", 1, "192.0.2.1", 2])).toBe("permit");
  expect(action(["tcp", "10.0.0.3", 1, "192.0.2.1", 2])).toBeUndefined();
});

test("groups that hold the same group many times over hold it once", () => {
  const level = (index: number) =>
    ["A", "B"].flatMap((side) => [
      `object-group network ${side}${index + 1}`,
      ` group-object A${index}`,
      ` group-object B${index}`,
    ]);
  const levels = Array.from({ length: 40 }, (_, index) => level(index)).flat();
  const { spec, action } = loaded(
    ...["object-group network A0", " host 10.0.0.1", "object-group network B0", " host 10.0.0.2"],
    ...levels,
    "access-list 101 permit ip object-group A40 any",
  );
  expect(spec.accessLists?.[0]?.entries).toHaveLength(2);
  expect(action(["tcp", "10.0.0.2", 1, "192.0.2.1", 80])).toBe("permit");
});

test("an entry of more combinations than are followed lets nothing pass, and is told", () => {
  const hosts = (net: number) => Array.from({ length: 257 }, (_, i) => ` host 10.${net}.${i >> 8}.${i & 255}`);
  const groups = ["object-group network FROM", ...hosts(1), "object-group network TO", ...hosts(2)];
  for (const [verb, decided] of [
    ["permit", "deny"],
    ["deny", "deny"],
  ] as const) {
    const { spec, said, action } = loaded(
      ...groups,
      `access-list 101 ${verb} ip object-group FROM object-group TO`,
      ...(verb === "deny" ? ["access-list 101 permit ip any any"] : []),
    );
    expect(spec.accessLists?.[0]?.entries.length).toBeLessThan(3);
    expect(said).toEqual([expect.stringMatching(/ 66049 combinations, 65536 at most/)]);
    expect(action(["tcp", "10.1.0.1", 1, "10.2.0.1", 80]) ?? "deny").toBe(decided);
  }
});

test("groups print as the box writes them, and an entry that names them is one line", () => {
  const rules = [
    "permit object-group WEB object-group ALL-OF-THEM object-group SERVERS",
    "permit tcp object-group SERVERS eq www any log",
    "permit ip any object-group SERVERS",
  ];
  const { router, spec } = loaded(...GROUPS, ...rules.map((rule) => `access-list 101 ${rule}`));
  expect(router.printed).toContain(
    [
      "object-group service WEB",
      " tcp eq www",
      " tcp-udp eq domain",
      " udp source range isakmp 510 gt 1023",
      " icmp echo",
      " esp",
    ].join("\n"),
  );
  expect(router.printed).toContain(" 10.0.1.0 255.255.255.0\n range 10.0.2.9 10.0.2.3\n");
  for (const rule of rules) expect(router.printed).toContain(`access-list 101 ${rule}\n`);
  const snapshot = { spec, accessListMatches: {} } as unknown as Parameters<typeof accessLists>[0];
  expect(showAccessLists(accessLists(snapshot))).toEqual([
    "Extended IP access list 101",
    ...rules.map((rule, index) => `    ${10 * (index + 1)} ${rule}`),
  ]);
});
