/**
 * What log messages can be about, in the box's words. A name says one of the kinds of events that there are here, or something that
 * does not run here: of that nothing is ever said. Several names may say the same kind.
 */

import type { Category } from "../../engine/kernel/log.ts";

/** Of each kind of event: the name that is printed, and what it is. */
export const logCategories = {
  aaa: "Authentication of users",
  config: "Configuration",
  ike: "IKE negotiations",
  ip: "IP",
  ipsec: "IPsec connections",
  l2tp: "L2TP tunnels and sessions",
  ppp: "PPP",
  ssh: "SSH server",
  system: "The router itself",
} as const satisfies Readonly<Record<Category, string>>;

/** Finer names of the box: the kind of event that they are said under, and what they are. */
const FINER = {
  aaaEngineGeneral: ["aaa", "Authentication, in general"],
  aaaServerGeneral: ["aaa", "Authentication servers"],
  aaaUserAccess: ["aaa", "Access of users"],
  addressServerGeneral: ["aaa", "Addresses of users"],
  auditIpsec: ["ipsec", "Faults of IPsec packets"],
  cliCommand: ["config", "Commands"],
  ikepki: ["ike", "IKE negotiations and certificates"],
  ipGeneral: ["ip", "IP, in general"],
  ipInterface: ["ip", "IP interfaces"],
  ipRouteTable: ["ip", "Routes"],
  ipTraffic: ["ip", "IP packets"],
  ipsecTransport: ["ipsec", "IPsec transport connections"],
  l2tpIpLowerBinding: ["l2tp", "L2TP over IP"],
  l2tpStateMachine: ["l2tp", "States of L2TP"],
  os: ["system", "The operating system"],
  pppPacket: ["ppp", "Packets of PPP"],
  pppStateMachine: ["ppp", "States of PPP"],
  stTunnel: ["ipsec", "Secure tunnels"],
} as const satisfies Readonly<Record<string, readonly [Category, string]>>;

/** What does not run here. */
export const silentCategories = {
  aaaAtm1483Cfg: "Users of ATM 1483",
  atm: "ATM",
  atm1483: "ATM 1483",
  atmAal5: "AAL5",
  bgpConnections: "Connections of BGP",
  bgpEvents: "Events of BGP",
  bgpGeneral: "BGP, in general",
  bgpMessages: "Messages of BGP",
  bgpRoutes: "Routes of BGP",
  bridgedEthernet: "Bridged Ethernet",
  bulkStats: "Bulk statistics",
  cacGeneral: "Admission of calls",
  cops: "COPS",
  dcmEngineGeneral: "Dynamic configuration",
  dhcpCapture: "DHCP, packet by packet",
  dhcpExternal: "The external DHCP server",
  dhcpGeneral: "DHCP, in general",
  dhcpLocalClients: "Clients of the local DHCP server",
  dhcpLocalGeneral: "The local DHCP server",
  dhcpProxyGeneral: "The DHCP proxy client",
  dhcpRelayGeneral: "The DHCP relay",
  ds1: "DS1",
  ds3: "DS3",
  dvmrpGeneral: "DVMRP",
  ethernet: "Ethernet",
  fileSystem: "The file system",
  frameRelay: "Frame relay",
  ftpClient: "The FTP client",
  ftpServer: "The FTP server",
  hdlc: "HDLC",
  igmpGeneral: "IGMP",
  ipAccessList: "Access lists",
  ipNhopTracker: "Next hops",
  ipProfileManager: "Profiles of IP",
  ipRoutePolicy: "Policies of routes",
  ipTunnel: "IP tunnels",
  ipsecIdentity: "The identity in certificates",
  isisGeneral: "IS-IS",
  itmGeneral: "IP tunnels, in general",
  l2tpDialoutGenerator: "Outgoing calls",
  l2tpDialoutStateMachine: "States of outgoing calls",
  ldpGeneral: "LDP",
  macroData: "Macros",
  mplsGeneral: "MPLS",
  nameResolverLog: "Names of hosts",
  natGeneral: "Address translation",
  ntpGeneral: "NTP",
  ospfGeneral: "OSPF, in general",
  ospfInterface: "Interfaces of OSPF",
  ospfNeighbor: "Neighbors of OSPF",
  pimGeneral: "PIM",
  policyMgrAttachment: "Attached policies",
  policyMgrGeneral: "Policies",
  pppMlppp: "Multilink PPP",
  pppoe: "PPPoE",
  pppoeControlPacket: "Control packets of PPPoE",
  profileMgr: "Profiles",
  qos: "Quality of service",
  radiusAttributes: "Attributes of RADIUS",
  radiusClient: "The RADIUS client",
  radiusSendAttributes: "Attributes that are sent",
  redundancy: "Redundancy",
  ripGeneral: "RIP",
  serviceMgr: "Services of users",
  snmp: "SNMP",
  snmpPduAudit: "Requests of SNMP",
  snmpSetPduAudit: "Changes by SNMP",
  sonet: "SONET",
  ssccGeneral: "The SDX client",
  tacacsPlus: "TACACS+",
  tcpGeneral: "TCP",
  telnet: "Telnet",
  timeRange: "Time ranges",
  tunnelServer: "Tunnel services",
  udpTraffic: "UDP packets",
  vlan: "VLANs",
  vrrpGeneral: "VRRP",
} as const satisfies Readonly<Record<string, string>>;

type FinerName = keyof typeof FINER;

/** A name that says a kind of event. */
export type CategoryName = Category | FinerName;

/** Every such name, with its help. */
export const categoryNames: Readonly<Record<CategoryName, string>> = {
  ...logCategories,
  ...(Object.fromEntries(Object.entries(FINER).map(([name, [, help]]) => [name, help])) as Record<FinerName, string>),
};

/** The kind of event that a name says. */
export function categoryOf(name: CategoryName): Category {
  return name in FINER ? FINER[name as FinerName][0] : (name as Category);
}
