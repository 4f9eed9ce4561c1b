/**
 * What the box does by itself until it is told not to: that one of these is off is what its listings say. Nothing of it is done
 * here.
 */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const system = inert("the operating system handles this");
const noBox = inert("there is no such hardware here");
const notHere = inert("this service does not run here");
const noRoutes = inert("no routing protocol runs here");
const noSwitch = inert("this box does not switch frames");

const words = {
  "crypto isakmp": "Configure ISAKMP policy",
  "snmp-server": "Modify SNMP engine parameters",
  memory: "Configure memory management",
  "tag-switching": "Labels, as they were called first",
  ip: "Global IP configuration subcommands",
  bootp: "Config BOOTP services",
  dhcp: "Configure DHCP server and relay parameters",
  conflict: "Address conflicts",
  use: "Take into account",
  vrf: "Of a VRF",
  snooping: "Snooping of DHCP",
  information: "Information option",
  rcmd: "Rcmd commands",
  nat: "NAT configuration commands",
  icmp: "ICMP options",
  igmp: "IGMP global configuration",
  cdp: "Global CDP configuration subcommands",
  ipv6: "IPv6 configuration",
  mpls: "Configure MPLS parameters",
  "propagate-ttl": "Take the time to live over",
  connected: "Of the interface",
  remote: "Of the client",
  forwarded: "Of packets that pass",
  local: "Of our own packets",
  accounting: "Count",
  distributed: "On line cards",
  parser: "Configure parser",
  "virtual-template": "Virtual template",
  setup: "Set-up",
  "spanning-tree": "Spanning tree subsystem",
  vlan: "VLANs",
  mls: "Multi-layer switching",
  acl: "Access lists",
  tcam: "Memory of access lists",
  flow: "Flows",
  errdisable: "Ports that shut themselves down",
  detect: "Find out why",
  cause: "Why",
  all: "All of them",
  "arp-inspection": "Inspection of ARP",
  "dhcp-rate-limit": "Too much DHCP",
  "dtp-flap": "DTP that comes and goes",
  "gbic-invalid": "Interface converters that are not known",
  l2ptguard: "Guard of tunnels",
  "link-flap": "A link that comes and goes",
  loopback: "Loops",
  "pagp-flap": "PAgP that comes and goes",
  "sfp-config-mismatch": "Modules that do not fit",
  logging: "Modify message logging facilities",
  "message-counter": "Number messages",
  debug: "Debug messages",
  log: "Messages",
  syslog: "Messages to servers",
  platform: "Platform",
  "punt-keepalive": "Keepalives to the processor",
  "network-clock-participate": "Modules that share a clock",
  aim: "Module on the board",
  slot: "Slot",
  wic: "Interface card",
  crypto: "Encryption module",
  engine: "Encryption engine",
  software: "Software engine",
  ipsec: "Of IPsec",
  isakmp: "Of IKE",
  license: "Configure license features",
  smart: "Smart licensing",
  voice: "Global voice configuration commands",
  hpi: "Interface to processors",
  capture: "Capture",
  "device-tracking": "Hosts behind ports",
  theft: "Addresses that are taken by others",
  "hw-switch": "Switch of a stack",
  switch: "Which one",
  onboard: "On the board",
  message: "Messages",
  level: "From this level",
  call: "Configure call parameters",
} as const;
const global = { mode: globalMode, words } as const;

