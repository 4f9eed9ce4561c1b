/**
 * What interfaces of a broadband router have for the users behind them and for the routers beside it: subscriber interfaces, VRRP,
 * labels, IPv6. Kept and printed; users come through L2TP here.
 */

import { inert, type Mode, type Setting } from "../../../grammar/declaration.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const MLD = [
  "access-group WORD",
  "access-source-group WORD",
  "explicit-tracking [disable-if-mld-v1-detected]",
  `group limit <1-${MOST}>`,
  "immediate-leave",
  "last-member-query-interval <0-255>",
  "promiscuous {if-subscriber | off | on}",
  "querier",
  "querier-timeout <0-65535>",
  "query-interval <0-65535>",
  "query-max-response-time <0-255>",
  "robustness <1-4>",
  "static-group @X:X::X [source @X:X::X]",
  "version <1-2>",
].join(" | ");

const ATTACHMENT =
  "@{input | local-input | output | secondary-input} @WORD [statistics {disabled | enabled}] [{merge | preserve}]";

const VRRP = [
  "advertise-interval [milliseconds] <1-65535>",
  "authentication-key KEY",
  "authentication-type {none | text}",
  "enable",
  "preempt",
  "priority <1-255>",
  "track @IFNAME [<1-255>]",
  "virtual-address @{auto | A.B.C.D}",
].join(" | ");

const WORDS = {
  "<>": "Number",
  "access-group": "Which groups hosts may join",
  "access-group WORD": "Name of the access list",
  "access-source-group": "Which sources hosts may ask for",
  "access-source-group WORD": "Name of the access list",
  "adjust-mss": "Change the maximum segment size of passing connections",
  "adjust-mss <>": "Octets",
  "advertise-interval": "How often the others are told",
  "advertise-interval <>": "Seconds, or milliseconds",
  all: "Drop every packet with options",
  arp: "Configure ARP",
  "timeout <>": "Seconds",
  "authentication-key": "Secret of the group",
  "authentication-type": "How the others prove who they are",
  auto: "That of the interface",
  "auto-configure": "Make interfaces of subscribers",
  "da-prefix": "By where packets go",
  "description LINE": "Description",
  disabled: "No",
  enable: "Take part",
  enabled: "Yes",
  "exclude-primary": "But not on the first interface",
  "explicit-tracking": "Keep count of every host",
  "disable-if-mld-v1-detected": "Not where a host speaks version 1",
  "filter-options": "Configure what becomes of IP options",
  group: "How many groups there may be",
  limit: "How many groups there may be",
  "limit <>": "Groups",
  "if-subscriber": "Where a subscriber is",
  "immediate-leave": "Stop at the first who leaves",
  "inactivity-timer <>": "Minutes",
  "include-primary": "On the first interface too",
  input: "Packets that come in",
  "ip-subscriber": "Of IP subscribers",
  "isis WORD": "Name of the area",
  "last-member-query-interval": "How long the last hosts are asked",
  "last-member-query-interval <>": "Tenths of a second",
  ldp: "Run LDP",
  "ldp LINE": "Parameters",
  "local-input": "Packets for this router",
  merge: "Merge with what is attached",
  milliseconds: "In milliseconds",
  mld: "Configure MLD",
  "mpls LINE": "Parameters",
  multipath: "Configure how equal paths are used",
  none: "Not at all",
  off: "Never",
  on: "Always",
  output: "Packets that go out",
  preempt: "Take over from who ranks lower",
  preserve: "Keep the counts of what is attached",
  priority: "Rank among the others",
  "priority <>": "Rank",
  promiscuous: "Take reports from any network",
  "qos-parameter WORD": "Name of the parameter",
  "qos-parameter <>": "Value",
  querier: "Ask who listens",
  "querier-timeout": "How long another one who asks is waited for",
  "querier-timeout <>": "Seconds",
  "query-interval": "How often hosts are asked",
  "query-interval <>": "Seconds",
  "query-max-response-time": "How long an answer may take",
  "query-max-response-time <>": "Tenths of a second",
  robustness: "How many packets may be lost",
  "robustness <>": "Packets",
  "route-map": "Attach a route map",
  "ip-subscriber WORD": "Name of the route map",
  "re-authenticate-auto-detect": "Ask again who a subscriber is",
  router: "Configure a routing protocol",
  rsvp: "Run RSVP",
  "rsvp LINE": "Parameters",
  "sa-prefix": "By where packets come from",
  "secondary-input": "Packets that come in, once more",
  "share-nexthop A.B.C.D": "Address of the next hop",
  source: "From one source",
  statistics: "Count packets",
  "static-group": "A group that is always wanted",
  tcp: "Configure TCP",
  text: "By the secret itself",
  track: "Rank lower while an interface is down",
  "track <>": "What is taken from the rank",
  version: "Version of MLD",
  "version <>": "Version",
  "virtual-address": "Address of the group",
  "vrrp <>": "Number of the group",
} as const;

/** On an interface. */
export function subscriberLines(mode: Mode, reason: string): Setting[] {
  return [
    ...usageLines(
      { mode, effect: inert(reason), words: WORDS },
      {
        "arp timeout <0-2147483647>": "Configure how long an entry stands",
        "ip auto-configure ip-subscriber [{exclude-primary | include-primary}]": "Make an interface of each subscriber",
        "ip demux-type {da-prefix | sa-prefix}": "Configure how packets are told apart",
        "ip destination-prefix @A.B.C.D @MASK": "Configure to where packets belong to the interface",
        "ip ignore-df-bit": "Fragment all the same",
        "ip inactivity-timer <0-65535>": "Remove silent interfaces",
        "ip multipath round-robin": "Use equal paths in turn",
        "ip share-interface IFNAME": "Send through another interface",
        "ip share-nexthop A.B.C.D [virtual-router VR]": "Send to whom leads there",
        "ip source-prefix @A.B.C.D @MASK": "Configure from where packets belong to the interface",
        "ip tcp adjust-mss <160-10240>": "Change the maximum segment size of passing connections",
        [`ip vrrp @<1-255> @[${VRRP}]`]: "Configure VRRP",
        "ipv6 description LINE": "Describe the IPv6 interface",
        "ipv6 router isis [WORD]": "Run IS-IS",
        "mpls @[ldp [LINE] | rsvp [LINE] | LINE]": "Configure Multiprotocol Label Switching",
      },
    ),
    ...subscriberLinesAnywhere(mode, reason),
  ];
}

/** On an interface, or in the profile of those that users have. */
export function subscriberLinesAnywhere(mode: Mode, reason: string): Setting[] {
  return usageLines(
    { mode, effect: inert(reason), words: WORDS },
    {
      "ip filter-options all": "Drop every packet with options",
      "ip re-authenticate-auto-detect ip-subscriber": "Ask again who a subscriber is",
      "ip route-map ip-subscriber WORD": "Configure which subscribers have an interface",
      [`ipv6 mld @{${MLD}}`]: "Configure MLD",
      "ipv6 mld": "Run MLD",
      [`ipv6 policy ${ATTACHMENT}`]: "Attach a policy",
      "ipv6 sa-validate": "Check source addresses",
      [`qos-parameter @WORD <0-${MOST}>`]: "Configure a parameter of the scheduler",
    },
  );
}
