/** Routing protocols: kept and printed. Routes here are static. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { addressFamilyMode, globalMode, routerMode } from "../modes.ts";
import { bgpCommands } from "./bgp.ts";
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
      [kw("bgp", "Border Gateway Protocol"), arg("bgp", uint(1, MOST), "Number of the autonomous system")],
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
  "address-family @{ipv4 | ipv6 | vpnv4 | l2vpn | vpls} @[unicast | multicast] [vrf @WORD]",
  "Configure an address family",
);

const METRIC = `[metric <0-${MOST}>]`;

const inProtocol = usageLines(
  {
    mode: routerMode,
    effect,
    words: {
      "<>": "Number",
      WORD: "Name",
      "advertise-map": "Which routes go into the aggregate",
      "as-set": "Tell the autonomous systems in it",
      "attribute-map": "What becomes of its attributes",
      "summary-only": "Tell the aggregate only",
      "suppress-map": "Which routes are not told",
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
      "network A.B.C.D": "Network, then its mask",
      area: "Area of OSPF",
      "area <>": "Number of the area",
      mask: "Mask of the network",
      backdoor: "Prefer other protocols",
      weight: "Weight of the route",
      "distribute-list WORD": "Name of the list",
    },
  },
  {
    "aggregate-address @A.B.C.D @MASK [as-set] [summary-only] [advertise-map WORD] [attribute-map WORD] [suppress-map WORD]":
      "Configure an aggregate",
    "auto-summary": "Summarize at network boundaries",
    [`default-information originate [always] ${METRIC} [metric-type <1-2>] [route-map WORD]`]:
      "Configure the default route",
    [`default-metric <0-${MOST}>`]: "Configure the metric of foreign routes",
    "distance {bgp <1-255> <1-255> <1-255> | ip <1-255> | ospf {external | inter-area | intra-area} <1-255> | <1-255>}":
      "Configure the administrative distance",
    "distribute-list @WORD @{in | out} [@IFNAME]": "Filter routes",
    "maximum-paths @[ebgp | eibgp | ibgp] <1-16>": "Configure how many equal paths are used",
    [`network @A.B.C.D @[A.B.C.D] @[area {A.B.C.D | <0-${MOST}>} | mask MASK] [backdoor] [route-map WORD] [weight <0-65535>]`]:
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
const AREA = `area @{A.B.C.D | <0-${MOST}>} @{authentication {message-digest | none | simple} | default-cost <1-65535> | nssa [default-information-originate [always] [metric <0-${MOST}>] [metric-type <1-2>] [route-map WORD]] [no-summary] | range @A.B.C.D @MASK [{advertise | do-not-advertise}] | stub [no-summary] | virtual-link @A.B.C.D @[${VIRTUAL_LINK}]}`;

/** What OSPF and RIP have on an address that is named here in place of its interface. */
const ON_ADDRESS = `area {A.B.C.D | <0-${MOST}>} | authentication {key KEY | mode {md5 <1-255> | text} | message-digest | none | simple} | authentication-key KEY | cost <1-65535> | dead-interval <1-65535> | hello-interval <1-65535> | message-digest-key @<1-255> md5 KEY | network {broadcast | non-broadcast | point-to-multipoint | point-to-point} | passive-interface | priority <0-255> | receive version {off | 1 [2] | 2} | retransmit-interval <0-3600> | send version {off | 1 | 1-compatible | 2} | transmit-delay <0-3600>`;

