/** Global IP configuration. */

import { ipv4, line, mask, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { anyInterface } from "../arguments.ts";
import { dhcpPoolMode, globalMode, vrfFamilyMode, vrfMode } from "../modes.ts";

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
const dhcp = kw("dhcp", "Configure DHCP server and relay parameters");
const noDhcp = inert("no DHCP server runs here");

export const dhcpExcluded = setting({
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

export const dhcpPool = opener({
  ...global,
  section: "ip",
  form: [ip, dhcp, kw("pool", "Configure DHCP address pools"), arg("name", word(), "Pool name")],
  key: ["name"],
  opens: dhcpPoolMode,
  effect: noDhcp,
});

export const vrf = opener({
  ...global,
  section: "vrf",
  form: [
    ip,
    kw("vrf", "Configure an IP VPN Routing/Forwarding instance"),
    arg("name", word({ max: 32 }), "VPN Routing/Forwarding instance name"),
  ],
  key: ["name"],
  opens: vrfMode,
});

export const vrfDefinition = opener({
  ...global,
  section: "vrf",
  form: [kw("vrf", "VRF commands"), kw("definition", "VRF definition"), arg("name", word({ max: 32 }), "VRF name")],
  key: ["name"],
  opens: vrfMode,
});

const noExchange = inert("routes are not exchanged with other routers");

const vrfFamily = opener({
  mode: vrfMode,
  form: [
    kw("address-family", "Enter Address Family command mode"),
    pick("family", { ipv4: "Address family", ipv6: "Address family" }),
  ],
  key: ["family"],
  opens: vrfFamilyMode,
  effect: inert("a VRF forwards IPv4, with or without this line"),
});

const routeDistinguisher = shaped("ASN:nn or IP-address:nn", /^(\d+|\d+\.\d+\.\d+\.\d+):\d+$/);

export const vrfRd = setting({
  mode: vrfMode,
  form: [kw("rd", "Specify Route Distinguisher"), arg("rd", routeDistinguisher, "Route distinguisher")],
  effect: noExchange,
});

const targetForm = [
  kw("route-target", "Specify Target VPN Extended Communities"),
  pick("direction", { both: "Both import and export", export: "Export", import: "Import" }),
  arg("target", routeDistinguisher, "Target"),
] as const;
const target = { form: targetForm, key: ["direction", "target"], effect: noExchange } as const;

export const vrfTarget = setting({ mode: vrfMode, ...target });
const vrfFamilyTarget = setting({ mode: vrfFamilyMode, ...target });
const VRF_LINES = {
  export: "VRF export",
  import: "VRF import",
  maximum: "Set a limit",
  "vpn id": "Configure VPN ID in RFC 2685 format",
} as const;

export const vrfDescription = setting({
  mode: vrfMode,
  form: [kw("description", "VRF specific description"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

const pool = [ip, kw("local", "Specify local options"), kw("pool", "IP Local address pool lists")] as const;
const poolName = arg("name", word(), "Create named local address pool");
const poolRange = [
  arg("first", ipv4(), "First IP address of range"),
  opt(arg("last", ipv4(), "Last IP address of range")),
] as const;

const poolOptions = [
  opt(kw("group", "Create ip local pool group"), arg("group", word(), "Group Name")),
  opt(kw("cache-size", "Number of free entries to search"), arg("cacheSize", uint(0, 1000), "Entries")),
  opt(kw("priority", "Set pool preference"), arg("priority", uint(1, 255), "Priority")),
  opt(
    kw("recycle", "Reuse of addresses that were given back"),
    kw("delay", "Time before an address is given again"),
    arg("recycleSeconds", uint(1, 3600), "Seconds"),
  ),
] as const;

export const localPool = setting({
  ...global,
  section: "ip-pool",
  form: [...pool, poolName, ...poolRange, ...poolOptions],
  key: ["name", "first"],
  noForm: [...pool, poolName, opt(...poolRange, ...poolOptions)],
});

export const addressPool = setting({
  ...global,
  section: "ip-pool",
  form: [
    ip,
    kw("address-pool", "Specify default IP address pooling mechanism"),
    pick("kind", {
      "dhcp-pool": "Use DHCP pools",
      "dhcp-proxy-client": "Use a DHCP server",
      local: "Use local IP address pool",
    }),
  ],
  effect: inert("addresses come from the pools that the template names"),
});

const routeDhcp = setting({
  ...global,
  section: "route",
  form: [
    ip,
    kw("route", "Establish static routes"),
    opt(kw("vrf", "Configure static route for a VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
    arg("prefix", ipv4(), "Destination prefix"),
    arg("mask", mask(), "Destination prefix mask"),
    kw("dhcp", "Default gateway obtained from DHCP"),
    opt(arg("distance", uint(1, 255), "Distance metric for this route")),
  ],
  key: ["vrf", "prefix", "mask"],
  effect: inert("the operating system asks for addresses by DHCP"),
});

function hasHostBits(prefix: string, length: number): boolean {
  const bits = prefix
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("");
  return bits.slice(length).includes("1");
}

export const route = setting({
  ...global,
  section: "route",
  form: [
    ip,
    kw("route", "Establish static routes"),
    opt(kw("vrf", "Configure static route for a VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
    arg("prefix", ipv4(), "Destination prefix"),
    arg("mask", mask(), "Destination prefix mask"),
    oneOf(
      [
        arg("nextHop", ipv4(), "Forwarding router's address"),
        flag("global", "global", "Next hop is in the global table"),
      ],
      [arg("interface", anyInterface, "Interface"), opt(arg("nextHop", ipv4(), "Forwarding router's address"))],
    ),
    opt(arg("distance", uint(1, 255), "Distance metric for this route")),
    opt(kw("tag", "Set tag for this route"), arg("tag", uint(1, 4_294_967_295), "Tag value")),
    opt(kw("name", "Specify name of the next hop"), arg("name", word(), "Name of the next hop")),
    oneOf(
      [flag("permanent", "permanent", "permanent route")],
      [kw("track", "Install route depending on tracked item"), arg("track", uint(1, 1000), "Tracked object number")],
    ),
  ],
  check: ({ prefix, mask }) => (hasHostBits(prefix, mask) ? "%Inconsistent address and mask" : undefined),
  key: ["vrf", "prefix", "mask", "nextHop", "interface"],
});

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

export const ipCommands = [
  dhcpPoolVrf,
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
    { ...global, section: "route", effect: inert("no routing protocol runs here"), shared: SHARED },
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
      "ip pim": "PIM global commands",
      "ip igmp": "IGMP global configuration",
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
  dhcpExcluded,
  dhcpPool,
  vrf,
  vrfRd,
  vrfTarget,
  vrfDescription,
  ...keptLines({ mode: vrfMode, effect: noExchange }, VRF_LINES),
  vrfDefinition,
  vrfFamily,
  vrfFamilyTarget,
  ...keptLines({ mode: vrfFamilyMode, effect: noExchange }, VRF_LINES),
  localPool,
  addressPool,
  ipClassless,
  ipForwardProtocol,
  route,
  routeDhcp,
];
