import { expect, test } from "vitest";
import { type AccessListEntrySpec, ANY_WILDCARD } from "../../../src/engine/access-list-spec.ts";
import { AccessList, AccessLists } from "../../../src/engine/ip/access-list.ts";
import { ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";

const any: AccessListEntrySpec = {
  sequence: 10,
  action: "permit",
  protocol: undefined,
  source: ANY_WILDCARD,
  destination: ANY_WILDCARD,
  sourcePorts: undefined,
  destinationPorts: undefined,
  icmp: undefined,
  log: false,
};

function list(...entries: Partial<AccessListEntrySpec>[]): AccessList {
  return new AccessList({ name: "L", kind: "extended", entries: entries.map((entry) => ({ ...any, ...entry })) });
}

function packet(
  protocol: number,
  payload: readonly number[],
  more: { source?: string; fragmentOffset?: number } = {},
): Uint8Array {
  const { source = "10.1.2.3", fragmentOffset = 0 } = more;
  const fields = { protocol, source: ipv4ToNumber(source), destination: ipv4ToNumber("12.0.0.8") };
  return ipv4Packet.encode({ ...simplePacket({ ...fields, payload: Uint8Array.from(payload) }), fragmentOffset });
}

const tcp = (port: number, flags: number): Uint8Array =>
  packet(6, [0x04, 0, port >> 8, port & 255, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, flags, 0, 0, 0, 0, 0, 0]);
const udp = (port: number): Uint8Array => packet(17, [0x04, 0, port >> 8, port & 255, 0, 8, 0, 0]);

test("the first entry that matches decides; behind the last one everything is denied", () => {
  const acl = list(
    { action: "deny", source: { address: "10.1.2.3", wildcard: "0.0.0.0" } },
    { source: { address: "10.1.0.0", wildcard: "0.0.255.255" } },
  );
  expect(acl.decide(packet(1, [8, 0]))?.action).toBe("deny");
  expect(acl.decide(packet(1, [8, 0], { source: "10.1.9.9" }))?.action).toBe("permit");
  expect(acl.decide(packet(1, [8, 0], { source: "10.2.0.1" }))).toBeUndefined();
  expect(acl.matches).toEqual([1, 1]);
});

test("a wildcard need not be a prefix", () => {
  const odd = list({ source: { address: "10.1.0.3", wildcard: "0.0.255.0" } });
  expect(odd.decide(packet(1, [8, 0]))?.action).toBe("permit");
  expect(odd.decide(packet(1, [8, 0], { source: "10.1.2.4" }))).toBeUndefined();
});

test("ports, ranges, neq and established look behind the IP header", () => {
  const web = list({ protocol: 6, destinationPorts: { first: 80, last: 88, negated: false } });
  expect(web.decide(tcp(88, 2))?.action).toBe("permit");
  expect(web.decide(tcp(89, 2))).toBeUndefined();
  expect(web.decide(udp(80))).toBeUndefined();
  const other = list({ protocol: 17, destinationPorts: { first: 53, last: 53, negated: true } });
  expect(other.decide(udp(54))?.action).toBe("permit");
  expect(other.decide(udp(53))).toBeUndefined();
  const established = list({ protocol: 6, flags: { set: 0x14, clear: 0, any: true } });
  expect(established.decide(tcp(80, 0x10))?.action).toBe("permit");
  expect(established.decide(tcp(80, 0x04))?.action).toBe("permit");
  expect(established.decide(tcp(80, 0x02))).toBeUndefined();
});

test("flags of TCP are asked together or one by one", () => {
  const all = list({ protocol: 6, flags: { set: 0x12, clear: 0x01, any: false } });
  expect(all.decide(tcp(80, 0x12))?.action).toBe("permit");
  expect(all.decide(tcp(80, 0x02))).toBeUndefined();
  expect(all.decide(tcp(80, 0x13))).toBeUndefined();
  const one = list({ protocol: 6, flags: { set: 0x02, clear: 0x10, any: true } });
  expect(one.decide(tcp(80, 0x12))?.action).toBe("permit");
  expect(one.decide(tcp(80, 0x01))?.action).toBe("permit");
  expect(one.decide(tcp(80, 0x10))).toBeUndefined();
  expect(one.decideBetween(6, 1, 2, 3, 80)).toBeUndefined();
});

test("the traffic class is compared where its mask says", () => {
  const marked = (octet: number): Uint8Array => {
    const made = udp(53);
    made[1] = octet;
    return made;
  };
  const expedited = list({ trafficClass: { mask: 0xfc, value: 46 << 2 } });
  expect(expedited.decide(marked((46 << 2) | 3))?.action).toBe("permit");
  expect(expedited.decide(marked(45 << 2))).toBeUndefined();
  expect(expedited.decideBetween(17, 1, 2, 3, 53)).toBeUndefined();
});

test("an entry for later fragments meets no other packet", () => {
  const later = list({ laterFragments: true });
  expect(later.decide(packet(17, [1, 2, 3, 4, 5, 6, 7, 8], { fragmentOffset: 10 }))?.action).toBe("permit");
  expect(later.decide(udp(53))).toBeUndefined();
});

test("ICMP is told apart by type and code", () => {
  const echo = list({ protocol: 1, icmp: { type: 3, code: 4 } });
  expect(echo.decide(packet(1, [3, 4]))?.action).toBe("permit");
  expect(echo.decide(packet(1, [3, 1]))).toBeUndefined();
  expect(list({ protocol: 1, icmp: { type: 3, code: undefined } }).decide(packet(1, [3, 1]))?.action).toBe("permit");
});

test("a later fragment passes where its ports might, and is not denied for ports it does not show", () => {
  const fragment = packet(17, [1, 2, 3, 4, 5, 6, 7, 8], { fragmentOffset: 10 });
  const ports = { first: 53, last: 53, negated: false };
  expect(list({ protocol: 17, destinationPorts: ports }).decide(fragment)?.action).toBe("permit");
  const denying = list({ action: "deny", protocol: 17, destinationPorts: ports }, {});
  expect(denying.decide(fragment)?.action).toBe("permit");
});

test("a packet too short for its ports matches no entry with ports", () => {
  const ports = { first: 0, last: 65_535, negated: false };
  expect(list({ protocol: 17, destinationPorts: ports }).decide(packet(17, [1, 2, 3]))).toBeUndefined();
});

test("a list that stays the same keeps its counts when others change", () => {
  const lists = new AccessLists();
  const spec = { name: "L", kind: "standard", entries: [any] } as const;
  lists.configure([spec]);
  lists.get("L")?.decideBetween(17, 1, 2, 3, 4);
  lists.configure([
    { ...spec, entries: [any] },
    { name: "M", kind: "standard", entries: [] },
  ]);
  expect(lists.get("L")?.matches).toEqual([1]);
  lists.configure([{ ...spec, entries: [{ ...any, action: "deny" }] }]);
  expect(lists.get("L")?.matches).toEqual([0]);
  expect(lists.get("M")).toBeUndefined();
});

test("an entry counts at its time only, and a list that only the time changes keeps its counts", () => {
  const lists = new AccessLists();
  const at = (active: boolean) =>
    lists.configure([
      {
        name: "L",
        kind: "extended",
        entries: [{ ...any, action: "deny", timeRange: { name: "NIGHT", active } }, any],
      },
    ]);
  const decided = () => lists.get("L")?.decide(udp(53))?.action;
  at(true);
  expect(decided()).toBe("deny");
  at(false);
  expect([decided(), decided()]).toEqual(["permit", "permit"]);
  at(true);
  expect(decided()).toBe("deny");
  expect(lists.get("L")?.matches).toEqual([2, 2]);
});
