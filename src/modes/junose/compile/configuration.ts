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

/** Interfaces by where they are: in a virtual router, or in a VRF, whether they stand in it or were put into it. */
export class Interfaces {
  readonly #configuration: Configuration;
  readonly #standing = new Map<string, ReadonlyMap<string | undefined, readonly ConfiguredInterface[]>>();

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  of(name: string): readonly ConfiguredInterface[] {
    const own = this.#byVrf(name).get(undefined) ?? [];
    if (!isVrf(name)) return own;
    return [...own, ...(this.#byVrf(routerAround(name)).get(innerName(name)) ?? [])];
  }

  /** Those of a virtual router that were put into a VRF which it does not have. */
  lost(name: string): { readonly interface: string; readonly vrf: string }[] {
    return [...this.#byVrf(name)].flatMap(([vrf, ports]) =>
      vrf === undefined || this.#configuration.routers.has(vrfName(name, vrf))
        ? []
        : ports.map((port) => ({ interface: port.name, vrf })),
    );
  }

  /** What stands in the tree of a virtual router, by the VRF that it was put into. */
  #byVrf(name: string): ReadonlyMap<string | undefined, readonly ConfiguredInterface[]> {
    const known =
      this.#standing.get(name) ?? Map.groupBy(interfacesIn(routerOf(this.#configuration, name)), ({ vrf }) => vrf);
    this.#standing.set(name, known);
    return known;
  }
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
