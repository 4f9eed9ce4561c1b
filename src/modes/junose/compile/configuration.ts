/** A configuration as the compiler and the show commands read it: the chassis and its virtual routers. */

import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { type InterfaceName, interfaceText } from "../../../grammar/arguments.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { innerName, isVrf, routerAround, vrfName } from "../../tree/vrfs.ts";
import { mainInterfaceOpener, onInterface, onSubinterface, subinterfaceOpener } from "../commands/interface.ts";
import { hostname } from "../commands/system.ts";
import { standing, stated } from "./standing.ts";

export interface Configuration {
  readonly chassis: ConfigReader;
  readonly routers: ReadonlyMap<string, ConfigReader>;
}

const NOTHING: ConfigReader = {
  all: () => [],
  find: () => undefined,
  under: () => [],
  changesFor: () => ({ there: [], gone: [] }),
};

/** The tree of a virtual router; of one without a line, an empty one. */
export function routerOf(configuration: Configuration, name: string): ConfigReader {
  return configuration.routers.get(name) ?? NOTHING;
}

/** Every virtual router, the default one first: it is always there. */
export function routerNames(configuration: Configuration): string[] {
  return [DEFAULT_ROUTER, ...[...configuration.routers.keys()].filter((name) => name !== DEFAULT_ROUTER)];
}

/** Interfaces of a virtual router, or of a VRF: those that stand in it, and those put into it where its virtual router stands. */
export function interfacesOf(configuration: Configuration, name: string): ConfiguredInterface[] {
  const own = interfacesIn(routerOf(configuration, name)).filter(({ vrf }) => vrf === undefined);
  if (!isVrf(name)) return own;
  const put = interfacesIn(routerOf(configuration, routerAround(name))).filter(({ vrf }) => vrf === innerName(name));
  return [...own, ...put];
}

/** Interfaces of a virtual router that were put into a VRF which it does not have. */
export function lostInterfaces(
  configuration: Configuration,
  name: string,
): { readonly interface: string; readonly vrf: string }[] {
  return interfacesIn(routerOf(configuration, name)).flatMap(({ name: of, vrf }) =>
    vrf === undefined || configuration.routers.has(vrfName(name, vrf)) ? [] : [{ interface: of, vrf }],
  );
}

export interface ConfiguredInterface {
  readonly tree: ConfigReader;
  readonly node: ConfigNode;
  /** `fastEthernet 0/0`. */
  readonly name: string;
  readonly isLoopback: boolean;
  readonly commands: typeof onInterface;
  readonly vrf: string | undefined;
}

function interfacesIn(tree: ConfigReader): ConfiguredInterface[] {
  const described = (node: ConfigNode, of: InterfaceName, commands: typeof onInterface): ConfiguredInterface => ({
    tree,
    node,
    name: interfaceText(of, " "),
    isLoopback: of.type === "loopback",
    commands,
    vrf: stated(tree, commands.vrfForwarding, node)?.vrf,
  });
  return [
    ...tree.all(mainInterfaceOpener).map((node) => described(node, node.values.name, onInterface)),
    ...tree.all(subinterfaceOpener).map((node) => described(node, node.values.name, onSubinterface)),
  ];
}

export function hostnameOf(configuration: Configuration): string {
  return standing(configuration.chassis, hostname).name;
}
