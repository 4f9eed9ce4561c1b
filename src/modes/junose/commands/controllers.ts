/** Ports that carry channels, and what is said of a channel behind its number: kept and printed. There is no such hardware here. */

import { inert } from "../../../grammar/declaration.ts";
import { controllerMode, globalMode } from "../modes.ts";
import { LOOP_WORDS, LOOPS } from "./interface-protocols.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("there is no such hardware here");

const controller = usageOpener(
  {
    mode: globalMode,
    section: "system",
    effect,
    opens: controllerMode,
    words: { e1: "E1 port", e3: "E3 port", sonet: "SONET or SDH port", t1: "T1 port", t3: "T3 port" },
  },
  "controller @{e1 | e3 | sonet | t1 | t3} @SLOT/PORT",
  "Configure a controller",
);

const CLOCK = "clock source {internal [{chassis | module}] | line}";
const BERT =
  "bert pattern {0s | 1s | 2^11 | 2^15 | 2^20 | 2^20-QRSS | 2^20-O153 | 2^23 | alt-0-1} interval <1-1440> [unframed]";
const PARTS = "eic WORD | fic WORD | fi WORD | generator WORD | lic WORD | pfi WORD | port WORD | unit WORD";
const SENT = "idle-signal | path-id | test-signal";
/** As a time slot is written: `1,3-5,7`. */
const SLOTS = "timeslots WORD [speed {56 | 64}]";

/** Said of a whole port, and of a channel of it. */
const OF_LINE = [
  BERT,
  CLOCK,
  "description LINE",
  `fdl @{all | ansi | att | carrier | none | string @{${PARTS}} | transmit @{${SENT}}}`,
  "framing {c-bit | crc4 | esf | g751 | g832 | m23 | no-crc4 | sdh | sf | sonet | unframed}",
  "lineCoding {ami | b8zs | hdb3}",
  `loopback [{${LOOPS}}]`,
  `mdl @{carrier | string @{${PARTS}} | transmit @{${SENT}}}`,
  `remote loopback [{${LOOPS}}]`,
  "shutdown",
  "snmp trap link-status",
  "yellow @{detect | generate}",
];

/** Said of a group of time slots. */
const OF_GROUP = [
  SLOTS,
  "crc {16 | 32}",
  "description LINE",
  "idle-character {flags | marks}",
  "invert data",
  "mru <64-65535>",
  "mtu <64-65535>",
  "shutdown",
  "snmp trap link-status",
].join(" | ");

