/** Routing protocols, which are kept and printed back. */

import { type ConfigCommand, inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, type Values } from "../../../grammar/elements.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, routerFamilyMode, routerMode } from "../modes.ts";
import { ROUTER_WORDS as words } from "./router-words.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const noRouting = inert("no routing protocol runs here");

const router = usageOpener(
  { mode: globalMode, section: "router", opens: routerMode, effect: noRouting, words },
  "router @{bgp @<1-4294967295> | eigrp @{<1-65535> | WORD} | isis [@WORD] | mobile | odr | ospf @<1-65535> [vrf @WORD] | ospfv3 @<1-65535> | rip}",
  "Enable a routing process",
);

/** What is typed in a routing process is typed in its address families too. */
const process = { mode: routerMode, effect: noRouting, words } as const;

const addressFamily = usageOpener(
  { ...process, except: [routerFamilyMode], opens: routerFamilyMode },
  "address-family @{ipv4 | ipv6 | vpnv4 | vpnv6} [@{mdt | multicast | unicast}] [vrf @WORD] [autonomous-system <1-65535>]",
  "Enter Address Family command mode",
);

const METRIC = "<0-4294967295> [<0-4294967295> <0-255> <1-255> <1-65535>]";
const LEVELS = "level-1 | level-1-2 | level-2";
const NEIGHBOR = "{A.B.C.D | X:X:X:X::X | WORD}";
const AREA = "{<0-4294967295> | A.B.C.D}";
const LISTED = "{<1-199> | <1300-2699> | WORD}";

/** What is said of a neighbour, by the words behind its address. */
const OF_NEIGHBOR = [
  "advertise-map WORD {exist-map WORD | non-exist-map WORD}",
  "advertisement-interval <0-600>",
  "aigp [send @{cost-community <0-255> poi {igp-cost | pre-bestpath} [transitive] | med}]",
  "allowas-in [<1-10>]",
  "as-override",
  "capability orf prefix-list {both | receive | send}",
  "default-originate [route-map WORD]",
  "description LINE",
  "disable-connected-check",
  "distribute-list @{<1-199> | <1300-2699> | WORD} @{in | out}",
  "dont-capability-negotiate",
  "ebgp-multihop [<1-255>]",
  "fall-over [bfd | route-map WORD]",
  "filter-list <1-500> @{in | out}",
  "inherit @{peer-policy | peer-session} WORD",
  "local-as <1-4294967295> [no-prepend [replace-as [dual-as]]]",
  "maximum-prefix <1-2147483647> [<1-100>] [restart <1-65535> | warning-only]",
  "next-hop-self [all]",
  "next-hop-unchanged [allpaths]",
  "password [0 | 7] PASSWORD",
  "peer-group [WORD]",
  "prefix-list WORD @{in | out}",
  "remote-as <1-4294967295>",
  "remove-private-as [all [replace-as]]",
  "route-map WORD @{in | out}",
  "route-reflector-client",
  "send-community [both | extended | standard]",
  "send-label [explicit-null]",
  "shutdown",
  "slow-peer @{detection {disable | threshold <120-3600>} | split-update-group @{dynamic @[disable | permanent] | static}}",
  "soft-reconfiguration inbound",
  "soo ASN:nn",
  "timers <0-65535> <0-65535> [<0-65535>]",
  "translate-update",
  "transport @{connection-mode {active | passive} | path-mtu-discovery [disable]}",
  "ttl-security hops <1-254>",
  "unsuppress-map WORD",
  "update-source IFNAME",
  "version <4-4>",
  "weight <0-65535>",
  "cost <1-65535>",
  "database-filter all out",
  "poll-interval <0-65535>",
  "priority <0-255>",
].join(" | ");

/** What the process above is one of. */
function isOf(...kinds: readonly string[]) {
  return (parent: Values): boolean => Object.values(parent).some((value) => kinds.includes(String(value)));
}

const passiveInterface = kw("passive-interface", "Suppress routing updates on an interface");

const passiveByDefault = setting({
  ...process,
  form: [passiveInterface, kw("default", "All interfaces")],
  displaces: { commands: (): readonly ConfigCommand[] => [passiveOne] },
});

