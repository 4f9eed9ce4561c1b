/** `show ip route` in the layout of 12.4: networks of one class below a line that says how they are divided. */

import { ipv4FromNumber, ipv4ToNumber, maskOf, prefixContains } from "../../../engine/kernel/address.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER, type RouteSpec } from "../../../engine/spec.ts";
import { virtualAccess } from "./words.ts";

const LEGEND = [
  "Codes: C - connected, S - static, R - RIP, M - mobile, B - BGP",
  "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area ",
  "       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2",
  "       E1 - OSPF external type 1, E2 - OSPF external type 2",
  "       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2",
  "       ia - IS-IS inter area, * - candidate default, U - per-user static route",
  "       o - ODR, P - periodic downloaded static route",
  "",
];

export interface IpRoute {
  readonly source: "connected" | "static";
  readonly network: string;
  readonly length: number;
  /** The next hop, where it has an address. */
  readonly via: string | null;
  readonly interface: string | null;
}

/** Connected networks, static routes, and a host route for each session; `undefined` = there is no such table. */
export function ipRoutes(snapshot: Snapshot, vrf = DEFAULT_ROUTER): IpRoute[] | undefined {
  const router = snapshot.spec.virtualRouters.find((candidate) => candidate.name === vrf);
  if (router === undefined) return undefined;
  const connected = router.interfaces.flatMap((port): IpRoute[] =>
    port.enabled && !port.unplugged && port.address !== undefined
      ? [{ ...networkOf(port.address), source: "connected", via: null, interface: port.name }]
      : [],
  );
  const peers = snapshot.sessions.flatMap((session): IpRoute[] => {
    const { peerAddress, ipcp } = session.ppp;
    if (session.virtualRouter !== vrf || ipcp !== "opened" || peerAddress === undefined) return [];
    const name = virtualAccess(session.index).long;
    return [{ network: peerAddress, length: 32, source: "connected", via: null, interface: name }];
  });
  const down = router.interfaces.filter(({ unplugged }) => unplugged);
  const leadsThere = ({ via }: RouteSpec): boolean =>
    down.some(({ name, address }) =>
      typeof via === "string" ? address !== undefined && prefixContains(address, via) : via.interface === name,
    );
  const fixed = router.routes
    .filter((route) => !leadsThere(route))
    .map(
      ({ prefix, via }): IpRoute => ({
        ...networkOf(prefix),
        source: "static",
        via: typeof via === "string" ? via : null,
        interface: typeof via === "string" ? null : via.interface,
      }),
    );
  return [...connected, ...peers, ...fixed];
}

function networkOf({ address, length }: { readonly address: string; readonly length: number }) {
  return { network: ipv4FromNumber((ipv4ToNumber(address) & maskOf(length)) >>> 0), length };
}

export function showIpRoute(
  snapshot: Snapshot,
  vrf = DEFAULT_ROUTER,
  wanted: (route: IpRoute) => boolean = () => true,
): string[] {
  const routes = ipRoutes(snapshot, vrf);
  if (routes === undefined) return [`% IP routing table ${vrf} does not exist`];
  const way = routes.find(({ length }) => length === 0);
  return [
    ...(vrf === DEFAULT_ROUTER ? [] : ["", `Routing Table: ${vrf}`]),
    ...LEGEND,
    `Gateway of last resort is ${way === undefined ? "not set" : `${way.via ?? "0.0.0.0"} to network 0.0.0.0`}`,
    "",
    ...grouped(routes.filter(wanted).map(rowOf)),
  ];
}

interface Row {
  readonly code: "C" | "S" | "S*";
  readonly network: number;
  readonly length: number;
  readonly rest: string;
}

function rowOf({ source, network, length, via, interface: name }: IpRoute): Row {
  const code = source === "connected" ? "C" : length === 0 ? "S*" : "S";
  const rest = via === null ? ` is directly connected, ${name}` : ` [1/0] via ${via}`;
  return { code, network: ipv4ToNumber(network), length, rest };
}

