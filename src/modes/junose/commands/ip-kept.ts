/** What the box does for IP besides forwarding: kept and printed. */

import { inert } from "../../../grammar/declaration.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { globalMode } from "../modes.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const inRouter = { mode: globalMode, scope: "virtualRouter", section: "services" } as const;

const noDhcp = inert("addresses come from local pools and names are not looked up");

const lan = [
  ...usageLines(
    {
      ...inRouter,
      effect: noDhcp,
      words: {
        set: "Configure DHCP",
        dhcp: "Configure DHCP",
        relay: "Configure the relay",
        "transit-virtual-router": "Ask from another virtual router",
        "dhcp-external": "Configure the external DHCP server",
        "server-address": "Configure the server",
        "server-sync": "Ask the server what it knows after a restart",
        proxy: "Stand for the server",
        agent: "Add relay agent information",
        option: "Of an option",
        "assign-giaddr-source-ip": "Send from the gateway address",
        "broadcast-flag-replies": "Broadcast answers where clients ask for it",
        "inhibit-access-route-creation": "Make no host routes",
        "layer2-unicast-replies": "Send answers to the hardware address",
        override: "Replace what the client sent",
        "preserve-trusted-client-option": "Keep what trusted clients sent",
        "trust-all": "Trust every client",
        options: "Of everything",
        giaddr: "The gateway address",
        "dhcp-local": "Configure the local DHCP server",
        "auto-configure": "Make interfaces of clients",
        "agent-circuit-identifier": "By the identifier of the line",
        "excluded-address": "Give an address to nobody",
        "excluded-address A.B.C.D": "First address, then last address",
        limit: "How many clients there may be",
        atm: "Of an ATM interface",
        bridgedEthernet: "Of a bridged Ethernet interface",
        ethernet: "Of an Ethernet interface",
        "limit vlan": "Of a VLAN",
        "atm <>": "Clients",
        "bridgedEthernet <>": "Clients",
        "ethernet <>": "Clients",
        "vlan <>": "Clients",
        pool: "Configure a pool of addresses",
        "pool WORD": "Name of the pool",
        snmpTrap: "Send SNMP traps for pools",
        "unique-client-ids": "Take one client of each identifier",
        "dhcp-local LINE": "Parameters",
        "host WORD": "Name of the host",
      },
    },
    {
      "ip dhcp-external @{server-address A.B.C.D | server-sync}": "Configure the external DHCP server",
      "ip dhcp-local @{auto-configure agent-circuit-identifier | excluded-address @A.B.C.D [A.B.C.D] | limit @{atm | bridgedEthernet | ethernet | vlan} <0-96000> | pool @WORD | snmpTrap | unique-client-ids | LINE}":
        "Configure the local DHCP server",
      "ip dhcp-server @A.B.C.D": "Configure a DHCP server",
      "ip host @WORD A.B.C.D": "Configure a name",
      "ip domain-lookup [transit-virtual-router VR]": "Look names up",
      "set dhcp relay @{A.B.C.D [proxy] | agent | assign-giaddr-source-ip | broadcast-flag-replies | inhibit-access-route-creation | layer2-unicast-replies | option | override {agent options | giaddr} | preserve-trusted-client-option | trust-all}":
        "Configure the DHCP relay",
    },
  ),
  ...keptLines(
    { ...inRouter, effect: noDhcp, shared: { ip: "Configure IP" } },
    {
      "ip dhcp-capture": "Watch DHCP",
    },
  ),
];

const PORTS = "<1-65535>";

