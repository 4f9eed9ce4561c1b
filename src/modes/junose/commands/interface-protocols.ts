/** What routing protocols, multicast and links have on an interface: kept and printed. */

import { inert, type Mode, type Setting } from "../../../grammar/declaration.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const NO_ROUTING = inert("no routing protocol runs here; routes are static");

const IGMP_WORDS = {
  igmp: "Configure IGMP",
  "access-group": "Which groups hosts may join",
  "access-source-group": "Which sources hosts may ask for",
  "apply-oif-map": "Through which interfaces groups are sent",
  "explicit-tracking": "Keep count of every host",
  "disable-if-igmp-v2-detected": "Not where a host speaks version 2",
  group: "How many groups there may be",
  limit: "How many groups there may be",
  "immediate-leave": "Stop at the first who leaves",
  "last-member-query-interval": "How long the last hosts are asked",
  promiscuous: "Take reports from any network",
  "if-subscriber": "Where a subscriber is",
  on: "Always",
  off: "Never",
  querier: "Ask who listens",
  "querier-timeout": "How long another one who asks is waited for",
  "query-interval": "How often hosts are asked",
  "query-max-response-time": "How long an answer may take",
  robustness: "How many packets may be lost",
  "ssm-map": "Map groups to sources",
  "static-group": "A group that is always wanted",
  "static-include": "A group that is always wanted from a source",
  "static-exclude": "A group that is always wanted, but not from a source",
  version: "Version of IGMP",
  source: "From one source",
  "limit <>": "Groups",
  "last-member-query-interval <>": "Tenths of a second",
  "querier-timeout <>": "Seconds",
  "query-interval <>": "Seconds",
  "query-max-response-time <>": "Tenths of a second",
  "robustness <>": "Packets",
  "version <>": "Version",
};

const IGMP =
  "ip igmp @{access-group WORD | access-source-group WORD | apply-oif-map WORD | explicit-tracking [disable-if-igmp-v2-detected] | group limit <1-4294967295> | immediate-leave | last-member-query-interval <0-255> | promiscuous {if-subscriber | off | on} | querier | querier-timeout <0-65535> | query-interval <0-65535> | query-max-response-time <0-255> | robustness <1-4> | ssm-map enable | static-group @A.B.C.D [source @A.B.C.D] | static-include @A.B.C.D @A.B.C.D | static-exclude @A.B.C.D @A.B.C.D | version <1-3>}";

/** On an interface, or in the profile of those that users have. */
export function igmpLines(mode: Mode, reason: string): Setting[] {
  return usageLines(
    { mode, effect: inert(reason), words: IGMP_WORDS },
    { [IGMP]: "Configure IGMP", "ip igmp": "Run IGMP" },
  );
}

const OSPF =
  "ip ospf @{authentication-key KEY | authentication {message-digest | none | simple} | cost <1-65535> | dead-interval <1-65535> | hello-interval <1-65535> | message-digest-key @<1-255> md5 KEY | network {broadcast | non-broadcast | point-to-multipoint | point-to-point} | priority <0-255> | retransmit-interval <0-3600> | shutdown | transmit-delay <0-3600>}";

const RIP =
  "ip rip @{authentication {key KEY | mode {md5 <1-255> | text}} | receive version {off | 1 [2] | 2} | send version {off | 1 | 1-compatible | 2}}";

const LEVEL = "@[level-1 | level-2]";
const ISIS = `isis @{authentication-key KEY ${LEVEL} | circuit-type {level-1 | level-1-2 | level-2-only} | csnp-interval <0-65535> ${LEVEL} | hello-interval <1-65535> ${LEVEL} | hello-multiplier <3-1000> ${LEVEL} | lsp-interval <1-${MOST}> | mesh-group {blocked | <1-${MOST}>} | metric <0-16777215> ${LEVEL} | network point-to-point | passive | priority <0-127> ${LEVEL} | retransmit-interval <0-65535>}`;

