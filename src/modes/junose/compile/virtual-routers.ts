/** Virtual routers: their interfaces, routes, pools, users and how those prove themselves. */

import { type Address, ipv4FromNumber, ipv4ToNumber, maskOf } from "../../../engine/kernel/address.ts";
import type { SessionTimeoutsSpec } from "../../../engine/ppp-spec.ts";
import type { InterfaceSpec, PoolSpec, RouteSpec, UserSpec, VirtualRouterSpec } from "../../../engine/spec.ts";
import { type InterfaceName, interfaceText } from "../../../grammar/arguments.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { ipv6PrefixOf } from "../../common/ipv6-arguments.ts";
import {
  authentication,
  delimiter,
  dns,
  idleTimeout,
  selectDatabase,
  sessionTimeout,
  subscriberLimit,
  wins,
} from "../commands/aaa.ts";
import { addressPool, poolAlias, poolRange, poolWarning, route } from "../commands/ip.ts";
import { natTraversal } from "../commands/ipsec.ts";
import {
  hashOf,
  localUser,
  passwordOf,
  userAddress,
  userCredentials,
  username,
  userPool,
  userRouter,
} from "../commands/local-users.ts";
import { type Configuration, type ConfiguredInterface, type Interfaces, routerOf } from "./configuration.ts";
import { standing, stated } from "./standing.ts";

type Methods = VirtualRouterSpec["pppAuthenticationMethods"];

export function virtualRouterSpec(
  configuration: Configuration,
  name: string,
  ports: Interfaces,
  warn: (text: string) => void,
): VirtualRouterSpec {
  const tree = routerOf(configuration, name);
  const pools = poolSpecs(tree);
  const { source } = standing(tree, addressPool);
  if (source === "dhcp")
    warn(
      `ip address-pool dhcp: addresses cannot come from DHCP in virtual router ${name}; configure \`ip address-pool local\``,
    );
  for (const { interface: of, vrf } of ports.lost(name)) {
    warn(`interface ${of}: VRF ${vrf} of virtual router ${name} does not exist`);
  }
  return {
    name,
    interfaces: ports.of(name).flatMap(interfaceSpecs),
    routes: tree.all(route).flatMap((node) => routeSpec(node.values)),
    pools: source === "local" ? pools : [],
    users: userSpecs(configuration, tree),
    pppAuthenticationMethods: methodsOf(tree),
    natTraversal: !tree.all(natTraversal).some((node) => node.negated),
    domainDelimiters: standing(tree, delimiter).text,
    ...given("dns", serversOf(tree, dns)),
    ...given("nbns", serversOf(tree, wins)),
    ...given("sessionTimeouts", timeoutsOf(tree)),
    ...given("maxSubscribers", stated(tree, subscriberLimit)?.users),
  };
}

/** Two virtual routers plug an interface into the host by one device: the first has it. */
export function tellSharedDevices(routers: readonly VirtualRouterSpec[], warn: (text: string) => void): void {
  const holders = new Map<string, string>();
  for (const { name: router, interfaces } of routers) {
    for (const { name, hostDevice } of interfaces) {
      if (hostDevice === undefined) continue;
      const holder = holders.get(hostDevice);
      if (holder === undefined) holders.set(hostDevice, router);
      else if (holder !== router)
        warn(`interface ${name}: ${hostDevice} is a device of virtual router ${holder}, and not of ${router}`);
    }
  }
}

/** What is not configured is left out. */
function given<const Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  const nothing = value === undefined || (Array.isArray(value) && value.length === 0);
  return nothing ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

function timeoutsOf(tree: ConfigReader): SessionTimeoutsSpec | undefined {
  const idleSeconds = stated(tree, idleTimeout)?.seconds;
  const absoluteSeconds = stated(tree, sessionTimeout)?.seconds;
  if (idleSeconds === undefined && absoluteSeconds === undefined) return undefined;
  return { ...given("idleSeconds", idleSeconds), ...given("absoluteSeconds", absoluteSeconds) };
}

