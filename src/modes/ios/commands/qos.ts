/** Class maps and policy maps: what chooses and shapes traffic on the box, kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { CODEPOINT_HELP, namesOf, PRECEDENCE_HELP } from "../access-words.ts";
import {
  classMapMode,
  controlPlaneHostMode,
  controlPlaneMode,
  globalMode,
  policePolicyMode,
  policyClassMode,
  policyMapMode,
} from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const noQueues = inert("traffic is neither classified nor queued here");
const DSCP = `<0-63> | ${namesOf(CODEPOINT_HELP)}`;
const PRECEDENCE = `<0-7> | ${namesOf(PRECEDENCE_HELP)}`;

const words = {
  "class-map": "Another class map",
  set: "Set QoS values",
  ...CODEPOINT_HELP,
  ...PRECEDENCE_HELP,
  "access-group": "Access group",
  any: "Any packets",
  average: "Octets of a burst in each interval",
  bc: "Conform burst",
  be: "Peak burst",
  bps: "In bits per second",
  pps: "In packets per second",
  bytes: "Octets",
  cir: "Committed rate",
  cos: "IEEE 802.1Q class of service",
  "conform-action": "What is done with what conforms",
  "destination-address": "Destination",
  "discard-class": "Discard class",
  drop: "Drop the packet",
  dscp: "DSCP",
  "dscp-based": "By DSCP",
  "exceed-action": "What is done with what exceeds",
  experimental: "Experimental bits",
  "fr-de": "Frame Relay DE bit",
  imposition: "While labels are put on",
  input: "What comes",
  "input-interface": "Interface that it came by",
  ip: "IP",
  length: "Octets",
  mac: "MAC address",
  "match-all": "Logical-AND all matching statements",
  "match-any": "Logical-OR all matching statements",
  max: "At most",
  min: "At least",
  mpls: "MPLS",
  ms: "In milliseconds",
  name: "By name",
  not: "All but this",
  output: "What goes",
  packet: "Packets",
  packets: "Packets",
  peak: "All that is there at peak",
  percent: "Of the bandwidth, in percent",
  pir: "Peak rate",
  "policed-dscp-transmit": "Mark it down and send it",
  precedence: "IP precedence",
  "prec-based": "By precedence",
  priority: "Strict priority",
  "priority level": "Level of priority",
  protocol: "Protocol",
  "qos-group": "QoS group",
  rate: "Rate",
  remaining: "Of what is left",
  ratio: "Share of what is left",
  rtp: "RTP",
  "set-cos-transmit": "Set the class of service and send it",
  "set-discard-class-transmit": "Set the discard class and send it",
  "set-dscp-transmit": "Set the DSCP and send it",
  "set-mpls-exp-imposition-transmit": "Set experimental bits and send it",
  "set-prec-transmit": "Set the precedence and send it",
  "set-qos-transmit": "Set the QoS group and send it",
  "source-address": "Source",
  topmost: "Of the outermost label",
  log: "Log it",
  transmit: "Send it",
  type: "Type",
  "violate-action": "What is done with what violates",
  vlan: "VLAN",
  "exponential-weighting-constant": "Weight of the average",
  ecn: "Mark instead of drop",
} as const;
const queues = { effect: noQueues, words } as const;

const ACTION =
  "{drop | transmit | policed-dscp-transmit | set-cos-transmit <0-7> | set-discard-class-transmit <0-7> | set-dscp-transmit {<0-63> | WORD} | set-mpls-exp-imposition-transmit <0-7> | set-prec-transmit <0-7> | set-qos-transmit <0-99>}";
const ACTIONS = `[conform-action ${ACTION}] [exceed-action ${ACTION}] [violate-action ${ACTION}]`;
const MATCHES = [
  "any",
  "access-group @{<1-2699> | name @WORD}",
  "class-map @WORD",
  "cos @<0-7>*4",
  "@{destination-address | source-address} mac @H.H.H",
  "discard-class @<0-7>",
  `[ip] dscp @{${DSCP}}*8`,
  "fr-de",
  "input-interface @IFNAME",
  "ip rtp @<2000-65535> @<0-16383>",
  "mpls experimental [topmost] @<0-7>*8",
  "packet length [max @<1-2000>] [min @<1-2000>]",
  `[ip] precedence @{${PRECEDENCE}}*4`,
  "protocol @WORD [LINE]",
  "qos-group @<0-99>",
  "vlan @<1-4095>",
];

const inClassMap = usageLines(
  { ...queues, mode: classMapMode },
  {
    "description LINE": "Class-map description",
    ...Object.fromEntries(MATCHES.map((what) => [`match @[not] ${what}`, "Classification criteria"])),
  },
);

const inClass = usageLines(
  { ...queues, mode: policyClassMode },
  {
    "bandwidth {percent <1-100> | remaining {percent <1-100> | ratio <1-1000>} | <1-10000000>}": "Bandwidth",
    "drop [log]": "Drop all packets",
    "fair-queue [<1-4096>]": "Enable flow-based fair queuing in this class",
    "priority [level <1-2>] [percent <1-100> [<32-2000000>] | <1-10000000> [<32-2000000>]]":
      "Strict scheduling priority for this class",
    "queue-limit <1-8192000> [bytes | ms | packets]": "Queue max threshold for tail drop",
    "random-detect @[dscp-based | prec-based | ecn | exponential-weighting-constant <1-16> | discard-class @<0-7> <1-4096> <1-4096> [<1-65536>] | dscp @WORD <1-4096> <1-4096> [<1-65536>] | precedence @<0-7> <1-4096> <1-4096> [<1-65536>]]":
      "Enable random early detection as drop policy",
    "service-policy WORD": "Configure QoS service policy",
    [`set @[ip] {dscp {${DSCP}} | precedence {${PRECEDENCE}}}`]: "Set QoS values",
    "set @{cos | discard-class} <0-7>": "Set QoS values",
    "set fr-de": "Set the Frame Relay DE bit",
    "set mpls experimental @{imposition | topmost} <0-7>": "Set experimental bits",
    "set qos-group <0-99>": "Set the QoS group",
    "shape {average | peak} {percent <1-100> | <8000-10000000000>} [<32-2000000000> [<0-2000000000>]]":
      "Traffic shaping",
  },
);

/** Its actions stand in its line or below it. */
const police = [
  usageOpener(
    { ...queues, mode: policyClassMode, opens: policePolicyMode },
    `police {<8000-10000000000> [<1000-512000000> [<1000-512000000>]] | cir {<8000-10000000000> | percent <1-100>} [bc <1000-512000000>] [pir <8000-10000000000>] [be <1000-512000000>] | rate {percent <1-100> | <8000-10000000000> [bps | pps]}} ${ACTIONS}`,
    "Police",
  ),
  usageLines(
    { ...queues, mode: policePolicyMode },
    {
      [`conform-action ${ACTION}`]: "What is done with what conforms",
      [`exceed-action ${ACTION}`]: "What is done with what exceeds",
      [`violate-action ${ACTION}`]: "What is done with what violates",
    },
  ),
].flat();

