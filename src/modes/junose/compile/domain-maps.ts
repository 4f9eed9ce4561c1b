/** Domain maps and AAA profiles to what the domain of a user decides. */

import type { DomainMapSpec, DomainRulesSpec } from "../../../engine/ppp-spec.ts";
import { interfaceText } from "../../../grammar/arguments.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { aaaProfile, domainAccess, translate } from "../commands/aaa-profile.ts";
import {
  domainMap,
  mapAuthenticationRouter,
  mapBackupPool,
  mapInterface,
  mapIpRouter,
  mapLoopback,
  mapOverride,
  mapPool,
  mapRouter,
  mapStripDomain,
  mapTunnel,
  tunnelGroupOfMap,
} from "../commands/domain-map.ts";
import { poolAlias } from "../commands/ip.ts";
import { type Configuration, routerOf } from "./configuration.ts";
import type { Routers } from "./routers.ts";
import { standing, stated } from "./standing.ts";

type Warn = (text: string) => void;

export function domainMaps(
  configuration: Configuration,
  routers: Routers,
  warn: Warn,
): Pick<{ readonly domainMaps?: readonly DomainMapSpec[] }, "domainMaps"> {
  const { chassis } = configuration;
  const maps = chassis.all(domainMap).map((node): DomainMapSpec => {
    const { domain } = node.values;
    const say = (text: string): void => warn(`domain map ${domain}: ${text}`);
    const both = stated(chassis, mapRouter, node)?.name ?? node.values.router;
    const virtualRouter = stated(chassis, mapIpRouter, node)?.name ?? both;
    const authenticationRouter = stated(chassis, mapAuthenticationRouter, node)?.name ?? both;
    const override = stated(chassis, mapOverride, node);
    const map = {
      domain,
      authenticationRouter,
      virtualRouter,
      unnumbered: unnumberedOf(chassis, node),
      pools: poolsOf(configuration, node, virtualRouter),
      stripDomain: standing(chassis, mapStripDomain, node).state === "enable",
      override: override?.password === undefined ? undefined : { name: override.name, password: override.password },
    };
    for (const name of new Set([virtualRouter, authenticationRouter])) {
      if (name !== undefined && routers.get(name) === undefined) say(`virtual router ${name} does not exist`);
    }
    checkPlace(map, routers, say);
    if (chassis.under(node, mapTunnel).length > 0 || stated(chassis, tunnelGroupOfMap, node) !== undefined) {
      say("the router opens no tunnels, so its users stand here");
    }
    return map;
  });
  return maps.length === 0 ? {} : { domainMaps: maps };
}

function unnumberedOf(chassis: ConfigReader, node: ConfigNode): string | undefined {
  const named = stated(chassis, mapInterface, node)?.interface;
  if (named !== undefined) return interfaceText(named, " ");
  const loopback = stated(chassis, mapLoopback, node)?.number;
  return loopback === undefined ? undefined : `loopback ${loopback}`;
}

/** An alias means its pool in the virtual router where the users stand. */
function poolsOf(configuration: Configuration, node: ConfigNode, virtualRouter: string | undefined): string[] {
  const { chassis } = configuration;
  const standsIn = virtualRouter === undefined ? undefined : routerOf(configuration, virtualRouter);
  return [mapPool, mapBackupPool].flatMap((command) => {
    const pool = stated(chassis, command, node)?.pool;
    if (pool === undefined) return [];
    return [standsIn?.find(poolAlias, { name: pool })?.values.pool ?? pool];
  });
}

function checkPlace(map: DomainMapSpec, routers: Routers, say: Warn): void {
  const router = routers.get(map.virtualRouter);
  if (router === undefined) return;
  for (const pool of map.pools) {
    if (!routers.hasPool(router, pool)) say(`virtual router ${router.name} has no pool ${pool}`);
  }
  const { unnumbered } = map;
  if (unnumbered === undefined) return;
  const lender = routers.port(router, unnumbered);
  if (lender?.address === undefined) say(`${unnumbered} has no address in virtual router ${router.name}`);
}

/** `undefined` when there is no such AAA profile. */
export function domainRules({ chassis }: Configuration, name: string): DomainRulesSpec | undefined {
  const node = chassis.find(aaaProfile, { name });
  if (node === undefined) return undefined;
  return {
    access: chassis
      .under(node, domainAccess)
      .map(({ values }) => ({ domain: values.domain, admit: values.access === "allow" })),
    translate: chassis.under(node, translate).map(({ values }) => ({ from: values.from, to: values.to })),
  };
}
