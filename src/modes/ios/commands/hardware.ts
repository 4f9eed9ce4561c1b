/** Lines of chassis, cards and interfaces that have no hardware here to act on: they are kept and printed back. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { globalMode, interfaceMode, subinterfaceMode } from "../modes.ts";

const noBox = inert("there is no such hardware here");

const IP = { ip: "Interface Internet Protocol config commands" } as const;

export const hardwareCommands = [
  ...keptLines(
    { mode: globalMode, section: "boot", effect: noBox },
    {
      card: "Configure a line card",
      controller: "Configure a specific controller",
      "facility-alarm": "Facility alarm thresholds",
      buffers: "Adjust system buffer pool parameters",
      "platform console": "Console of the platform",
    },
  ),
];

/** Only these words: `ip ospf name-lookup` behind an interface is a line of global configuration. */
const ipOspf = setting({
  mode: interfaceMode,
  form: [
    kw("ip", IP.ip),
    kw("ospf", "OSPF interface commands"),
    oneOf(
      [
        pick("what", {
          authentication: "Enable authentication",
          "authentication-key": "Authentication password (key)",
          bfd: "Enable BFD on this interface",
          cost: "Interface cost",
          "database-filter": "Filter OSPF LSA during synchronization and flooding",
          "dead-interval": "Interval after which a neighbor is declared dead",
          "demand-circuit": "OSPF demand circuit",
          "flood-reduction": "OSPF Flood Reduction",
          "hello-interval": "Time between HELLO packets",
          lls: "Link-local Signaling (LLS) support",
          "message-digest-key": "Message digest authentication password (key)",
          "mtu-ignore": "Ignores the MTU in DBD packets",
          network: "Network type",
          "prefix-suppression": "Enable/Disable OSPF prefix suppression",
          priority: "Router priority",
          "resync-timeout": "Interval after which adjacency is reset",
          "retransmit-interval": "Time between retransmitting lost link state advertisements",
          shutdown: "Set OSPF protocol's state to disable on this interface",
          "transmit-delay": "Link state transmit delay",
          "ttl-security": "TTL security check",
        }),
        opt(arg("text", secret(line()), "Parameters")),
      ],
      [
        arg("process", uint(1, 65_535), "Process ID"),
        kw("area", "Set the OSPF area ID"),
        arg("area", word(), "OSPF area ID"),
      ],
    ),
  ],
  key: ["what", "process", "text"],
  effect: inert("no routing protocol runs here"),
  negation: "stored",
});

const noInspection = inert("packets are neither inspected, marked nor shaped here");

/** `ip inspect name …` behind an interface is a line of global configuration. */
const ipInspect = setting({
  mode: interfaceMode,
  form: [
    kw("ip", IP.ip),
    pick("what", { inspect: "Apply inspect name", ips: "Apply an IPS rule" }),
    arg("rule", word(), "Name"),
    pick("direction", { in: "Inbound packets", out: "Outbound packets" }),
  ],
  key: ["what", "direction"],
  effect: noInspection,
});

