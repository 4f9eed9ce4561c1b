import { expect, test } from "vitest";
import { describeAddresses, listenAddresses, listenPorts } from "../../src/cli/listen-plan.ts";
import { specOf } from "../support/specs.ts";

const spec = specOf();
const GATEWAY = "203.0.113.1";

test("configured addresses that the host has are taken under their own names", () => {
  expect(listenAddresses(spec, undefined, ["127.0.0.1", GATEWAY, "12.0.0.8"])).toEqual([
    { local: GATEWAY, wire: GATEWAY, interfaceName: "FastEthernet0/0" },
    { local: "12.0.0.8", wire: "12.0.0.8", interfaceName: "Loopback0" },
  ]);
  expect(listenAddresses(spec, undefined, ["127.0.0.1"])).toEqual([]);
});

test("a host address may stand for the address that IPsec is terminated at", () => {
  expect(listenAddresses(spec, "127.0.0.1", [])).toEqual([
    { local: GATEWAY, wire: "127.0.0.1", interfaceName: "FastEthernet0/0" },
  ]);
});

test("ports differ on the wire only", () => {
  const [address] = listenAddresses(spec, "127.0.0.1", []);
  expect(address === undefined ? [] : listenPorts(address, { ike: 1500, natt: 1450, l2tp: 11_701 })).toEqual([
    { role: "ike", local: { address: GATEWAY, port: 500 }, wire: { address: "127.0.0.1", port: 1500 } },
    { role: "natt", local: { address: GATEWAY, port: 4500 }, wire: { address: "127.0.0.1", port: 1450 } },
    { role: "l2tp", local: { address: GATEWAY, port: 1701 }, wire: { address: "127.0.0.1", port: 11_701 } },
  ]);
});

test("an address of IPv6 is taken under its own name where IPsec ends there, and else stands for that of its interface", () => {
  const made = specOf();
  const [router] = made.virtualRouters;
  const [port, loopback] = router?.interfaces ?? [];
  const [gateway] = made.ipsecGateways;
  if (router === undefined || port === undefined || loopback === undefined || gateway === undefined) throw new Error();
  const OURS = "2001:db8::1";
  const interfaces = [{ ...port, ipv6: [{ address: OURS, length: 64 }] }, loopback];
  const without = { ...made, virtualRouters: [{ ...router, interfaces }] };
  const withEnd = { ...without, ipsecGateways: [gateway, { ...gateway, localAddress: OURS }] };
  const taken = (spec: typeof made, standIn?: string) =>
    listenAddresses(spec, standIn, [GATEWAY, OURS]).map(({ local, wire }) => [local, wire]);
  expect(taken(without)).toEqual([
    [GATEWAY, GATEWAY],
    [GATEWAY, OURS],
  ]);
  expect(taken(withEnd)).toEqual([
    [GATEWAY, GATEWAY],
    [OURS, OURS],
  ]);
  expect(taken(without, "::1")).toEqual([[GATEWAY, "::1"]]);
  expect(taken(withEnd, "::1")).toEqual([[OURS, "::1"]]);
  expect(taken(withEnd, "127.0.0.1")).toEqual([[GATEWAY, "127.0.0.1"]]);
});

test("the message about missing addresses names them all", () => {
  expect(describeAddresses(spec)).toBe("203.0.113.1 (FastEthernet0/0), 12.0.0.8 (Loopback0)");
});
