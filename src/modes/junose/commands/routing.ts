/** Routing protocols, their filters and what they put on interfaces: kept and printed. Routes here are static. */

import { line, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { objectName } from "../arguments.ts";
import { globalMode, routeMapMode, routerMode } from "../modes.ts";
import { address, aName, anInterface, choice, MOST, netmask, number, text } from "./kept-parameters.ts";

const effect = inert("no routing protocol runs here; routes are static");
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "routing", effect } as const;

const protocol = opener({
  ...inRouter,
  opens: routerMode,
  form: [
    kw("router", "Configure a routing protocol"),
    oneOf(
      [kw("bgp", "Border Gateway Protocol"), arg("bgp", uint(1, 65_535), "Number of the autonomous system")],
      [kw("ospf", "Open Shortest Path First"), arg("ospf", uint(1, 65_535), "Number of the process")],
      [
        pick("isis", { isis: "Intermediate System to Intermediate System" }),
        opt(arg("tag", word(), "Name of the area")),
      ],
      [
        pick("protocol", {
          rip: "Routing Information Protocol",
          pim: "Protocol Independent Multicast",
          dvmrp: "Distance Vector Multicast Routing Protocol",
          igmp: "Internet Group Management Protocol",
        }),
      ],
    ),
  ],
  key: ["bgp", "ospf", "isis", "tag", "protocol"],
});

const parameters = opt(arg("text", line(), "Parameters"));

const inProtocol = keptLines(
  { mode: routerMode, effect },
  {
    address: "Configure the protocol on an address",
    "address-family": "Configure an address family",
    "aggregate-address": ["Configure an aggregate", [address, netmask, parameters], ["address", "mask"]],
    area: "Configure an area",
    "auto-summary": ["Summarize at network boundaries", []],
    "automatic-virtual-link": ["Make virtual links by itself", []],
    bgp: "Configure BGP",
    "calculate-metric": "Configure how metrics are calculated",
    "default-information": "Configure the default route",
    "default-metric": ["Configure the metric of foreign routes", [number("Metric", 0, MOST)]],
    distance: "Configure the administrative distance",
    "distribute-list": "Filter routes",
    "exit-address-family": ["Leave the address family", []],
    "interface-event-disable": "Ignore events of interfaces",
    "is-type": [
      "Configure the level",
      [choice({ "level-1": "Inside an area", "level-1-2": "Both", "level-2-only": "Between areas" })],
    ],
    "log-adjacency-changes": "Log changes of neighbors",
    "maximum-paths": [
      "Configure how many equal paths are used",
      [opt(pick("kind", { ebgp: "From outside", eibgp: "From both", ibgp: "From inside" })), number("Paths", 1, 16)],
      ["kind"],
    ],
    "metric-style": "Configure the style of metrics",
    neighbor: "Configure a neighbor",
    net: ["Configure the network entity title", [text("Network entity title")], ["text"]],
    network: "Configure a network",
    "passive-interface": [
      "Send nothing on an interface",
      [oneOf([pick("all", { default: "Every interface" })], [anInterface])],
      ["all", "interface"],
    ],
    "reference-bandwidth": "Configure what costs are counted from",
    redistribute: [
      "Take routes from elsewhere",
      [
        pick("source", {
          access: "Networks of users",
          "access-internal": "Addresses of users",
          bgp: "BGP",
          connected: "Networks of interfaces",
          dvmrp: "DVMRP",
          isis: "IS-IS",
          ospf: "OSPF",
          rip: "RIP",
          static: "Configured routes",
        }),
        parameters,
      ],
      ["source", "text"],
    ],
    "router-id": ["Configure the router identifier", [address]],
    "route-distinguisher": ["Configure a route distinguisher", [text("Two numbers with a colon between them")]],
    "summary-address": "Configure a summary",
    synchronization: ["Wait for the interior protocol", []],
    "table-map": "Change routes on their way into the table",
    timers: "Configure timers",
    "traffic-share": "Configure how traffic is shared",
    version: ["Configure the version", [number("Version", 1, 2)]],
  },
);

const routeMap = opener({
  ...inRouter,
  opens: routeMapMode,
  form: [
    kw("route-map", "Configure a route map"),
    arg("name", objectName, "Name of the route map"),
    opt(
      pick("action", { permit: "Let matching routes through", deny: "Stop matching routes" }),
      opt(arg("sequence", uint(0, 65_535), "Place in the route map")),
    ),
  ],
  key: ["name", "action", "sequence"],
  noForm: [
    kw("route-map", "Remove a route map"),
    arg("name", objectName, "Name of the route map"),
    opt(
      pick("action", { permit: "Let matching routes through", deny: "Stop matching routes" }),
      opt(arg("sequence", uint(0, 65_535), "Place in the route map")),
    ),
  ],
});

const inRouteMap = keptLines(
  { mode: routeMapMode, effect },
  { match: "Configure which routes match", set: "Configure what becomes of a route" },
);

const permission = pick("action", { deny: "Stop what matches", permit: "Let what matches through" });
const rule = [aName, permission, arg("text", line(), "What matches")] as const;
const RULE_KEY = ["name", "action", "text"] as const;

const filters = keptLines(
  { ...inRouter, shared: { ip: "Configure IP", "as-path": "Configure AS paths" } },
  {
    "ip as-path access-list": ["Configure an access list of AS paths", rule, RULE_KEY],
    "ip community-list": ["Configure a list of communities", rule, RULE_KEY],
    "ip extcommunity-list": ["Configure a list of extended communities", rule, RULE_KEY],
    "ip prefix-list": [
      "Configure a list of prefixes",
      [
        aName,
        opt(kw("seq", "Place in the list"), number("Place", 1, MOST)),
        permission,
        arg("prefix", shaped("A.B.C.D/nn", /^\d{1,3}(?:\.\d{1,3}){3}\/(?:\d|[12]\d|3[0-2])$/), "Prefix"),
        opt(kw("ge", "No shorter than"), arg("least", uint(1, 32), "Bits")),
        opt(kw("le", "No longer than"), arg("most", uint(1, 32), "Bits")),
      ],
      ["name", "number", "prefix", "least", "most"],
    ],
    "ip prefix-tree": "Configure a tree of prefixes",
  },
);

const multicast = keptLines(
  { ...inRouter, effect: inert("multicast is not forwarded"), shared: { ip: "Configure IP" } },
  {
    "ip multicast-routing": "Forward multicast",
    "ip rpf-route": "Configure a route of the reverse path check",
  },
);

const elsewhere = [
  ...keptLines(
    { ...inRouter, effect: inert("labels are not switched") },
    { mpls: "Configure Multiprotocol Label Switching" },
  ),
  ...keptLines({ ...inRouter, effect: inert("only IPv4 is carried") }, { ipv6: "Configure IPv6" }),
  setting({
    ...inRouter,
    form: [kw("ip", "Configure IP"), kw("static-route", "Configure static routes"), arg("text", line(), "Parameters")],
  }),
];

export const routingCommands = [
  protocol,
  ...inProtocol,
  routeMap,
  ...inRouteMap,
  ...filters,
  ...multicast,
  ...elsewhere,
];