const WORDS = {
  "<>": "Number",
  LINE: "Parameters",
  "0s": "Zeros",
  "1s": "Ones",
  "2^11": "Pseudorandom, 2047 bits long",
  "2^15": "Pseudorandom, 32767 bits long",
  "2^20": "Pseudorandom, 1048575 bits long",
  "2^20-O153": "The same, as O.153 has it",
  "2^20-QRSS": "The same, without long runs of zeros",
  "2^23": "Pseudorandom, 8388607 bits long",
  "16": "Two octets",
  "32": "Four octets",
  "56": "56 kbit/s",
  "64": "64 kbit/s",
  all: "Either",
  "alt-0-1": "Zeros and ones in turn",
  ami: "AMI",
  att: "As AT&T has it",
  b8zs: "B8ZS",
  bandwidth: "Configure the bandwidth",
  "bandwidth <>": "Kbit/s",
  bert: "Test the line",
  "c-bit": "C-bit, of T3",
  "cablelength <>": "Feet",
  carrier: "As carriers do",
  "channel-group": "Configure a group of time slots",
  "channel-group <>": "Number of the group",
  chassis: "That of the chassis",
  clock: "Configure the clock",
  crc: "Configure checksums of frames",
  crc4: "With checksums, of E1",
  customer: "On the customer's side",
  data: "Ones for zeros",
  " remote": "Loop the far end",
  description: "Describe it",
  "description LINE": "Description",
  detect: "Watch for them",
  esf: "Extended superframe, of T1",
  " fdl": "Configure the facility data link",
  eic: "Code of the equipment",
  fi: "Code of the frame",
  fic: "Code of the frame",
  flags: "Flags",
  framing: "Configure the framing",
  g751: "G.751, of E3",
  g832: "G.832, of E3",
  generate: "Send them",
  generator: "Number of the generator",
  hdb3: "HDB3",
  "idle-character": "Configure what is sent between frames",
  "idle-signal": "While the line is idle",
  "source internal": "Our own",
  interval: "How long",
  "interval <>": "Minutes",
  invert: "Invert the data",
  lic: "Code of the place",
  "source line": "That of the line",
  "link-status": "When the link changes",
  lineCoding: "Configure the line code",
  loopback: "Loop what comes back",
  m23: "M23, of T3",
  marks: "Ones",
  " mdl": "Configure the maintenance data link",
  mdl: "Configure the maintenance data link",
  mode: "Configure the manufacturer of the other end",
  "mode WORD": "Manufacturer",
  module: "That of the line module",
  mru: "Configure the largest packet that is taken",
  "mru <>": "Octets",
  mtu: "Configure the largest packet",
  "mtu <>": "Octets",
  "equipment network": "On the network's side",
  "no-crc4": "Without checksums, of E1",
  none: "Neither",
  "path-id": "To tell the path",
  pattern: "Bits that are sent",
  pfi: "Code of the facility",
  "string port": "Number of the port",
  scramble: "Scramble the payload",
  sdh: "SDH",
  sf: "Superframe, of T1",
  shutdown: "Shut it down",
  snmp: "Configure SNMP",
  sonet: "SONET",
  source: "Where the clock is from",
  speed: "Speed of a time slot",
  string: "Configure what the message says",
  "test-signal": "While the line is tested",
  timeslots: "Which time slots",
  "timeslots WORD": "Time slots, 1,3-5",
  transmit: "Send messages",
  trap: "Configure traps",
  unframed: "No frames",
  unit: "Code of the unit",
  yellow: "Configure yellow alarms",
  ...LOOP_WORDS,
  "t1 <>": "Channel",
  "t1 remote": "Loop the far end",
  "e1 remote": "Loop the far end",
  "e1 <>": "Channel",
} as const;

const HELP: Readonly<Record<string, string>> = {
  bert: "Test the line",
  clock: "Configure the clock",
  description: "Describe the controller",
  fdl: "Configure the facility data link",
  framing: "Configure the framing",
  lineCoding: "Configure the line code",
  loopback: "Loop what comes back",
  mdl: "Configure the maintenance data link",
  remote: "Loop the far end",
  shutdown: "Shut the controller down",
  snmp: "Send traps when the link changes",
  yellow: "Configure yellow alarms",
};

const ofPort = usageLines(
  { mode: controllerMode, effect, words: WORDS },
  Object.fromEntries(OF_LINE.map((usage) => [usage, HELP[usage.split(" ")[0] ?? ""] ?? "Configure it"])),
);

const ofChannels = usageLines(
  { mode: controllerMode, effect, words: WORDS },
  {
    "cablelength <0-450>": "Configure the length of the cable",
    [`channel-group @<0-31> @[${OF_GROUP}]`]: "Configure a group of time slots",
    "ds3-scramble": "Scramble the payload",
    "dsu @{bandwidth <1-44210> | mode WORD | scramble}": "Configure the DSU",
    [`e1 @<1-21> @{channel-group @<1-31> @[${OF_GROUP}] | ${OF_LINE.join(" | ")} | LINE}`]: "Configure an E1 channel",
    "equipment @{customer | network} loopback": "Configure remote loops",
    "invert data": "Invert the data",
    "oc3 @LINE": "Configure an OC3 channel",
    "overhead @LINE": "Configure bytes of the overhead",
    "path @<0-2147483647> @LINE": "Configure a path",
    sdh: "Use SDH",
    [`t1 @<1-28> @{channel-group @<1-24> @[${OF_GROUP}] | ${OF_LINE.join(" | ")} | ${SLOTS} | LINE}`]:
      "Configure a T1 channel",
    "t3 @<1-12> @LINE": "Configure a T3 channel",
    unframed: "Use no frames",
  },
);

export const controllerCommands = [controller, ...ofPort, ...ofChannels];
