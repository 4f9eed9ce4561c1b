/** The virtual routers that were compiled, by name: other parts of the configuration name them and what is in them. */

import type { Address } from "../../../engine/kernel/address.ts";
import type { InterfaceSpec, VirtualRouterSpec } from "../../../engine/spec.ts";

type Ports = ReadonlyMap<string, InterfaceSpec>;

export class Routers {
  readonly #byName: ReadonlyMap<string, VirtualRouterSpec>;
  readonly #pools = new WeakMap<VirtualRouterSpec, ReadonlySet<string>>();
  readonly #poolNames = new WeakMap<VirtualRouterSpec, readonly string[]>();
  readonly #portsByName = new WeakMap<VirtualRouterSpec, Ports>();
  readonly #portsByAddress = new WeakMap<VirtualRouterSpec, Ports>();

  constructor(routers: readonly VirtualRouterSpec[]) {
    this.#byName = new Map(routers.map((router) => [router.name, router]));
  }

  get(name: string | undefined): VirtualRouterSpec | undefined {
    return name === undefined ? undefined : this.#byName.get(name);
  }

  hasPool(router: VirtualRouterSpec, name: string): boolean {
    const pools = this.#pools.get(router) ?? new Set(this.poolNames(router));
    this.#pools.set(router, pools);
    return pools.has(name);
  }

  /** One list for all who ask. */
  poolNames(router: VirtualRouterSpec): readonly string[] {
    const names = this.#poolNames.get(router) ?? router.pools.map((pool) => pool.name);
    this.#poolNames.set(router, names);
    return names;
  }

  /** The interface of that name, with its first address. */
  port(router: VirtualRouterSpec, name: string): InterfaceSpec | undefined {
    return this.#ports(this.#portsByName, router, (port) => port.name).get(name);
  }

  portWith(router: VirtualRouterSpec, address: Address): InterfaceSpec | undefined {
    return this.#ports(this.#portsByAddress, router, (port) => port.address?.address).get(address);
  }

  #ports(
    known: WeakMap<VirtualRouterSpec, Ports>,
    router: VirtualRouterSpec,
    keyOf: (port: InterfaceSpec) => string | undefined,
  ): Ports {
    const ports = known.get(router) ?? firstBy(router.interfaces, keyOf);
    known.set(router, ports);
    return ports;
  }
}

/** The first with each key. */
function firstBy(ports: readonly InterfaceSpec[], keyOf: (port: InterfaceSpec) => string | undefined): Ports {
  const first = new Map<string, InterfaceSpec>();
  for (const port of ports) {
    const key = keyOf(port);
    if (key !== undefined && !first.has(key)) first.set(key, port);
  }
  return first;
}
