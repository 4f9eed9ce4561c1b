/** Links, standby, routing and traffic features that are not here. */

import { kw } from "../../../grammar/elements.ts";
import { absent, WHY } from "./absent.ts";
import { ip, ipv6 } from "./words.ts";

const mpls = kw("mpls", "MPLS information");
const dhcp = kw("dhcp", "Show items in the DHCP database");

const links = [
  absent([kw("vlans", "Virtual LANs")], WHY.links, { lines: ["No Virtual LANs configured."] }),
  absent([kw("spanning-tree", "Spanning tree topology")], WHY.links, { lines: ["No spanning tree instances exist."] }),
  absent([kw("bridge", "Bridge forwarding and filtering database")], WHY.links),
  absent([kw("dialer", "Dialer parameters and statistics")], WHY.links),
  absent([kw("isdn", "ISDN information")], WHY.links, {
    parts: { active: "Calls now", history: "Calls", status: "Lines" },
  }),
  absent([kw("frame-relay", "Frame Relay information")], WHY.links, {
    parts: { lmi: "Management", map: "Map", pvc: "Circuits" },
  }),
  absent([kw("atm", "ATM information")], WHY.links, { parts: { pvc: "Circuits", vc: "Circuits", vp: "Paths" } }),
  absent([kw("pppoe", "PPPoE information")], WHY.links, {
    parts: { session: "Sessions", statistics: "Counts", summary: "Number" },
  }),
  absent([kw("xconnect", "Attachment circuits")], WHY.links, {
    parts: { all: "Every one", interface: "Of an interface" },
  }),
  absent([kw("voice", "Voice information")], WHY.voice, { parts: { call: "Calls", dsp: "Processors", port: "Ports" } }),
  absent([kw("dial-peer", "Dial peers"), kw("voice", "Voice dial peers")], WHY.voice, {
    parts: { summary: "A line of each" },
  }),
  absent([kw("gatekeeper", "H.323 gatekeeper")], WHY.voice, {
    parts: { calls: "Calls", status: "Status", zone: "Zones" },
  }),
  absent([kw("gateway", "H.323 gateway")], WHY.voice),
];

const standby = [
  absent([kw("standby", "HSRP information")], WHY.standby, { parts: { all: "Every group", brief: "A line of each" } }),
  absent([kw("vrrp", "VRRP information")], WHY.standby, { parts: { all: "Every group", brief: "A line of each" } }),
  absent([kw("glbp", "GLBP information")], WHY.standby, { parts: { brief: "A line of each" } }),
  absent([kw("track", "Tracked objects")], WHY.standby, {
    parts: { brief: "A line of each", interface: "Of interfaces" },
  }),
  absent([kw("bfd", "BFD information")], WHY.standby, { parts: { neighbors: "Neighbors", summary: "Number" } }),
];

