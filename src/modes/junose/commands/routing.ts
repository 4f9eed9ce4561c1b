/** Routing protocols: kept and printed. Routes here are static. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { addressFamilyMode, globalMode, routerMode } from "../modes.ts";
import { MOST } from "./kept-parameters.ts";
import { routeFilterCommands } from "./route-filters.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

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

/** Its lines are those of the protocol, but for what a protocol has once. */
const addressFamily = usageOpener(
  {
    mode: routerMode,
    except: [addressFamilyMode],
    opens: addressFamilyMode,
    effect,
    words: {
      ipv4: "IPv4",
      ipv6: "IPv6",
      vpnv4: "IPv4 of VPNs",
      l2vpn: "Layer 2 VPNs",
      vpls: "Virtual private LANs",
      multicast: "Multicast routes",
      unicast: "Unicast routes",
      vrf: "Of a VRF",
      "vrf WORD": "Name of the VRF",
    },
  },
  "address-family @{ipv4 | ipv6 | vpnv4 | l2vpn | vpls} @[{unicast | multicast}] [vrf @WORD]",
  "Configure an address family",
);

const METRIC = `[metric <0-${MOST}>]`;

const inProtocol = usageLines(
  {
    mode: routerMode,
    effect,
    words: {
      "<>": "Number",
      LINE: "Parameters",
      WORD: "Name",
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
    "aggregate-address @A.B.C.D @MASK [as-set] [summary-only] [advertise-map WORD] [attribute-map WORD] [suppress-map WORD]":
      "Configure an aggregate",
    "auto-summary": "Summarize at network boundaries",
    [`bgp @{always-compare-med | client-to-client reflection | cluster-id {A.B.C.D | <1-${MOST}>} | confederation LINE | dampening [LINE] | default {ipv4-unicast | local-preference <0-${MOST}>} | deterministic-med | enforce-first-as | fast-external-fallover | graceful-restart [LINE] | log-neighbor-changes | maxas-limit <1-255> | router-id A.B.C.D | shutdown | bestpath LINE}`]:
      "Configure BGP",
    [`default-information originate [always] ${METRIC} [metric-type <1-2>] [route-map WORD]`]:
      "Configure the default route",
    [`default-metric <0-${MOST}>`]: "Configure the metric of foreign routes",
    "distance {bgp <1-255> <1-255> <1-255> | ip <1-255> | ospf {external | inter-area | intra-area} <1-255> | <1-255>}":
      "Configure the administrative distance",
    "distribute-list @WORD @{in | out} [@IFNAME]": "Filter routes",
    "maximum-paths @[{ebgp | eibgp | ibgp}] <1-16>": "Configure how many equal paths are used",
    "neighbor @{A.B.C.D | WORD} @LINE": "Configure a neighbor",
    "network @A.B.C.D [@LINE]": "Configure a network",
    synchronization: "Wait for the interior protocol",
    "table-map WORD": "Change routes on their way into the table",
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

/** What a protocol has once, whatever it carries. */
const ofWholeProtocol = usageLines(
  {
    mode: routerMode,
    except: [addressFamilyMode],
    effect,
    words: {
      LINE: "Parameters",
      WORD: "Name",
      default: "Every interface",
      "level-1": "Inside an area",
      "level-1-2": "Both",
      "level-2-only": "Between areas",
      "level-2": "Between areas",
      narrow: "Short metrics",
      transition: "Both, for a while",
      wide: "Long metrics",
      "version <>": "Version",
      "<>": "Number",
      "address unnumbered": "An interface without an address of its own",
    },
  },
  {
    "address @{A.B.C.D | unnumbered IFNAME} [LINE]": "Configure the protocol on an address",
    [`area @{A.B.C.D | <0-${MOST}>} @LINE`]: "Configure an area",
    "automatic-virtual-link": "Make virtual links by itself",
    "is-type {level-1 | level-1-2 | level-2-only}": "Configure the level",
    "metric-style {narrow [transition] | transition | wide [transition]} [{level-1 | level-1-2 | level-2}]":
      "Configure the style of metrics",
    "net @WORD": "Configure the network entity title",
    "passive-interface {default | @IFNAME}": "Send nothing on an interface",
    [`reference-bandwidth <1-${MOST}>`]: "Configure what costs are counted from",
    "router-id A.B.C.D": "Configure the router identifier",
    "route-distinguisher ASN:NN": "Configure a route distinguisher",
    "summary-address @A.B.C.D @MASK [LINE]": "Configure a summary",
    "version <1-2>": "Configure the version",
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
  ...ofWholeProtocol,
  addressFamily,
  ...routeFilterCommands,
  ...multicast,
  ...elsewhere,
];