/** Of an interface. */
export function routingLines(mode: Mode): Setting[] {
  return [
    ...usageLines(
      {
        mode,
        effect: NO_ROUTING,
        words: {
          "<>": "Number",
          "1": "Version 1",
          "2": "Version 2",
          "1-compatible": "Version 2 that speakers of version 1 understand",
          KEY: "Secret",
          authentication: "Configure authentication",
          "authentication-key": "Secret",
          blocked: "Pass nothing on",
          broadcast: "Every neighbor hears",
          "bsr-border": "Let no bootstrap messages through",
          "circuit-type": "Which levels",
          cost: "Cost of the interface",
          "csnp-interval": "How often what is known is listed",
          "dead-interval": "How long a neighbor may be silent",
          "dense-mode": "Send to everybody who does not refuse",
          dvmrp: "Run DVMRP",
          "metric-offset": "What is added to metrics",
          "unicast-routing": "Tell unicast routes too",
          "hello-interval": "How often neighbors are greeted",
          "hello-multiplier": "How many greetings may be missed",
          isis: "Configure IS-IS",
          key: "Secret",
          "level-1": "Inside an area",
          "level-1-2": "Both",
          "level-2": "Between areas",
          "level-2-only": "Between areas",
          "lsp-interval": "How fast packets follow each other",
          md5: "By digests",
          "mesh-group": "Group in which packets are not passed on",
          "message-digest": "By digests",
          "message-digest-key": "Secret of digests",
          metric: "Metric of the interface",
          mode: "How",
          network: "Kind of the network",
          "non-broadcast": "Neighbors are configured",
          none: "None",
          off: "Nothing",
          ospf: "Configure OSPF",
          passive: "Tell of the interface, and send nothing there",
          pim: "Configure PIM",
          "point-to-multipoint": "Many neighbors, each by itself",
          "point-to-point": "One neighbor",
          priority: "Who leads the network",
          "query-interval": "How often neighbors are greeted",
          receive: "What is taken",
          "retransmit-interval": "How long an acknowledgment is waited for",
          rip: "Configure RIP",
          router: "Configure a routing protocol",
          send: "What is sent",
          shutdown: "Stop OSPF here",
          simple: "By the secret itself",
          "sparse-dense-mode": "Either, by group",
          "sparse-mode": "Send to those who ask",
          text: "By the secret itself",
          "transmit-delay": "How long sending takes",
          unicast: "To one neighbor",
          "isis WORD": "Name of the area",
          version: "Version",
        },
      },
      {
        "ip dvmrp [{metric-offset <0-31> | unicast-routing}]": "Run DVMRP",
        [OSPF]: "Configure OSPF",
        "ip pim @{bsr-border | dense-mode | query-interval <0-210> | sparse-dense-mode | sparse-mode}": "Configure PIM",
        [RIP]: "Configure RIP",
        "ip router isis [WORD]": "Run IS-IS",
        [ISIS]: "Configure IS-IS",
      },
    ),
    ...igmpLines(mode, "no routing protocol runs here; routes are static"),
  ];
}

/** Where packets or a channel are turned around. */
export const LOOPS =
  "cell | diagnostic | internal | line | local | network {line | payload} | payload | remote {line {fdl {ansi | bellcore} | inband} | payload [fdl] [ansi]}";

/** What they mean. */
export const LOOP_WORDS = {
  cell: "Cells, at the far side of the framer",
  diagnostic: "What we send, at the framer",
  internal: "What we send, inside",
  line: "What comes in, on the line",
  local: "What we send",
  network: "What comes in",
  payload: "What comes in, framed anew",
  remote: "At the far end",
  fdl: "By a message of the data link",
  ansi: "As ANSI has it",
  bellcore: "As Bellcore has it",
  inband: "By a pattern in the line",
} as const;

