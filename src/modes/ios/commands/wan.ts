/** Links of ATM, Frame Relay, dialled lines and the like below an interface: there are none here, and they are kept. */

import { inert } from "../../../grammar/declaration.ts";
import { atmCircuitMode, frameRelayCircuitMode, globalMode, interfaceMode, mapClassMode } from "../modes.ts";
import { isAtm } from "./interface-kinds.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("there is no such hardware here");
const words = {
  " glbp": "GLBP interface configuration commands",
  " atm": "ATM interface commands",
  " frame-relay": "Set frame relay parameters",
  " ip": "Interface Internet Protocol config commands",
  "0": "An unencrypted text follows",
  "7": "A hidden text follows",
  aal5auto: "Whichever is there",
  aal5ciscoppp: "Cisco PPP",
  aal5mux: "One protocol",
  aal5nlpid: "By NLPID",
  aal5snap: "By LLC and SNAP",
  ansi: "ANSI",
  "ansi-dmt": "ANSI",
  adsl2: "ADSL2",
  "adsl2+": "ADSL2+",
  auto: "Whichever is there",
  authentication: "Authentication",
  bandwidth: "Bandwidth",
  becn: "By backward congestion",
  bridge: "Bridged",
  broadcast: "Broadcasts too",
  callback: "Call back",
  cir: "Committed rate",
  cisco: "As Cisco has it",
  class: "Map class",
  dce: "The network's end",
  dte: "The user's end",
  dynamic: "Learn it",
  either: "Either way",
  fragment: "Fragments",
  group: "Group",
  holdtime: "Seconds that addresses are remembered",
  "idle-timeout": "Seconds without traffic",
  ietf: "As in RFC 1490",
  ilmi: "Management",
  inbound: "What comes",
  interface: "Interface",
  "intf-type": "Which end we are",
  "inverse-arp": "Ask for addresses",
  ip: "IP",
  "itu-dmt": "ITU",
  "lmi-type": "Kind of management",
  "load-threshold": "Load from which on another line is dialled",
  map: "Address of a neighbour",
  "map multicast": "Multicast",
  mincir: "Least rate",
  multicast: "Multicast",
  name: "Name of the neighbour",
  "network-id": "Number of the network",
  nhs: "Server of addresses",
  nni: "Network to network",
  "no-unique": "Others may register it",
  oam: "Cells of management",
  "oam-pvc": "Cells of management",
  outbound: "What goes",
  out: "What goes",
  in: "What comes",
  persistent: "Stay connected",
  pool: "Group of lines",
  "pool-member": "Line of a group",
  ppp: "PPP",
  priority: "Priority",
  "priority <>": "At least",
  protocol: "Protocol",
  q933a: "ITU",
  redirect: "Send shorter ways",
  registration: "Registration",
  "remote-name": "Name of the neighbour",
  rtp: "RTP",
  "header-compression": "Compress headers",
  server: "Servers",
  "server-only": "Answer, and do not ask",
  shortcut: "Take shorter ways",
  string: "Number",
  tcp: "TCP",
  timeout: "Seconds",
  "traffic-shaping": "Shape each circuit",
  "traffic-rate": "Rates",
  use: "Packets before it asks",
  "vc-per-vp": "Circuits of a path",
  "virtual-template": "Virtual template",
  vrf: "VRF",
  "wait-for-carrier-time": "Seconds for a carrier",
  "watch-group": "Watched networks",
  "web-cache": "Web cache",
  "fast-idle": "Seconds without traffic while others wait",
  "enable-timeout": "Seconds between calls",
  "hold-queue": "Packets that wait",
  "in-band": "By signals in the line",
  rotor: "Which number is next",
  redial: "Call again",
  order: "In this order",
  best: "The one that worked best",
  interval: "Seconds between",
  attempts: "How often",
  "re-enable": "Seconds of rest",
  "ack-max": "Acknowledge so many at once",
  "local-window": "Frames on the way",
  n2: "How often it is tried again",
  "t1-time": "Milliseconds for an answer",
  "idle-time": "Milliseconds without frames",
  client: "Client",
  dialer: "Dial",
  "dscp-based": "By DSCP",
  "prec-based": "By precedence",
  dscp: "DSCP",
  precedence: "Precedence",
  "exponential-weighting-constant": "Weight of the average",
  flow: "By flows",
  "average-depth-factor": "How many times the average",
  count: "Flows",
  dedicated: "DoD classes",
  "ignore-authorities": "Whoever it is from",
  "implicit-labelling": "Of packets without a label",
  multilevel: "Several levels",
  add: "Add it",
  first: "In front",
  strip: "Take it off",
} as const;
const of = { mode: interfaceMode, effect, words } as const;
const SHAPES =
  "abr <1-1000000> <1-1000000> | cbr <1-1000000> | ubr <1-1000000> | ubr+ <1-1000000> <1-1000000> | vbr-nrt <1-1000000> <1-1000000> [<1-65535>] | vbr-rt <1-1000000> <1-1000000> [<1-65535>]";
