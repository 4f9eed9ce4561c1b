/** Inside an interface: what routes, switches, queues and inspects there, and hardware. Kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { interfaceMode, subinterfaceMode } from "../modes.ts";
import { isEthernet } from "./interface-kinds.ts";
import { INTERFACE_WORDS as words } from "./interface-words.ts";
import { ipv6InterfaceCommands } from "./ipv6.ts";
import { mplsInterfaceCommands } from "./mpls.ts";
import { usageLines } from "./usage-lines.ts";
import { pseudowireOfInterface } from "./vpdn-lac.ts";
import { wanInterfaceCommands } from "./wan.ts";

const noBox = inert("there is no such hardware here");
const noRoutes = inert("no routing protocol runs here");
const noInspection = inert("packets are neither inspected, marked nor shaped here");
const inside = { mode: interfaceMode, words } as const;
/** Of a port alone, and not of what stands below it. */
const ofPort = { ...inside, except: [subinterfaceMode] } as const;

const ospfLines = usageLines(
  { ...inside, effect: noRoutes },
  {
    "ip ospf @<1-65535> area WORD": "Set the OSPF area ID",
    "ip ospf authentication [message-digest | null | key-chain WORD]": "Enable authentication",
    "ip ospf authentication-key [0 | 7] KEY": "Authentication password (key)",
    "ip ospf bfd [disable]": "Enable BFD on this interface",
    "ip ospf cost <1-65535>": "Interface cost",
    "ip ospf database-filter all out": "Filter OSPF LSA during synchronization and flooding",
    "ip ospf dead-interval {<1-65535> | minimal hello-multiplier <3-20>}":
      "Interval after which a neighbor is declared dead",
    "ip ospf demand-circuit [ignore]": "OSPF demand circuit",
    "ip ospf adjacency stagger disable": "How adjacencies are formed",
    "ip ospf flood-reduction": "OSPF Flood Reduction",
    "ip ospf hello-interval <1-65535>": "Time between HELLO packets",
    "ip ospf lls [disable]": "Link-local Signaling (LLS) support",
    "ip ospf message-digest-key @<1-255> md5 [0 | 7] KEY": "Message digest authentication password (key)",
    "ip ospf mtu-ignore": "Ignores the MTU in DBD packets",
    "ip ospf network {broadcast | non-broadcast | point-to-multipoint [non-broadcast] | point-to-point}":
      "Network type",
    "ip ospf prefix-suppression [disable]": "Enable/Disable OSPF prefix suppression",
    "ip ospf priority <0-255>": "Router priority",
    "ip ospf resync-timeout <1-65535>": "Interval after which adjacency is reset",
    "ip ospf retransmit-interval <1-65535>": "Time between retransmitting lost link state advertisements",
    "ip ospf shutdown": "Set OSPF protocol's state to disable on this interface",
    "ip ospf transmit-delay <1-65535>": "Link state transmit delay",
    "ip ospf ttl-security [hops <1-254> | disable]": "TTL security check",
  },
);

