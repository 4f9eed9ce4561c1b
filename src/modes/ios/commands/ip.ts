/** Global IP configuration. */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { globalMode } from "../modes.ts";
import { dhcpCommands } from "./dhcp.ts";
import { poolCommands } from "./pools.ts";
import { routeCommands } from "./routes.ts";
import { vrfCommands } from "./vrf.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");

export const ipSwitch = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    pick("name", {
      cef: "Cisco Express Forwarding",
      "source-route": "Process packets with source routing header options",
      "subnet-zero": "Allow 'subnet zero' subnets",
    }),
  ],
  key: ["name"],
  effect: inert("this box forwards between sessions and resolves no names"),
  negation: "stored",
});

export const ipClassless = setting({
  ...global,
  section: "ip-late",
  form: [ip, pick("name", { classless: "Follow classless routing forwarding rules" })],
  effect: inert("forwarding is always classless"),
  negation: "stored",
});

export const ipForwardProtocol = setting({
  ...global,
  section: "ip-late",
  form: [
    ip,
    kw("forward-protocol", "Controls forwarding of physical and directed IP broadcasts"),
    pick("protocol", { nd: "Sun's Network Disk protocol", udp: "Packets to a specific UDP port" }),
  ],
  key: ["protocol"],
  effect: inert("broadcasts are not forwarded"),
  negation: "stored",
});

const noNames = inert("this box resolves no names");

export const ipNameServer = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    kw("name-server", "Specify address of name server to use"),
    opt(kw("vrf", "Specify VRF"), arg("vrf", word(), "VRF name")),
    many("addresses", arg("address", ipv4(), "Domain server IP address"), 6),
  ],
  key: ["vrf", "addresses"],
  effect: noNames,
});

const SHARED = { ip: ip.help, dhcp: "Configure DHCP server and relay parameters", domain: "IP DNS Resolver" };
const domainName = arg("domain", word(), "Default domain name");
const domain = kw("domain", "IP DNS Resolver");

/** `ip domain-name` is the older spelling of `ip domain name`; each prints as it was typed. */
const ipDomain = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    oneOf(
      [domain, kw("name", "Define the default domain name")],
      [pick("old", { "domain-name": "Define the default domain name" })],
    ),
    domainName,
  ],
  effect: noNames,
});

export const ipDomainLookup = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    oneOf(
      [domain, pick("lookup", { lookup: "Enable IP Domain Name System hostname translation" })],
      [pick("oldLookup", { "domain-lookup": "Enable IP Domain Name System hostname translation" })],
    ),
  ],
  effect: noNames,
  negation: "stored",
});

export const ipCommands = [
  ...dhcpCommands,
  ...keptLines(
    { ...global, section: "ip", effect: noNames, shared: SHARED },
    {
      "ip host": "Add an entry to the ip hostname table",
      "ip domain list": "Domain name to complete unqualified host names",
      "ip domain-list": "Domain name to complete unqualified host names",
      "ip domain round-robin": "Round-robin",
      "ip domain timeout": "Specify timeout for each DNS query",
      "ip domain retry": "Specify times for retrying to send DNS query",
      "ip dns": "Configure DNS server for a zone",
    },
  ),
  ...keptLines(
    {
      ...global,
      section: "ip",
      effect: inert("the operating system handles this"),
      negation: "stored",
      shared: SHARED,
    },
    {
      "ip arp": "IP ARP global configuration",
      "ip finger": "Finger server",
      "ip gratuitous-arps": "Generate gratuitous ARPs for PPP/SLIP peer addresses",
      "ip icmp": "Modify ICMP rate parameters",
      "ip identd": "Ident server",
      "ip options": "Specify IP option treatment",
      "ip rcmd": "Rcmd commands",
      "ip tcp": "Global TCP parameters",
      "ip telnet": "Specify telnet options",
      "ip tftp": "TFTP configuration",
      "ip ftp": "FTP configuration commands",
      "ip scp": "Scp commands",
    },
  ),
  ...keptLines(
    { ...global, section: "ip", effect: inert("packets are neither inspected nor exported here"), shared: SHARED },
    {
      "ip flow-cache": "Configure netflow cache parameters",
      "ip flow-export": "Specify host/port to send flow statistics",
      "ip flow-top-talkers": "Configure netflow top talkers",
      "ip inspect": "Context-based Access Control Engine",
      "ip ips": "Intrusion Prevention System",
      "ip accounting-threshold": "Sets the maximum number of accounting entries",
      "ip accounting-list": "Select hosts for which IP accounting information is kept",
      "ip admission": "Network admission control",
      "ip auth-proxy": "Authentication Proxy Service",
      "ip port-map": "Port to application mapping",
      "ip reflexive-list": "Reflexive access list",
      "ip urlfilter": "URL filtering",
      "ip verify": "Unicast RPF",
    },
  ),
  ...keptLines(
    {
      ...global,
      section: "route",
      effect: inert("no routing protocol runs here"),
      shared: { ...SHARED, pim: "PIM global commands", igmp: "IGMP global configuration" },
    },
    {
      "ip as-path": "BGP autonomous system path filter",
      "ip bgp-community": "Format for BGP community",
      "ip community-list": "Add a community list entry",
      "ip extcommunity-list": "Add an extended community list entry",
      "ip default-gateway": "Specify default gateway",
      "ip default-network": "Flag networks as candidates for default routes",
      "ip local policy": "Enable policy routing of our own packets",
      "ip mroute": "Configure static multicast routes",
      "ip multicast": "Global IP multicast commands",
      "ip multicast-routing": "Enable IP multicast forwarding",
      "ip pim accept-register": "Registers accept filter",
      "ip pim accept-rp": "RP accept filter",
      "ip pim autorp": "Configure AutoRP global operations",
      "ip pim bsr-candidate": "Candidate bootstrap router",
      "ip pim register-rate-limit": "Rate limit for PIM data registers",
      "ip pim register-source": "Source address of registers",
      "ip pim rp-address": "PIM RP-address",
      "ip pim rp-candidate": "To be a PIMv2 RP candidate",
      "ip pim send-rp-announce": "Auto-RP send RP announcement",
      "ip pim send-rp-discovery": "Auto-RP send RP discovery message",
      "ip pim spt-threshold": "Source-tree switching threshold",
      "ip pim ssm": "Configure Source Specific Multicast",
      "ip pim vrf": "Select VPN routing instance",
      "ip igmp limit": "IGMP limit",
      "ip igmp profile": "IGMP profile",
      "ip igmp snooping": "Global IGMP snooping",
      "ip igmp ssm-map": "SSM mapping commands",
      "ip msdp": "MSDP global commands",
      "ip rsvp": "Configure static RSVP information",
      "ip sdr": "SDR",
      "ip ospf": "OSPF",
    },
  ),
  ...keptLines(
    { ...global, section: "nat", effect: inert("addresses are not translated here"), shared: SHARED },
    { "ip nat": "NAT configuration commands" },
  ),
  ipDomainLookup,
  ipDomain,
  ipSwitch,
  ipNameServer,
  ...vrfCommands,
  ...poolCommands,
  ipClassless,
  ipForwardProtocol,
  ...routeCommands,
];
