/** `show ip cef`: the routes as packets meet them, the addresses that are the box's own among them. */

import { ipv4FromNumber, ipv4ToNumber, maskOf } from "../../../engine/kernel/address.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { type IpRoute, ipRoutes } from "./ip-route.ts";

export interface CefEntry {
  readonly network: string;
  readonly length: number;
  /** `receive` = ours, `attached` = there without another hop; else the address of the next hop. */
  readonly nextHop: string;
  readonly interface: string | null;
}

/** In ascending order; `undefined` = there is no such table. */
export function cefEntries(snapshot: Snapshot, vrf = DEFAULT_ROUTER): CefEntry[] | undefined {
  const routes = ipRoutes(snapshot, vrf);
  if (routes === undefined) return undefined;
  const ports = snapshot.spec.virtualRouters.find(({ name }) => name === vrf)?.interfaces ?? [];
  const own = ports.flatMap(({ address, enabled, name }): CefEntry[] =>
    address === undefined || !enabled
      ? []
      : [{ network: address.address, length: 32, nextHop: "receive", interface: name }],
  );
  const isOwn = ({ network, length }: IpRoute): boolean =>
    length === 32 && own.some((entry) => entry.network === network);
  const others = routes
    .filter((route) => !isOwn(route))
    .map(({ network, length, via, interface: name }): CefEntry => {
      const port = name ?? (via === null ? null : interfaceTowards(routes, via));
      return { network, length, nextHop: via ?? "attached", interface: port };
    });
  return [...own, ...others].sort(
    (one, other) => ipv4ToNumber(one.network) - ipv4ToNumber(other.network) || one.length - other.length,
  );
}

/** The interface on whose network an address lies. */
function interfaceTowards(routes: readonly IpRoute[], address: string): string | null {
  const number = ipv4ToNumber(address);
  const near = routes.filter(
    ({ source, network, length }) =>
      source === "connected" && (number & maskOf(length)) >>> 0 === ipv4ToNumber(network),
  );
  return near.sort((one, other) => other.length - one.length)[0]?.interface ?? null;
}

export function showIpCef(entries: readonly CefEntry[]): string[] {
  const row = (prefix: string, hop: string, port: string): string =>
    `${prefix.padEnd(19)} ${hop.padEnd(20)} ${port}`.trimEnd();
  return [
    row("Prefix", "Next Hop", "Interface"),
    ...entries.map(({ network, length, nextHop, interface: port }) =>
      row(`${network}/${length}`, nextHop, nextHop === "receive" ? "" : (port ?? "")),
    ),
  ];
}

/** The entry that a packet to an address meets. */
export function cefEntryFor(entries: readonly CefEntry[], address: string): CefEntry | undefined {
  const number = ipv4ToNumber(address);
  return entries
    .filter(({ network, length }) => (number & maskOf(length)) >>> 0 === ipv4ToNumber(network))
    .sort((one, other) => other.length - one.length)[0];
}

export function showCefEntry({ network, length, nextHop, interface: port }: CefEntry): string[] {
  const way =
    nextHop === "receive"
      ? `receive for ${port}`
      : nextHop === "attached"
        ? `attached to ${port}`
        : `nexthop ${nextHop}${port === null ? "" : ` ${port}`}`;
  return [`${network}/${length}`, `  ${way}`];
}

export function showCefSummary(entries: readonly CefEntry[], vrf = DEFAULT_ROUTER): string[] {
  const own = entries.filter(({ nextHop }) => nextHop === "receive").length;
  return [
    "IPv4 CEF is enabled and running",
    `VRF ${vrf === DEFAULT_ROUTER ? "Default" : vrf}:`,
    ` ${entries.length} prefixes (${entries.length - own}/${own} fwd/non-fwd)`,
    "",
  ];
}

/** `A.B.C.D/nn` within another prefix. */
export function isWithin(route: Pick<IpRoute, "network" | "length">, network: string, length: number): boolean {
  const inside = (ipv4ToNumber(route.network) & maskOf(length)) >>> 0;
  return route.length >= length && ipv4FromNumber(inside) === network;
}