const routing = usageLines(
  { ...inside, effect: noRoutes },
  {
    "ip authentication key-chain eigrp @<1-65535> WORD": "Key-chain of EIGRP",
    "ip authentication mode eigrp @<1-65535> md5": "Authentication mode of EIGRP",
    "ip bandwidth-percent eigrp @<1-65535> <1-999999>": "Set EIGRP bandwidth limit",
    "ip hello-interval eigrp @<1-65535> <1-65535>": "Configures EIGRP hello interval",
    "ip hold-time eigrp @<1-65535> <1-65535>": "Configures EIGRP hold time",
    "ip igmp access-group {<1-99> | WORD}": "IGMP group access group",
    "ip igmp helper-address A.B.C.D": "IGMP helper address",
    "ip igmp immediate-leave group-list {<1-99> | WORD}": "Leave groups immediately without sending last member query",
    "ip igmp join-group @A.B.C.D [source @A.B.C.D]": "IGMP join multicast group",
    "ip igmp last-member-query-interval <100-25500>": "Interval of queries after a leave",
    "ip igmp querier-timeout <60-300>": "IGMP previous querier timeout",
    "ip igmp query-interval <1-18000>": "IGMP host query interval",
    "ip igmp query-max-response-time <1-25>": "IGMP max query response value",
    "ip igmp static-group @A.B.C.D [source @A.B.C.D]": "IGMP static multicast group",
    "ip igmp version <1-3>": "IGMP version",
    "ip pim bsr-border": "Border of PIM domain",
    "ip pim dense-mode": "Enable PIM dense-mode operation",
    "ip pim dr-priority <0-4294967294>": "PIM router DR priority",
    "ip pim nbma-mode": "Use Non-Broadcast Multi-Access mode on interface",
    "ip pim neighbor-filter {<1-99> | WORD}": "PIM peering filter",
    "ip pim passive": "Enable PIM passive interface operation",
    "ip pim query-interval <0-65535> [msec]": "PIM router query interval",
    "ip pim sparse-dense-mode": "Enable PIM sparse-dense-mode operation",
    "ip pim sparse-mode": "Enable PIM sparse-mode operation",
    "ip pim version <1-2>": "PIM version",
    "ip rip authentication @{key-chain WORD | mode {md5 | text}}": "Authentication control",
    "ip rip @{receive | send} version <1-2> [<1-2>]": "Version of RIP",
    "ip rip triggered": "Send updates only when something changed",
    "ip rip v2-broadcast": "Send version 2 by broadcast",
    "ip router isis [WORD]": "IS-IS routing",
    "ip split-horizon [eigrp @<1-65535>]": "Perform split horizon",
    "ip summary-address eigrp @<1-65535> @A.B.C.D @MASK [<1-255>]": "Perform address summarization",
    "ip summary-address rip @A.B.C.D @MASK": "Perform address summarization",
    "isis authentication @{key-chain WORD | mode {md5 | text}} @[level-1 | level-2]": "Authentication",
    "isis circuit-type {level-1 | level-1-2 | level-2-only}": "Circuit type",
    "isis hello-interval {<1-65535> | minimal} @[level-1 | level-2]": "Time between hellos",
    "isis hello-multiplier <3-1000> @[level-1 | level-2]": "Hellos that may be missed",
    "isis metric {<1-16777214> | maximum} @[level-1 | level-2]": "Metric of the interface",
    "isis network point-to-point": "Take it for a point-to-point network",
    "isis passive": "Announce the network and send nothing",
    "isis password WORD @[level-1 | level-2]": "Password",
    "isis priority <0-127> @[level-1 | level-2]": "Priority",
    "bfd interval <50-999> min_rx <50-999> multiplier <3-50>": "BFD interval",
    "bfd echo": "Send echoes of BFD",
    "bfd template WORD": "Template of BFD",
  },
);

