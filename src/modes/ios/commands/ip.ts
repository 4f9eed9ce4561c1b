/** Global IP configuration. */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";
import { dhcpCommands } from "./dhcp.ts";
import { IP_WORDS as WORDS } from "./ip-words.ts";
import { poolCommands } from "./pools.ts";
import { routeCommands } from "./routes.ts";
import { usageLines } from "./usage-lines.ts";
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
  initials: [{ name: "cef" }, { name: "source-route" }, { name: "subnet-zero" }],
});

export const ipClassless = setting({
  ...global,
  section: "ip-late",
  form: [ip, pick("name", { classless: "Follow classless routing forwarding rules" })],
  effect: inert("forwarding is always classless"),
  negation: "stored",
  initial: { name: "classless" },
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

const NAT_TO = "interface IFNAME | pool WORD";
const NAT_END = "[vrf @WORD] [extendable] [no-alias] [no-payload] [route-map WORD] [redundancy WORD]";
const domainName = arg("domain", word(), "Default domain name");
const domain = kw("domain", "IP DNS Resolver");

/** `ip domain-name` is the older spelling of `ip domain name`; each prints as it was typed. */
export const ipDomain = setting({
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
  initial: { lookup: "lookup" },
});

export const ipCommands = [
  ...dhcpCommands,
  ...usageLines(
    { ...global, section: "ip", effect: noNames, words: WORDS },
    {
      "ip host [vrf @WORD] @WORD [<0-65535>] A.B.C.D*8": "Add an entry to the ip hostname table",
      "ip domain list [vrf @WORD] @WORD": "Domain name to complete unqualified host names",
      "ip domain-list [vrf @WORD] @WORD": "Domain name to complete unqualified host names",
      "ip domain lookup @{nsap | source-interface IFNAME}": "Enable IP Domain Name System hostname translation",
      "ip domain retry <0-100>": "Specify times for retrying to send DNS query",
      "ip domain round-robin": "Round-robin",
      "ip domain timeout <1-3600>": "Specify timeout for each DNS query",
      "ip dns @{primary WORD soa WORD WORD [LINE] | server [LINE] | spoofing [A.B.C.D | IFNAME]}":
        "Configure DNS server for a zone",
    },
  ),
  ...usageLines(
    {
      ...global,
      section: "ip",
      effect: inert("the operating system handles this"),
      negation: "stored",
      words: WORDS,
    },
    {
      "ip arp incomplete entries <1-2147483647>": "Entries without an answer",
      "ip arp inspection @LINE": "Inspection of ARP",
      "ip arp proxy disable": "Answer for nobody else",
      "ip finger [rfc-compliant]": "Finger server",
      "ip gratuitous-arps [non-local]": "Generate gratuitous ARPs for PPP/SLIP peer addresses",
      "ip host-routing": "Enable host-based routing (proxy ARP and redirect)",
      "ip icmp rate-limit unreachable [@DF] {<1-4294967295> [log [<1-4294967295> [<1-4294967295>]]]}":
        "Milliseconds between messages",
      "ip icmp redirect {host | subnet}": "Redirects for hosts or for networks",
      "ip identd": "Ident server",
      "ip options {drop | ignore}": "Specify IP option treatment",
      "ip rcmd @{domain-lookup | rcp-enable | rsh-enable | remote-host LINE | remote-username WORD | source-interface IFNAME}":
        "Rcmd commands",
      "ip spd mode aggressive": "Drop bad packets first",
      "ip spd queue @{max-threshold | min-threshold} <0-65535>": "Queue of packets for this box",
      "ip tcp @{async-mobility server | chunk-size <0-512000> | ecn | intercept LINE | mss <68-10000> | path-mtu-discovery [age-timer {<10-30> | infinite}] | queuemax <5-500> | selective-ack | synwait-time <5-300> | timestamp | window-size <0-1073741823>}":
        "Global TCP parameters",
      "ip telnet @{comport LINE | hidden {addresses | hostnames} | quiet | source-interface IFNAME | tos HEX}":
        "Specify telnet options",
      "ip tftp @{blocksize <512-8192> | boot-interface IFNAME | source-interface IFNAME}": "TFTP configuration",
      "ip ftp @{passive | password [0 | 7] KEY | source-interface IFNAME | username WORD}":
        "FTP configuration commands",
      "ip scp server enable": "Scp commands",
    },
  ),
  ...usageLines(
    { ...global, section: "ip", effect: inert("packets are neither inspected nor exported here"), words: WORDS },
    {
      "ip accounting-list @A.B.C.D @A.B.C.D": "Select hosts for which IP accounting information is kept",
      "ip accounting-threshold <0-4294967295>": "Sets the maximum number of accounting entries",
      "ip accounting-transits <0-4294967295>": "Sets the maximum number of transit entries",
      "ip admission @LINE": "Network admission control",
      "ip auth-proxy @LINE": "Authentication Proxy Service",
      "ip flow-cache @{entries <1024-524288> | timeout @{active <1-60> | inactive <10-600>} | mpls LINE}":
        "Configure netflow cache parameters",
      "ip flow-export @{destination @{A.B.C.D | WORD} @<1-65535> [vrf WORD] | interface-names | source IFNAME | template LINE | version {1 | 5 [origin-as | peer-as] [bgp-nexthop] | 9 [origin-as | peer-as] [bgp-nexthop]}}":
        "Specify host/port to send flow statistics",
      "ip flow-top-talkers": "Configure netflow top talkers",
      "ip inspect @{name LINE | one-minute @{high <1-2147483647> | low <1-2147483647>} | max-incomplete @{high <1-2147483647> | low <1-2147483647>} | hashtable-size <1024-8192> | dns-timeout <1-2147483> | tcp LINE | udp idle-time <1-2147483> | log drop-pkt | audit-trail | alert-off | WAAS enable | redundancy LINE}":
        "Context-based Access Control Engine",
      "ip ips @LINE": "Intrusion Prevention System",
      "ip port-map @WORD port @LINE": "Port to application mapping",
      "ip reflexive-list timeout <1-2147483>": "Reflexive access list",
      "ip urlfilter @LINE": "URL filtering",
      "ip verify drop-rate @{compute interval <30-300> | compute window <30-300> | notify hold-down <30-300>}":
        "Unicast RPF",
    },
  ),
  ...usageLines(
    { ...global, section: "route", effect: inert("no routing protocol runs here"), words: WORDS },
    {
      "ip as-path access-list @<1-500> @{deny | permit} @LINE": "BGP autonomous system path filter",
      "ip bgp-community new-format": "Format for BGP community",
      "ip community-list @{<1-500> | expanded WORD | standard WORD} @{deny | permit} [@LINE]":
        "Add a community list entry",
      "ip extcommunity-list @{<1-500> | expanded WORD | standard WORD} @{deny | permit} [@LINE]":
        "Add an extended community list entry",
      "ip default-gateway A.B.C.D": "Specify default gateway",
      "ip default-network @A.B.C.D": "Flag networks as candidates for default routes",
      "ip explicit-path @{identifier @<1-65535> | name @WORD} [enable | disable]": "Configure explicit-path",
      "ip local policy route-map WORD": "Enable policy routing of our own packets",
      "ip mroute @LINE": "Configure static multicast routes",
      "ip multicast @LINE": "Global IP multicast commands",
      "ip multicast-routing [vrf @WORD] [distributed]": "Enable IP multicast forwarding",
      "ip pim @{accept-register | accept-rp | autorp | bsr-candidate | register-rate-limit | register-source | rp-address | rp-candidate | send-rp-announce | send-rp-discovery | spt-threshold | ssm} [@LINE]":
        "PIM global commands",
      "ip pim vrf @WORD @LINE": "Select VPN routing instance",
      "ip igmp @{limit | profile | snooping | ssm-map} [@LINE]": "IGMP global configuration",
      "ip msdp @LINE": "MSDP global commands",
      "ip ospf name-lookup": "Display OSPF router ids as DNS names",
      "ip route profile": "Enable IP routing table profile",
      "ip route static @{adjust-time <1-60> | bfd IFNAME A.B.C.D | install-routes-recurse-via-nexthop [vrf WORD] | inter-vrf}":
        "Static routes",
      "ip routing": "Enable IP routing",
      "ip routing protocol purge interface": "Routes go with their interface",
      "ip rsvp @LINE": "Configure static RSVP information",
      "ip sdr @LINE": "SDR",
    },
  ),
  ...usageLines(
    { ...global, section: "nat", effect: inert("addresses are not translated here"), words: WORDS },
    {
      [`ip nat inside source list @{<1-199> | <1300-2699> | WORD} @{${NAT_TO}} [vrf @WORD] [match-in-vrf] [overload]`]:
        "Source address translation",
      [`ip nat inside source route-map @WORD @{${NAT_TO}} [vrf @WORD] [match-in-vrf] [overload] [reversible]`]:
        "Source address translation",
      [`ip nat inside source static @{tcp | udp} @A.B.C.D @<1-65535> @{A.B.C.D | interface IFNAME} @<1-65535> ${NAT_END}`]:
        "Specify static local->global mapping",
      [`ip nat inside source static @{esp A.B.C.D interface IFNAME | network A.B.C.D A.B.C.D MASK | A.B.C.D {A.B.C.D | interface IFNAME}} ${NAT_END}`]:
        "Specify static local->global mapping",
      "ip nat inside destination list @{<1-199> | <1300-2699> | WORD} pool WORD": "Destination address translation",
      "ip nat outside source list @{<1-199> | <1300-2699> | WORD} pool @WORD [vrf @WORD] [add-route]":
        "Source address translation",
      [`ip nat outside source static @{tcp | udp} @A.B.C.D @<1-65535> @A.B.C.D @<1-65535> ${NAT_END}`]:
        "Specify static global->local mapping",
      [`ip nat outside source static @A.B.C.D @A.B.C.D [add-route] ${NAT_END}`]: "Specify static global->local mapping",
      "ip nat pool @WORD A.B.C.D A.B.C.D {netmask MASK | prefix-length <1-32>} [add-route] [type {match-host | rotary}]":
        "Define pool of addresses",
      "ip nat translation @{arp-ping-timeout | dns-timeout | finrst-timeout | icmp-timeout | port-timeout {tcp | udp} <1-65535> | pptp-timeout | routemap-entry-timeout | syn-timeout | tcp-timeout | timeout | udp-timeout} {<0-2147483647> | never}":
        "NAT translation entry configuration",
      "ip nat translation max-entries @[all-host | all-vrf | host @A.B.C.D | list @{<1-199> | WORD} | vrf @WORD] <1-2147483647>":
        "Specify maximum number of NAT entries",
      "ip nat @{log translations syslog | create flow-entries | service LINE | piggyback-support LINE | portmap LINE | settings LINE | sip-sbc | stateful id <1-32>}":
        "NAT configuration commands",
    },
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