/** Inside an interface: what routes, switches, shapes and inspects there. */
export const interfaceHardware = [
  ipOspf,
  ipInspect,
  ...keptLines(
    {
      mode: interfaceMode,
      effect: inert("no routing protocol runs here"),
      shared: { ...IP, pim: "PIM interface commands", igmp: "IGMP interface commands" },
    },
    {
      "ip rip": "Router Information Protocol",
      "ip pim bsr-border": "Border of PIM domain",
      "ip pim dense-mode": "Enable PIM dense-mode operation",
      "ip pim dr-priority": "PIM router DR priority",
      "ip pim nbma-mode": "Use Non-Broadcast Multi-Access mode on interface",
      "ip pim neighbor-filter": "PIM peering filter",
      "ip pim passive": "Enable PIM passive interface operation",
      "ip pim query-interval": "PIM router query interval",
      "ip pim sparse-dense-mode": "Enable PIM sparse-dense-mode operation",
      "ip pim sparse-mode": "Enable PIM sparse-mode operation",
      "ip pim version": "PIM version",
      "ip igmp access-group": "IGMP group access group",
      "ip igmp helper-address": "IGMP helper address",
      "ip igmp immediate-leave": "Leave groups immediately without sending last member query",
      "ip igmp join-group": "IGMP join multicast group",
      "ip igmp last-member-query-interval": "Interval of queries after a leave",
      "ip igmp querier-timeout": "IGMP previous querier timeout",
      "ip igmp query-interval": "IGMP host query interval",
      "ip igmp query-max-response-time": "IGMP max query response value",
      "ip igmp static-group": "IGMP static multicast group",
      "ip igmp version": "IGMP version",
      "ip summary-address": "Perform address summarization",
      "ip bandwidth-percent": "Set EIGRP bandwidth limit",
      "ip authentication mode": "Authentication mode of EIGRP",
      "ip authentication key-chain": "Key-chain of EIGRP",
      "ip split-horizon": "Perform split horizon",
      "ip hello-interval": "Configures EIGRP hello interval",
      "ip hold-time": "Configures EIGRP hold time",
      isis: "IS-IS commands",
      bfd: "BFD interface configuration commands",
      standby: "HSRP interface configuration commands",
      vrrp: "VRRP interface configuration commands",
      glbp: "GLBP interface configuration commands",
      ipv6: "IPv6 interface subcommands",
      mpls: "Configure MPLS interface parameters",
    },
  ),
  ...keptLines(
    { mode: interfaceMode, effect: noInspection, shared: { ...IP, verify: "Enable per packet validation" } },
    {
      "ip policy": "Enable policy routing",
      "ip flow": "NetFlow related commands",
      "ip nbar": "Network-Based Application Recognition",
      "ip verify unicast": "Enable per packet validation for unicast",
      "ip verify vrf": "VPN Routing/Forwarding instance",
      "ip virtual-reassembly": "Virtual reassembly",
      "ip accounting": "Enable IP accounting on this interface",
      "ip traffic-export": "IP traffic capture or export",
      "ip wccp": "WCCP interface commands",
      "qos pre-classify": "Classify packets before encryption",
      "rate-limit": "Rate limit",
      "service-policy": "Configure QoS service policy",
      "traffic-shape": "Enable traffic shaping",
      "zone-member": "Apply zone name",
    },
  ),
  ...keptLines(
    { mode: interfaceMode, except: [subinterfaceMode], effect: noBox, negation: "stored" },
    {
      "bridge-group": "Transparent bridging interface parameters",
      "channel-group": "Etherchannel of an interface",
      "clock rate": "Configure serial interface clock speed",
      crc: "Specify CRC word-size values",
      dialer: "Dial-on-demand routing commands",
      "dialer-group": "Assign interface to dialer-list",
      "dsl operating-mode": "Configure DSL operating mode",
      "fair-queue": "Enable fair queuing on an interface",
      framing: "Configure framing",
      "max-reserved-bandwidth": "Maximum reservable bandwidth on an interface",
      "pppoe-client": "PPPoE client",
      pvc: "Configure ATM PVC parameters",
      "random-detect": "Enable weighted random early detection",
      "serial restart-delay": "Delay before a serial interface restarts",
      "spanning-tree": "Spanning tree subsystem",
      "storm-control": "Storm configuration",
      switchport: "Set switching mode characteristics",
      "tunnel destination": "Destination of tunnel",
      "tunnel key": "Security or selector key",
      "tunnel mode": "Tunnel encapsulation method",
      "tunnel protection": "Enable tunnel protection",
      "tunnel source": "Source of tunnel packets",
      "tunnel path-mtu-discovery": "Enable Path MTU Discovery on tunnel",
      "tunnel vrf": "VRF of the tunnel's packets",
      arp: "Set ARP type or timeout",
      "carrier-delay": "Specify delay for interface transitions",
      dampening: "Enable event dampening",
      "hold-queue": "Set hold queue depth",
      "custom-queue-list": "Assign a custom queue list to an interface",
      "priority-group": "Assign a priority group to an interface",
      "mac-address": "Manually set interface MAC address",
      llc2: "LLC2 interface subcommands",
      lldp: "LLDP interface subcommands",
      "map-group": "Configure static map group",
      macro: "Command macro",
      snapshot: "Configure snapshot support on the interface",
      "transmit-interface": "Assign a transmit interface to a receive-only interface",
      "trunk-group": "Configure interface to be in a trunk group",
      "tx-ring-limit": "Configure PA level transmit ring limit",
    },
  ),
  ...keptLines(
    { mode: interfaceMode, effect: inert("the operating system handles this"), negation: "stored", shared: IP },
    {
      "ip broadcast-address": "Set the broadcast address of an interface",
      "ip cef accounting": "Accounting of CEF",
      "ip dhcp client": "Configure interface DHCP client parameters",
      "ip idle-group": "Specify interesting packets for idle-timer",
      "ip information-reply": "Enable sending ICMP Information Reply messages",
      "ip load-sharing": "Style of load sharing",
      "ip local-proxy-arp": "Enable local-proxy ARP",
      "ip mask-reply": "Enable sending ICMP Mask Reply messages",
      "ip probe": "Enable HP Probe support",
      "ip rarp-server": "Enable RARP server for static arp entries",
      "ip security": "DDN IP Security Option",
      "ntp disable": "Disable NTP traffic",
    },
  ),
  ...keptLines(
    { mode: interfaceMode, effect: inert("compression is refused with a Protocol-Reject"), shared: IP },
    { "ip rtp": "RTP parameters", "ip tcp header-compression": "Enable TCP header compression" },
  ),
  ...keptLines(
    {
      mode: interfaceMode,
      effect: inert("an address is typed, or lnsh run --listen names it"),
      single: true,
      shared: { ...IP, address: "Set the IP address of an interface" },
    },
    {
      "ip address negotiated": "IP Address negotiated over PPP",
      "ip address pool": "IP Address autoconfigured from a local DHCP pool",
    },
  ),
  ...keptLines(
    { mode: interfaceMode, effect: inert("the operating system forwards broadcasts"), shared: IP },
    { "ip helper-address": "Specify a destination address for UDP broadcasts" },
  ),
];
