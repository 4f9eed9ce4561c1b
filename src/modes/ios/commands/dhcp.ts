/** DHCP servers and pools: kept, since addresses are given by PPP here. */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { dhcpPoolMode, globalMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");
const SHARED = { ip: ip.help, dhcp: "Configure DHCP server and relay parameters" };
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

const dhcpPoolLines = keptLines(
  { mode: dhcpPoolMode, effect: noDhcp, single: true },
  {
    bootfile: "Boot file name",
    "client-identifier": "Client identifier",
    "client-name": "Client name",
    "default-router": "Default routers",
    "dns-server": "DNS servers",
    "domain-name": "Domain name",
    "hardware-address": "Client hardware address",
    host: "Client IP address and mask",
    import: "Programatically importing DHCP option parameters",
    lease: "Address lease time",
    "netbios-name-server": "NetBIOS (WINS) name servers",
    "netbios-node-type": "NetBIOS node type",
    network: "Network number and mask",
    "next-server": "Next server in boot process",
    utilization: "Configure various utilization parameters",
    "update arp": "Secure entries of the ARP table",
  },
);

const dhcpPoolVrf = setting({
  mode: dhcpPoolMode,
  form: [kw("vrf", "Associate this pool with a VRF"), arg("vrf", word(), "VRF name")],
  effect: noDhcp,
});

export const dhcpCommands = [
  dhcpPoolVrf,
  ...keptLines(
    { ...global, section: "ip", effect: noDhcp, shared: SHARED },
    {
      "ip dhcp bootp": "BOOTP specific configuration",
      "ip dhcp class": "Configure DHCP classes",
      "ip dhcp conflict": "DHCP address conflict parameters",
      "ip dhcp database": "Configure DHCP database agents",
      "ip dhcp ping": "Specify ping parameters used by DHCP",
      "ip dhcp relay": "DHCP relay agent parameters",
      "ip dhcp use": "Change the DHCP pool selection scheme",
      "ip dhcp-server": "Specify address of DHCP server to use",
      "ip bootp server": "BOOTP server",
    },
  ),
  ...dhcpPoolLines,
  ...keptLines({ mode: dhcpPoolMode, effect: noDhcp }, { option: "Raw DHCP options", class: "Specify a DHCP class" }),
  dhcpExcluded,
  dhcpPool,
];