const routing = [
  absent([ip, kw("ospf", "OSPF information")], WHY.routing, {
    parts: {
      "border-routers": "Border routers",
      database: "Database summary",
      interface: "Interface information",
      neighbor: "Neighbor list",
      statistics: "Counts",
      "virtual-links": "Virtual links",
    },
  }),
  absent([ip, kw("eigrp", "EIGRP information")], WHY.routing, {
    parts: { interfaces: "Interfaces", neighbors: "Neighbors", topology: "Topology", traffic: "Counts" },
  }),
  absent([ip, kw("rip", "RIP information")], WHY.routing, { parts: { database: "Database" } }),
  absent([ip, kw("bgp", "BGP information")], WHY.routing, {
    parts: {
      neighbors: "Neighbor information",
      paths: "Paths",
      regexp: "Routes by their path",
      summary: "Summary of BGP neighbor status",
      vpnv4: "Routes of VPNs",
    },
    lines: ["% BGP not active", ""],
  }),
  absent([kw("bgp", "BGP information")], WHY.routing, { lines: ["% BGP not active", ""] }),
  absent([kw("isis", "IS-IS information")], WHY.routing, { parts: { database: "Database", neighbors: "Neighbors" } }),
  absent([ip, kw("prefix-list", "Prefix lists")], WHY.routing, { parts: { detail: "In detail", summary: "Summary" } }),
  absent([kw("route-map", "Route maps")], WHY.routing),
  absent([kw("key", "Key information"), kw("chain", "Key chains")], WHY.routing),
  absent([mpls, kw("interfaces", "Interfaces")], WHY.routing),
  absent([mpls, kw("forwarding-table", "Labels")], WHY.routing),
  absent([mpls, kw("ldp", "Label Distribution Protocol")], WHY.routing),
  absent([ip, kw("igmp", "IGMP information")], WHY.multicast, {
    parts: { groups: "Groups", interface: "Interfaces", membership: "Members" },
  }),
  absent([ip, kw("mroute", "Multicast routes")], WHY.multicast, { parts: { count: "Counts", summary: "Summary" } }),
  absent([ip, kw("pim", "PIM information")], WHY.multicast, {
    parts: { interface: "Interfaces", neighbor: "Neighbors", rp: "Rendezvous points" },
  }),
  absent([ip, kw("rpf", "How packets must come in")], WHY.multicast),
  absent([ip, kw("nhrp", "NHRP information")], WHY.tunnels),
  absent([kw("dmvpn", "DMVPN information")], WHY.tunnels),
  absent([ip, kw("sla", "Service level agreements")], "no probes run by themselves here", {
    parts: { configuration: "What is configured", statistics: "Results", summary: "A line of each" },
  }),
];

const traffic = [
  absent([kw("policy-map", "Policy maps")], WHY.policy, { parts: { interface: "On interfaces" } }),
  absent([kw("class-map", "Class maps")], WHY.policy),
  absent([kw("queueing", "Queueing")], WHY.policy, { parts: { fair: "Fair queueing", interface: "Of an interface" } }),
  absent([ip, kw("policy", "Policy routing")], WHY.policy, { lines: ["Interface      Route map"] }),
  absent([ip, kw("accounting", "Accounting of packets")], WHY.flows),
  absent([ip, kw("cache", "IP fast-switching route cache")], WHY.flows, {
    parts: { flow: "Flows", verbose: "In detail" },
    lines: ["IP routing cache 0 entries, 0 bytes"],
  }),
  absent([ip, kw("flow", "NetFlow")], WHY.flows, { parts: { export: "Exports", interface: "Interfaces" } }),
  absent([kw("flow", "Flexible NetFlow")], WHY.flows, {
    parts: { exporter: "Exporters", interface: "Interfaces", monitor: "Monitors", record: "Records" },
  }),
  absent([ip, kw("inspect", "Inspection of connections")], WHY.flows, {
    parts: { all: "All of it", config: "Configuration", sessions: "Sessions" },
  }),
  absent([kw("zone", "Zones"), kw("security", "Security zones")], WHY.flows),
  absent([ip, kw("virtual-reassembly", "Virtual reassembly")], "fragments are put together without being told to"),
  absent([ip, kw("nat", "IP NAT information")], WHY.nat, {
    parts: { statistics: "Counts", translations: "Translations" },
  }),
  absent([ip, dhcp], WHY.dhcp, {
    parts: {
      binding: "DHCP address bindings",
      conflict: "Addresses in conflict",
      database: "Agents",
      import: "Imported parameters",
      pool: "DHCP pools",
      relay: "Relay agents",
      server: "Server",
    },
  }),
  absent([ip, kw("dns", "DNS server")], "no names are served here", { parts: { statistics: "Counts", view: "Views" } }),
  absent([ipv6, kw("route", "IPv6 routing table")], WHY.ipv6, { lines: ["% IPv6 routing table does not exist"] }),
  ...(
    [
      ["neighbors", "Neighbors"],
      ["protocols", "Routing protocols"],
      ["access-list", "Access lists"],
      ["traffic", "Counts"],
    ] as const
  ).map(([name, help]) => absent([ipv6, kw(name, help)], WHY.ipv6)),
];

export const absentNetworkCommands = [...links, ...standby, ...routing, ...traffic];