const GROUP = "[@<0-4095>]";
const standby = usageLines(
  { ...inside, effect: inert("this process has no standby") },
  {
    [`standby ${GROUP} authentication {md5 {key-chain WORD | key-string [0 | 7] KEY [timeout <0-32767>]} | text WORD | WORD}`]:
      "Authentication",
    "standby bfd": "Enable HSRP BFD",
    "standby delay [minimum <0-10000>] [reload <0-10000>]": "HSRP initialisation delay",
    [`standby ${GROUP} follow WORD`]: "Follow another group",
    [`standby ${GROUP} ip [@A.B.C.D] [secondary]`]: "Enable HSRP and set the virtual IP address",
    [`standby ${GROUP} ipv6 {X:X:X:X::X | X:X:X:X::X/<0-128> | autoconfig}`]: "Enable HSRP and set the virtual address",
    [`standby ${GROUP} mac-address H.H.H`]: "Virtual MAC address",
    "standby mac-refresh <0-255>":
      "Refresh MAC cache on switch by periodically sending packet from virtual mac address",
    [`standby ${GROUP} name WORD`]: "Redundancy name string",
    [`standby ${GROUP} preempt [delay [minimum <0-3600>] [reload <0-3600>] [sync <0-3600>]]`]:
      "Overthrow lower priority Active routers",
    [`standby ${GROUP} priority <0-255>`]: "Priority level",
    "standby redirect [unknown | advertisement authentication md5 {key-chain WORD | key-string [0 | 7] KEY} | timers <10-180> <30-3600>]":
      "Configure sending of ICMP Redirect messages with an HSRP virtual IP address as the gateway IP address",
    [`standby ${GROUP} timers {<1-254> | msec <15-999>} {<1-255> | msec <50-3000>}`]: "Hello and hold timers",
    [`standby ${GROUP} track @{<1-1000> | IFNAME} [decrement <1-255> | shutdown | <1-255>]`]: "Priority tracking",
    "standby use-bia [scope interface]": "HSRP uses interface's burned in address",
    "standby version {1 | 2}": "HSRP version",
    "vrrp @<1-255> ip @A.B.C.D [secondary]": "Enable VRRP and set the virtual IP address",
    "vrrp @<1-255> authentication {md5 {key-chain WORD | key-string [0 | 7] KEY [timeout <0-32767>]} | text WORD | WORD}":
      "Authentication",
    "vrrp @<1-255> description LINE": "Description",
    "vrrp @<1-255> preempt [delay minimum <0-3600>]": "Overthrow lower priority masters",
    "vrrp @<1-255> priority <1-254>": "Priority level",
    "vrrp @<1-255> timers @{advertise {<1-255> | msec <50-999>} | learn}": "Timers",
    "vrrp @<1-255> track @<1-1000> [decrement <1-255>]": "Priority tracking",
  },
);

const QOS_ACTION = "{drop | transmit | continue | set-prec-transmit <0-7> | set-dscp-transmit <0-63>}";
const inspection = usageLines(
  { ...inside, effect: noInspection },
  {
    "ip access-group common WORD {<1-199> | <1300-2699> | WORD} @{in | out}": "A list for several interfaces",
    "ip accounting [access-violations | mac-address {input | output} | output-packets | precedence {input | output}]":
      "Enable IP accounting on this interface",
    "ip admission WORD": "Rule of admission",
    "ip flow @{egress | ingress}": "NetFlow related commands",
    "ip flow monitor @WORD [sampler WORD] @{input | output}": "Flow monitor",
    "ip inspect WORD @{in | out}": "Apply inspect name",
    "ip ips WORD @{in | out}": "Apply an IPS rule",
    "ip nbar protocol-discovery [ipv4 | ipv6]": "Network-Based Application Recognition",
    "ip policy route-map WORD": "Enable policy routing",
    "ip traffic-export apply WORD [size <1000-10000000>]": "IP traffic capture or export",
    "ip verify unicast reverse-path [<1-199> | <1300-2699>]": "Reverse path validation of source address",
    "ip verify unicast source reachable-via {any | rx} [allow-default] [allow-self-ping] [<1-199> | <1300-2699>]":
      "Validation of source address",
    "ip verify unicast vrf @WORD {deny | permit}": "VPN Routing/Forwarding instance",
    "ip virtual-reassembly @[in | out] [max-reassemblies <1-1024>] [max-fragments <1-1024>] [timeout <1-60>] [drop-fragments]":
      "Virtual reassembly",
    "qos pre-classify": "Classify packets before encryption",
    [`rate-limit @{input | output} @[access-group @[rate-limit] @<1-2699> | dscp @<0-63> | qos-group @<0-99>] <8000-2000000000> <1000-512000000> <2000-1024000000> conform-action ${QOS_ACTION} exceed-action ${QOS_ACTION}`]:
      "Rate limit",
    "service-policy @{input | output} WORD": "Configure QoS service policy",
    "service-policy type WORD @[input | output] WORD": "Configure QoS service policy of another type",
    "traffic-shape group @<1-2699> <8000-2000000000> [<0-100000000> [<0-100000000>]]": "Shape what a list permits",
    "traffic-shape rate <8000-2000000000> [<0-100000000> [<0-100000000> [<1-4096>]]]": "Shape all packets",
    "zone-member security WORD": "Apply zone name",
  },
);

