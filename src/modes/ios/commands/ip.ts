/** Global IP configuration. */

import { shaped, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";
import { dhcpCommands } from "./dhcp.ts";
import { inspectionCommands } from "./inspection.ts";
import { IP_WORDS as WORDS } from "./ip-words.ts";
import { multicastCommands } from "./multicast.ts";
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

const forwarding = {
  ...global,
  section: "ip-late",
  effect: inert("broadcasts are not forwarded"),
  words: {
    ip: ip.help,
    "forward-protocol": "Controls forwarding of physical and directed IP broadcasts",
    nd: "Sun's Network Disk protocol",
    sdns: "Network Security Protocol",
    "spanning-tree": "Use transparent bridging to flood UDP broadcasts",
    "any-local-broadcast": "Use any of the local broadcast addresses",
    "turbo-flood": "Fast flooding of UDP broadcasts",
    biff: "Mail notice",
    bootpc: "BOOTP client",
    bootps: "BOOTP server",
    discard: "Discard",
    dnsix: "DNSIX",
    domain: "Names",
    echo: "Echo",
    isakmp: "ISAKMP",
    "mobile-ip": "Mobile IP",
    nameserver: "IEN 116 names",
    "netbios-dgm": "NetBIOS datagrams",
    "netbios-ns": "NetBIOS names",
    "netbios-ss": "NetBIOS sessions",
    "non500-isakmp": "ISAKMP behind NAT",
    ntp: "Time",
    "pim-auto-rp": "PIM Auto-RP",
    rip: "RIP",
    snmp: "SNMP",
    snmptrap: "SNMP traps",
    sunrpc: "Remote procedure calls",
    tacacs: "TACACS",
    talk: "Talk",
    tftp: "TFTP",
    who: "Who",
    xdmcp: "X displays",
    udp: "Packets to a specific UDP port",
  },
} as const;
const forwardProtocol = [
  ...usageLines(
    { ...forwarding, negation: "stored" },
    {
      "ip forward-protocol @{nd | udp @[<0-65535> | biff | bootpc | bootps | discard | dnsix | domain | echo | isakmp | mobile-ip | nameserver | netbios-dgm | netbios-ns | netbios-ss | non500-isakmp | ntp | pim-auto-rp | rip | snmp | snmptrap | sunrpc | syslog | tacacs | talk | tftp | time | who | xdmcp]}":
        "Controls forwarding of physical and directed IP broadcasts",
    },
  ),
  ...usageLines(forwarding, {
    "ip forward-protocol @{sdns | spanning-tree [any-local-broadcast] | turbo-flood [udp-checksum]}":
      "Controls forwarding of physical and directed IP broadcasts",
  }),
];

const noNames = inert("this box resolves no names");

/** IPv4 or IPv6. */
const serverAddress = shaped("A.B.C.D", /^(\d{1,3}(\.\d{1,3}){3}|(?=.*:)[\da-f:.]+)$/i);

export const ipNameServer = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    kw("name-server", "Specify address of name server to use"),
    opt(kw("vrf", "Specify VRF"), arg("vrf", word(), "VRF name")),
    many("addresses", arg("address", serverAddress, "Domain server IP address"), 6),
  ],
  key: ["vrf", "addresses"],
  effect: noNames,
});

const NAT_TO = "interface IFNAME | pool WORD";
const NAT_END = "[vrf @WORD] [extendable] [no-alias] [no-payload] [route-map WORD] [redundancy WORD]";
const domainName = arg("domain", word(), "Default domain name");
const domain = kw("domain", "IP DNS Resolver");

/** `ip domain-name` is the older spelling of `ip domain name`: read, and printed as the release does that we are. */
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
  normal: ({ old: _, ...name }) => name,
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
  normal: () => ({ lookup: "lookup" }),
  effect: noNames,
  negation: "stored",
  initial: { lookup: "lookup" },
  quiet: true,
});

