/** Classifiers: which packets a policy means, by layer. Kept and printed; packets are not classified here. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const chassis = {
  mode: globalMode,
  section: "policy",
  effect: inert("packets are neither classified nor policed"),
} as const;

/** What every classifier may look at. */
const MARKS = "@[traffic-class @WORD] @[color @{green | yellow | red}] @[user-packet-class @<0-15>]";
const END = "@[not] @{@A.B.C.D @A.B.C.D | host @A.B.C.D | any}";
const PORTS = "@[@{eq | gt | lt | ne} @{<0-65535> | WORD} | range @<0-65535> @<0-65535>]";
const IP_CLASSIFIER = `ip classifier-list @WORD ${MARKS} @[source-route-class @<0-255>] @[destination-route-class @<0-255>] @[local @{true | false}] @[not] @{icmp | igmp | ip | tcp | udp | @<0-255>} ${END} ${PORTS} ${END} ${PORTS} @[@<0-255> @[<0-255>]] @[tcp-flags @WORD] @[ip-flags @WORD] @[ip-frag-offset @{eq | gt} @<0-1>] @[precedence @<0-7> | dsfield @<0-63> | tos @<0-255>]`;

/** What packets are looked at as. */
export const LAYERS = {
  atm: "Configure ATM",
  "frame-relay": "Configure Frame Relay",
  "gre-tunnel": "Configure GRE tunnels",
  ip: "Configure IP",
  ipv6: "Configure IPv6",
  l2tp: "Configure L2TP",
  mpls: "Configure Multiprotocol Label Switching",
  vlan: "Configure VLANs",
} as const;

export const classifiers = usageLines(
  {
    ...chassis,
    words: {
      ...LAYERS,
      LINE: "Fields of the header",
      "classifier-list WORD": "Name of the classifier",
      "<>": "Number",
      "traffic-class": "Packets of a traffic class",
      "traffic-class WORD": "Name of the traffic class",
      color: "Packets of a color",
      green: "Dropped last",
      yellow: "Dropped before green ones",
      red: "Dropped first",
      "user-packet-class": "Packets of a class of users",
      "source-route-class": "Packets from routes of a class",
      "destination-route-class": "Packets to routes of a class",
      local: "Whether packets are for this router",
      true: "They are",
      false: "They are not",
      not: "All but the next",
      icmp: "ICMP",
      igmp: "IGMP",
      tcp: "TCP",
      udp: "UDP",
      "ip classifier-list": "Configure a classifier of packets",
      "classifier-list ip": "Any protocol",
      host: "One address",
      any: "Any address",
      eq: "At it",
      gt: "Above it",
      lt: "Below it",
      ne: "Anywhere but there",
      range: "From the first to the last",
      "eq WORD": "Port",
      "gt WORD": "Port",
      "lt WORD": "Port",
      "ne WORD": "Port",
      "tcp-flags": "Flags of TCP",
      "tcp-flags WORD": "Flags, in quotes",
      "ip-flags": "Flags of IP",
      "ip-flags WORD": "Flags, in quotes",
      "ip-frag-offset": "Place of a fragment",
      precedence: "Upper three bits of the type of service",
      dsfield: "Upper six bits of the type of service",
      tos: "Type of service",
    },
  },
  {
    [IP_CLASSIFIER]: "Configure a classifier of packets",
    [`l2tp classifier-list @WORD ${MARKS}`]: "Configure a classifier of packets",
    ...Object.fromEntries(
      ["atm", "frame-relay", "gre-tunnel", "ipv6", "mpls", "vlan"].map((layer) => [
        `${layer} classifier-list @WORD ${MARKS} @[LINE]`,
        "Configure a classifier of packets",
      ]),
    ),
  },
);
