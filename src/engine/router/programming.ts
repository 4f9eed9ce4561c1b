/** What the line module must know of the virtual routers, as the difference between two specifications. */

import type { ConfigureRouter, HostLink, Programming, Punt } from "../forwarding.ts";
import { endpointKey, type Flow, prefixContains } from "../kernel/address.ts";
import type { LogFields } from "../kernel/log.ts";
import type { InterfaceSpec, RouterSpec, VirtualRouterSpec } from "../spec.ts";

/** Programming that leads from `before` (absent = nothing programmed yet) to `after`; empty when nothing changed. */
export function reconcileVirtualRouters(before: RouterSpec | undefined, after: RouterSpec): Programming[] {
  const programming: Programming[] = [];
  const lists = after.accessLists ?? [];
  if (JSON.stringify(before?.accessLists ?? []) !== JSON.stringify(lists)) {
    programming.push({ type: "configureAccessLists", lists });
  }
  const known = new Map((before?.virtualRouters ?? []).map((router) => [router.name, configured(router)]));
  for (const router of after.virtualRouters) {
    const wanted = configured(router);
    const current = known.get(router.name);
    known.delete(router.name);
    if (current === undefined || !same(current, wanted)) programming.push(wanted);
  }
  for (const name of known.keys()) programming.push({ type: "removeRouter", virtualRouter: name });
  return programming;
}

function configured(router: VirtualRouterSpec): ConfigureRouter {
  const up = router.interfaces.filter((port) => port.enabled);
  return {
    type: "configureRouter",
    virtualRouter: router.name,
    addresses: addressesOf(up),
    routes: router.routes.flatMap(({ prefix, via }) => (typeof via === "string" ? [{ prefix, nextHop: via }] : [])),
    ipsecOnly: addressesOf(up.filter((port) => port.ipsecOnly)),
    filters: up.flatMap((port) => {
      const list = port.accessGroups?.in;
      return list === undefined || port.address === undefined ? [] : [{ address: port.address.address, list }];
    }),
    ...hostLinksOf(router, up),
  };
}

/** Ethernet's, and what TUN devices are made with. */
const DEFAULT_MTU = 1500;

/** Interfaces that are plugged into the host, each with what is reached by it: what is connected, and the routes that lead there. */
function hostLinksOf(router: VirtualRouterSpec, up: readonly InterfaceSpec[]): Pick<ConfigureRouter, "hostLinks"> {
  const links: HostLink[] = [];
  for (const port of up) {
    const device = port.hostDevice;
    if (device === undefined || links.some((link) => link.device === device)) continue;
    const same = up.filter((other) => other.name === port.name);
    const connected = same.flatMap(({ address }) => (address === undefined ? [] : [address]));
    const routes = router.routes.filter(({ via }) =>
      typeof via === "string"
        ? connected.some((network) => prefixContains(network, via))
        : via.interface.toLowerCase() === port.name.toLowerCase(),
    );
    links.push({
      device,
      address: port.address?.address,
      mtu: port.mtu ?? DEFAULT_MTU,
      networks: [...connected, ...routes.map(({ prefix }) => prefix)],
      ...(port.accessGroups === undefined ? {} : { accessGroups: port.accessGroups }),
    });
  }
  return links.length === 0 ? {} : { hostLinks: links };
}

function addressesOf(interfaces: readonly InterfaceSpec[]): string[] {
  return interfaces.flatMap(({ address, ipv6 = [] }) =>
    [...(address === undefined ? [] : [address]), ...ipv6].map((each) => each.address),
  );
}

function same(a: ConfigureRouter, b: ConfigureRouter): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What the log says when L2TP came without the IPsec that its interface requires. */
export function clearRefusedFields({ remote, local }: Flow): LogFields {
  return {
    peer: endpointKey(remote),
    local: endpointKey(local),
    reason: "the interface takes L2TP only under IPsec",
  };
}

/** What the log says when an entry of an access list with `log` decided for a packet. */
export function filterLogFields(told: Extract<Punt, { type: "filterLog" }>): LogFields {
  const { list, entry, packets, protocol, source, destination } = told;
  return {
    list,
    action: entry.action,
    protocol,
    source: endpointKey(source),
    destination: endpointKey(destination),
    packets,
  };
}