const translation = [
  ...usageLines(
    {
      ...inRouter,
      effect: inert("addresses are not translated here"),
      words: {
        nat: "Configure network address translation",
        translation: "Configure translations",
        inside: "Of addresses inside",
        outside: "Of addresses outside",
        source: "Of where packets come from",
        list: "Of packets that an access list lets through",
        "list WORD": "Name of the access list",
        pool: "Addresses to put in their place",
        "pool WORD": "Name of the pool",
        overload: "Many addresses by one, told apart by port",
        static: "Of one address, always in the same way",
        tcp: "Of one TCP port",
        udp: "Of one UDP port",
        "tcp <>": "Port",
        "udp <>": "Port",
        netmask: "Mask of the addresses",
        "prefix-length": "Length of their prefix",
        "prefix-length <>": "Bits",
        "max-entries": "How many translations there may be",
        "max-entries <>": "Translations",
        "dns-timeout": "How long one of DNS stands",
        "finrst-timeout": "How long one stands after the end of TCP",
        "icmp-timeout": "How long one of ICMP stands",
        "tcp-timeout": "How long one of TCP stands",
        timeout: "How long any other one stands",
        "udp-timeout": "How long one of UDP stands",
        "timeout <>": "Seconds",
        "dns-timeout <>": "Seconds",
        "finrst-timeout <>": "Seconds",
        "icmp-timeout <>": "Seconds",
        "tcp-timeout <>": "Seconds",
        "udp-timeout <>": "Seconds",
        never: "For ever",
      },
    },
    {
      "ip nat pool @WORD A.B.C.D A.B.C.D {netmask MASK | prefix-length <1-30>}": "Configure a pool of addresses",
      "ip nat inside source list @WORD pool WORD [overload]": "Configure which sources are translated",
      [`ip nat inside source static {@A.B.C.D A.B.C.D | @{tcp | udp} @A.B.C.D @${PORTS} A.B.C.D ${PORTS}}`]:
        "Configure the translation of a source",
      "ip nat outside source list @WORD pool WORD": "Configure which sources are translated",
      [`ip nat outside source static {@A.B.C.D A.B.C.D | @{tcp | udp} @A.B.C.D @${PORTS} A.B.C.D ${PORTS}}`]:
        "Configure the translation of a source",
      [`ip nat translation max-entries <1-${MOST}>`]: "Configure translations",
      "ip nat translation @{dns-timeout | finrst-timeout | icmp-timeout | tcp-timeout | timeout | udp-timeout} {<0-2147483647> | never}":
        "Configure how long translations stand",
    },
  ),
  ...keptLines(
    { ...inRouter, effect: inert("addresses are not translated here"), shared: { ip: "Configure IP" } },
    { "ip firewall": "Configure the firewall" },
  ),
];

const byHost = inert("the host's stack decides this");

const rest = [
  ...usageLines(
    {
      ...inRouter,
      effect: byHost,
      words: {
        "bgp-community": "Configure how communities are printed",
        "debounce-time <>": "Milliseconds",
        name: "By its name",
        identifier: "By its number",
        "identifier <>": "Number",
        multipath: "Configure how equal paths are used",
        tcp: "Configure TCP",
        icmp: "Configure ICMP",
        "update-source": "Configure the interface that lends its address",
        "icmp LINE": "Parameters",
        "age-timer": "How long a smaller MTU is believed",
        "age-timer <>": "Minutes",
        infinite: "For ever",
        "ttl <>": "Hops",
        tunnel: "Configure tunnels",
        "arp H.H.H": "Hardware address",
        validate: "Check who sends from the address",
      },
    },
    {
      "ip bgp-community new-format": "Print communities in two parts",
      "ip debounce-time <0-60000>": "Configure how long an interface must stand",
      "ip disable-forwarding": "Forward nothing",
      "ip explicit-path @{name WORD | identifier <1-65535>} [{enable | disable}]": "Configure an explicit path",
      "ip multipath round-robin": "Use equal paths in turn",
      "ip path-mtu-discovery": "Configure path MTU discovery",
      "ip source-route": "Obey source routes",
      "icmp @{update-source IFNAME | LINE}": "Configure ICMP",
      "ip icmp @{update-source IFNAME | LINE}": "Configure ICMP",
      "ip tcp path-mtu-discovery [age-timer {<10-30> | infinite}]": "Configure path MTU discovery of TCP",
      "tcp path-mtu-discovery [age-timer {<10-30> | infinite}]": "Configure path MTU discovery of TCP",
      "ip ttl <1-255>": "Configure the time to live",
      "ip tunnel reassembly": "Reassemble what comes through tunnels",
      "arp @A.B.C.D IFNAME H.H.H [validate]": "Configure a static ARP entry",
    },
  ),
  ...keptLines(
    { ...inRouter, effect: byHost, shared: { ip: "Configure IP", tcp: "Configure TCP" } },
    {
      "ip dynamic-interface-prefix": "Configure names of dynamic interfaces",
      "ip maximum-routes": "Configure how many routes there may be",
      "ip route-limit": "Configure how many routes there may be",
      "ip update-source": "Configure the source address",
      "ip vpn": "Configure a VPN",
    },
  ),
];

export const ipKeptCommands = [...lan, ...translation, ...rest];