/** Of the link below the interface. */
export function linkLines(mode: Mode): Setting[] {
  return usageLines(
    {
      mode,
      effect: inert("the host's interface carries the packets"),
      words: {
        "<>": "Number",
        clock: "Configure the clock",
        "source internal": "Our own",
        module: "That of the module",
        chassis: "That of the chassis",
        "source line": "That of the line",
        svlan: "Configure stacked VLANs",
        id: "Tags, outer and inner",
        "id any": "Whatever the inner tag",
        ethertype: "Type that marks the outer tag",
        "8100": "Type 8100",
        "88a8": "Type 88a8",
        "9100": "Type 9100",
        untagged: "No tag",
        lacp: "Configure link aggregation",
        active: "Begin by ourselves",
        passive: "Wait for the neighbor",
        "port-priority": "Which links come first",
        timeout: "How long the neighbor may be silent",
        long: "Ninety seconds",
        short: "Three seconds",
        "member-interface": "Add a link",
        profile: "Configure the profile of dynamic interfaces",
        any: "Of every kind",
        atm1483: "Of ATM 1483 subinterfaces",
        bridgedEthernet: "Of bridged Ethernet",
        "bulk-config": "Of a range",
        "bulk-config WORD": "Name of the range",
        mlppp: "Of multilink PPP",
        ppp: "Of PPP",
        pppoe: "Of PPPoE",
        "profile ip": "Of IP",
        "profile ipv6": "Of IPv6",
        vlan: "Of VLAN subinterfaces",
        ...LOOP_WORDS,
        "bridge1483 mtu": "Configure the largest packet",
        "mtu <>": "Octets",
        "bridge1483 LINE": "Parameters",
        description: "Describe the interface",
        "description LINE": "Description",
        "ethernet LINE": "Parameters",
        "c-bit": "C-bit, of T3",
        crc4: "With checksums, of E1",
        esf: "Extended superframe, of T1",
        g751: "G.751, of E3",
        g832: "G.832, of E3",
        m23: "M23, of T3",
        "no-crc4": "Without checksums, of E1",
        sdh: "SDH",
        sf: "Superframe, of T1",
        sonet: "SONET",
        unframed: "No frames",
        failover: "Configure when the other link takes over",
        force: "Now",
        "failover timeout": "How long the link may be down",
        "failover timeout <>": "Milliseconds",
        selection: "Configure which link carries packets",
        primary: "The first one",
        secondary: "The second one",
        "link LINE": "Parameters",
        "pos framing": "Configure the framing",
        "scramble-atm": "Scramble the payload",
        "pos LINE": "Parameters",
      },
    },
    {
      "clock source {internal [{chassis | module}] | line}": "Configure the clock",
      "lacp @{active | passive | port-priority <0-65535> | timeout {long | short}}": "Configure link aggregation",
      "load-interval <30-300>": "Configure over what time rates are averaged",
      "mac-address H.H.H": "Configure the MAC address",
      "member-interface @IFNAME": "Add a link",
      "bridge1483 @{mtu <64-9188> | LINE}": "Configure bridged Ethernet",
      "ethernet @{description LINE | LINE}": "Configure Ethernet",
      "framing {c-bit | crc4 | esf | g751 | g832 | m23 | no-crc4 | sdh | sf | sonet | unframed}":
        "Configure the framing",
      "link @{failover {force | timeout <0-65535>} | selection {primary | secondary} | LINE}": "Configure the links",
      [`loopback [{${LOOPS}}]`]: "Loop packets back",
      "pos @{description LINE | framing {sdh | sonet} | scramble-atm | LINE}": "Configure POS",
      "profile @{any | atm1483 bulk-config @WORD | bridgedEthernet | ip | ipv6 | mlppp | ppp | pppoe | vlan bulk-config @WORD} WORD":
        "Configure the profile of dynamic interfaces",
      "svlan @{ethertype {8100 | 88a8 | 9100} | id <0-4095> {any | untagged | <0-4095>}}": "Configure stacked VLANs",
    },
  );
}
