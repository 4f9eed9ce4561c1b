/** VPDN as one that forwards, and the tunnels of other protocols: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { SERVICE_HELP } from "../access-words.ts";
import { globalMode, vpdnGroupMode, vpdnTemplateMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const noForwarding = inert("sessions end here: nothing is forwarded to another server");
const noProtocol = inert("tunnels are L2TP");
const asSaid = inert("a tunnel is negotiated with what both ends can do");
const words = {
  accounting: "Accounting of tunnels",
  backup: "Specify backup servers",
  "directed-request": "By the server that the user names",
  domain: "By domain",
  loadsharing: "Share sessions among servers",
  ...SERVICE_HELP,
  reflect: "Copy it from the inner packet",
  "right-to-left": "Look for the delimiter from the right",
  source: "Tell who sent it on",
  sso: "Stateful switchover",
  all: "All users",
  ancp: "Speed that the access node says",
  attempts: "How often a session is sent on",
  attribute: "Attributes of the messages",
  authorization: "Authorization of tunnels",
  "bba-group": "Group of PPPoE",
  bearer: "Bearer capabilities",
  busy: "A busy peer",
  clid: "Calling number",
  default: "The default list",
  delimiter: "Characters that divide user and domain",
  disable: "None",
  drop: "Drop what is behind it",
  echo: "Seconds between echoes",
  "flow-control": "Flow control",
  framing: "Framing capabilities",
  group: "Items grouped for all attached vpdn-groups",
  hash: "Hash of the digest",
  hostname: "By the name of a peer",
  identifier: "Name of this server",
  initial: "Of the first message",
  "initial-received-lcp-confreq": "First LCP message of the client",
  ip: "IP settings for tunnel",
  "ip A.B.C.D": "Address of the server",
  l2tp: "L2TP specific commands",
  limit: "Limit of sessions",
  list: "List of busy peers",
  local: "Local information, like name",
  "mask-method": "What is hidden of it",
  match: "Only where it holds this",
  max: "The longest wait",
  "max-sessions": "In all",
  min: "The first wait",
  mtu: "MTU",
  "nas-ip-address": "What RADIUS is told as the address",
  "nas-port": "What RADIUS is told as the port",
  network: "For network services",
  never: "For ever",
  "no-session": "Without a session",
  password: "Secret of the tunnel",
  "per-mac": "For each station",
  "per-vc": "For each circuit",
  "per-vlan": "For each VLAN",
  "physical-channel-id": "Number of the channel",
  pppoe: "PPPoE specific commands",
  pptp: "PPTP specific commands",
  precedence: "IP precedence of the outer packets",
  prefix: "The domain comes first",
  priority: "Order of servers",
  "receive-window": "Size of the window",
  redirect: "Redirect of sessions to another server",
  relay: "Relay PPPoE discovery",
  remove: "All of it",
  retransmit: "Control message retransmission",
  retries: "How often",
  right: "So many characters at the right",
  "right WORD": "Character in place of them",
  "ram-min": "The lesser of two speeds",
  session: "Session parameters",
  "static-rtt": "Round trip time in milliseconds",
  suffix: "The domain comes last",
  timeout: "How long to wait",
  tos: "Type of service of the outer packets",
  tunnel: "L2TP tunnel commands",
  udp: "UDP parameters",
  "vpdn-nas": "Those of the access concentrator",
  "vpdn-tunnel-client": "The address of the tunnel's client",
  vpdn: "Virtual Private Dialup Network",
  aaa: "Control VPDN AAA functions",
  "0": "An unencrypted password follows",
  "7": "A hidden password follows",
} as const;
const global = { mode: globalMode, section: "vpdn", words } as const;
const inGroup = { mode: vpdnGroupMode, words } as const;

export const vpdnKept = [
  ...usageLines(
    { mode: vpdnTemplateMode, words, effect: asSaid },
    {
      "l2tp ip udp checksum": "UDP parameters of outer packets",
      "l2tp tunnel retransmit initial timeout @{max | min} <1-8>": "How long to wait for the first answer",
    },
  ),
  ...usageLines(
    { ...global, effect: noForwarding },
    {
      "vpdn authorize {directed-request | domain}": "Authorize incoming sessions by domain or server",
      "vpdn domain-delimiter WORD [prefix | suffix] [drop]": "Specify a VPDN domain delimiter",
      "vpdn outgoing-limit <1-32767>": "Maximum number of sessions that go out",
      "vpdn profile @WORD": "VPDN profile of sessions",
      "vpdn redirect [@{attempts <1-20> | identifier WORD | source}]": "Redirect of sessions to another server",
    },
  ),
  ...usageLines(
    { ...global, effect: inert("tunnels are neither authorized nor accounted elsewhere") },
    {
      "vpdn tunnel accounting network {default | WORD}": "Accounting of tunnels",
      "vpdn tunnel authorization network {default | WORD}": "Authorization of tunnels",
      "vpdn tunnel authorization password PASSWORD": "Password that goes with the name of a tunnel",
      "vpdn tunnel authorization virtual-template <1-4095>": "Virtual template of tunnels that name none",
    },
  ),
  ...usageLines(
    { ...global, effect: noProtocol },
    { "vpdn atm LINE": "VPDN over ATM", "vpdn pptp drop": "Do not take PPTP" },
  ),
  ...usageLines(
    { ...global, effect: asSaid },
    {
      "vpdn l2tp attribute @{clid mask-method {remove | right WORD <1-255>} [match WORD] | initial-received-lcp-confreq | physical-channel-id}":
        "Attributes of the messages",
    },
  ),
  ...usageLines(
    { ...global, effect: inert("RADIUS is told in words of its own here") },
    {
      "vpdn aaa attribute nas-ip-address {vpdn-nas | vpdn-tunnel-client}": "What RADIUS is told as the address",
      "vpdn aaa attribute nas-port {physical-channel-id | vpdn-nas}": "What RADIUS is told as the port",
      "vpdn aaa override-server @{A.B.C.D | WORD}": "Server that is asked about tunnels",
      "vpdn aaa untagged {default | disable}": "What attributes without a tag are for",
    },
  ),
  ...usageLines(
    { ...inGroup, effect: noForwarding },
    {
      "backup ip @A.B.C.D [limit <1-32767>] [priority <1-32767>]": "Specify backup servers",
      "domain-stripping [right-to-left] [delimiter WORD]": "Take the domain from the name of the user",
      "loadsharing ip @A.B.C.D [limit <1-32767>]": "Share sessions among servers",
      multihop: "Forward sessions to another server",
      "redirect identifier WORD": "Name of this server where sessions are sent on",
      "relay pppoe bba-group WORD": "Relay PPPoE discovery",
      "tunnel limit <1-32767>": "Maximum number of tunnels",
      "tunnel share": "Let several groups use a tunnel",
      "tunnel sharing": "Let several groups use a tunnel",
    },
  ),
  ...usageLines(
    { ...inGroup, effect: noProtocol },
    {
      "pptp flow-control receive-window <1-64>": "Packets that may come ahead",
      "pptp flow-control static-rtt <100-5000>": "Round trip time in milliseconds",
      "pptp tunnel echo <0-1000>": "Seconds between echoes",
      "pppoe limit @{max-sessions <1-65000> | per-mac <1-65000> | per-vc <1-65000> | per-vlan <1-65000>}":
        "Limit of sessions",
    },
  ),
  ...usageLines(
    { ...inGroup, effect: asSaid, holds: true },
    {
      "l2tp sso enable": "Stateful switchover",
      "sso enable": "Keep tunnels through a switchover",
    },
  ),
  ...usageLines(
    { ...inGroup, effect: asSaid },
    {
      "l2tp attribute @{clid mask-method {remove | right WORD <1-255>} [match WORD] | initial-received-lcp-confreq | physical-channel-id}":
        "Attributes of the messages",
      "l2tp calling-number [@LINE]": "Calling number that is sent",
      "l2tp congestion-control": "Slow start of control messages",
      "l2tp ignore @LINE": "Ignore what the peer says",
      "l2tp tunnel busy list size <1-1000>": "How many busy peers are remembered",
      "l2tp tunnel timeout hello <1-1000>": "How long a hello may stay unanswered",
    },
  ),
  ...usageLines(
    { ...inGroup, effect: inert("say l2tp tunnel timeout no-session") },
    { "l2tp tunnel nosession-timeout {<0-86400> | never}": "Timeout of a tunnel without sessions" },
  ),
  ...usageLines(
    { ...inGroup, effect: inert("a session has no speed of its own here") },
    {
      "l2tp rx-speed {<1-4294967295> | ancp [<1-4294967295>] | ram-min [<1-4294967295>]}": "Receive speed that is told",
      "l2tp tx-speed {<1-4294967295> | ancp [<1-4294967295>] | ram-min [<1-4294967295>]}":
        "Transmit speed that is told",
    },
  ),
];
