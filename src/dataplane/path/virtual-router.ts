/** A virtual router as packets see it: which addresses are its own, and which session or host link leads to the others. */

import type { ConfigureRouter } from "../../engine/forwarding.ts";
import { type Address, ipv4ToSigned, isIpv6, maskOf, type Prefix } from "../../engine/kernel/address.ts";
import { FarWay } from "./far.ts";
import { HostLink } from "./host-link.ts";
import type { Session } from "./session.ts";

/** Networks behind a session's address, or behind a link. */
interface Route {
  readonly network: number;
  readonly mask: number;
  readonly via: number | HostLink | FarWay;
}

export class VirtualRouter {
  readonly name: string;
  /** Addresses are signed numbers here. */
  addresses: ReadonlySet<number> = new Set();
  ipsecOnly: ReadonlySet<Address> = new Set();
  /** Access lists for what reaches an address from outside. */
  filters: ReadonlyMap<Address, string> = new Map();
  /** By the peer's address. */
  readonly sessions = new Map<number, Session | FarWay>();
  /** By the host's device. */
  links: ReadonlyMap<string, HostLink> = new Map();
  /** A client's way to everything that is not its own. */
  defaultSession: Session | undefined;
  /** The longest prefix first. */
  #routes: readonly Route[] = [];
  #ownRoutes: readonly Route[] = [];
  #farRoutes: readonly Route[] = [];

  constructor(name: string) {
    this.name = name;
  }

  configure(configure: ConfigureRouter): void {
    // Inside of tunnels there is no IPv6 that could be for us.
    this.addresses = new Set(configure.addresses.filter((address) => !isIpv6(address)).map(ipv4ToSigned));
    this.ipsecOnly = new Set(configure.ipsecOnly);
    this.filters = new Map((configure.filters ?? []).map(({ address, list }) => [address, list]));
    const links = (configure.hostLinks ?? []).map((link) => ({
      link: new HostLink(this, link, this.links.get(link.device)?.counters),
      networks: link.networks,
    }));
    this.links = new Map(links.map(({ link }) => [link.device, link]));
    this.#ownRoutes = [
      ...configure.routes.map(({ prefix, nextHop }) => routeTo(prefix, ipv4ToSigned(nextHop))),
      ...links.flatMap(({ link, networks }) => networks.map((prefix) => routeTo(prefix, link))),
    ];
    this.#sortRoutes();
  }

  /** Replaces what is known of networks behind the host links of another line module. */
  setFarNetworks(networks: readonly Prefix[], module: number): void {
    const way = new FarWay(module);
    this.#farRoutes = networks.map((prefix) => routeTo(prefix, way));
    this.#sortRoutes();
  }

  /** Where packets to an address leave; a session's own address comes first. */
  wayTo(destination: number): Session | HostLink | FarWay | undefined {
    const host = this.sessions.get(destination);
    if (host !== undefined || this.#routes.length === 0) return host;
    for (const { network, mask, via } of this.#routes) {
      if ((destination & mask) !== network) continue;
      const way = typeof via === "number" ? this.sessions.get(via) : via;
      // A route through a session that is not there is no route.
      if (way !== undefined) return way;
    }
    return undefined;
  }

  #sortRoutes(): void {
    this.#routes = [...this.#ownRoutes, ...this.#farRoutes].sort((a, b) => b.mask - a.mask);
  }
}

function routeTo(prefix: Prefix, via: Route["via"]): Route {
  const mask = maskOf(prefix.length);
  return { network: ipv4ToSigned(prefix.address) & mask, mask, via };
}
