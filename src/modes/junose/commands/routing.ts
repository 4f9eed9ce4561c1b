/** Routing protocols, their filters and what they put on interfaces: kept and printed. Routes here are static. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { objectName } from "../arguments.ts";
import { globalMode, routeMapMode, routerMode } from "../modes.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

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

const METRIC = `[metric <0-${MOST}>]`;

const inProtocol = usageLines(
  {
    mode: routerMode,
    effect,
    words: {
      "<>": "Number",
      LINE: "Parameters",
      WORD: "Name",
      "address unnumbered": "An interface without an address of its own",
      ipv4: "IPv4",
      ipv6: "IPv6",
      vpnv4: "IPv4 of VPNs",
      l2vpn: "Layer 2 VPNs",
      vpls: "Virtual private LANs",
      multicast: "Multicast routes",
      unicast: "Unicast routes",
      vrf: "Of a VRF",
      "vrf WORD": "Name of the VRF",
      "advertise-map": "Which routes go into the aggregate",
      "as-set": "Tell the autonomous systems in it",
      "attribute-map": "What becomes of its attributes",
      "summary-only": "Tell the aggregate only",
      "suppress-map": "Which routes are not told",
      "always-compare-med": "Compare metrics of different neighbors",
      bestpath: "Configure which path is the best",
      "client-to-client": "Configure reflection between clients",
      reflection: "Reflect routes",
      "cluster-id": "Configure the identifier of the cluster",
      confederation: "Configure a confederation",
      dampening: "Dampen routes that come and go",
      default: "Configure defaults",
      "ipv4-unicast": "Neighbors speak of IPv4 unicast",
      "local-preference": "Preference of routes",
      "deterministic-med": "Compare metrics within each neighboring system",
      "enforce-first-as": "A neighbor names its own system first",
      "fast-external-fallover": "Drop a neighbor when its link goes down",
      "graceful-restart": "Keep forwarding while a neighbor restarts",
      "log-neighbor-changes": "Log changes of neighbors",
      "maxas-limit": "Configure how long paths may be",
      "bgp router-id": "Configure the router identifier",
      shutdown: "Shut BGP down",
      originate: "Tell a default route",
      always: "Also without one of our own",
      metric: "Metric of the route",
      "metric-type": "Type of the metric",
      "route-map": "Which routes, and how they are changed",
      tag: "Mark of the route",
      "level-1": "Inside an area",
      "level-1-2": "Both",
      "level-2-only": "Between areas",
      "level-2": "Between areas",
      "distance bgp": "Of routes from outside, from inside, and of our own",
      "distance ospf": "Of routes of OSPF",
      "default-information": "Configure the default route",
      "distance ip": "Of routes of a protocol",
      external: "Routes from outside",
      "inter-area": "Routes between areas",
      "intra-area": "Routes inside an area",
      in: "Routes that come in",
      out: "Routes that go out",
      ebgp: "From outside",
      eibgp: "From both",
      ibgp: "From inside",
      narrow: "Short metrics",
      transition: "Both, for a while",
      wide: "Long metrics",
      "version <>": "Version",
      "network LINE": "Mask, area, and what is said of it",
    },
  },
  {
    "address @{A.B.C.D | unnumbered IFNAME} [LINE]": "Configure the protocol on an address",
    "address-family @{ipv4 | ipv6 | vpnv4 | l2vpn | vpls} @[{unicast | multicast}] [vrf @WORD]":
      "Configure an address family",
    "aggregate-address @A.B.C.D @MASK [as-set] [summary-only] [advertise-map WORD] [attribute-map WORD] [suppress-map WORD]":
      "Configure an aggregate",
    [`area @{A.B.C.D | <0-${MOST}>} @LINE`]: "Configure an area",
    "auto-summary": "Summarize at network boundaries",
    "automatic-virtual-link": "Make virtual links by itself",
    [`bgp @{always-compare-med | client-to-client reflection | cluster-id {A.B.C.D | <1-${MOST}>} | confederation LINE | dampening [LINE] | default {ipv4-unicast | local-preference <0-${MOST}>} | deterministic-med | enforce-first-as | fast-external-fallover | graceful-restart [LINE] | log-neighbor-changes | maxas-limit <1-255> | router-id A.B.C.D | shutdown | bestpath LINE}`]:
      "Configure BGP",
    [`default-information originate [always] ${METRIC} [metric-type <1-2>] [route-map WORD]`]:
      "Configure the default route",
    [`default-metric <0-${MOST}>`]: "Configure the metric of foreign routes",
    "distance {bgp <1-255> <1-255> <1-255> | ip <1-255> | ospf {external | inter-area | intra-area} <1-255> | <1-255>}":
      "Configure the administrative distance",
    "distribute-list @WORD @{in | out} [@IFNAME]": "Filter routes",
    "exit-address-family": "Leave the address family",
    "is-type {level-1 | level-1-2 | level-2-only}": "Configure the level",
    "maximum-paths @[{ebgp | eibgp | ibgp}] <1-16>": "Configure how many equal paths are used",
    "metric-style {narrow [transition] | transition | wide [transition]} [{level-1 | level-1-2 | level-2}]":
      "Configure the style of metrics",
    "neighbor @{A.B.C.D | WORD} @LINE": "Configure a neighbor",
    "net @WORD": "Configure the network entity title",
    "network @A.B.C.D [@LINE]": "Configure a network",
    "passive-interface {default | @IFNAME}": "Send nothing on an interface",
    [`reference-bandwidth <1-${MOST}>`]: "Configure what costs are counted from",
    "router-id A.B.C.D": "Configure the router identifier",
    "route-distinguisher ASN:NN": "Configure a route distinguisher",
    "summary-address @A.B.C.D @MASK [LINE]": "Configure a summary",
    synchronization: "Wait for the interior protocol",
    "table-map WORD": "Change routes on their way into the table",
    "version <1-2>": "Configure the version",
  },
);

const redistribute = usageLines(
  {
    mode: routerMode,
    effect,
    words: {
      access: "Networks of users",
      "access-internal": "Addresses of users",
      bgp: "BGP",
      connected: "Networks of interfaces",
      dvmrp: "DVMRP",
      isis: "IS-IS",
      ospf: "OSPF",
      rip: "RIP",
      static: "Configured routes",
      level: "Level of IS-IS",
      "level-1": "Inside an area",
      "level-1-2": "Both",
      "level-2": "Between areas",
      match: "Only routes of some kinds of OSPF",
      external: "From outside",
      internal: "From inside",
      metric: "Metric of the routes",
      "metric <>": "Metric",
      "metric-type": "Type of the metric",
      "metric-type <>": "Type",
      "route-map": "Which routes, and how they are changed",
      "route-map WORD": "Name of the route map",
      tag: "Mark of the routes",
      "tag <>": "Mark",
    },
  },
  {
    [`redistribute @{access | access-internal | bgp | connected | dvmrp | isis | ospf | rip | static} ${METRIC} [metric-type {<1-2> | external | internal}] [{level-1 | level-1-2 | level-2}] [route-map WORD] [tag <0-${MOST}>]`]:
      "Take routes from elsewhere",
  },
);

/** Their parameters differ between protocols, or no manual tells them. */
const inProtocolRest = keptLines(
  { mode: routerMode, effect },
  {
    "calculate-metric": "Configure how metrics are calculated",
    "interface-event-disable": "Ignore events of interfaces",
    "log-adjacency-changes": "Log changes of neighbors",
    timers: "Configure timers",
    "traffic-share": "Configure how traffic is shared",
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

const inRouteMap = usageLines(
  {
    mode: routeMapMode,
    effect,
    words: {
      "<>": "Number",
      WORD: "Name of the list",
      match: "Configure which routes match",
      set: "Configure what becomes of a route",
      list: "By a list",
      "as-path": "Path of autonomous systems",
      community: "Communities",
      "exact-match": "These and no others",
      extcommunity: "Extended communities",
      distance: "Administrative distance",
      "ip address": "Prefix of the route",
      "ip next-hop": "Next hop of the route",
      "prefix-list": "By a list of prefixes",
      "prefix-tree": "By a tree of prefixes",
      level: "Level of IS-IS",
      "level-1": "Inside an area",
      "level-1-2": "Both",
      "level-2": "Between areas",
      "stub-area": "Into stub areas",
      backbone: "Into the backbone",
      "local-preference": "Preference",
      metric: "Metric",
      "metric-type": "Type of the metric",
      external: "From outside",
      internal: "From inside",
      "type-1": "First type of OSPF",
      "type-2": "Second type of OSPF",
      "policy-list": "By a list of policies",
      "route-type": "Type of the route",
      tag: "Mark",
      prepend: "Put before the path",
      "prepend LINE": "Numbers of autonomous systems",
      "as-path tag": "Mark from the path",
      "comm-list": "List of communities that are taken away",
      delete: "Take them away",
      "community LINE": "Communities",
      none: "None",
      dampening: "How routes that come and go are dampened",
      "extcommunity LINE": "Extended communities",
      "next-hop": "Next hop",
      "peer-address": "The neighbor",
      origin: "Where the route is from",
      egp: "An exterior protocol",
      igp: "An interior protocol",
      incomplete: "Nobody knows",
      "route-class": "Class of the route",
      weight: "Weight",
      "set metric NUMBER": "Metric, or what is added to it",
      "metric NUMBER": "Metric, or what is added to it",
    },
  },
  {
    "match as-path @WORD*8": "Path of autonomous systems",
    "match community @WORD*8 [exact-match]": "Communities",
    "match distance @<0-255>": "Administrative distance",
    "match extcommunity @WORD*8 [exact-match]": "Extended communities",
    "match ip @{address | next-hop} @[{prefix-list | prefix-tree}] @WORD*8": "Configure which routes match",
    "match level {level-1 | level-1-2 | level-2}": "Level of IS-IS",
    [`match metric @<0-${MOST}>`]: "Metric",
    "match metric-type {external | internal}": "Type of the metric",
    "match policy-list @WORD": "List of policies",
    "match route-type {external [{type-1 | type-2}] | internal | level-1 | level-1-2 | level-2}": "Type of the route",
    [`match tag @<0-${MOST}>`]: "Mark",
    "set as-path prepend {list WORD | LINE}": "Path of autonomous systems",
    "set comm-list WORD delete": "List of communities that are taken away",
    "set community {none | list WORD | LINE}": "Communities",
    "set dampening <1-45> <1-20000> <1-20000> <1-255>": "How routes that come and go are dampened",
    "set distance <0-255>": "Administrative distance",
    "set extcommunity LINE": "Extended communities",
    "set ip next-hop {A.B.C.D | peer-address}": "Configure what becomes of a route",
    "set level {level-1 | level-1-2 | level-2 | stub-area | backbone}": "Level of IS-IS",
    [`set local-preference <0-${MOST}>`]: "Preference",
    "set metric NUMBER": "Metric",
    "set metric-type {external | internal | type-1 | type-2}": "Type of the metric",
    "set origin {egp | igp | incomplete}": "Where the route is from",
    "set route-class <0-255>": "Class of the route",
    "set route-type {external | internal}": "Type of the route",
    [`set tag <0-${MOST}>`]: "Mark",
    "set weight <0-65535>": "Weight",
  },
);

/** Regular expressions and communities are texts on the box too. */
const TEXTS = "@WORD @{deny | permit} @LINE";
const PREFIXES = `@WORD [seq @<1-${MOST}>] {deny | permit} @A.B.C.D/nn [ge @<1-32>] [le @<1-32>]`;

const filters = usageLines(
  {
    ...inRouter,
    words: {
      "as-path": "Configure AS paths",
      "access-list WORD": "Name of the list",
      "community-list WORD": "Name of the list",
      "extcommunity-list WORD": "Name of the list",
      "prefix-list WORD": "Name of the list",
      "prefix-tree WORD": "Name of the tree",
      deny: "Stop what matches",
      permit: "Let what matches through",
      "deny LINE": "What matches",
      "permit LINE": "What matches",
      seq: "Place in the list",
      "seq <>": "Place",
      ge: "No shorter than",
      "ge <>": "Bits",
      le: "No longer than",
      "le <>": "Bits",
    },
  },
  {
    [`ip as-path access-list ${TEXTS}`]: "Configure an access list of AS paths",
    [`ip community-list ${TEXTS}`]: "Configure a list of communities",
    [`ip extcommunity-list ${TEXTS}`]: "Configure a list of extended communities",
    [`ip prefix-list ${PREFIXES}`]: "Configure a list of prefixes",
    [`ip prefix-tree ${PREFIXES}`]: "Configure a tree of prefixes",
  },
);

const multicast = usageLines(
  {
    ...inRouter,
    effect: inert("multicast is not forwarded"),
    words: {
      "rpf-route A.B.C.D": "Network, then the router that leads there",
      "rpf-route <>": "Administrative distance",
      tag: "Mark the route",
      "tag <>": "Mark",
    },
  },
  {
    "ip multicast-routing": "Forward multicast",
    [`ip rpf-route @A.B.C.D @MASK {A.B.C.D | IFNAME} [<1-255>] [tag <0-${MOST}>]`]:
      "Configure a route of the reverse path check",
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
  ...redistribute,
  ...inProtocolRest,
  routeMap,
  ...inRouteMap,
  ...filters,
  ...multicast,
  ...elsewhere,
];
