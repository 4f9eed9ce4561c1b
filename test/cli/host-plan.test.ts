import fc from "fast-check";
import { expect, test } from "vitest";
import { hostPlan, parseAskedDevice, prefixesOf, withAskedDevices } from "../../src/cli/host-plan.ts";
import { ipv4FromNumber, ipv4ToNumber, prefixContains } from "../../src/engine/kernel/address.ts";
import type { RouterSpec, VirtualRouterSpec } from "../../src/engine/spec.ts";
import { specOf } from "../support/specs.ts";

const POOL = ["20.0.0.100/30", "20.0.0.104/30", "20.0.0.108/31", "20.0.0.110/32"];

function wired(address: string, length: number, routes: VirtualRouterSpec["routes"] = []): RouterSpec {
  const spec = specOf();
  return {
    ...spec,
    virtualRouters: spec.virtualRouters.map((router) => ({
      ...router,
      routes,
      interfaces: [
        ...router.interfaces,
        {
          name: "FastEthernet0/1",
          address: { address, length },
          enabled: true,
          ipsecOnly: false,
          loopback: false,
          hostDevice: "lnsh0",
        },
      ],
    })),
  };
}

function texts(prefixes: readonly { readonly address: string; readonly length: number }[] | undefined): string[] {
  return (prefixes ?? []).map(({ address, length }) => `${address}/${length}`);
}

test("the host gets routes to pools and to the router's own addresses, but to none that it has itself", () => {
  const [plan, ...more] = hostPlan(wired("10.1.0.1", 24), ["203.0.113.1"]);
  expect(more).toEqual([]);
  expect(texts(plan?.routes).sort()).toEqual(["10.1.0.1/32", "12.0.0.8/32", ...POOL].sort());
  expect(plan).toMatchObject({ device: "lnsh0", mtu: 1500, address: undefined });
});

test("the host's own address is the neighbour that a route names, or the other one of two", () => {
  const route = { prefix: { address: "0.0.0.0", length: 0 }, via: "10.1.0.254" };
  expect(hostPlan(wired("10.1.0.1", 24, [route]), [])[0]?.address).toEqual({ address: "10.1.0.254", length: 24 });
  expect(hostPlan(wired("10.1.0.1", 30), [])[0]?.address).toEqual({ address: "10.1.0.2", length: 30 });
  expect(hostPlan(wired("10.1.0.2", 30), [])[0]?.address).toEqual({ address: "10.1.0.1", length: 30 });
  expect(hostPlan(wired("10.1.0.3", 31), [])[0]?.address).toEqual({ address: "10.1.0.2", length: 31 });
});

test("networks behind a remote user are the router's too, those behind the host are not", () => {
  const routes = [
    { prefix: { address: "172.16.0.0", length: 16 }, via: "20.0.0.105" },
    { prefix: { address: "172.17.0.0", length: 16 }, via: "10.1.0.254" },
  ];
  const plan = texts(hostPlan(wired("10.1.0.1", 24, routes), [])[0]?.routes);
  expect(plan).toContain("172.16.0.0/16");
  expect(plan).not.toContain("172.17.0.0/16");
});

test("a device from the command line takes what nothing else takes", () => {
  const { spec: asked } = withAskedDevices(specOf(), [{ router: "default", device: "tun7" }]);
  expect(asked.virtualRouters[0]?.routes).toEqual([
    { prefix: { address: "0.0.0.0", length: 0 }, via: { interface: "tun7" } },
  ]);
  expect(texts(hostPlan(asked, ["203.0.113.1"])[0]?.routes).sort()).toEqual(["12.0.0.8/32", ...POOL].sort());
  expect(withAskedDevices(specOf(), [{ router: "other", device: "tun7" }]).spec).toEqual(specOf());
});

test("a device is asked for by its name, in a virtual router or in the default one", () => {
  expect(parseAskedDevice("tun0")).toEqual({ router: "default", device: "tun0" });
  expect(parseAskedDevice("vpn:red:tun0")).toBeUndefined();
  expect(parseAskedDevice("vpn:tun0")).toEqual({ router: "vpn", device: "tun0" });
  for (const bad of ["", ".", "..", "a/b", "a b", "sixteen-letters-", "x:"])
    expect(parseAskedDevice(bad)).toBeUndefined();
});

test("the prefixes of a range are exactly the range, without overlap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_f000 }), fc.integer({ min: 0, max: 600 }), (first, more) => {
      const prefixes = prefixesOf(ipv4FromNumber(first), ipv4FromNumber(first + more));
      const size = prefixes.reduce((sum, { length }) => sum + 2 ** (32 - length), 0);
      expect(size).toBe(more + 1);
      for (let at = first; at <= first + more; at += 1) {
        expect(prefixes.filter((prefix) => prefixContains(prefix, ipv4FromNumber(at))).length).toBe(1);
      }
      expect(prefixes.every(({ address, length }) => ipv4ToNumber(address) % 2 ** (32 - length) === 0)).toBe(true);
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(prefixesOf("0.0.0.0", "255.255.255.255")).toEqual([{ address: "0.0.0.0", length: 0 }]);
});

test("a device for a virtual router that is not there is told of, and one for a router that is there is not", () => {
  const asked = ["lnsh1", "RED:lnsh2"].flatMap((text) => parseAskedDevice(text) ?? []);
  expect(withAskedDevices(specOf(), asked).missing).toEqual([
    "the TUN device lnsh2 is made when there is a virtual router or VRF RED",
  ]);
  const red = specOf().virtualRouters.map((router) => ({ ...router, name: "RED" }));
  const both = { ...specOf(), virtualRouters: [...specOf().virtualRouters, ...red] };
  expect(withAskedDevices(both, asked).missing).toEqual([]);
});

test("a device that another wire has already is told of, and the other wire keeps it", () => {
  const spec = wired("10.1.0.1", 30);
  const asked = ["lnsh0", "tun7", "tun7"].flatMap((text) => parseAskedDevice(text) ?? []);
  const { spec: made, missing } = withAskedDevices(spec, asked);
  expect(missing).toEqual([
    "--tun lnsh0: it is the device of FastEthernet0/1",
    "--tun tun7: it is the device of another --tun",
  ]);
  expect(hostPlan(made, []).map(({ device, interfaceName }) => [device, interfaceName])).toEqual([
    ["lnsh0", "FastEthernet0/1"],
    ["tun7", "tun7"],
  ]);
});