const ALLOWED = "beep | ftp | http | https | ping | snmp | ssh | telnet | tftp";

export const qosCommands = [
  usageOpener(
    { ...queues, mode: globalMode, section: "class-map", opens: classMapMode },
    "class-map [type WORD] [match-all | match-any] @WORD",
    "Configure QoS class map",
  ),
  inClassMap,
  usageOpener(
    { ...queues, mode: globalMode, section: "policy-map", opens: policyMapMode },
    "policy-map [type WORD] @WORD",
    "Configure policy map",
  ),
  usageLines({ ...queues, mode: policyMapMode }, { "description LINE": "Policy-map description" }),
  usageOpener({ ...queues, mode: policyMapMode, opens: policyClassMode }, "class [type WORD] @WORD", "Policy criteria"),
  inClass,
  police,
  [controlPlaneMode, controlPlaneHostMode].flatMap((mode) =>
    usageLines({ ...queues, mode }, { "service-policy @{input | output} WORD": "Configure QoS service policy" }),
  ),
  usageLines(
    {
      mode: controlPlaneHostMode,
      effect: inert("the operating system opens and closes ports"),
      words: {
        allow: "Let these through",
        beep: "BEEP",
        ftp: "FTP",
        http: "HTTP",
        https: "HTTPS",
        "management-interface": "Interface that takes connections to this box",
        ping: "Pings",
        snmp: "SNMP",
        ssh: "SSH",
        telnet: "Telnet",
        tftp: "TFTP",
      },
    },
    { [`management-interface @IFNAME allow {${ALLOWED}}*9`]: "Interface that takes connections to this box" },
  ),
].flat();
