/** MPLS of the box and of its interfaces, which nothing here speaks: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode, interfaceMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const effect = inert("no labels are spoken here");
const words = {
  " mpls": "Configure MPLS parameters",
  "0": "An unencrypted password follows",
  "7": "A hidden password follows",
  accept: "Take labels",
  advertise: "Tell labels",
  "auto-bw": "Adapt bandwidths",
  backoff: "Seconds before it is tried again",
  "backup-path": "Way around a link",
  both: "Both ways",
  configuration: "Configuration",
  discovery: "Discovery of neighbours",
  "explicit-null": "Ask for an explicit null label",
  for: "For what an access list permits",
  force: "At once",
  frequency: "Seconds",
  from: "From what an access list permits",
  "graceful-restart": "Restart gracefully",
  hello: "Hellos",
  holdtime: "Seconds that a neighbour is taken for there",
  igp: "Interior protocols",
  autoconfig: "On the interfaces of a routing process",
  sync: "Wait for labels",
  holddown: "Milliseconds to wait",
  interval: "Seconds",
  interface: "Interface",
  ip: "IP",
  forwarded: "Of packets of others",
  local: "Of our own packets",
  label: "Labels",
  ldp: "Label distribution protocol",
  tdp: "Tag distribution protocol",
  timers: "Timers",
  flooding: "Floods",
  logging: "Log",
  lsp: "Label switched paths",
  maxhops: "Hops at most",
  mtu: "Largest packet with labels",
  maximum: "The largest",
  labels: "Labels",
  targeted: "A neighbour that is not next to us",
  "neighbor-changes": "Neighbours that come and go",
  nsr: "Go on while a standby takes over",
  password: "Password",
  fallback: "Where nothing else is said",
  option: "Rule",
  required: "Without it there is no session",
  "path-selection": "Which way is taken",
  reoptimize: "Look for better ways",
  events: "Events",
  "link-up": "A link that comes up",
  "router-id": "Identifier of this router",
  session: "Session",
  protection: "Keep labels of a neighbour that went",
  duration: "Seconds that they are kept",
  infinite: "For ever",
  signalling: "Signals",
  static: "Given by hand",
  "targeted-hello": "Hellos to neighbours that are not next to us",
  "tag-switching": "Labels, as they were called first",
  to: "To neighbours that an access list permits",
  "traffic-eng": "Traffic engineering",
  "transport-address": "Address of sessions",
  tunnels: "Tunnels",
  "administrative-weight": "Weight of the link",
  "attribute-flags": "Attributes of the link",
  netflow: "NetFlow",
  vrf: "VRF",
  bgp: "BGP",
} as const;
const LISTED = "{<1-99> | <1300-1999> | WORD}";

export const mplsCommands = usageLines(
  { mode: globalMode, section: "labels", effect, words },
  {
    "mpls label protocol {ldp | tdp}": "Protocol of labels",
    "mpls label range <16-1048575> <16-1048575> [static <16-1048575> <16-1048575>]": "Numbers of labels",
    [`mpls ldp advertise-labels @[for @${LISTED} [to @${LISTED}] | interface @IFNAME]`]: "Tell labels",
    "mpls ldp @{autoconfig | backoff <5-2147483> <5-2147483> | discovery @{hello {holdtime | interval} <1-65535> | targeted-hello {accept [from {<1-99> | WORD}] | holdtime <1-65535> | interval <1-65535>}} | explicit-null | graceful-restart [timers @{forwarding-holding | max-recovery | neighbor-liveness} <5-600>] | holdtime <15-2147483> | igp sync holddown <1-2147483647> | label | logging @{neighbor-changes | password configuration} | maxhops <1-255> | nsr | router-id IFNAME [force] | session protection [for WORD] [duration {<30-2147483> | infinite}]}":
      "Label distribution protocol",
    [`mpls ldp neighbor @[vrf @WORD] @A.B.C.D @{implicit-withdraw | labels accept ${LISTED} | password [0 | 7] PASSWORD | targeted [ldp | tdp]}`]:
      "Neighbour",
    "mpls ldp password @{fallback [0 | 7] PASSWORD | option @<1-32767> for WORD [0 | 7] PASSWORD | required [for WORD]}":
      "Password",
    "mpls mtu maximum <64-65535>": "The largest packet",
    "mpls traffic-eng tunnels": "Tunnels",
    "mpls traffic-eng @{auto-bw timers [frequency <1-604800>] | logging lsp {path-errors | reservation-errors | preemption | setups | teardowns} | path-selection metric {igp | te} | reoptimize {events link-up | timers frequency <0-604800>} | signalling advertise implicit-null [WORD]}":
      "Traffic engineering",
  },
);

export const mplsInterfaceCommands = [
  // What the routing process says of all its interfaces, one of them says otherwise.
  ...usageLines(
    { mode: interfaceMode, effect, words, negation: "stored" },
    { "mpls ldp igp @{autoconfig | sync [delay <5-60>]}": "Label distribution protocol" },
  ),
  ...usageLines(
    { mode: interfaceMode, effect, words, negation: "stored" },
    { "tag-switching ip": "Label what is forwarded" },
  ),
  ...usageLines(
    { mode: interfaceMode, effect, words },
    {
      "mpls bgp forwarding": "Take labels of BGP",
      "mpls ip": "Label what is forwarded",
      "mpls label protocol {both | ldp | tdp}": "Protocol of labels",
      "mpls ldp @{discovery transport-address {A.B.C.D | interface}}": "Label distribution protocol",
      "mpls mtu {<64-9216> | maximum | override <64-9216>}": "Largest packet with labels",
      "mpls netflow egress": "NetFlow",
      "mpls traffic-eng @{administrative-weight <0-4294967295> | attribute-flags WORD | backup-path IFNAME | flooding thresholds @{down | up} <0-100>*16 | srlg <0-4294967295> | tunnels}":
        "Traffic engineering",
    },
  ),
];