/** That an interface is not passive goes without saying, where not all of them are. */
const passiveOne = setting({
  ...process,
  form: [passiveInterface, arg("interface", anyInterface, "Interface")],
  key: ["interface"],
  negation: "stored",
  storedBeside: passiveByDefault,
});

/** On by themselves: that one is off is what is said. */
const onAtFirst = [
  ...usageLines(
    { ...process, holds: true, initialBelow: isOf("bgp") },
    {
      "bgp client-to-client reflection": "Reflect routes from client to client",
      "bgp default ipv4-unicast": "Activate IPv4 for every neighbor",
      "bgp enforce-first-as": "Insist on the neighbor's system at the head of the path",
      "bgp fast-external-fallover": "Drop sessions at once when their link goes down",
    },
  ),
  ...usageLines(
    { ...process, holds: true, initialBelow: isOf("ospf") },
    { "capability lls": "Link-local signalling", "capability opaque": "Opaque link states" },
  ),
  ...usageLines(
    { ...process, holds: true, initialBelow: isOf("eigrp") },
    {
      "eigrp log-neighbor-changes": "Log neighbors that come and go",
      "eigrp log-neighbor-warnings": "Log warnings of neighbors",
    },
  ),
  ...usageLines(
    { ...process, holds: true, initialBelow: isOf("rip") },
    { "validate-update-source": "Check the source of updates" },
  ),
  // Boxes of some releases print these whatever they say.
  ...usageLines(
    { ...process, negation: "stored" },
    {
      "auto-summary": "Enable automatic network number summarization",
      "bgp log-neighbor-changes": "Log neighbors that come and go",
      "discard-route @[external | internal] [<1-255>]": "Routes to nowhere for summaries",
      "log-adjacency-changes [all | detail]": "Log changes in adjacency state",
      [`neighbor @${NEIGHBOR} activate`]: "Enable the address family for this neighbor",
      synchronization: "Perform IGP synchronization",
    },
  ),
  passiveByDefault,
  passiveOne,
];

