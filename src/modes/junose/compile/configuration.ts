/** A configuration as the compiler and the show commands read it: the chassis and its virtual routers. */

import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { hostname } from "../commands/system.ts";
import { standing } from "./standing.ts";

export interface Configuration {
  readonly chassis: ConfigReader;
  readonly routers: ReadonlyMap<string, ConfigReader>;
}

const NOTHING: ConfigReader = { all: () => [], find: () => undefined, under: () => [] };

/** The tree of a virtual router; of one without a line, an empty one. */
export function routerOf(configuration: Configuration, name: string): ConfigReader {
  return configuration.routers.get(name) ?? NOTHING;
}

/** Every virtual router, the default one first: it is always there. */
export function routerNames(configuration: Configuration): string[] {
  return [DEFAULT_ROUTER, ...[...configuration.routers.keys()].filter((name) => name !== DEFAULT_ROUTER)];
}

export function hostnameOf(configuration: Configuration): string {
  return standing(configuration.chassis, hostname).name;
}