const NEIGHBOUR = "ip A.B.C.D";
const SHAPE_WORDS = SHAPES.split(" | ");

export const wanInterfaceCommands = [
  ...usageLines(
    { ...of, holds: true, initialBelow: isAtm },
    {
      "atm address-registration": "Register addresses",
      "atm auto-configuration": "Configure by ILMI",
      "atm ilmi-keepalive [<1-65535>]": "Seconds between keepalives",
    },
  ),
  ...usageLines(
    { ...of, negation: "stored" },
    {
      "frame-relay inverse-arp [interval <15-600>]": "Ask neighbours for their addresses",
      "glbp @<0-1023> forwarder preempt [delay minimum <0-3600>]": "Take the part over from a lesser one",
    },
  ),
  ...usageLines(of, {
    "atm @{enable-ilmi-trap | classic-ip-extensions BFI | ilmi-pvc-discovery [subinterface] | maxvp-number <0-255> | nsap-address WORD | pvp <1-255> [<1-1000000>] | route-bridged ip | vc-per-vp <32-8192>}":
      "ATM interface commands",
    "dialer @{callback-secure | enable-timeout <1-2147483> | fast-idle <1-2147483> | hold-queue <0-100> [timeout <1-100>] | idle-timeout <0-2147483> [either | inbound] | in-band [no-parity | odd-parity] | load-threshold <1-255> [either | inbound | outbound] | max-link <1-255> | persistent [delay <1-2147483> | initial <1-2147483>] | pool <1-255> | pool-member @<1-255> [priority <0-255>] [min-link <0-255>] [max-link <0-255>] | priority <0-255> | redial interval <5-2147483> attempts <1-2147483> re-enable <5-2147483> | remote-name WORD | rotary-group <0-255> | rotor {best | order} | string @WORD [class WORD] | vpdn | wait-for-carrier-time <1-2147483> | watch-group <1-255>}":
      "Dial-on-demand routing commands",
    "dialer caller @WORD [callback]": "Callers",
    [`dialer map @${NEIGHBOUR.replace("A.B", "@A.B")} [name @WORD] [class WORD] [broadcast] [WORD]`]:
      "Address of a neighbour",
    "dsl operating-mode {adsl2 | adsl2+ | ansi-dmt | auto | itu-dmt}": "Configure DSL operating mode",
    "frame-relay @{broadcast-queue <1-2147483647> <1-2147483647> <1-2147483647> | class WORD | intf-type {dce | dte | nni} | ip rtp header-compression [passive] | ip tcp header-compression [passive] | lmi-n391dte <1-255> | lmi-type {ansi | cisco | q933a} | priority-dlci-group @<1-16> <16-1007> | route @<16-1007> interface @IFNAME <16-1007> | traffic-shaping}":
      "Set frame relay parameters",
    "frame-relay map @{bridge | ip @A.B.C.D} @<16-1007> [broadcast] [cisco | ietf]": "Address of a neighbour",
    "glbp @<0-1023> @{authentication {md5 {key-chain WORD | key-string [0 | 7] KEY} | text WORD} | client-cache maximum <8-2000> [timeout <1-1440>] | ip [A.B.C.D [secondary]] | ipv6 {X:X:X:X::X | autoconfig} | load-balancing [host-dependent | round-robin | weighted] | name WORD | preempt [delay minimum <0-3600>] | priority <1-255> | timers {<1-60> | msec <50-60000>} {<1-180> | msec <70-180000>} | timers redirect <0-3600> <610-64800> | weighting <1-254> [lower <1-253>] [upper <1-254>] | weighting track @<1-1000> [decrement <1-254>]}":
      "GLBP interface configuration commands",
    "llc2 @{ack-delay-time <1-60000> | ack-max <1-127> | dynwind [nw <1-16>] | idle-time <0-60000> | local-window <1-127> | n1 <1-4105> | n2 <0-255> | t1-time <1-60000> | tbusy-time <0-60000> | tpf-time <0-60000> | trej-time <0-60000> | xid-neg-val-time <0-60000> | xid-retry-time <0-60000>}":
      "LLC2 interface subcommands",
    "random-detect [dscp-based | prec-based]": "Enable weighted random early detection",
    "random-detect @{dscp @{<0-63> | WORD} <1-4096> <1-4096> [<1-65536>] | exponential-weighting-constant <1-16> | flow [average-depth-factor <1-16> | count <16-32768>] | precedence @<0-7> <1-4096> <1-4096> [<1-65536>]}":
      "Enable weighted random early detection",
    "snapshot @{client <5-1000> <8-100000> [dialer] [suppress-statechange-update] | server <5-1000> [dialer]}":
      "Configure snapshot support on the interface",
    "trunk-group @WORD [<1-64>] [preference-scheme WORD]": "Configure interface to be in a trunk group",
  }),
  ...usageLines(
    { ...of, effect: inert("no routing protocol runs here") },
    {
      "ip nhrp @{attribute group WORD | authentication WORD | cache non-authoritative | event-publisher max-event-timeout <1-20> | group WORD | holdtime <1-65535> | interest {<100-199> | none} | max-send <1-65535> every <1-65535> | network-id <1-4294967295> | nhs @A.B.C.D [@A.B.C.D [@MASK]] [nbma {A.B.C.D | WORD} [multicast]] [priority <0-255>] [cluster <0-10>] | record | redirect [timeout <2-30>] | registration {no-unique | timeout <1-65535>} | responder IFNAME | server-only [non-caching] | shortcut | trigger-svc <1-10000> <0-10000> | use <1-65535>}":
        "NHRP interface subcommands",
      "ip nhrp map @A.B.C.D [@MASK] @A.B.C.D": "Address of a neighbour",
      "ip nhrp map @{group @WORD service-policy output WORD | multicast @{dynamic | A.B.C.D}}":
        "Address of a neighbour",
      "ip wccp @[vrf @WORD] @{web-cache | <0-254>} @{group-listen | redirect @{in | out} | redirect exclude in}":
        "WCCP interface commands",
      "ip wccp redirect exclude in": "Send what comes here to no cache",
    },
  ),
  ...usageLines(
    { ...of, effect: inert("the operating system handles this") },
    {
      "ip security @{add | dedicated {confidential | secret | topsecret | unclassified} {doe | genser | nsa | sci | siop-esi}*5 | eso-info <0-255> <0-16> <0-255> | extended-allowed | first | ignore-authorities | implicit-labelling | multilevel {confidential | secret | topsecret | unclassified} to {confidential | secret | topsecret | unclassified} | reserved-allowed | strip}":
        "DDN IP Security Option",
    },
  ),
  usageOpener({ ...of, opens: atmCircuitMode }, "pvc [@NAME] @VPIVCI [ilmi | qsaal]", "Configure ATM PVC parameters"),
  ...usageLines(
    { mode: atmCircuitMode, effect, words },
    {
      broadcast: "Broadcasts too",
      "dialer pool-member <1-255>": "Line of a group",
      "encapsulation {aal5auto | aal5ciscoppp [virtual-template <1-200>] | aal5mux {bridge | ip | ppp [dialer | virtual-template <1-200> | IFNAME] | pppoe-client} | aal5nlpid | aal5snap}":
        "Encapsulation of the circuit",
      "inarp <1-60>": "Minutes between questions for addresses",
      "oam retry <1-600> <1-600> <1-1000>": "How often it is tried again",
      "oam-pvc manage [<0-600>]": "Look after the circuit",
      "pppoe-client dial-pool-number <1-255>": "Session of PPPoE",
      "protocol ip {A.B.C.D | inarp} [broadcast]": "Address of a neighbour",
      "tx-ring-limit <1-32767>": "Cells that wait",
      ...Object.fromEntries(SHAPE_WORDS.map((shape) => [shape, "Shape of the traffic"])),
    },
  ),
  usageOpener(
    { ...of, opens: frameRelayCircuitMode },
    "frame-relay interface-dlci @<16-1007> [cisco | ietf | ppp Virtual-Template <1-200>]",
    "A circuit of this interface",
  ),
  ...usageLines({ mode: frameRelayCircuitMode, effect, words }, { "class WORD": "Map class" }),
];

export const wanCommands = [
  usageOpener(
    { mode: globalMode, section: "scheduler", effect, words, opens: mapClassMode },
    "map-class @{atm | dialer | frame-relay} @WORD",
    "Configure static map class",
  ),
  ...usageLines(
    { mode: mapClassMode, effect, words },
    {
      "frame-relay @{adaptive-shaping {becn | foresight | interface-congestion} | bc @[in | out] <300-16000000> | be @[in | out] <0-16000000> | cir @[in | out] <1-154400000> | fair-queue | fragment <16-1600> | holdq <1-512> | mincir @[in | out] <1-154400000> | traffic-rate <600-45000000> [<0-45000000>] | voice bandwidth <8000-45000000>}":
        "Set frame relay parameters",
      "dialer @{enable-timeout <1-2147483> | fast-idle <1-2147483> | idle-timeout <0-2147483> | voice-call | wait-for-carrier-time <1-2147483>}":
        "Dial-on-demand routing commands",
      "service-policy @{input | output} WORD": "Configure QoS service policy",
    },
  ),
];