const NEVER = "{<0-4294967294> | never}";
const neighbours = [
  ...usageLines(
    { ...inside, effect: noBox },
    { "arp timeout <0-2147483>": "Seconds that addresses are remembered", "arp snap": "Set ARP type or timeout" },
  ),
  ...usageLines(
    { ...inside, effect: noBox, negation: "stored" },
    { "arp @{arpa | frame-relay}": "Set ARP type or timeout" },
  ),
];

/** On by themselves where the box has what they speak of. */
const hardwareThatHolds = [
  ...usageLines(
    { ...ofPort, effect: noBox, holds: true, initialBelow: isEthernet },
    { "mdix auto": "Find out how the cable is crossed" },
  ),
  ...usageLines(
    { ...ofPort, effect: noBox, negation: "stored" },
    {
      "cdp log mismatch duplex": "Log what the neighbour has set otherwise",
      "cdp tlv @{app | location | server-location}": "What is announced",
      "fair-queue [<1-4096> [<16-4096> [<0-1000>]]]": "Enable fair queuing on an interface",
      "group-range <0-1023> <0-1023>": "Lines of the group",
      "lldp @{med-tlv-select @WORD | receive | transmit}": "LLDP interface subcommands",
      "port-channel standalone-disable": "Do not use single links",
    },
  ),
  // The box says which speed it is that it does not have.
  ...usageLines(
    { ...ofPort, effect: noBox, negation: "stored" },
    { "clock rate @<300-8064000>": "Configure serial interface clock speed" },
  ),
];
const hardware = usageLines(
  { ...ofPort, effect: noBox },
  {
    "access-session {closed | host-mode {multi-auth | multi-domain | multi-host | single-host} | port-control {auto | force-authorized | force-unauthorized}}":
      "Access sessions",
    "async mode {dedicated | interactive}": "Mode of the line",
    [`backup delay ${NEVER} ${NEVER}`]: "Delays before the other line goes up and down",
    "backup interface IFNAME": "The other line",
    "backup load {<0-100> | never} {<0-100> | never}": "Loads at which the other line goes up and down",
    "carrier-delay {<0-60> | msec <0-1000>}": "Specify delay for interface transitions",
    "channel-group <1-512> [mode {active | auto [non-silent] | desirable [non-silent] | on | passive}]":
      "Etherchannel of an interface",
    "crc {16 | 32}": "Specify CRC word-size values",
    "custom-queue-list <1-16>": "Assign a custom queue list to an interface",
    "dampening [<1-30> [<1-20000> <1-20000> <1-255> [restart [<1-20000>]]]]": "Enable event dampening",
    "dialer-group <1-255>": "Assign interface to dialer-list",
    "domain path @WORD [internet-bound] [path-id <1-255>] [path-last-resort] [zero-sla]": "Path of a domain",
    "flowcontrol @{receive | send} {desired | off | on}": "Configure flow operation",
    "framing {c2 | cbitplcp | crc4 | esf | g751 | m13 | sf}": "Configure framing",
    "hold-queue <0-4096> @{in | out}": "Set hold queue depth",
    "if-state nhrp": "The interface is up while its peers are there",
    "l2protocol-tunnel [cdp | stp | vtp]": "Tunnel of layer 2 protocols",
    "l2protocol-tunnel @{drop-threshold | shutdown-threshold} [@{cdp | stp | vtp}] <1-4096>": "Packets per second",
    "lacp rate {fast | normal}": "How often LACP is heard",
    "lacp fast-switchover": "Change links at once",
    "lacp @{max-bundle <1-8> | port-priority <0-65535>}": "LACP interface commands",
    "mac-address H.H.H": "Manually set interface MAC address",
    "map-group WORD": "Configure static map group",
    "max-reserved-bandwidth <1-100>": "Maximum reservable bandwidth on an interface",
    "physical-layer {async | sync}": "Synchronous or asynchronous",
    "port-channel min-links <2-8>": "Links that must be there",
    "port-type {eni | nni | uni}": "Type of the port",
    "pppoe enable [group WORD]": "Enable PPPoE",
    "pppoe-client dial-pool-number @<1-255> [dial-on-demand] [restart <1-3600>]": "PPPoE client",
    "priority-group <1-16>": "Assign a priority group to an interface",
    "priority-queue {cos-map <1-4> <0-7>*8 | out}": "Priority queue",
    "rcv-queue cos-map @<1-3> @<1-8> <0-7>*8": "Receive queue",
    "serial restart-delay <0-900>": "Delay before a serial interface restarts",
    "service-insertion waas": "Optimize connections",
    "transmit-interface IFNAME": "Assign a transmit interface to a receive-only interface",
    "trust device {cisco-phone | cts | ip-camera | media-player}": "Trust what a device marks",
    "tunnel bandwidth @{receive | transmit} <0-10000000>": "Set tunnel bandwidth",
    "tunnel checksum": "enable end to end checksumming of packets",
    "tunnel destination {A.B.C.D | X:X:X:X::X | dynamic | WORD}": "Destination of tunnel",
    "tunnel key <0-4294967295>": "Security or selector key",
    "tunnel mode {gre {ip | ipv6 | multipoint [ipv6]} | ipip | ipsec {ipv4 | ipv6} | ipv6ip [6to4 | auto-tunnel | isatap] | l2tpv3 manual | mpls traffic-eng}":
      "Tunnel encapsulation method",
    "tunnel path-mtu-discovery [age-timer {<10-30> | infinite}] [min-mtu <92-65535>]":
      "Enable Path MTU Discovery on tunnel",
    "tunnel protection ipsec profile WORD [ikev2-profile WORD] [isakmp-profile WORD] [shared]":
      "Enable tunnel protection",
    "tunnel route-via IFNAME {mandatory | preferred}": "Interface by which tunnel packets leave",
    "tunnel source {A.B.C.D | X:X:X:X::X | dynamic | IFNAME}": "Source of tunnel packets",
    "tunnel tos <0-255>": "Type of service of tunnel packets",
    "tunnel ttl <1-255>": "Time to live of tunnel packets",
    "tunnel vrf WORD": "VRF of the tunnel's packets",
    "tx-ring-limit <1-32767>": "Configure PA level transmit ring limit",
    "utd enable": "Threat defense",
    "xconnect A.B.C.D <1-4294967295> {encapsulation {l2tpv2 | l2tpv3 [manual] | mpls} | pw-class WORD}":
      "Carry frames to another router",
  },
);

