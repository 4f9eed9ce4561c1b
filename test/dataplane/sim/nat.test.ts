import { expect, test } from "vitest";
import type { OuterPacket } from "../../../src/dataplane/packet.ts";
import { Nat } from "../../../src/dataplane/sim/nat.ts";
import { seededRandom } from "../../support/random.ts";

const outside = "198.51.100.2";
const server = { address: "203.0.113.1", port: 4500 };
const host = (last: number, port = 4500) => ({ address: `192.168.10.${last}`, port });
const packet = (source: OuterPacket["source"], protocol: OuterPacket["protocol"] = "udp"): OuterPacket => ({
  protocol,
  source,
  destination: server,
  payload: new Uint8Array(1),
});

test("hosts with equal ports get ports of their own, and answers find back", () => {
  const nat = new Nat({ outside, ports: { first: 5000 } });
  const out = [11, 12].map((last) => nat.outbound(packet(host(last)), 0)?.source);
  expect(out).toEqual([
    { address: outside, port: 5000 },
    { address: outside, port: 5001 },
  ]);
  const back = { ...packet(server), destination: { address: outside, port: 5001 } };
  expect(nat.inbound(back, 1)?.destination).toEqual(host(12));
  expect(nat.inbound({ ...back, destination: { address: outside, port: 5002 } }, 1)).toBeUndefined();
});

test("an endpoint keeps its port towards everyone, or has one for each destination", () => {
  const other = { address: "203.0.113.1", port: 500 };
  const same = new Nat({ outside });
  expect(same.translateOut(host(1), server, 0)).toEqual(same.translateOut(host(1), other, 0));
  const each = new Nat({ outside, mapping: "perDestination" });
  expect(each.translateOut(host(1), server, 0)).not.toEqual(each.translateOut(host(1), other, 0));
});

test("a mapping lives as long as it is used", () => {
  const nat = new Nat({ outside, timeoutMillis: 100, ports: { first: 5000 } });
  expect(nat.translateOut(host(1), server, 0)?.port).toBe(5000);
  expect(nat.translateOut(host(1), server, 100)?.port).toBe(5000);
  expect(nat.translateIn(5000, 200)).toEqual(host(1));
  expect(nat.translateIn(5000, 201)).toBeUndefined();
  expect(nat.translateOut(host(1), server, 202)?.port).toBe(5001);
});

test("rebinding gives everyone another port", () => {
  const nat = new Nat({ outside, ports: { random: seededRandom(4) } });
  const before = nat.translateOut(host(1), server, 0);
  nat.rebind();
  expect(nat.translateOut(host(1), server, 0)).not.toEqual(before);
  expect(nat.translateIn(before?.port ?? 0, 0)).toBeUndefined();
});

test("a box without a free port drops, and has one again when mappings ran out", () => {
  const nat = new Nat({ outside, ports: { first: 65_000 }, timeoutMillis: 10 });
  const ports = Array.from({ length: 536 }, (_, i) => nat.translateOut(host(1, 1000 + i), server, 0)?.port);
  expect(new Set(ports).size).toBe(536);
  expect(ports.includes(undefined)).toBe(false);
  expect(nat.translateOut(host(2), server, 5)).toBeUndefined();
  expect(nat.translateOut(host(2), server, 11)).toBeDefined();
});

test("ESP without UDP passes for the one host that spoke last", () => {
  const nat = new Nat({ outside });
  const inward = { ...packet({ ...server, port: 0 }, "esp"), destination: { address: outside, port: 0 } };
  expect(nat.inbound(inward, 0)).toBeUndefined();
  expect(nat.outbound(packet(host(1, 0), "esp"), 0)?.source).toEqual({ address: outside, port: 0 });
  nat.outbound(packet(host(2, 0), "esp"), 0);
  expect(nat.inbound(inward, 0)?.destination).toEqual(host(2, 0));
});
