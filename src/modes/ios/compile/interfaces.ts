/** Interfaces, virtual routers, routes, pools and users of an IOS configuration. */

import type { Prefix } from "../../../engine/kernel/address.ts";
import { Secret } from "../../../engine/kernel/secret.ts";
import {
  DEFAULT_ROUTER,
  type InterfaceSpec,
  type PoolSpec,
  type RouteSpec,
  type UserSpec,
  type VirtualRouterSpec,
} from "../../../engine/spec.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { ipv6PrefixOf } from "../../common/ipv6-arguments.ts";
import { hashOf, type PasswordType } from "../../common/passwords.ts";
import { decodeType7 } from "../../common/type7.ts";
import { nameOf } from "../arguments.ts";
import { aaaAuthentication } from "../commands/aaa.ts";
import { interfaceCryptoMap, mapOption } from "../commands/crypto-map.ts";
import { hostInterface, ipMtu, mtu as linkMtu } from "../commands/interface.ts";
import { ipAddress, ipAddressSecondary, isEnabled, vrfOf } from "../commands/interface-addresses.ts";
import { type InterfaceNode, interfacesIn } from "../commands/interface-openers.ts";
import { natTransparency } from "../commands/ipsec.ts";
import { interfaceIpv6 } from "../commands/ipv6.ts";
import { localPool } from "../commands/pools.ts";
import { pppAuthentication } from "../commands/ppp.ts";
import { route } from "../commands/routes.ts";
import { userMaxLinks, username } from "../commands/system.ts";
import { vrf, vrfDefinition } from "../commands/vrf.ts";
import { accessGroupsOf } from "./access-lists.ts";
import type { Warnings } from "./warnings.ts";

/** The virtual router an interface belongs to. */
export function routerOf(config: ConfigReader, node: ConfigNode): string {
  return vrfOf(config, node) ?? DEFAULT_ROUTER;
}

export function addressOf(config: ConfigReader, node: ConfigNode): InterfaceSpec["address"] {
  const values = config.under(node, ipAddress)[0]?.values;
  return values === undefined ? undefined : { address: values.address, length: values.mask };
}

/** In the order they were typed. */
export function ipv6AddressesOf(config: ConfigReader, node: ConfigNode): readonly Prefix[] {
  return config.under(node, interfaceIpv6).map(({ values }) => ipv6PrefixOf(values.prefix));
}

/** A password of type 0 or 7 in the clear; `undefined` for a hash. */
export function clearPassword(
  encoding: string | undefined,
  password: Secret,
  where: string,
  warnings: Warnings,
): Secret | undefined {
  if (encoding !== "7") return encoding === "5" ? undefined : password;
  const clear = decodeType7(password.reveal());
  if (clear === undefined) {
    warnings.add(where, "the password of type 7 is not one");
    return undefined;
  }
  return new Secret(clear);
}

export function virtualRouters(config: ConfigReader, warnings: Warnings): VirtualRouterSpec[] {
  const tables = [...config.all(vrf), ...config.all(vrfDefinition)].map((node) => node.values.name);
  const names = new Set([DEFAULT_ROUTER, ...tables]);
  const ports = Map.groupBy(interfacesIn(config), (node) => routerOf(config, node));
  for (const [name, nodes] of ports) {
    if (names.has(name)) continue;
    for (const node of nodes) warnings.add(`interface ${nameOf(node.values.name)}`, `there is no ip vrf ${name}`);
  }
  const routes = Map.groupBy(config.all(route), ({ values }) => values.vrf ?? DEFAULT_ROUTER);
  const lending = localAddressInterfaces(config);
  const users = usersOf(config, warnings);
  const pools = poolsOf(config);
  const methods = pppMethods(config, warnings);
  const natTraversal = !config
    .all(natTransparency)
    .some((node) => node.negated && node.values.kind === "udp-encapsulation");
  return [...names].map((name) => ({
    name,
    interfaces: interfacesOf(config, ports.get(name) ?? [], lending),
    routes: routesOf(routes.get(name) ?? []),
    pools,
    users,
    pppAuthenticationMethods: methods,
    natTraversal,
  }));
}

/** `lending`: interfaces whose address a bound crypto map uses. */
function interfacesOf(
  config: ConfigReader,
  ports: readonly InterfaceNode[],
  lending: ReadonlySet<string>,
): InterfaceSpec[] {
  return ports
    .filter((node) => node.values.name.type !== "Virtual-Template")
    .flatMap((node) => {
      const name = nameOf(node.values.name);
      const common = {
        enabled: isEnabled(config, node),
        ipsecOnly: lending.has(name) || config.under(node, interfaceCryptoMap).length > 0,
        loopback: node.values.name.type === "Loopback",
        ...accessGroupsOf(config, node),
        ...hostWire(config, node),
      };
      const secondary = config.under(node, ipAddressSecondary).map(({ values }) => ({
        ...common,
        name,
        address: { address: values.address, length: values.mask },
      }));
      const ipv6 = ipv6AddressesOf(config, node);
      const primary = { ...common, name, address: addressOf(config, node), ...(ipv6.length > 0 && { ipv6 }) };
      return [primary, ...secondary];
    });
}

