/** DHCP servers and pools: kept, since addresses are given by PPP here. */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { dhcpPoolMode, globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");
const dhcp = kw("dhcp", "Configure DHCP server and relay parameters");
const noDhcp = inert("no DHCP server runs here");

const dhcpExcluded = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    dhcp,
    kw("excluded-address", "Prevent DHCP from assigning certain addresses"),
    arg("first", ipv4(), "Low IP address"),
    opt(arg("last", ipv4(), "High IP address")),
  ],
  key: ["first", "last"],
  effect: noDhcp,
});

const dhcpPool = opener({
  ...global,
  section: "ip",
  form: [ip, dhcp, kw("pool", "Configure DHCP address pools"), arg("name", word(), "Pool name")],
  key: ["name"],
  opens: dhcpPoolMode,
  effect: noDhcp,
});

const DHCP_WORDS = {
  import: "Programatically importing DHCP option parameters",
  subnet: "Networks of a larger pool",
  size: "Size of a network",
  initial: "At the start",
  autogrow: "When it is full",
  file: "From a file",
  ipcp: "From IPCP",
  default: "Default",
  limit: "Limits",
  lease: "Leases",
  forward: "Forwarding",
  vpn: "VPN identifiers",
  "subscriber-id": "Identifier of the subscriber",
  both: "Names and addresses",
  "client-id": "As the client identifier",
  remote: "Of the far end",
  query: "Ask servers",
  retries: "How often it is asked again",
  "0": "As it stands",
  aaa: "Ask a AAA server for the user name",
  all: "All of them",
  allow: "Allow",
  "allow-untrusted": "Take the option from untrusted neighbours",
  arp: "Address resolution",
  "b-node": "Broadcast",
  bootp: "BOOTP",
  check: "Check the option of answers",
  class: "Classes",
  conflict: "Address conflicts",
  database: "Database agents",
  dhcp: dhcp.help,
  drop: "Drop the packet",
  encapsulate: "Put ours around it",
  ethernet: "Ethernet",
  "h-node": "Servers, then broadcast",
  hex: "In hexadecimal digits",
  high: "Where it becomes high, in percent",
  ieee802: "IEEE 802",
  infinite: "For ever",
  information: "Relay agent information",
  ip: "Addresses",
  keep: "Leave it",
  log: "Log it",
  low: "Where it becomes low again, in percent",
  "m-node": "Broadcast, then servers",
  network: "Network number and mask",
  "p-node": "Servers alone",
  packets: "Pings that are sent",
  policy: "What is done with the option of others",
  relay: "Relay agent",
  replace: "Put ours in its place",
  timeout: "Milliseconds for an answer",
  "trust-all": "Take it from everybody",
  update: "Update",
  utilization: "Configure various utilization parameters",
  verify: "Verify",
  vlan: "VLANs",
  vrf: "VPN Routing/Forwarding instance",
  connected: "Of connected networks",
  "write-delay": "Seconds before it is written",
  option: "Option",
  override: "Even if something else is set",
  ascii: "As text",
  instance: "Several of it",
  "mac-address": "Hardware addresses",
} as const;

const inPool = usageLines(
  { mode: dhcpPoolMode, effect: noDhcp, words: DHCP_WORDS },
  {
    "accounting WORD": "Send accounting of leases",
    "bootfile WORD": "Boot file name",
    "class @WORD": "Specify a DHCP class",
    "client-identifier DOTTED": "Client identifier",
    "client-name WORD": "Client name",
    "default-router {A.B.C.D | WORD}*8": "Default routers",
    "dns-server {A.B.C.D | WORD}*8": "DNS servers",
    "domain-name WORD": "Domain name",
    "hardware-address DOTTED [ethernet | ieee802 | <0-255>]": "Client hardware address",
    "host A.B.C.D [MASK/nn]": "Client IP address and mask",
    "import all": "Programatically importing DHCP option parameters",
    "lease {<0-365> [<0-23> [<0-59>]] | infinite}": "Address lease time",
    "netbios-name-server {A.B.C.D | WORD}*8": "NetBIOS (WINS) name servers",
    "netbios-node-type {<0-255> | b-node | h-node | m-node | p-node}": "NetBIOS node type",
    "network A.B.C.D [MASK/nn]": "Network number and mask",
    "network @A.B.C.D MASK/nn secondary": "Another network of the pool",
    "next-server {A.B.C.D | WORD}*8": "Next server in boot process",
    "option @<0-254> [instance @<0-255>] {ascii LINE | hex DOTTED*16 | ip {A.B.C.D | WORD}*8}": "Raw DHCP options",
    "origin {aaa | dhcp [subnet size initial SLASH [autogrow SLASH]] | file WORD | ipcp}": "Origin of addresses",
    "update arp": "Secure entries of the ARP table",
    "utilization mark @{high | low} <1-100> [log]": "Configure various utilization parameters",
    "vrf WORD": "Associate this pool with a VRF",
  },
);

export const dhcpCommands = [
  ...usageLines(
    { ...global, section: "ip", effect: noDhcp, words: DHCP_WORDS },
    {
      "ip dhcp aaa default username WORD": "User name for AAA",
      "ip dhcp bootp ignore": "Do not answer BOOTP",
      "ip dhcp class @WORD": "Configure DHCP classes",
      "ip dhcp database @WORD [timeout <0-2147483647>] [write-delay <60-86400>]": "Configure DHCP database agents",
      "ip dhcp limited-broadcast-address": "Use all ones in broadcasts",
      "ip dhcp limit lease log": "Log leases beyond the limit",
      "ip dhcp ping @{packets <0-10> | timeout <100-10000>}": "Specify ping parameters used by DHCP",
      "ip dhcp relay forward spanning-tree": "Forward by the spanning tree",
      "ip dhcp relay information @{check | option [vpn] | policy {drop | encapsulate | keep | replace} | trust-all}":
        "Relay agent information",
      "ip dhcp smart-relay": "Try other addresses of the interface",
      "ip dhcp snooping @[database WORD | information option allow-untrusted | verify mac-address | vlan @WORD]":
        "Snooping of DHCP",
      "ip dhcp subscriber-id interface-name": "Name of the interface as the client",
      "ip dhcp update dns [both] [override]": "Update names",
      "ip dhcp use @{class | subscriber-id client-id}": "Change the DHCP pool selection scheme",
      "ip dhcp-server @{A.B.C.D | WORD | query lease {retries <0-10> | timeout <1-60>}}":
        "Specify address of DHCP server to use",
    },
  ),
  ...inPool,
  dhcpExcluded,
  dhcpPool,
];
