/**
 * `show ip route`: what leads where in a virtual router. Connected networks of its interfaces, static routes whose way is
 * there, and a host route for every remote user (`AccIntern`). No routing protocol adds to them.
 */

import {
  type Address,
  ipv4FromNumber,
  ipv4ToNumber,
  maskOf,
  type Prefix,
  prefixContains,
} from "../../../engine/kernel/address.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { route } from "../commands/ip.ts";
import { routerOf } from "../compile/configuration.ts";
import { oneWord } from "./ip-interfaces.ts";
import { sessionNames } from "./l2tp-names.ts";
import { placed } from "./text.ts";

/** Words of `show ip route`, by the type that its table prints. */
export const ROUTE_TYPES = { connected: "Connect", static: "Static", "access-internal": "AccIntern" } as const;

export type RouteType = keyof typeof ROUTE_TYPES;

interface Route {
  readonly prefix: string;
  readonly address: Address;
  readonly length: number;
  readonly type: RouteType;
  readonly nextHop: Address;
  readonly distance: number;
  readonly metric: number;
  readonly interface: string;
}

const STATIC_DISTANCE = 1;
const ACCESS_DISTANCE = 2;

function networkOf({ address, length }: Prefix): Address {
  return ipv4FromNumber((ipv4ToNumber(address) & maskOf(length)) >>> 0);
}

function routeOf(prefix: Prefix, rest: Pick<Route, "type" | "nextHop" | "distance" | "interface">): Route {
  const address = networkOf(prefix);
  return { prefix: `${address}/${prefix.length}`, address, length: prefix.length, metric: 0, ...rest };
}

/** In the order of their prefixes. */
function routesOf(context: ExecContext): Route[] {
  const { snapshot, virtualRouter } = context;
  const names = sessionNames(snapshot);
  const spec = snapshot.spec.virtualRouters.find((router) => router.name === virtualRouter);
  const connected = (spec?.interfaces ?? []).flatMap(({ name, address, enabled, unplugged }) =>
    address === undefined || !enabled || unplugged
      ? []
      : [routeOf(address, { type: "connected", nextHop: address.address, distance: 0, interface: name })],
  );
  const users = snapshot.sessions.flatMap(({ session, virtualRouter: own, ppp }) =>
    ppp.peerAddress === undefined || own !== virtualRouter || ppp.ipcp !== "opened"
      ? []
      : [
          routeOf(
            { address: ppp.peerAddress, length: 32 },
            {
              type: "access-internal",
              nextHop: ppp.peerAddress,
              distance: ACCESS_DISTANCE,
              interface: `l2tp ${names.get(session) ?? session}`,
            },
          ),
        ],
  );
  const direct = [...connected, ...users];
  const distances = routerOf(context, virtualRouter).all(route);
  const statics = (spec?.routes ?? []).flatMap(({ prefix, via }) => {
    const typed = distances.find(
      ({ values }) =>
        values.mask === prefix.length && networkOf({ address: values.prefix, length: values.mask }) === prefix.address,
    );
    const distance = typed?.values.distance ?? STATIC_DISTANCE;
    const way =
      typeof via === "string" ? longest(direct, via) : connected.find((one) => one.interface === via.interface);
    if (way === undefined) return [];
    const nextHop = typeof via === "string" ? via : way.nextHop;
    return [routeOf(prefix, { type: "static", nextHop, distance, interface: way.interface })];
  });
  return [...direct, ...statics].sort(
    (a, b) => ipv4ToNumber(a.address) - ipv4ToNumber(b.address) || a.length - b.length || a.distance - b.distance,
  );
}

function longest(routes: readonly Route[], address: Address): Route | undefined {
  return routes
    .filter((one) => prefixContains(one, address))
    .sort((a, b) => b.length - a.length || a.distance - b.distance)[0];
}

const COLUMNS = [2, 22, 32, 49, 59];

export function showIpRoutes(
  context: ExecContext,
  wanted: {
    readonly type?: RouteType | undefined;
    readonly address?: Address | undefined;
    readonly mask?: number | undefined;
  },
): ExecResult {
  const { address, mask } = wanted;
  const ofType = routesOf(context).filter((one) => wanted.type === undefined || one.type === wanted.type);
  const best = address === undefined || mask !== undefined ? undefined : longest(ofType, address);
  const all =
    address === undefined
      ? ofType
      : ofType.filter((one) => (mask === undefined ? one === best : one.address === address && one.length === mask));
  return {
    lines: [
      "Protocol/Route type codes:",
      "  Connect- directly connected, Static- configured,",
      "  AccIntern- address of a remote user",
      "",
      placed(COLUMNS, ["Prefix/Length", "Type", "Next Hop", "Dst/Met", "Intf"]),
      placed(COLUMNS, ["------------------", "---------", "---------------", "---------", "-------------------"]),
      ...all.map((one) =>
        placed(COLUMNS, [
          one.prefix,
          ROUTE_TYPES[one.type],
          one.nextHop,
          `${one.distance}/${one.metric}`,
          oneWord(one.interface),
        ]),
      ),
    ],
    model: all,
  };
}

export function showIpRouteSummary(context: ExecContext): ExecResult {
  const all = routesOf(context);
  const counted = (type: RouteType): number => all.filter((one) => one.type === type).length;
  const model = {
    connected: counted("connected"),
    static: counted("static"),
    accessInternal: counted("access-internal"),
    total: all.length,
  };
  return {
    lines: [
      `${model.connected} connected routes`,
      `${model.static} static routes`,
      `${model.accessInternal} access-internal routes`,
      `${model.total} routes altogether`,
    ],
    model,
  };
}

/** Static routes as configured, whether or not their way is there. */
export function showStaticRoutes(context: ExecContext): ExecResult {
  const used = new Set(routesOf(context).flatMap((one) => (one.type === "static" ? [one.prefix] : [])));
  const spec = context.snapshot.spec.virtualRouters.find((router) => router.name === context.virtualRouter);
  const all = (spec?.routes ?? []).map(({ prefix, via }) => ({
    prefix: `${prefix.address}/${prefix.length}`,
    nextHop: typeof via === "string" ? via : via.interface,
    installed: used.has(`${prefix.address}/${prefix.length}`),
  }));
  const columns = [2, 22, 42];
  return {
    lines: [
      placed(columns, ["Prefix/Length", "Next Hop", "Installed"]),
      placed(columns, ["------------------", "------------------", "---------"]),
      ...all.map((one) => placed(columns, [one.prefix, one.nextHop, one.installed ? "yes" : "no"])),
    ],
    model: all,
  };
}