const dhcpRequests = usageLines(
  { ...inside, effect: inert("the operating system handles this"), negation: "stored" },
  { "ip dhcp client request @WORD": "Configure interface DHCP client parameters" },
);

const bySystem = usageLines(
  { ...inside, effect: inert("the operating system handles this") },
  {
    "ip arp inspection @{limit {none | rate <0-2048>} | trust}": "Inspection of ARP",
    "ip broadcast-address [A.B.C.D]": "Set the broadcast address of an interface",
    "ip cef accounting non-recursive {external | internal}": "Accounting of CEF",
    "ip dhcp client @{client-id {IFNAME | ascii WORD | hex HEX} | default-router distance <1-255> | hostname WORD | lease <0-365> | route track <1-1000>}":
      "Configure interface DHCP client parameters",
    "ip dhcp relay information @{check-reply [none] | option-insert [none] | policy-action {drop | encapsulate | keep | replace} | trusted}":
      "Relay information",
    "ip dhcp snooping @{limit rate <1-2048> | trust}": "Snooping of DHCP",
    "ip directed-broadcast [<1-199> | <1300-2699>]": "Enable forwarding of directed broadcasts",
    "ip helper-address [global | vrf WORD] @A.B.C.D": "Specify a destination address for UDP broadcasts",
    "ip idle-group @{<1-199> | <1300-2699> | WORD} @{in | out}": "Specify interesting packets for idle-timer",
    "ip information-reply": "Enable sending ICMP Information Reply messages",
    "ip load-sharing {per-destination | per-packet}": "Style of load sharing",
    "ip local-proxy-arp": "Enable local-proxy ARP",
    "ip mask-reply": "Enable sending ICMP Mask Reply messages",
    "ip probe proxy": "Enable HP Probe support",
    "ip rarp-server A.B.C.D": "Enable RARP server for static arp entries",
    "ip route-cache same-interface": "Fast switching out of the interface that a packet came by",
    "ip vrf receive @WORD": "Put our addresses into the table of a VRF",
    "ntp disable": "Disable NTP traffic",
    "ntp broadcast [client | destination A.B.C.D | key <1-4294967295> | version <1-4>]":
      "Configure NTP broadcast service",
    "ntp multicast [client [A.B.C.D] | A.B.C.D]": "Configure NTP multicast service",
  },
);