const MTU_BY_ITSELF = 1500;

/** The device that an interface is plugged into, and what may be sent over that wire. */
function hostWire(config: ConfigReader, node: ConfigNode): Pick<InterfaceSpec, "hostDevice" | "mtu"> {
  const device = config.under(node, hostInterface)[0]?.values.device;
  if (device === undefined) return {};
  const mtus = [...config.under(node, ipMtu), ...config.under(node, linkMtu)].map(({ values }) => values.octets);
  const mtu = mtus.length === 0 ? MTU_BY_ITSELF : Math.min(...mtus);
  return { hostDevice: device, ...(mtu === MTU_BY_ITSELF ? {} : { mtu }) };
}

/** Interfaces whose address a bound crypto map uses by `local-address`. */
function localAddressInterfaces(config: ConfigReader): ReadonlySet<string> {
  const bound = new Set(
    interfacesIn(config).flatMap((port) => config.under(port, interfaceCryptoMap).map(({ values }) => values.name)),
  );
  const options = config.all(mapOption).filter(({ values }) => bound.has(values.name));
  return new Set(options.map(({ values }) => nameOf(values.interface)));
}

function routesOf(lines: readonly ConfigNode<typeof route.form>[]): RouteSpec[] {
  return lines.map(({ values }) => ({
    prefix: { address: values.prefix, length: values.mask },
    via: values.nextHop ?? { interface: values.interface === undefined ? "" : nameOf(values.interface) },
  }));
}

const LOWEST_PRIORITY = 1;

function poolsOf(config: ConfigReader): PoolSpec[] {
  const lines = Map.groupBy(
    config.all(localPool).map(({ values }) => values),
    ({ name }) => name,
  );
  return [...lines].map(([name, ranges]) => {
    const of = <Name extends "group" | "cacheSize" | "recycleSeconds">(what: Name) =>
      ranges.find((range) => range[what] !== undefined)?.[what];
    const [group, recycleSeconds] = [of("group"), of("recycleSeconds")];
    return {
      name,
      // The sort keeps the order of equals.
      ranges: ranges
        .toSorted((a, b) => (b.priority ?? LOWEST_PRIORITY) - (a.priority ?? LOWEST_PRIORITY))
        .map(({ first, last = first }) => ({ first, last })),
      ...(group === undefined ? {} : { group }),
      ...(of("cacheSize") === 0 ? { remembersUsers: false } : {}),
      ...(recycleSeconds === undefined ? {} : { recycleSeconds }),
    };
  });
}

function usersOf(config: ConfigReader, warnings: Warnings): UserSpec[] {
  const challenged = challengesUsers(config);
  for (const { values } of config.all(username)) {
    // Who has a privilege level logs in on a terminal.
    if (values.secret !== undefined && values.privilege === undefined && challenged) {
      warnings.add(
        `username ${values.name}`,
        "a secret is a hash, which CHAP cannot use: only PAP can prove this user",
      );
    }
  }
  return config.all(username).map(({ values }) => ({
    name: values.name,
    password:
      values.password === undefined
        ? undefined
        : clearPassword(values.encoding, values.password, `username ${values.name}`, warnings),
    ...hashOfUser(values),
    address: undefined,
    pool: undefined,
    ...linksOf(config, values.name),
  }));
}

function linksOf(config: ConfigReader, name: string): Pick<UserSpec, "maxSessions"> {
  const links = config.find(userMaxLinks, { name })?.values.links;
  return links === undefined ? {} : { maxSessions: links };
}

/** Whether any template asks for a proof that is computed with the password. */
function challengesUsers(config: ConfigReader): boolean {
  return interfacesIn(config)
    .flatMap((node) => config.under(node, pppAuthentication))
    .some(({ values }) => values.methods.some((method) => method !== "pap"));
}

/** A secret that the clear text is still known of is hashed by the shell before it is kept. */
function hashOfUser(values: {
  readonly secret?: Secret | undefined;
  readonly hashing?: PasswordType | undefined;
}): Pick<UserSpec, "passwordHash"> {
  const hash = values.secret === undefined ? undefined : hashOf(values.secret, values.hashing ?? "0");
  return hash === undefined ? {} : { passwordHash: hash };
}

/** The list that a virtual template names, else the default one; without any list the box asks its own users. */
function pppMethods(config: ConfigReader, warnings: Warnings): ("local" | "none")[] {
  const lists = config.all(aaaAuthentication).filter(({ values }) => values.service === "ppp");
  const named = interfacesIn(config)
    .flatMap((node) => config.under(node, pppAuthentication).map(({ values }) => values.list))
    .find((name) => name !== undefined && name !== "default");
  const list =
    lists.find(({ values }) => values.list !== undefined && values.list === named) ??
    lists.find(({ values }) => values.standard === "default");
  if (list === undefined) return ["local"];
  const known = list.values.methods.flatMap((method): ("local" | "none")[] => {
    if (method === "local" || method === "local-case") return ["local"];
    return method === "none" ? ["none"] : [];
  });
  if (known.length < list.values.methods.length) {
    const name = list.values.list ?? "default";
    warnings.add(`aaa authentication ppp ${name}`, "only local and none are asked here; other methods are passed over");
  }
  return known;
}
