/**
 * IPv6 of the box and of its interfaces. Peers reach us at an address of IPv6 as they do at one of IPv4; sessions carry IPv4 alone, so the rest is kept and
 * printed back.
 */

import { isOfLink } from "../../../engine/kernel/address.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw } from "../../../grammar/elements.ts";
import { inCapitals, ipv6PrefixOf } from "../../common/ipv6-arguments.ts";
import { ipv6Network } from "../arguments.ts";
import { dhcpPool6Mode, globalMode, interfaceMode, ipv6ListMode, ipv6RouterMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("only IPv4 is carried here");
const words = {
  mld: "Multicast listeners",
  " ipv6": "IPv6 configuration",
  accounting: "Accounting",
  address: "Configure IPv6 address on interface",
  ahp: "Authentication header",
  all: "All",
  "allow-default": "Let the default route count",
  any: "Any",
  anycast: "Several hosts have it",
  "attach-policy": "Policy",
  autoconfig: "Make an address from announcements",
  client: "Client",
  cost: "Cost",
  dad: "Look for duplicates",
  "dead-interval": "Seconds after which a neighbour is gone",
  default: "Take the default route too",
  "default-information": "Default route",
  deny: "Specify packets to reject",
  dhcp: "DHCP",
  disable: "Do not send any",
  distributed: "On line cards",
  "dns-server": "Servers of names",
  "domain-name": "Domain of clients",
  dscp: "DSCP",
  eigrp: "EIGRP",
  enable: "Enable IPv6 on interface",
  eq: "Equal to",
  esp: "Encapsulating security payload",
  established: "Established connections",
  "eui-64": "Take the rest from the hardware address",
  flow: "Flows",
  fragments: "Fragments",
  gt: "Greater than",
  "hello-interval": "Seconds between hellos",
  hint: "Wish for a prefix",
  "hop-limit": "Hops at most",
  host: "Host",
  icmp: "ICMP",
  in: "Packets that come",
  infinite: "For ever",
  input: "Packets that come",
  instance: "Instance",
  interval: "Seconds",
  ipsec: "IPsec",
  spi: "Security parameter index",
  ipv6: "Any IPv6",
  le: "At most",
  ge: "At least",
  lifetime: "Lifetime",
  "link-local": "Address on the link",
  local: "Of this box",
  log: "Log matches",
  "log-input": "Log matches, with the interface",
  lt: "Less than",
  "managed-config-flag": "Addresses come by DHCP",
  md5: "MD5",
  "mtu-ignore": "Do not compare sizes",
  msec: "In milliseconds",
  mtu: "Largest packet",
  multicast: "Multicast",
  name: "Name",
  nd: "Neighbour discovery",
  neq: "Not equal to",
  broadcast: "Broadcast",
  "non-broadcast": "Neighbours are named",
  "point-to-multipoint": "Point to several",
  "point-to-point": "Point to point",
  "no-advertise": "Do not announce it",
  "no-autoconfig": "Make no addresses of it",
  "no-onlink": "It is not on the link",
  "ns-interval": "Milliseconds between questions",
  "off-link": "It is not on the link",
  only: "Only this",
  originate: "Announce it",
  ospf: "OSPF",
  "other-config-flag": "Other things come by DHCP",
  out: "Packets that go",
  output: "Packets that go",
  permit: "Specify packets to forward",
  policy: "Policy",
  "prefix-delegation": "Prefix of clients",
  "prefix-list": "Build a prefix list",
  preference: "Preference",
  prefix: "Prefix that is announced",
  priority: "Priority",
  protocol: "Protocol",
  range: "Between two",
  "rapid-commit": "In two messages",
  "reachable-time": "Milliseconds that a neighbour is taken for there",
  "reachable-via": "How the source is reached",
  relay: "Relay agent",
  "retransmit-interval": "Seconds between retransmissions",
  "reverse-path": "Reverse path",
  rip: "RIP",
  router: "Routing",
  "router-preference": "Preference of this router",
  high: "High",
  medium: "Medium",
  low: "Low",
  routing: "Packets with a routing header",
  rx: "By this interface",
  sequence: "Sequence number",
  seq: "Sequence number",
  server: "Server",
  sha1: "SHA-1",
  source: "Source",
  static: "Static routes",
  "summary-address": "Summaries",
  suppress: "Send none",
  tag: "Tag",
  tcp: "TCP",
  "time-range": "Time range",
  "transmit-delay": "Seconds that sending takes",
  udp: "UDP",
  unicast: "Unicast",
  verify: "Check sources",
  vrf: "VRF",
  "0": "An unencrypted key follows",
  "7": "A hidden key follows",
  track: "Object that decides",
  attempts: "Questions",
} as const;
const ipv6 = { mode: globalMode, section: "labels", effect, words } as const;
const PLACE = "{X:X:X:X::X/<0-128> | any | host X:X:X:X::X}";
const PORT =
  "[eq {<0-65535> | WORD} | gt {<0-65535> | WORD} | lt {<0-65535> | WORD} | neq {<0-65535> | WORD} | range {<0-65535> | WORD} {<0-65535> | WORD}]";
const ENDS =
  "[dscp {<0-63> | WORD}] [fragments] [log | log-input] [routing] [sequence <1-4294967294>] [time-range WORD]";

const inList = usageLines(
  { mode: ipv6ListMode, effect, words, distinct: true },
  {
    "evaluate WORD": "Another list",
    "remark LINE": "Access list entry comment",
    [`[sequence <1-4294967294>] {deny | permit} {<0-255> | ahp | esp | ipv6} ${PLACE} ${PLACE} ${ENDS}`]:
      "Specify packets",
    [`[sequence <1-4294967294>] {deny | permit} icmp ${PLACE} ${PLACE} [<0-255> [<0-255>] | WORD] ${ENDS}`]:
      "Specify packets",
    [`[sequence <1-4294967294>] {deny | permit} tcp ${PLACE} ${PORT} ${PLACE} ${PORT} [established] ${ENDS}`]:
      "Specify packets",
    [`[sequence <1-4294967294>] {deny | permit} udp ${PLACE} ${PORT} ${PLACE} ${PORT} ${ENDS}`]: "Specify packets",
  },
);

const global = usageLines(ipv6, {
  "ipv6 dhcp @{binding track ppp | ping packets <0-10> | server vrf enable | iana-route-add | iapd-route-add}": "DHCP",
  "ipv6 general-prefix @WORD {X:X:X:X::X/<0-128> | 6to4 IFNAME}": "Prefix with a name",
  "ipv6 hop-limit <1-255>": "Hops of our own packets",
  "ipv6 host @WORD [<0-65535>] X:X:X:X::X*4": "Configure static hostnames",
  "ipv6 icmp error-interval <0-2147483647> [<1-200>]": "Milliseconds between errors",
  "ipv6 local policy route-map WORD": "Routes of our own packets",
  "ipv6 local pool @WORD X:X:X:X::X/<0-128> <0-128> [shared] [cache-size <0-4294967295>]": "Prefixes of clients",
  "ipv6 mld @[vrf @WORD] @{ssm-map {enable | query dns | static WORD X:X:X:X::X} | state-limit <1-64000>}":
    "Multicast listeners",
  "ipv6 multicast-routing [vrf @WORD]": "Enable multicast",
  "ipv6 nd @{cache expire <1-65536> | cache interface-limit <1-4294967295> | dad retry-interval <1-1000000> | reachable-time <0-3600000>}":
    "Neighbour discovery",
  "ipv6 neighbor @X:X:X:X::X @IFNAME H.H.H": "A neighbour",
  "ipv6 ospf name-lookup": "Names of routers",
  "ipv6 pim @[vrf @WORD] @{accept-register list WORD | bsr candidate {bsr | rp} X:X:X:X::X | register-source IFNAME | rp-address X:X:X:X::X | spt-threshold infinity}":
    "PIM",
  "ipv6 prefix-list @WORD [seq @<1-4294967294>] @{deny | permit} @X:X:X:X::X/<0-128> [ge @<0-128>] [le @<0-128>]":
    "Build a prefix list",
  "ipv6 prefix-list @WORD description LINE": "Description",
  "ipv6 route [vrf @WORD] @X:X:X:X::X/<0-128> @{X:X:X:X::X | IFNAME [@X:X:X:X::X]} [<1-254>] [multicast | unicast] [{name WORD [tag <1-4294967295>] | tag <1-4294967295> [name WORD]}] [track <1-1000>]":
    "Configure static routes",
  "ipv6 source-route": "Packets with a routing header",
  "ipv6 spd @{mode {aggressive | tos protocol ospf} | queue @{max-threshold | min-threshold} <0-65535>}":
    "Packets for this box",
  "ipv6 unicast-routing": "Enable unicast routing",
});

const inPool = usageLines(
  { mode: dhcpPool6Mode, effect, words },
  {
    "address prefix @X:X:X:X::X/<0-128> [lifetime {<60-4294967295> | infinite} {<60-4294967295> | infinite}]":
      "Addresses of clients",
    "dns-server @X:X:X:X::X": "Servers of names",
    "domain-name @WORD": "Domain of clients",
    "import {dns-server | domain-name}": "From what we have learned",
    "information refresh {<0-365> [<0-23> [<0-59>]] | infinity}": "How long it holds",
    "link-address @X:X:X:X::X/<0-128>": "Link of the relay agent",
    "prefix-delegation @X:X:X:X::X/<0-128> WORD": "Prefix of a client",
    "prefix-delegation pool WORD [lifetime {<60-4294967295> | infinite} {<60-4294967295> | infinite}]":
      "Prefixes of clients",
    "sntp address @X:X:X:X::X": "Servers of the time",
    "vrf WORD": "VRF",
  },
);

const TIMED = "{<0-4294967295> | infinite}";
const AREA = "{<0-4294967295> | A.B.C.D}";

export const interfaceIpv6 = setting({
  mode: interfaceMode,
  form: [kw("ipv6", words[" ipv6"]), kw("address", words.address), arg("prefix", ipv6Network, "IPv6 prefix")],
  key: ["prefix"],
  family: "ipv6 address",
  check: ({ prefix }) => addressFault(prefix),
});

/** An address that nobody can be called by from elsewhere: of nobody, of the box itself, of one link, of a group. */
function addressFault(prefix: string): string | undefined {
  const { address } = ipv6PrefixOf(prefix);
  const isStrange = address === "::" || address === "::1" || isOfLink(address) || /^ff..:/.test(address);
  return isStrange ? `Not a valid host address - ${inCapitals(address)}` : undefined;
}

/** On by themselves, the first two wherever IPv6 is and the others where groups are routed. */
const onByThemselves = [
  ...usageLines(
    { mode: interfaceMode, effect, words, holds: true },
    { "ipv6 redirects": "Send redirects", "ipv6 unreachables": "Send unreachables" },
  ),
  ...usageLines(
    { mode: interfaceMode, effect, words, negation: "stored" },
    { "ipv6 mld router": "Ask who listens", "ipv6 pim": "PIM" },
  ),
];

const onInterface = usageLines(
  { mode: interfaceMode, effect, words },
  {
    "ipv6 address @{autoconfig [default] | dhcp [rapid-commit] | NAME @X:X:X:X::X/<0-128> [eui-64]}":
      "Configure IPv6 address on interface",
    "ipv6 bandwidth-percent eigrp @<1-65535> <1-1000000>": "Bandwidth of EIGRP",
    "ipv6 cef [accounting non-recursive {external | internal}]": "Cisco Express Forwarding for IPv6",
    "ipv6 destination-guard [attach-policy WORD]": "Guard of destinations",
    "ipv6 dhcp client pd {hint X:X:X:X::X/<0-128> | WORD [rapid-commit]}": "Ask for a prefix",
    "ipv6 dhcp relay destination @X:X:X:X::X [@IFNAME]": "Relay agent",
    "ipv6 dhcp server [automatic | WORD] [rapid-commit] [preference <0-255>] [allow-hint]": "Server",
    "ipv6 eigrp @<1-65535>": "EIGRP",
    "ipv6 enable": "Enable IPv6 on interface",
    "ipv6 flow monitor @WORD [sampler WORD] @{input | output}": "Flow monitor",
    "ipv6 hello-interval eigrp @<1-65535> <1-65535>": "Seconds between hellos",
    "ipv6 hold-time eigrp @<1-65535> <1-65535>": "Seconds that a neighbour is taken for there",
    "ipv6 inspect WORD @{in | out}": "Inspect",
    "ipv6 mld @{access-group WORD | join-group @X:X:X:X::X | limit <1-64000> | query-interval <0-65535> | query-max-response-time <1-65535> | query-timeout <1-65535> | static-group @X:X:X:X::X}":
      "Multicast listeners",
    "ipv6 mtu <1280-9198>": "Largest packet",
    "ipv6 nd @{advertisement-interval | autoconfig default-route | autoconfig prefix | cache expire <1-65536> | dad attempts <0-600> | managed-config-flag | ns-interval <1000-3600000> | other-config-flag | reachable-time <0-3600000> | router-preference {high | low | medium}}":
      "Neighbour discovery",
    [`ipv6 nd prefix @{default | X:X:X:X::X/<0-128>} [no-advertise | ${TIMED} ${TIMED} [no-autoconfig] [no-onlink] [off-link]]`]:
      "Prefix that is announced",
    "ipv6 nd ra @{hop-limit unspecified | interval {<3-1800> | msec <30-1800000>} [<3-1350>] | lifetime <0-9000> | mtu suppress | suppress [all]}":
      "Announcements",
    [`ipv6 ospf @<1-65535> area ${AREA} [instance <0-255>]`]: "OSPF",
    "ipv6 ospf authentication {ipsec spi <256-4294967295> {md5 | sha1} [0 | 7] KEY | null}": "Authentication",
    "ipv6 ospf adjacency stagger disable": "How adjacencies are formed",
    "ipv6 ospf database-filter all out": "Filter OSPF LSA during synchronization and flooding",
    "ipv6 ospf demand-circuit ignore": "Do not take part in one",
    "ipv6 ospf bfd [disable]": "Bidirectional forwarding detection",
    "ipv6 ospf @{cost <1-65535> | dead-interval <1-65535> | demand-circuit | flood-reduction | hello-interval <1-65535> | mtu-ignore | priority <0-255> | retransmit-interval <1-65535> | transmit-delay <1-65535>}":
      "OSPF",
    "ipv6 ospf network {broadcast | non-broadcast | point-to-multipoint [non-broadcast] | point-to-point}":
      "Type of the network",
    "ipv6 pim @{bsr border | dr-priority <0-4294967295> | hello-interval <1-3600>}": "PIM",
    "ipv6 policy route-map WORD": "Policy",
    "ipv6 rip @WORD @{default-information {only | originate} | enable | metric-offset <1-16> | summary-address @X:X:X:X::X/<0-128>}":
      "RIP",
    "ipv6 router isis [WORD]": "IS-IS",
    "ipv6 summary-address eigrp @<1-65535> @X:X:X:X::X/<0-128> [<1-255>]": "Summaries",
    "ipv6 tcp adjust-mss <40-1454>": "Largest segment",
    "ipv6 traffic-filter WORD @{in | out}": "Access list of packets",
    "ipv6 unnumbered IFNAME": "Take the address of another interface",
    "ipv6 verify unicast {reverse-path [WORD] | source reachable-via {any | rx} [allow-default] [WORD]}":
      "Check sources",
    "ipv6 virtual-reassembly @[in | out]": "Virtual reassembly",
  },
);

export const ipv6Commands = [
  ...global,
  usageOpener(
    { ...ipv6, section: "access-list", opens: ipv6ListMode },
    "ipv6 access-list @WORD",
    "Configure access lists",
  ),
  ...inList,
  usageOpener({ ...ipv6, opens: dhcpPool6Mode }, "ipv6 dhcp pool @WORD", "Pool of DHCP"),
  ...inPool,
  usageOpener(
    { ...ipv6, section: "router", opens: ipv6RouterMode },
    "ipv6 router @{eigrp @<1-65535> | ospf @<1-65535> | rip @WORD}",
    "Enable a routing process",
  ),
];

/** No hardware address is made of it, and what only one link knows calls nobody from elsewhere. */
const otherAddresses = usageLines(
  { mode: interfaceMode, effect, words, family: "ipv6 address" },
  { "ipv6 address @X:X:X:X::X/<0-128> @{anycast | eui-64 | link-local}": "Configure IPv6 address on interface" },
);

export const ipv6InterfaceCommands = [interfaceIpv6, ...otherAddresses, ...onByThemselves, ...onInterface];