const compression = usageLines(
  { ...inside, effect: inert("compression is refused with a Protocol-Reject") },
  {
    "ip rtp @{compression-connections <3-1000> | header-compression [iphc-format | ietf-format | passive] [periodic-refresh] | priority <2000-65535> <0-16383> <0-2000> | reserve <2000-65535> <0-16383> <0-2000>}":
      "RTP parameters",
    "ip tcp compression-connections <3-1000>": "Connections whose headers are compressed",
    "ip tcp header-compression [iphc-format | ietf-format | passive]": "Enable TCP header compression",
  },
);

const notTold = usageLines(
  { ...inside, effect: inert("sessions that come and go are always logged"), negation: "stored" },
  {
    "logging event @{bundle-status | nfas-status | power-inline-status | spanning-tree [status] | status | subif-link-status [ignore-bulk] | trunk-status}":
      "Interface events",
    "snmp ifindex persist": "Keep the number of the interface",
  },
);

const speeds = usageLines(
  { ...inside, effect: noBox },
  {
    "bandwidth inherit [<1-10000000>]": "Bandwidth of what stands below",
    "bandwidth qos-reference <1-10000000>": "Bandwidth that queues reckon with",
    "bandwidth receive {<1-10000000> | inherit}": "Bandwidth of what comes in",
  },
);

const framesBelow = usageLines(
  { ...inside, effect: inert("the operating system tags frames") },
  {
    "encapsulation isl <1-4095>": "Inter Switch Link - Virtual LAN encapsulation",
    "encapsulation {frame-relay [ietf] | hdlc | slip}": "Set encapsulation type for an interface",
  },
);

const fragments = usageLines(
  { ...inside, effect: inert("the operating system fragments") },
  {
    "crypto ipsec df-bit {clear | copy | set}": "Handling of encapsulated DF bit.",
    "crypto ipsec fragmentation {after-encryption | before-encryption}":
      "Handling of fragmentation of near-MTU sized packets",
  },
);

export const interfaceKept = [
  ...ipv6InterfaceCommands,
  ...mplsInterfaceCommands,
  ...wanInterfaceCommands,
  ...ospfLines,
  ...routing,
  ...standby,
  ...inspection,
  ...neighbours,
  ...hardware,
  ...hardwareThatHolds,
  ...bySystem,
  ...dhcpRequests,
  ...compression,
  ...notTold,
  ...speeds,
  ...framesBelow,
  ...fragments,
  ...pseudowireOfInterface,
];
