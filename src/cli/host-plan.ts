/**
 * What the host must be told of an interface that is plugged into it, as a value: the host's own address on that wire, and which networks
 * are behind the router. All of it is derived from the running configuration; nothing here touches the host.
 */

import {
  type Address,
  ANY_PREFIX,
  ipv4FromNumber,
  ipv4ToNumber,
  maskOf,
  type Prefix,
  prefixContains,
} from "../engine/kernel/address.ts";
import { DEFAULT_ROUTER, type InterfaceSpec, type RouterSpec, type VirtualRouterSpec } from "../engine/spec.ts";

/** A TUN device asked for on the command line: `router` has no interface for it in its configuration. */
export interface AskedDevice {
  readonly router: string;
  readonly device: string;
}

export interface HostDevicePlan {
  readonly device: string;
  readonly virtualRouter: string;
  readonly interfaceName: string;
  readonly mtu: number;
  /** The host's own address and the network it shares with the router; absent = the wire is unnumbered. */
  readonly address: Prefix | undefined;
  /** What the host reaches through the device. */
  readonly routes: readonly Prefix[];
}

const DEFAULT_MTU = 1500;

/** `NAME` or `ROUTER:NAME`; `undefined` where that is no name of a device. */
export function parseAskedDevice(text: string): AskedDevice | undefined {
  const match = /^(?:([^:]+):)?([A-Za-z0-9_.-]{1,15})$/.exec(text);
  const device = match?.[2];
  return device === undefined || /^\.{1,2}$/.test(device)
    ? undefined
    : { router: match?.[1] ?? DEFAULT_ROUTER, device };
}

/**
 * The configuration with an interface, unnumbered, for each device that was asked for; everything that is not known leaves by it. What cannot be had so
 * is told: a line each.
 */
export function withAskedDevices(
  spec: RouterSpec,
  asked: readonly AskedDevice[],
): { readonly spec: RouterSpec; readonly missing: readonly string[] } {
  const holders = new Map(
    spec.virtualRouters.flatMap(({ interfaces }) =>
      interfaces.flatMap(({ name, hostDevice }) => (hostDevice === undefined ? [] : [[hostDevice, name] as const])),
    ),
  );
  const missing: string[] = [];
  const granted = asked.filter(({ router, device }) => {
    const holder = holders.get(device);
    if (holder !== undefined) missing.push(`--tun ${device}: it is the device of ${holder}`);
    else if (spec.virtualRouters.every(({ name }) => name !== router)) {
      missing.push(`the TUN device ${device} is made when there is a virtual router or VRF ${router}`);
    } else {
      holders.set(device, `another --tun`);
      return true;
    }
    return false;
  });
  if (granted.length === 0) return { spec, missing };
  const virtualRouters = spec.virtualRouters.map((router) => {
    const devices = granted.filter((one) => one.router === router.name).map(({ device }) => device);
    return devices.length === 0 ? router : withDevices(router, devices);
  });
  return { spec: { ...spec, virtualRouters }, missing };
}

function withDevices(router: VirtualRouterSpec, devices: readonly string[]): VirtualRouterSpec {
  const [first = ""] = devices;
  const via = { interface: first };
  const hasDefault = router.routes.some(({ prefix }) => prefix.length === 0);
  return {
    ...router,
    interfaces: [...router.interfaces, ...devices.map(interfaceFor)],
    // A default route that leads nowhere here, as one to a neighbour that no wire leads to, would be no use.
    routes: hasDefault
      ? router.routes.map((route) =>
          route.prefix.length === 0 && !leadsOut(router, route.via) ? { ...route, via } : route,
        )
      : [...router.routes, { prefix: ANY_PREFIX, via }],
  };
}

function leadsOut(router: VirtualRouterSpec, via: VirtualRouterSpec["routes"][number]["via"]): boolean {
  return router.interfaces.some(
    ({ hostDevice, name, address }) =>
      hostDevice !== undefined &&
      (typeof via === "string" ? address !== undefined && prefixContains(address, via) : via.interface === name),
  );
}

