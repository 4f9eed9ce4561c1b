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

const FILTERS = ["distribute-list", "filter-list", "prefix-list", "prefix-tree", "route-map"]
  .map((word) => `${word} WORD @{in | out}`)
  .join(" | ");
/** What is not among these is kept as it stands. */
const NEIGHBOR = `neighbor @{A.B.C.D | WORD} @{activate | advertisement-interval <0-600> | as-override | default-originate [route-map WORD] | description LINE | ebgp-multihop [<1-255>] | ${FILTERS} | maximum-prefix <1-${MOST}> [LINE] | next-hop-self | passive | password KEY | peer-group [WORD] | peer-type {confederation | external | internal} | remote-as <1-65535> | remove-private-as | route-reflector-client | send-community [LINE] | shutdown | soft-reconfiguration inbound | timers <0-65535> <0-65535> | update-source IFNAME | weight <0-65535> | LINE}`;

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
      "network A.B.C.D": "Network, then its mask",
      area: "Area of OSPF",
      "area <>": "Number of the area",
      mask: "Mask of the network",
      backdoor: "Prefer other protocols",
      weight: "Weight of the route",
      "neighbor A.B.C.D": "Address of the neighbor",
      "neighbor WORD": "Name of a group of neighbors",
      activate: "Exchange routes of this address family",
      "advertisement-interval": "How long updates wait for each other",
      "advertisement-interval <>": "Seconds",
      "as-override": "Put our own system in place of the neighbor's",
      "default-originate": "Tell a default route",
      description: "Describe the neighbor",
      "ebgp-multihop": "The neighbor is not on a network of ours",
      "ebgp-multihop <>": "Hops",
      "neighbor distribute-list": "Filter by an access list",
      "filter-list": "Filter by the path",
      "filter-list WORD": "Name of the list",
      "distribute-list WORD": "Name of the list",
      "maximum-prefix": "How many prefixes there may be",
      "maximum-prefix <>": "Prefixes",
      "next-hop-self": "We are the next hop of what is told",
      passive: "Wait for the neighbor",
      password: "Secret that both know",
      "peer-group": "A group of neighbors, or membership in one",
      "peer-group WORD": "Name of the group",
      "peer-type": "Where members of the group are",
      internal: "In this system",
      "prefix-list": "Filter by a list of prefixes",
      "prefix-list WORD": "Name of the list",
      "prefix-tree": "Filter by a tree of prefixes",
      "prefix-tree WORD": "Name of the tree",
      "remote-as": "System of the neighbor",
      "remote-as <>": "Number of the system",
      "remove-private-as": "Leave private systems out of the path",
      "route-reflector-client": "Pass routes on to it",
      "send-community": "Tell communities",
      "soft-reconfiguration": "Keep what the neighbor told",
      inbound: "Before it is filtered",
      timers: "How often it is greeted, and how long it may be silent",
      "timers <>": "Seconds",
      "update-source": "Interface whose address is ours",
      "weight <>": "Weight",
      "neighbor LINE": "Parameters",
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
    [NEIGHBOR]: "Configure a neighbor",
    [`network @A.B.C.D @[A.B.C.D] @[{area {A.B.C.D | <0-${MOST}>} | mask MASK}] [backdoor] [route-map WORD] [weight <0-65535>]`]:
      "Configure a network",
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

const VIRTUAL_LINK =
  "authentication {message-digest | none | simple} | authentication-key KEY | dead-interval <1-65535> | hello-interval <1-65535> | message-digest-key @<1-255> md5 KEY | retransmit-interval <0-3600> | transmit-delay <0-3600>";
/** Beside these an area has what is kept as it stands. */
const AREA = `area @{A.B.C.D | <0-${MOST}>} @{default-cost <1-65535> | nssa [default-information-originate [always] [metric <0-${MOST}>] [metric-type <1-2>] [route-map WORD]] [no-summary] | range @A.B.C.D @MASK [{advertise | do-not-advertise}] | stub [no-summary] | virtual-link @A.B.C.D @[{${VIRTUAL_LINK}}] | LINE}`;

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
      "area A.B.C.D": "Number of the area as an address",
      "area <>": "Number of the area",
      advertise: "Tell the range",
      always: "Also without one of our own",
      authentication: "How neighbors prove who they are",
      "authentication-key": "Secret",
      "dead-interval": "How long the neighbor may be silent",
      "dead-interval <>": "Seconds",
      "default-cost": "Cost of the default route that a stub area is told",
      "default-information-originate": "Tell a default route",
      "do-not-advertise": "Keep the range from other areas",
      "hello-interval": "How often the neighbor is greeted",
      "hello-interval <>": "Seconds",
      md5: "By digests",
      "message-digest": "By digests",
      "message-digest-key": "Secret of digests",
      metric: "Metric of the route",
      "metric-type": "Type of the metric",
      "no-summary": "Let no summaries in",
      none: "Not at all",
      nssa: "Few foreign routes go in",
      range: "Tell other areas of many networks as one",
      "retransmit-interval": "How long an acknowledgment is waited for",
      "retransmit-interval <>": "Seconds",
      "route-map": "Which routes, and how they are changed",
      simple: "By the secret itself",
      stub: "No foreign routes go in",
      "transmit-delay": "How long a packet takes to the neighbor",
      "transmit-delay <>": "Seconds",
      "virtual-link": "Reach the backbone through this area",
      "virtual-link A.B.C.D": "Router at the other end",
    },
  },
  {
    "address @{A.B.C.D | unnumbered IFNAME} [LINE]": "Configure the protocol on an address",
    [AREA]: "Configure an area",
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
