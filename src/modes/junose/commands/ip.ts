/** Global configuration of IP in a virtual router: routes, address pools, VRFs. */

import { ipv4ToNumber } from "../../../engine/kernel/address.ts";
import { ipv4, line, mask, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { interfaceReference, objectName, poolName, vrfName } from "../arguments.ts";
import { globalMode, vrfMode } from "../modes.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const ip = kw("ip", "Configure IP");
const inRouter = { mode: globalMode, scope: "virtualRouter" } as const;

export const routerId = setting({
  ...inRouter,
  section: "ip",
  form: [ip, kw("router-id", "Configure the router identifier"), arg("address", ipv4(), "Router identifier")],
  effect: inert("no routing protocol runs here"),
});

const routeTarget = oneOf(
  [arg("nextHop", ipv4(), "Address of the next hop")],
  [arg("interface", interfaceReference, "Interface that leads there")],
  [kw("tunnel", "Tunnel interface that leads there"), arg("tunnel", word({ max: 64 }), "Type and name of the tunnel")],
);
/** The table holds one route to a prefix, so what ranks and marks several of them is only kept. */
const routeMarks = [
  opt(arg("distance", uint(0, 255), "Administrative distance")),
  opt(kw("tag", "Mark the route"), arg("tag", uint(0, 4_294_967_295), "Mark")),
  flag("permanent", "permanent", "Keep the route while its interface is down"),
  opt(
    kw("verify", "Use the route while a probe says so"),
    kw("rtr", "Probe"),
    arg("probe", uint(1, 2_147_483_647), "Number"),
  ),
] as const;

export const route = setting({
  ...inRouter,
  section: "ip",
  form: [
    ip,
    kw("route", "Configure a static route"),
    arg("prefix", ipv4(), "Destination prefix"),
    arg("mask", mask(), "Destination mask"),
    routeTarget,
    ...routeMarks,
  ],
  key: ["prefix", "mask", "nextHop", "interface"],
  noForm: [
    ip,
    kw("route", "Remove a static route"),
    arg("prefix", ipv4(), "Destination prefix"),
    arg("mask", mask(), "Destination mask"),
    opt(routeTarget, ...routeMarks),
  ],
});

export const addressPool = setting({
  ...inRouter,
  section: "pool",
  form: [
    ip,
    kw("address-pool", "Configure where addresses of remote users come from"),
    pick("source", { local: "Local address pools", dhcp: "A DHCP server", none: "Nowhere" }),
  ],
  initial: { source: "local" },
});

const localPool = [ip, kw("local", "Configure local addresses"), kw("pool", "Configure a local address pool")] as const;

export const poolRange = setting({
  ...inRouter,
  section: "pool",
  form: [
    ...localPool,
    arg("name", poolName, "Name of the pool"),
    arg("first", ipv4(), "First address"),
    arg("last", ipv4(), "Last address"),
  ],
  key: ["name", "first"],
  noForm: [
    ...localPool,
    arg("name", poolName, "Name of the pool"),
    opt(arg("first", ipv4(), "First address"), opt(arg("last", ipv4(), "Last address"))),
  ],
  check: ({ first, last }) =>
    ipv4ToNumber(first) > ipv4ToNumber(last) ? "% The first address of a pool must not be above its last" : undefined,
});

export const poolWarning = setting({
  ...inRouter,
  section: "pool",
  form: [
    ...localPool,
    arg("name", poolName, "Name of the pool"),
    kw("warning", "Configure utilization thresholds"),
    arg("high", uint(1, 100), "Percentage at which a warning is given"),
    arg("abated", uint(1, 100), "Percentage at which it is taken back"),
  ],
  key: ["name"],
  initial: { high: 85, abated: 75 },
  quiet: true,
  check: ({ high, abated }) => (high <= abated ? "% The high threshold must be above the abated threshold" : undefined),
});

export const poolTrap = setting({
  ...inRouter,
  section: "pool",
  form: [...localPool, arg("name", poolName, "Name of the pool"), kw("snmpTrap", "Send SNMP traps for the pool")],
  key: ["name"],
  effect: inert("there is no SNMP agent"),
});

export const poolAlias = setting({
  ...inRouter,
  section: "pool",
  form: [
    ip,
    kw("local", "Configure local addresses"),
    kw("alias", "Configure another name of a local address pool"),
    arg("name", poolName, "Other name"),
    kw("pool-name", "Pool that it means"),
    arg("pool", poolName, "Name of the pool"),
  ],
  key: ["name"],
});

export const sharedPool = setting({
  ...inRouter,
  section: "pool",
  form: [
    ip,
    kw("local", "Configure local addresses"),
    kw("shared-pool", "Configure a pool that a local DHCP pool feeds"),
    arg("name", poolName, "Name of the pool"),
    arg("dhcpPool", objectName, "Name of the local DHCP pool"),
  ],
  key: ["name"],
  effect: inert("there is no local DHCP server"),
});

export const domainName = setting({
  ...inRouter,
  section: "ip",
  form: [ip, kw("domain-name", "Configure the default domain"), arg("domain", word(), "Domain")],
  effect: inert("no names are looked up"),
});

export const nameServer = setting({
  ...inRouter,
  section: "ip",
  form: [ip, kw("name-server", "Configure a DNS server"), arg("address", ipv4(), "Address of the server")],
  key: ["address"],
  effect: inert("no names are looked up"),
});

export const vrf = opener({
  ...inRouter,
  opens: vrfMode,
  section: "ip",
  form: [ip, kw("vrf", "Configure a VPN routing and forwarding instance"), arg("name", vrfName, "Name of the VRF")],
  key: ["name"],
});

const notExchanged = inert("routes of a VRF are not told to other routers");

const routeDistinguisher = shaped("ASN:NN", /^[\d.]+:\d+$/);

export const vrfDistinguisher = setting({
  mode: vrfMode,
  form: [kw("rd", "Configure the route distinguisher"), arg("value", routeDistinguisher, "Route distinguisher")],
  effect: notExchanged,
});

export const vrfRouteTarget = setting({
  mode: vrfMode,
  form: [
    kw("route-target", "Configure a route target"),
    pick("direction", { both: "Import and export", export: "Export only", import: "Import only" }),
    arg("value", routeDistinguisher, "Route target"),
  ],
  key: ["direction", "value"],
  effect: notExchanged,
});

export const vrfDescription = setting({
  mode: vrfMode,
  form: [kw("description", "Describe the VRF"), arg("text", line(), "Description, up to 80 characters")],
  check: ({ text }) => (text.length > 80 ? "% A description has up to 80 characters" : undefined),
  effect: inert("a description says nothing to the router"),
});

const vrfRest = usageLines(
  {
    mode: vrfMode,
    effect: notExchanged,
    words: {
      export: "Configure what is exported",
      import: "Configure what is imported",
      global: "To and from the table of the virtual router",
      map: "By a route map",
      "map WORD": "Name of the route map",
      filter: "Drop what the route map does not let through",
      maximum: "Configure how many routes there may be",
      "routes <>": "Routes, then per cent at which it is told",
      "warning-only": "Tell of it and take them all the same",
    },
  },
  {
    "export @[global] map WORD [filter]": "Configure what is exported",
    "import @[global] map WORD": "Configure what is imported",
    [`maximum routes <1-${MOST}> {warning-only | <1-100>}`]: "Configure how many routes there may be",
  },
);

export const ipCommands = [
  vrf,
  vrfDescription,
  vrfDistinguisher,
  vrfRouteTarget,
  ...vrfRest,
  routerId,
  domainName,
  nameServer,
  route,
  poolRange,
  poolWarning,
  poolTrap,
  poolAlias,
  sharedPool,
  addressPool,
];