/** The length of the network's class (RFC 791 §3.2); what lies beyond class C is taken as one of them. */
function classOf(network: number): number {
  const first = network >>> 24;
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}

/** Networks in ascending order; what is wider than its class stands alone, behind the others. */
function grouped(rows: readonly Row[]): string[] {
  const sorted = [...rows].sort((a, b) => a.network - b.network || a.length - b.length);
  const wide = sorted.filter((row) => row.length < classOf(row.network));
  const groups = Map.groupBy(
    sorted.filter((row) => row.length >= classOf(row.network)),
    ({ network }) => (network & maskOf(classOf(network))) >>> 0,
  );
  return [...[...groups].flatMap(([major, members]) => groupLines(major, members)), ...wide.map(flatLine)];
}

function flatLine(row: Row): string {
  return `${row.code.padEnd(5)}${ipv4FromNumber(row.network)}/${row.length}${row.rest}`;
}

function groupLines(major: number, rows: readonly Row[]): string[] {
  const length = classOf(major);
  const [first] = rows;
  if (rows.length === 1 && first?.length === length) return [flatLine(first)];
  const masks = new Set(rows.map((row) => row.length)).size;
  const subnets = new Set(rows.map((row) => `${row.network}/${row.length}`)).size;
  const head =
    masks > 1
      ? `${ipv4FromNumber(major)}/${length} is variably subnetted, ${subnets} subnets, ${masks} masks`
      : `${ipv4FromNumber(major)}/${first?.length} is subnetted, ${subnets} subnets`;
  const suffix = (row: Row): string => (masks > 1 ? `/${row.length}` : "");
  return [
    `     ${head}`,
    ...rows.map((row) => `${row.code.padEnd(8)}${ipv4FromNumber(row.network)}${suffix(row)}${row.rest}`),
  ];
}

/** `show ip route A`: the longest match, and how it is known. */
export function showIpRouteTo(routes: readonly IpRoute[], address: string): string[] {
  const number = ipv4ToNumber(address);
  const [best] = routes
    .filter(({ network, length }) => length > 0 && (number & maskOf(length)) >>> 0 === ipv4ToNumber(network))
    .sort((a, b) => b.length - a.length);
  if (best === undefined) return ["% Network not in table"];
  const { network, length, source, via, interface: name } = best;
  return [
    `Routing entry for ${network}/${length}`,
    source === "static"
      ? `  Known via "static", distance 1, metric 0${via === null ? " (connected)" : ""}`
      : '  Known via "connected", distance 0, metric 0 (connected, via interface)',
    "  Routing Descriptor Blocks:",
    via === null ? `  * directly connected, via ${name}` : `  * ${via}`,
    "      Route metric is 0, traffic share count is 1",
  ];
}

/** A route has this much of the table's memory on the box. */
const OVERHEAD = 72;
const MEMORY = 144;

export function ipRouteSummary(routes: readonly IpRoute[]) {
  const of = (source: IpRoute["source"]) => {
    const mine = routes.filter((route) => route.source === source);
    const networks = mine.filter(({ network, length }) => length <= classOf(ipv4ToNumber(network))).length;
    return { networks, subnets: mine.length - networks };
  };
  return { connected: of("connected"), static: of("static") };
}

export function showIpRouteSummary(summary: ReturnType<typeof ipRouteSummary>, vrf = DEFAULT_ROUTER): string[] {
  const row = (name: string, { networks, subnets }: { readonly networks: number; readonly subnets: number }): string =>
    [name.padEnd(15), networks, subnets, OVERHEAD * (networks + subnets), MEMORY * (networks + subnets)]
      .map((cell) => String(cell).padEnd(11))
      .join(" ")
      .trimEnd();
  const { connected, static: fixed } = summary;
  return [
    `IP routing table name is ${vrf} (0x0)`,
    "IP routing table maximum-paths is 16",
    "Route Source    Networks    Subnets     Overhead    Memory (bytes)",
    row("connected", connected),
    row("static", fixed),
    row("Total", { networks: connected.networks + fixed.networks, subnets: connected.subnets + fixed.subnets }),
  ];
}
