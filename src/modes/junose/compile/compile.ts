/** A JunosE configuration to the intent of the chassis, with what it asks for and cannot have. */

import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { Compiled } from "../../dialect.ts";
import { accessLists } from "./access-lists.ts";
import { type Configuration, hostnameOf, Interfaces, routerNames, routerOf } from "./configuration.ts";
import { domainMaps } from "./domain-maps.ts";
import { certificates, ikePolicies, ipsecGateways, preSharedKeys } from "./ipsec.ts";
import { l2tpSystem, profiles } from "./l2tp.ts";
import { Routers } from "./routers.ts";
import { tellSharedDevices, virtualRouterSpec } from "./virtual-routers.ts";

export function compile(configuration: Configuration): Compiled {
  const warnings = new Set<string>();
  const warn = (text: string): void => void warnings.add(text);
  const ports = new Interfaces(configuration);
  const virtualRouters = routerNames(configuration).map((name) => virtualRouterSpec(configuration, name, ports, warn));
  tellSharedDevices(virtualRouters, warn);
  const routers = new Routers(virtualRouters);
  const gateways = ipsecGateways(configuration, routers, warn);
  const { lns, ppp } = profiles(configuration, routers, gateways, warn);
  const spec = {
    hostname: hostnameOf(configuration),
    virtualRouters,
    ikePolicies: ikePolicies(configuration),
    preSharedKeys: preSharedKeys(configuration),
    ...certificates(configuration),
    deadPeerDetection: undefined,
    ipsecGateways: gateways,
    l2tp: l2tpSystem(configuration),
    lnsProfiles: lns,
    pppProfiles: ppp,
    accessLists: accessLists(routerOf(configuration, DEFAULT_ROUTER)),
    ...domainMaps(configuration, routers, warn),
  };
  return { spec, warnings: [...warnings] };
}
