/** Which ports a configuration wants open on this host, as a value. */

import type { ListenPort } from "../dataplane/datagram.ts";
import { type Address, isIpv6 } from "../engine/kernel/address.ts";
import type { RouterSpec } from "../engine/spec.ts";

/** Port numbers on the host; inside they are always 500, 4500 and 1701. */
export interface PortNumbers {
  readonly ike: number;
  readonly natt: number;
  readonly l2tp: number;
}

export const STANDARD_PORTS: PortNumbers = { ike: 500, natt: 4500, l2tp: 1701 };

/** An address of the configuration and the host address that is bound for it. */
export interface ListenAddress {
  readonly local: Address;
  readonly wire: Address;
  /** The interface that has the address. */
  readonly interfaceName: string;
}

/**
 * Addresses that peers may talk to: those with IPsec first. Where IPsec has no end of IPv6, an address of IPv6 stands for the one of IPv4 that its
 * interface has.
 */
export function configuredAddresses(spec: RouterSpec): ListenAddress[] {
  const ends = new Set(spec.ipsecGateways.map(({ localAddress }) => localAddress));
  const secured = spec.ipsecGateways.map(({ localAddress, interfaceName }) => ({
    local: localAddress,
    wire: localAddress,
    interfaceName,
  }));
  const others = spec.virtualRouters.flatMap((router) =>
    router.interfaces.flatMap(({ enabled, address, ipv6 = [], name }) => {
      if (!enabled) return [];
      const isEnd = address !== undefined && ends.has(address.address);
      const first = address === undefined ? [] : [{ local: address.address, wire: address.address }];
      const others = ipv6.map((each) => ({
        local: isEnd && !ends.has(each.address) ? address.address : each.address,
        wire: each.address,
      }));
      return [...first, ...others].map((each) => ({ ...each, interfaceName: name }));
    }),
  );
  const all = [...secured, ...others];
  return all.filter((entry, index) => all.findIndex(({ wire }) => wire === entry.wire) === index);
}

/**
 * With `standIn`, that host address stands for the outermost configured one, of its own family if there is one. Without it every configured address that the
 * host has is taken under its own name. Empty = there is nothing to listen on.
 */
export function listenAddresses(
  spec: RouterSpec,
  standIn: Address | undefined,
  hostAddresses: readonly Address[],
): readonly ListenAddress[] {
  const configured = configuredAddresses(spec);
  if (standIn !== undefined) {
    const own =
      configured.find(({ wire }) => wire === standIn) ??
      configured.find(({ wire }) => isIpv6(wire) === isIpv6(standIn)) ??
      configured[0];
    return own === undefined ? [] : [{ ...own, wire: standIn }];
  }
  return configured.filter(({ wire }) => hostAddresses.includes(wire));
}

export function listenPorts(address: ListenAddress, numbers: PortNumbers): ListenPort[] {
  const roles = ["ike", "natt", "l2tp"] as const;
  return roles.map((role) => ({
    role,
    local: { address: address.local, port: STANDARD_PORTS[role] },
    wire: { address: address.wire, port: numbers[role] },
  }));
}

/** The configured addresses as text, for the message that none of them is on the host. */
export function describeAddresses(spec: RouterSpec): string {
  const names = configuredAddresses(spec).map((entry) => `${entry.wire} (${entry.interfaceName})`);
  return names.length === 0 ? "none" : names.join(", ");
}