/** What a protocol has once, whatever it carries. */
const ofWholeProtocol = usageLines(
  {
    mode: routerMode,
    except: [addressFamilyMode],
    effect,
    words: {
      "1": "Version 1",
      "1-compatible": "Version 2 that speakers of version 1 understand",
      "2": "Version 2",
      alert: "Act at once",
      area: "Area of the address",
      broadcast: "Every neighbor hears",
      cost: "Cost of the interface",
      critical: "Critical conditions",
      debug: "Debugging",
      emergency: "The system is unusable",
      error: "Errors",
      info: "Information",
      notice: "Worth noting",
      warning: "Warnings",
      high: "Everything that is known of it",
      low: "The fact alone",
      medium: "The fact and its reason",
      key: "Secret",
      mode: "How",
      network: "Kind of the network",
      "non-broadcast": "Neighbors are configured",
      off: "Nothing",
      "passive-interface": "Send nothing there",
      "point-to-multipoint": "Many neighbors, each by itself",
      "point-to-point": "One neighbor",
      priority: "Who leads the network",
      receive: "What is taken",
      send: "What is sent",
      severity: "How severe the messages are",
      "severity <>": "Number of the severity",
      verbosity: "How much the messages say",
      text: "By the secret itself",
      tag: "Mark of the route",
      bgp: "Of BGP: how often neighbors are greeted, and how long they may be silent",
      "bgp <>": "Seconds",
      spf: "Of the computation of routes",
      "spf <>": "Seconds",
      "timers <>": "Seconds: update, invalid, holddown, flush",
      version: "Version",
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
    [`address @{A.B.C.D | unnumbered @IFNAME} @[${ON_ADDRESS}]`]: "Configure the protocol on an address",
    [AREA]: "Configure an area",
    "automatic-virtual-link": "Make virtual links by itself",
    "log-adjacency-changes [severity {emergency | alert | critical | error | warning | notice | info | debug | <0-7>}] [verbosity {high | low | medium}]":
      "Log changes of neighbors",
    "is-type {level-1 | level-1-2 | level-2-only}": "Configure the level",
    "metric-style {narrow [transition] | transition | wide [transition]} [{level-1 | level-1-2 | level-2}]":
      "Configure the style of metrics",
    "net @WORD": "Configure the network entity title",
    "passive-interface {default | @IFNAME}": "Send nothing on an interface",
    [`reference-bandwidth <1-${MOST}>`]: "Configure what costs are counted from",
    "router-id A.B.C.D": "Configure the router identifier",
    "route-distinguisher ASN:NN": "Configure a route distinguisher",
    [`summary-address @A.B.C.D @MASK [{level-1 | level-1-2 | level-2}] ${METRIC} [tag <0-${MOST}>]`]:
      "Configure a summary",
    "timers {bgp <0-65535> <0-65535> | spf <0-600> [<0-600>] | <1-65535> <1-65535> <1-65535> <1-65535>}":
      "Configure timers",
    "version <1-2>": "Configure the version",
  },
);

/** No manual tells the parameters of these. */
const inProtocolRest = keptLines(
  { mode: routerMode, effect },
  {
    "calculate-metric": "Configure how metrics are calculated",
    "interface-event-disable": "Ignore events of interfaces",
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
  ...usageLines(
    {
      ...inRouter,
      effect: inert("only IPv4 is carried"),
      words: {
        "access-list": "Configure an access list",
        "access-list WORD": "Name of the list",
        deny: "Stop what matches",
        permit: "Let what matches through",
        "deny LINE": "Protocol, then source and destination",
        "permit LINE": "Protocol, then source and destination",
        "address-pool": "Configure where addresses of remote users come from",
        dhcp: "A DHCP server",
        local: "Local address pools",
        pool: "Pool of prefixes",
        "pool WORD": "Name of the pool",
        none: "Nowhere",
        "hop-limit": "Configure how far packets go",
        "hop-limit <>": "Hops",
        host: "Configure a name of a remote host",
        "host WORD": "Name of the host",
        "multicast-routing": "Forward multicast",
        neighbor: "Configure a neighbor's hardware address",
        "prefix-list": "Configure a list of prefixes",
        "prefix-list WORD": "Name of the list",
        seq: "Place in the list",
        "seq <>": "Place",
        ge: "No shorter than",
        "ge <>": "Bits",
        le: "No longer than",
        "le <>": "Bits",
        route: "Configure a static route",
        "route <>": "Administrative distance",
        "route X:X::X": "Address of the next hop",
        tag: "Mark the route",
        "tag <>": "Mark",
        "source-route": "Obey routing headers",
        "unicast-routing": "Forward packets",
      },
    },
    {
      [`ipv6 @{access-list @WORD @{deny | permit} @LINE | address-pool {dhcp | local | none} | hop-limit <0-255> | host @WORD X:X::X | local pool @WORD | multicast-routing | neighbor @X:X::X @IFNAME H.H.H | prefix-list @WORD @[seq @<1-${MOST}>] @{deny | permit} @X:X::X/nn [ge <1-128>] [le <1-128>] | route @X:X::X/nn @{@X:X::X | IFNAME [X:X::X]} [<1-255>] [tag <0-${MOST}>] | source-route | unicast-routing}`]:
        "Configure IPv6",
      ipv6: "Configure IPv6",
    },
  ),
  setting({
    ...inRouter,
    form: [kw("ip", "Configure IP"), kw("static-route", "Configure static routes"), arg("text", line(), "Parameters")],
  }),
];

export const routingCommands = [
  protocol,
  ...bgpCommands,
  ...inProtocol,
  ...redistribute,
  ...inProtocolRest,
  ...ofWholeProtocol,
  addressFamily,
  ...routeFilterCommands,
  ...multicast,
  ...elsewhere,
];