function interfaceFor(device: string): InterfaceSpec {
  return { name: device, address: undefined, enabled: true, ipsecOnly: false, loopback: false, hostDevice: device };
}

/** `hostAddresses`: those the host has by itself; nothing must lead them to the router. */
export function hostPlan(spec: RouterSpec, hostAddresses: readonly Address[]): HostDevicePlan[] {
  const plans: HostDevicePlan[] = [];
  for (const router of spec.virtualRouters) {
    for (const port of router.interfaces) {
      if (port.hostDevice === undefined || !port.enabled) continue;
      if (plans.some(({ device }) => device === port.hostDevice)) continue;
      const address = hostEnd(router, port);
      const own = router.interfaces.flatMap((one) =>
        one.enabled && one.address !== undefined ? [{ address: one.address.address, length: 32 }] : [],
      );
      const routes = [...own, ...sessionNetworks(spec, router)].filter(
        (prefix) =>
          !(prefix.length === 32 && hostAddresses.includes(prefix.address)) &&
          !(address !== undefined && prefix.length >= address.length && prefixContains(address, prefix.address)),
      );
      plans.push({
        device: port.hostDevice,
        virtualRouter: router.name,
        interfaceName: port.name,
        mtu: port.mtu ?? DEFAULT_MTU,
        address,
        routes: [...new Map(routes.map((prefix) => [`${prefix.address}/${prefix.length}`, prefix])).values()],
      });
    }
  }
  return plans;
}

/** The neighbour that a static route names on this wire is the host; on a wire for two it is the other one. */
function hostEnd(router: VirtualRouterSpec, port: InterfaceSpec): Prefix | undefined {
  const { address } = port;
  if (address === undefined) return undefined;
  for (const { via } of router.routes) {
    if (typeof via === "string" && via !== address.address && prefixContains(address, via)) {
      return { address: via, length: address.length };
    }
  }
  const own = ipv4ToNumber(address.address);
  if (address.length === 31) return { address: ipv4FromNumber((own ^ 1) >>> 0), length: 31 };
  if (address.length === 30) return { address: ipv4FromNumber((own ^ 3) >>> 0), length: 30 };
  return undefined;
}

/** Where a router's remote users may be: pools, addresses of users, and networks that are routed to one of those. */
function sessionNetworks(spec: RouterSpec, router: VirtualRouterSpec): Prefix[] {
  const named = (name: string, here: boolean) =>
    spec.pppProfiles.some(
      (profile) => (profile.virtualRouter === router.name) === here && profile.pools.includes(name),
    );
  const pools = router.pools.filter(({ name }) => named(name, true) || !named(name, false));
  const users = router.users.flatMap(({ address }) => (address === undefined ? [] : [{ address, length: 32 }]));
  const near = [
    ...pools.flatMap(({ ranges }) => ranges.flatMap(({ first, last }) => prefixesOf(first, last))),
    ...users,
  ];
  const behind = router.routes.flatMap(({ prefix, via }) =>
    typeof via === "string" && near.some((network) => prefixContains(network, via)) ? [prefix] : [],
  );
  return [...near, ...behind];
}

/** The fewest networks that are together exactly the addresses from `first` to `last`. */
export function prefixesOf(first: Address, last: Address): Prefix[] {
  const end = ipv4ToNumber(last);
  const prefixes: Prefix[] = [];
  for (let at = ipv4ToNumber(first); at <= end; ) {
    let length = 32;
    while (length > 0) {
      const mask = maskOf(length - 1);
      const fits = (at & mask) >>> 0 === at && at + 2 ** (33 - length) - 1 <= end;
      if (!fits) break;
      length -= 1;
    }
    prefixes.push({ address: ipv4FromNumber(at), length });
    at += 2 ** (32 - length);
  }
  return prefixes;
}
