/** Which ports a configuration wants open on this host, as a value. */

import type { ListenPort } from "../dataplane/datagram.ts";
import type { Address } from "../engine/kernel/address.ts";
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

/** Addresses that peers may talk to: those with IPsec first. */
export function configuredAddresses(spec: RouterSpec): { readonly local: Address; readonly interfaceName: string }[] {
  const secured = spec.ipsecGateways.map((gateway) => ({
    local: gateway.localAddress,
    interfaceName: gateway.interfaceName,
  }));
  const others = spec.virtualRouters.flatMap((router) =>
    router.interfaces.flatMap((port) =>
      port.enabled && port.address !== undefined ? [{ local: port.address.address, interfaceName: port.name }] : [],
    ),
  );
  const all = [...secured, ...others];
  return all.filter((entry, index) => all.findIndex((other) => other.local === entry.local) === index);
}

/**
 * With `standIn`, that host address stands for the outermost configured one. Without it every configured address that the
 * host has is taken under its own name. Empty = there is nothing to listen on.
 */
export function listenAddresses(
  spec: RouterSpec,
  standIn: Address | undefined,
  hostAddresses: readonly Address[],
): readonly ListenAddress[] {
  const configured = configuredAddresses(spec);
  if (standIn !== undefined) {
    const own = configured.find((entry) => entry.local === standIn) ?? configured[0];
    return own === undefined ? [] : [{ ...own, wire: standIn }];
  }
  return configured
    .filter((entry) => hostAddresses.includes(entry.local))
    .map((entry) => ({ ...entry, wire: entry.local }));
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
  const names = configuredAddresses(spec).map((entry) => `${entry.local} (${entry.interfaceName})`);
  return names.length === 0 ? "none" : names.join(", ");
}