export const onByThemselves = [
  ...usageLines(
    { ...global, section: "ip", effect: notHere, holds: true },
    { "ip bootp server": "BOOTP server", "ip dhcp conflict logging": "Log address conflicts" },
  ),
  ...usageLines(
    { ...global, section: "ip", effect: system, negation: "stored" },
    {
      "ip dhcp snooping information option": "Information option",
      "ip dhcp use vrf @{connected | remote}": "Of a VRF",
      "ip rcmd domain-lookup": "Look names up of those who ask",
    },
  ),
  ...usageLines(
    { ...global, section: "route", effect: noRoutes, holds: true },
    { "ip igmp snooping": "Global IGMP snooping", "ip routing": "Enable IP routing" },
  ),
  ...usageLines(
    { ...global, section: "labels", effect: noRoutes, negation: "stored" },
    {
      "ipv6 cef [accounting | distributed]": "Cisco Express Forwarding for IPv6",
      "mpls ip": "Label what is forwarded",
      "tag-switching ip": "Label what is forwarded",
      "mpls ip propagate-ttl @[forwarded | local]": "Take the time to live over",
    },
  ),
  ...usageLines(
    { ...global, section: "scheduler", effect: notHere, holds: true },
    {
      "cdp advertise-v2": "Version 2",
      "cdp run": "Enable CDP",
      "parser cache": "Remember lines that were read",
      "setup express": "Set-up over the web",
      vstack: "Smart installation of others",
    },
  ),
  ...usageLines(
    { ...global, section: "snmp", effect: notHere, holds: true },
    { "snmp-server sparse-tables": "Tables without rows that say nothing" },
  ),
  ...usageLines(
    { ...global, section: "isakmp", effect: noBox, holds: true },
    { "crypto isakmp ccm": "Let the card negotiate" },
  ),
  ...usageLines(
    { ...global, section: "clock", effect: noBox, holds: true },
    { "memory lite": "Allocate without a record of who asked" },
  ),
  ...usageLines(
    { ...global, section: "vpdn", effect: notHere, holds: true },
    { "virtual-template snmp": "Tell SNMP of what is cloned" },
  ),
  ...usageLines(
    { ...global, section: "spanning-tree", effect: noSwitch, negation: "stored" },
    {
      "errdisable detect cause @{all | arp-inspection | dhcp-rate-limit | dtp-flap | gbic-invalid | l2ptguard | link-flap | loopback | pagp-flap | sfp-config-mismatch}":
        "Find out why ports shut themselves down",
      "mls acl tcam share-global": "Share what is left",
      "mls flow @{ip | ipv6}": "Flows",
      "spanning-tree vlan @WORD": "Spanning tree of some VLANs",
    },
  ),
  ...usageLines(
    {
      ...global,
      section: "logging",
      effect: inert("messages are numbered as service sequence-numbers says"),
      negation: "stored",
    },
    { "logging message-counter @{debug | log | syslog}": "Number messages" },
  ),
  ...usageLines(
    { ...global, section: "clock", effect: noBox, negation: "stored" },
    {
      dspfarm: "Digital signal processors",
      "network-clock-participate @{aim | slot | wic} @<0-15>": "Modules that share a clock",
    },
  ),
  ...usageLines(
    { ...global, section: "license", effect: notHere, negation: "stored" },
    { "license smart enable": "Report to the vendor" },
  ),
  ...usageLines(
    {
      ...global,
      section: "crypto-late",
      effect: inert("cryptography is that of this process; show crypto engine tells which"),
      negation: "stored",
    },
    {
      "crypto engine accelerator @[<0-15>]": "Hardware accelerator",
      "crypto engine software @{ipsec | isakmp}": "Software engine",
    },
  ),
  ...usageLines(
    { ...global, section: "crypto-late", effect: inert("clients prove themselves in PPP"), negation: "stored" },
    { "crypto xauth @IFNAME": "Interface of extended authentication" },
  ),
  ...usageLines(
    { ...global, section: "scheduler", effect: noBox, negation: "stored" },
    {
      "call rsvp-sync": "Wait for bandwidth before a call",
      "device-tracking logging theft": "Log it",
      "hw-switch switch @<1-9> logging onboard [message [level <1-7>]]": "Log on the board",
      "platform punt-keepalive disable-kernel-core": "No core of the kernel when they stop",
      "voice hpi capture buffer [<1-50000000>]": "Octets of a capture",
      "voice hpi capture destination [WORD]": "Where frames are captured",
    },
  ),
];