export const ipCommands = [
  ...dhcpCommands,
  ...usageLines(
    { ...global, section: "ip", effect: noNames, words: WORDS },
    {
      "ip host [vrf @WORD] @WORD [<0-65535>] A.B.C.D*8": "Add an entry to the ip hostname table",
      "ip domain list [vrf @WORD] @WORD": "Domain name to complete unqualified host names",
      "ip domain-list [vrf @WORD] @WORD": "Domain name to complete unqualified host names",
      "ip domain-lookup @{nsap | source-interface IFNAME}": "Enable IP Domain Name System hostname translation",
      "ip domain lookup @{nsap | source-interface IFNAME}": "Enable IP Domain Name System hostname translation",
      "ip domain retry <0-100>": "Specify times for retrying to send DNS query",
      "ip domain round-robin": "Round-robin",
      "ip domain timeout <1-3600>": "Specify timeout for each DNS query",
      "ip dns @{primary @WORD soa WORD WORD [<0-4294967295> [<0-4294967295> [<0-4294967295> [<0-4294967295>]]]] | server [queue limit {director | forwarder} <0-1000000> | view-group WORD] | spoofing [A.B.C.D | IFNAME]}":
        "Configure DNS server for a zone",
    },
  ),
  ...usageLines(
    {
      ...global,
      section: "ip",
      effect: inert("the operating system handles this"),
      words: WORDS,
    },
    {
      "ip arp incomplete entries <1-2147483647>": "Entries without an answer",
      "ip arp inspection @{filter @WORD vlan @WORD [static] | log-buffer {entries <0-1024> | logs <0-1024> interval <0-86400>} | validate {src-mac | dst-mac | ip}*3 | vlan @WORD [logging {acl-match {matchlog | none} | dhcp-bindings {all | none | permit}}]}":
        "Inspection of ARP",
      "ip arp proxy disable": "Answer for nobody else",
      "ip host-routing": "Enable host-based routing (proxy ARP and redirect)",
      "ip device tracking [maximum <0-65535> | probe {count <1-255> | delay <1-120> | interval <30-1814400>}]":
        "Hosts behind ports",
      "ip rtcp @{report | sub-rtcp} interval <1-65535>": "Reports of voice quality",
      "ip identd": "Ident server",
      "ip options {drop | ignore}": "Specify IP option treatment",
      "ip rcmd @{rcp-enable | rsh-enable | remote-host @WORD @{A.B.C.D | WORD} @WORD [enable [<0-15>]] | remote-username WORD | source-interface IFNAME}":
        "Rcmd commands",
      "ip spd mode aggressive": "Drop bad packets first",
      "ip spd queue @{max-threshold | min-threshold} <0-65535>": "Queue of packets for this box",
      "ip tcp @{async-mobility server | chunk-size <0-512000> | ecn | intercept @{connection-timeout <1-2147483> | drop-mode {oldest | random} | finrst-timeout <1-2147483> | list {<100-199> | <2000-2699> | WORD} | max-incomplete @{high <1-2147483647> | low <1-2147483647>} | mode {intercept | watch} | one-minute @{high <1-2147483647> | low <1-2147483647>} | watch-timeout <1-2147483>} | mss <68-10000> | path-mtu-discovery [age-timer {<10-30> | infinite}] | queuemax <5-500> | selective-ack | synwait-time <5-300> | timestamp | window-size <0-1073741823>}":
        "Global TCP parameters",
      "ip telnet @{comport {disable | enable | flow level <1-1023> | receive window <1-4128>} | hidden {addresses | hostnames} | quiet | source-interface IFNAME | tos HEX}":
        "Specify telnet options",
      "ip tftp @{blocksize <512-8192> | boot-interface IFNAME | source-interface IFNAME}": "TFTP configuration",
      "ip ftp @{password [0 | 7] KEY | source-interface IFNAME | username WORD}": "FTP configuration commands",
      "ip scp server enable": "Scp commands",
    },
  ),
  // Boxes of some releases had these on, and say that they are off.
  ...usageLines(
    {
      ...global,
      section: "ip",
      effect: inert("the operating system handles this"),
      negation: "stored",
      words: WORDS,
    },
    {
      "ip finger [rfc-compliant]": "Finger server",
      "ip icmp redirect [host | subnet]": "Redirects for hosts or for networks",
      "ip ftp passive": "Let the server open no connections",
      "ip gratuitous-arps [non-local]": "Generate gratuitous ARPs for PPP/SLIP peer addresses",
      "ip icmp rate-limit unreachable [@DF] {<1-4294967295> [log [<1-4294967295> [<1-4294967295>]]]}":
        "Milliseconds between messages",
    },
  ),
  ...usageLines(
    { ...global, section: "ip", effect: inert("packets are neither inspected nor exported here"), words: WORDS },
    {
      "ip accounting-list @A.B.C.D @A.B.C.D": "Select hosts for which IP accounting information is kept",
      "ip accounting-threshold <0-4294967295>": "Sets the maximum number of accounting entries",
      "ip accounting-transits <0-4294967295>": "Sets the maximum number of transit entries",
      "ip flow-cache @{entries <1024-524288> | timeout @{active <1-60> | inactive <10-600>} | mpls label-positions <1-6>*3}":
        "Configure netflow cache parameters",
      "ip flow-export @{destination @{A.B.C.D | WORD} @<1-65535> [vrf WORD] | interface-names | source IFNAME | template @{options @{export-stats | refresh-rate <1-600> | sampler | timeout-rate <1-3600>} | refresh-rate <1-600> | timeout-rate <1-3600>} | version {1 | 5 [origin-as | peer-as] [bgp-nexthop] | 9 [origin-as | peer-as] [bgp-nexthop]}}":
        "Specify host/port to send flow statistics",
      "ip flow-top-talkers": "Configure netflow top talkers",
      "ip reflexive-list timeout <1-2147483>": "Reflexive access list",
      "ip verify drop-rate @{compute interval <30-300> | compute window <30-300> | notify hold-down <30-300>}":
        "Unicast RPF",
    },
  ),
  ...usageLines(
    { ...global, section: "route", effect: inert("no routing protocol runs here"), words: WORDS },
    {
      "ip as-path access-list @<1-500> @{deny | permit} @REGEXP": "BGP autonomous system path filter",
      "ip bgp-community new-format": "Format for BGP community",
      "ip community-list @{<1-99> | standard @WORD} @{deny | permit} [@{<1-4294967295> | ASN:nn | gshut | internet | local-AS | no-advertise | no-export}*8]":
        "Add a community list entry",
      "ip community-list @{<100-500> | expanded @WORD} @{deny | permit} @REGEXP": "Add a community list entry",
      "ip extcommunity-list @{<1-99> | standard @WORD} @{deny | permit} [@rt @ASN:nn*8 | @soo @ASN:nn*8]":
        "Add an extended community list entry",
      "ip extcommunity-list @{<100-500> | expanded @WORD} @{deny | permit} @REGEXP":
        "Add an extended community list entry",
      "ip default-gateway A.B.C.D": "Specify default gateway",
      "ip default-network @A.B.C.D": "Flag networks as candidates for default routes",
      "ip explicit-path @{identifier @<1-65535> | name @WORD} [enable | disable]": "Configure explicit-path",
      "ip local policy route-map WORD": "Enable policy routing of our own packets",
      "ip ospf name-lookup": "Display OSPF router ids as DNS names",
      "ip route profile": "Enable IP routing table profile",
      "ip route static @{adjust-time <1-60> | bfd IFNAME A.B.C.D | install-routes-recurse-via-nexthop [vrf WORD] | inter-vrf}":
        "Static routes",
      "ip routing protocol purge interface": "Routes go with their interface",
    },
  ),
  // The box looks into packets of these by itself.
  ...usageLines(
    {
      ...global,
      section: "nat",
      effect: inert("addresses are not translated here"),
      negation: "stored",
      distinct: true,
      words: WORDS,
    },
    {
      "ip nat service @{H225 | allow-h323-even-rtp-ports | allow-h323-keepalive | allow-multipart | allow-sip-even-rtp-ports | allow-skinny-even-rtp-ports | enable-sym-port | fullrange {tcp | udp} port <0-65535> | list {<1-199> | WORD} {ESP spi-match | IKE preserve-port | ftp tcp port <1-65535>} | mgcp | nbar | ras | rtsp | sip {tcp | udp} port <1-65535> | skinny tcp port <1-65535>}":
        "Special translation for application using non-standard port",
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
      "ip nat @{log translations syslog | create flow-entries | piggyback-support sip-alg sdp-only {group WORD | router WORD} | portmap WORD | settings @{interface-overload port block <64-8192> | mode {cgn | default} | nonpatdrop | pap [limit {30 | 60 | 120 | 250 | 500 | 1000}] | pool watermark @{high | low} <1-100> | support mapping outside} | sip-sbc | stateful id <1-32>}":
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
  ...forwardProtocol,
  ...multicastCommands,
  ...inspectionCommands,
  ...routeCommands,
];