function serversOf(tree: ConfigReader, command: typeof dns): Address[] {
  const typed = tree.all(command);
  return ["primary", "secondary"].flatMap((rank) =>
    typed.flatMap(({ values }) => (values.rank === rank ? [values.address] : [])),
  );
}

/** A further address of an interface is another entry of the same name, behind that of its first one. */
function interfaceSpecs({ tree, node, name, isLoopback, commands }: ConfiguredInterface): InterfaceSpec[] {
  const first = stated(tree, commands.address, node);
  const others = tree.under(node, commands.secondaryAddress).map(({ values }) => values);
  const device = stated(tree, commands.hostInterface, node)?.device;
  const wire = {
    ...given("hostDevice", device),
    ...given("mtu", device === undefined ? undefined : stated(tree, commands.mtu, node)?.octets),
  };
  const ipv6 = tree.under(node, commands.ipv6Address).map(({ values }) => ipv6PrefixOf(values.prefix));
  return [first, ...others].map((address, index) => ({
    name,
    ...given("ipv6", index === 0 ? ipv6 : undefined),
    address: address === undefined ? undefined : { address: address.address, length: address.mask },
    enabled: stated(tree, commands.shutdown, node) === undefined,
    ipsecOnly: false,
    loopback: isLoopback,
    ...wire,
  }));
}

function routeSpec(values: {
  readonly prefix: Address;
  readonly mask: number;
  readonly nextHop?: Address | undefined;
  readonly interface?: InterfaceName | undefined;
}): RouteSpec[] {
  const prefix = {
    address: ipv4FromNumber((ipv4ToNumber(values.prefix) & maskOf(values.mask)) >>> 0),
    length: values.mask,
  };
  if (values.nextHop !== undefined) return [{ prefix, via: values.nextHop }];
  if (values.interface === undefined) return [];
  return [{ prefix, via: { interface: interfaceText(values.interface, " ") } }];
}

function poolSpecs(tree: ConfigReader): PoolSpec[] {
  const pools = new Map<string, { first: Address; last: Address }[]>();
  for (const { values } of tree.all(poolRange)) {
    const ranges = pools.get(values.name) ?? [];
    ranges.push({ first: values.first, last: values.last });
    pools.set(values.name, ranges);
  }
  const thresholds = new Map(tree.all(poolWarning).map(({ values }) => [values.name, values]));
  return [...pools].map(([name, ranges]) => {
    const { high = 100, abated = 0 } = { ...poolWarning.initial, ...thresholds.get(name) };
    return { name, ranges, warning: { high, abated } };
  });
}

/** Users of the database that this virtual router selects. */
function userSpecs(configuration: Configuration, tree: ConfigReader): UserSpec[] {
  const database = standing(tree, selectDatabase).name;
  const { chassis } = configuration;
  const aliases = new Map(tree.all(poolAlias).map(({ values }) => [values.name, values.pool]));
  const users = chassis
    .all(localUser)
    .filter((node) => node.values.database === database)
    .map((node): UserSpec => {
      const pool = stated(chassis, userPool, node)?.pool;
      const credentials = stated(chassis, userCredentials, node) ?? {};
      return {
        name: node.values.name,
        password: passwordOf(credentials),
        ...given("passwordHash", hashOf(credentials)),
        address: stated(chassis, userAddress, node)?.address,
        pool: pool === undefined ? undefined : (aliases.get(pool) ?? pool),
        ...given("virtualRouter", stated(chassis, userRouter, node)?.name),
      };
    });
  if (database !== "default") return users;
  const inDefault = chassis.all(username).map(
    ({ values }): UserSpec => ({
      name: values.name,
      password: passwordOf(values),
      ...given("passwordHash", hashOf(values)),
      address: undefined,
      pool: undefined,
    }),
  );
  return [...users, ...inDefault.filter((user) => !users.some((other) => other.name === user.name))];
}

/** RADIUS servers are unreachable here, so the method behind them decides; alone they leave no method. */
function methodsOf(tree: ConfigReader): Methods {
  return (stated(tree, authentication)?.methods ?? []).flatMap((method) => (method === "radius" ? [] : [method]));
}
