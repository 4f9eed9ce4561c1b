/** `show ip route` in the layout of 12.4: networks of one class below a line that says how they are divided. */

import { ipv4FromNumber, ipv4ToNumber, maskOf } from "../../../engine/kernel/address.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
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

interface Row {
  readonly code: "C" | "S" | "S*";
  readonly network: number;
  readonly length: number;
  readonly rest: string;
}

/** The global table, or that of a VRF: connected networks, static routes, and a host route for each session. */
export function showIpRoute(snapshot: Snapshot, vrf = DEFAULT_ROUTER): string[] {
  const router = snapshot.spec.virtualRouters.find((candidate) => candidate.name === vrf);
  if (router === undefined) return [`% IP routing table ${vrf} does not exist`];
  const connected = router.interfaces.flatMap((port): Row[] =>
    port.enabled && port.address !== undefined
      ? [rowOf("C", port.address.address, port.address.length, ` is directly connected, ${port.name}`)]
      : [],
  );
  const peers = snapshot.sessions.flatMap((session): Row[] => {
    const { peerAddress, ipcp } = session.ppp;
    if (session.virtualRouter !== vrf || ipcp !== "opened" || peerAddress === undefined) return [];
    return [rowOf("C", peerAddress, 32, ` is directly connected, ${virtualAccess(session.index).long}`)];
  });
  const fixed = router.routes.map(({ prefix, via }) =>
    rowOf(
      prefix.length === 0 ? "S*" : "S",
      prefix.address,
      prefix.length,
      typeof via === "string" ? ` [1/0] via ${via}` : ` is directly connected, ${via.interface}`,
    ),
  );
  const way = router.routes.find(({ prefix }) => prefix.length === 0)?.via;
  const gateway = typeof way === "string" ? way : "0.0.0.0";
  return [
    ...(vrf === DEFAULT_ROUTER ? [] : ["", `Routing Table: ${vrf}`]),
    ...LEGEND,
    `Gateway of last resort is ${way === undefined ? "not set" : `${gateway} to network 0.0.0.0`}`,
    "",
    ...grouped([...connected, ...peers, ...fixed]),
  ];
}

function rowOf(code: Row["code"], address: string, length: number, rest: string): Row {
  return { code, network: (ipv4ToNumber(address) & maskOf(length)) >>> 0, length, rest };
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
  const groups = new Map<number, Row[]>();
  for (const row of sorted) {
    const length = classOf(row.network);
    if (row.length < length) continue;
    const major = (row.network & maskOf(length)) >>> 0;
    groups.set(major, [...(groups.get(major) ?? []), row]);
  }
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