const ofProcess = [
  ...usageLines(
    { ...process, together: true },
    {
      [`area @${AREA} authentication [message-digest]`]: "Enable authentication",
      [`area @${AREA} default-cost <0-16777215>`]: "Set the summary default cost of a stub area",
      [`area @${AREA} filter-list prefix WORD @{in | out}`]: "Filter networks between areas",
      [`area @${AREA} nssa [no-redistribution] [default-information-originate [metric <0-16777214>] [metric-type <1-2>]] [no-summary] [nssa-only]`]:
        "Specify an NSSA area",
      [`area @${AREA} nssa translate type7 @{always | suppress-fa}`]: "How routes from outside leave the area",
      [`area @${AREA} capability default-exclusion`]: "What the area does",
      [`area @${AREA} range @A.B.C.D @MASK [advertise | not-advertise] [cost <0-16777214>]`]:
        "Summarize routes matching address/mask",
      [`area @${AREA} sham-link @A.B.C.D @A.B.C.D [cost <1-65535>] [ttl-security hops <1-254>]`]:
        "Link through the provider",
      [`area @${AREA} stub [no-summary]`]: "Specify a stub area",
      [`area @${AREA} virtual-link @A.B.C.D [authentication [message-digest | null]] [hello-interval <1-8192>] [retransmit-interval <1-8192>] [transmit-delay <1-8192>] [dead-interval <1-8192>] [authentication-key [0 | 7] KEY | message-digest-key @<1-255> md5 [0 | 7] KEY]`]:
        "Virtual link",
    },
  ),
  ...usageLines(process, {
    "aggregate-address @{A.B.C.D MASK | X:X:X:X::X/<0-128>} [as-set | as-confed-set] [summary-only] [advertise-map WORD] [attribute-map WORD] [suppress-map WORD]":
      "Configure aggregate entries",
    "adjacency stagger {disable | none <1-1000> | <1-1000> [<1-1000>]}": "How adjacencies are formed",
    "area-password WORD": "Password of the area",
    "auto-cost reference-bandwidth <1-4294967>": "Calculate interface cost according to bandwidth",
    "bfd @{all-interfaces | interface @IFNAME}": "Bidirectional forwarding detection",
    "capability @{transit | vrf-lite}": "Enable specific features",
    "default-information originate [always] [metric <0-16777214>] [metric-type <1-2>] [route-map WORD]":
      "Control distribution of default information",
    "default-information @{allowed {in | out} | in [<1-99> | WORD] | out [<1-99> | WORD]}":
      "Control distribution of default information",
    [`default-metric ${METRIC}`]: "Set metric of redistributed routes",
    "distance <1-255> [@A.B.C.D @A.B.C.D [<1-99> | WORD]]": "Define an administrative distance",
    "distance bgp <1-255> <1-255> <1-255>": "Of what BGP brings",
    "distance eigrp <1-255> <1-255>": "Of what EIGRP brings",
    "distance ospf [external <1-255>] [inter-area <1-255>] [intra-area <1-255>]": "Of what OSPF brings",
    [`distribute-list @{gateway WORD | prefix WORD | route-map WORD | ${LISTED}} @{in | out} [@IFNAME]`]:
      "Filter networks in routing updates",
    "domain-id {A.B.C.D | null | type <0-65535> value HEX}": "OSPF domain",
    "domain-password WORD": "Password of the domain",
    "domain-tag <0-4294967295>": "OSPF domain tag",
    "eigrp @{event-log-size <0-443604> | log-neighbor-warnings <1-65535> | router-id A.B.C.D | stub [connected | leak-map | receive-only | redistributed | static | summary]*5}":
      "EIGRP specific commands",
    "flash-update-threshold <0-30>": "Seconds before a regular update that a flash one is left out",
    "input-queue <0-1024>": "Packets that wait",
    "is-type {level-1 | level-1-2 | level-2-only}": "IS type of this routing process",
    "ispf [level-1 | level-1-2 | level-2]": "Compute routes incrementally",
    "lsp-refresh-interval <1-65535>": "Seconds between refreshes",
    "max-lsp-lifetime <1-65535>": "Seconds that link state packets live",
    "max-metric router-lsa [external-lsa [<1-16777215>]] [include-stub] [on-startup {<5-86400> | wait-for-bgp}] [summary-lsa [<1-16777215>]]":
      "Set maximum metric",
    "maximum-paths @[eibgp | ibgp] <1-32>": "Forward packets over multiple paths",
    "maximum-prefix <1-4294967295> [<1-100>] [warning-only]": "Routes at most",
    "metric weights <0-8> <0-255> <0-255> <0-255> <0-255> <0-255>": "Weights of the metric",
    "metric-style {narrow | transition | wide} [transition] [level-1 | level-1-2 | level-2]":
      "Style of metrics in link state packets",
    "mpls traffic-eng @{area <0-4294967295> | router-id IFNAME | level-1 | level-2}": "Traffic engineering",
    "mpls ldp @{autoconfig [area <0-4294967295>] | sync}": "Labels",
    [`neighbor @${NEIGHBOR} @[IFNAME | ${OF_NEIGHBOR}]`]: "Specify a neighbor router",
    "net @WORD": "Network Entity Title for this process",
    [`network @A.B.C.D [@A.B.C.D [area @${AREA}] | mask @MASK [backdoor] [route-map WORD] | route-map WORD]`]:
      "Enable routing on an IP network",
    "network @X:X:X:X::X/<0-128> [backdoor] [route-map WORD]": "Enable routing on an IPv6 network",
    "nsf {cisco [helper [disable]] | ietf [helper [disable | strict-lsa-checking] | restart-interval <1-1800>] | enforce global}":
      "Non-stop forwarding",
    nsf: "Non-stop forwarding",
    "offset-list @{<0-99> | <1300-1999> | WORD} @{in | out} <0-2147483647> [@IFNAME]":
      "Add or subtract offset from metrics",
    "output-delay <8-50>": "Milliseconds between packets of an update",
    "prefix-suppression": "Do not tell networks of links",
    [`redistribute @{connected | mobile | odr | rip | static [ip]} [metric {transparent | ${METRIC}}] [metric-type {1 | 2 | external | internal}] [level-1 | level-1-2 | level-2] [subnets] [{tag <0-4294967295> [route-map WORD] | route-map WORD [tag <0-4294967295>]}]`]:
      "Redistribute information from another routing protocol",
    [`redistribute @{bgp @<1-4294967295> | eigrp @<1-65535> | isis [@WORD] [${LEVELS}] | ospf @<1-65535> [vrf @WORD] [match {external | internal | nssa-external}*3]} [metric {transparent | ${METRIC}}] [metric-type {1 | 2 | external | internal}] [subnets] [{tag <0-4294967295> [route-map WORD] | route-map WORD [tag <0-4294967295>]}]`]:
      "Redistribute information from another routing protocol",
    "redistribute maximum-prefix <1-4294967295> [<1-100>] [warning-only]": "Routes at most",
    "router-id A.B.C.D": "Identifier of this router",
    "snmp context WORD [community KEY]": "SNMP context of the process",
    "ttl-security all-interfaces [hops <1-254>]": "Check how far packets have come",
    "set-overload-bit [on-startup {<5-86400> | wait-for-bgp}]": "Others shall not route through this box",
    shutdown: "Shut this process down",
    "summary-address @{A.B.C.D MASK | X:X:X:X::X/<0-128>} [not-advertise] [level-1 | level-1-2 | level-2] [tag <0-4294967295>]":
      "Configure address summaries",
    "table-map WORD [filter]": "Map of what goes to the routing table",
    "timers basic <0-4294967295> <0-4294967295> <0-4294967295> <0-4294967295> [<0-4294967295>]": "Timers of RIP",
    "timers bgp <0-65535> <0-65535> [<0-65535>]": "Timers of BGP",
    "timers active-time [<1-65535> | disabled]": "How long EIGRP waits for an answer",
    "timers lsa arrival <0-600000>": "Least time between alike link states",
    "timers pacing @{flood <5-100> | lsa-group <10-1800> | retransmission <5-200>}": "Time between packets",
    "timers throttle @{lsa [all] <0-600000> <1-600000> <1-600000> | spf <1-600000> <1-600000> <1-600000>}":
      "The longer the more of them",
    "traffic-share {balanced | min across-interfaces}": "How to compute traffic share over alternate paths",
    "variance <1-128>": "Control load balancing variance",
    "version <1-2>": "Set routing protocol version",
  }),
  ...usageLines(process, {
    "bgp @{always-compare-med | asnotation dot | bestpath @{as-path @{ignore | multipath-relax} | compare-routerid | med @{confed | missing-as-worst}} | advertise-best-external | deterministic-med | dmzlink-bw | inject-map WORD exist-map WORD [copy-attributes] | nopeerup-delay @{cold-boot <1-3600> | nsf-switchover <1-3600> | post-boot <1-3600> | user-initiated <1-3600>} | redistribute-internal | soft-reconfig-backup | suppress-inactive}":
      "BGP specific commands",
    "bgp aggregate-timer <0-60>": "Seconds between looks at aggregates",
    "bgp graceful-shutdown all @{neighbors | vrfs} <1-65535> [local-preference <0-4294967295>] [community {<1-4294967295> | ASN:nn}]":
      "Leave without loss",
    "bgp slow-peer detection [threshold <120-3600>]": "Find neighbors that are slow",
    "bgp slow-peer split-update-group dynamic [permanent]": "Serve slow neighbors by themselves",
    "bgp cluster-id {<1-4294967295> | A.B.C.D}": "Cluster of route reflectors",
    "bgp confederation identifier <1-4294967295>": "Number of the confederation",
    "bgp confederation peers @<1-4294967295>*16": "Systems of the confederation",
    "bgp dampening [route-map WORD | <1-45> [<1-20000> <1-20000> <1-255>]]": "Enable route flap dampening",
    "bgp default local-preference <0-4294967295>": "Configure BGP defaults",
    "bgp graceful-restart [restart-time <1-3600> | stalepath-time <1-3600>]": "Restart gracefully",
    "bgp listen @{limit <1-5000> | range @A.B.C.D/nn peer-group WORD}": "Neighbors that are not named",
    "bgp maxas-limit <1-2000>": "Longest path that is taken",
    "bgp nexthop trigger @{delay <0-100> | enable}": "When next hops are looked at",
    "bgp router-id {A.B.C.D | IFNAME}": "Identifier of this router",
    "bgp scan-time <5-60>": "Seconds between scans of next hops",
    "bgp update-delay <0-3600>": "Seconds before the first paths are chosen",
    "template @{peer-policy | peer-session} @WORD": "Template of neighbors",
  }),
];

export const routerCommands = [router, ...ofProcess, ...onAtFirst, addressFamily];
