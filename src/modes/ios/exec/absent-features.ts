/** The box, its management, tunnels and servers: features that are not here, and clear commands with nothing to clear. */

import { word } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
import { arg, flag, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { absent, absentForm, nothingToClear, rest, WHY } from "./absent.ts";
import { absentNetworkCommands } from "./absent-network.ts";
import { ip, print } from "./words.ts";

const NTP_DOWN = [
  "Clock is unsynchronized, stratum 16, no reference clock",
  "nominal freq is 250.0000 Hz, actual freq is 250.0000 Hz, precision is 2**10",
  "reference time is 00000000.00000000 (00:00:00.000 UTC Mon Jan 1 1900)",
  "clock offset is 0.0000 msec, root delay is 0.00 msec",
  "root dispersion is 0.00 msec, peer dispersion is 0.00 msec",
];

const SIMPLEX = [
  "Redundant System Information :",
  "------------------------------",
  "       Hardware Mode = Simplex",
  "    Maintenance Mode = Disabled",
];

const CODES_OF_KEYS = [
  "Codes: M - Manually configured, C - Extracted from certificate",
  "",
  "Code Usage         IP-Address/VRF         Keyring          Name",
];

const detail = flag("detail", "detail", "Show detailed information");
const cdp = kw("cdp", "CDP information");
const lldp = kw("lldp", "LLDP information");
const ntp = kw("ntp", "Network time protocol");
const snmp = kw("snmp", "SNMP statistics");
const crypto = kw("crypto", "Encryption module");
const vpdn = kw("vpdn", "VPDN information");
const aaa = kw("aaa", "Show AAA values");
const ikev2 = kw("ikev2", "Shows ikev2 info");
const NO_CDP = { lines: ["% CDP is not enabled"] };
const NO_LLDP = { lines: ["% LLDP is not enabled"] };
const NO_SNMP = { lines: ["%SNMP agent not enabled"] };

const discovery = [
  ...(
    [
      [cdp, NO_CDP],
      [lldp, NO_LLDP],
    ] as const
  ).flatMap(([protocol, { lines }]) => [
    absentForm([protocol], WHY.neighbors, lines),
    absentForm(
      [protocol, kw("neighbors", "Neighbor entries"), opt(arg("interface", word(), "Interface")), detail],
      WHY.neighbors,
      lines,
    ),
    absentForm(
      [
        protocol,
        pick("what", {
          entry: "Information of one neighbor",
          interface: "Status and configuration of interfaces",
          traffic: "Statistics",
        }),
        rest,
      ],
      WHY.neighbors,
      lines,
    ),
  ]),
];

const management = [
  absentForm([ntp, kw("status", "NTP status")], WHY.clock, NTP_DOWN, { synchronized: false, stratum: 16 }),
  absentForm(
    [ntp, pick("what", { associations: "NTP associations", information: "NTP information" }), detail],
    WHY.clock,
    [],
  ),
  absent([kw("sntp", "Simple network time protocol")], WHY.clock),
  absent([kw("calendar", "Display the hardware calendar")], WHY.clock, { lines: ["% There is no hardware calendar"] }),
  absent([snmp], WHY.snmp, {
    ...NO_SNMP,
    parts: {
      chassis: "SNMP chassis",
      community: "SNMP communities",
      contact: "SNMP contact",
      engineID: "Identifiers of SNMP engines",
      group: "SNMP groups",
      host: "SNMP hosts",
      location: "SNMP location",
      mib: "MIB objects",
      sessions: "SNMP manager sessions",
      user: "SNMPv3 users",
      view: "SNMP views",
    },
  }),
  absent([kw("rmon", "Remote monitoring statistics")], WHY.snmp),
  absent([kw("event", "Embedded events"), kw("manager", "Embedded Event Manager")], "no scripts run here", {
    parts: { history: "What happened", policy: "Policies", version: "Version" },
  }),
  absent([kw("kron", "Kron information"), kw("schedule", "Scheduled occurrences")], "no commands are scheduled here"),
  absent([kw("license", "Show license information")], WHY.licenses, {
    parts: {
      all: "All of it",
      detail: "In detail",
      feature: "Features that a license is for",
      udi: "Unique device identifier",
      usage: "What is in use",
    },
  }),
  absent([kw("redundancy", "Redundancy Facility (RF) information")], WHY.standby, {
    parts: {
      clients: "RF clients",
      counters: "RF counters",
      history: "RF history",
      states: "RF states",
      switchover: "Switchovers",
    },
    lines: SIMPLEX,
    model: { mode: "simplex" },
  }),
];

const hardware = [
  absent([kw("environment", "Environmental information")], WHY.hardware, {
    parts: { all: "All of it", last: "Last readings", status: "Status", table: "Limits" },
    lines: ["This platform has no environmental monitoring"],
  }),
  absent([kw("diag", "Show diagnostic information")], WHY.hardware),
  absent([kw("module", "Modules of the box")], WHY.hardware),
  absent([kw("platform", "Platform information")], WHY.hardware),
  absent([kw("controllers", "Interface controller status")], WHY.hardware),
  absent([kw("context", "What was going on when the box crashed")], "nothing is kept of a crash", {
    parts: { all: "Of every slot", summary: "A line of each" },
    lines: ["No valid exception information to display."],
  }),
  absent([kw("buffers", "Buffer pool statistics")], "packets lie in no pools here", {
    parts: { all: "All of them", failures: "Failures" },
  }),
  absent([kw("stacks", "Process stack utilization")], "there is one process here, and its stack is the host's"),
  absent([kw("idb", "Interface descriptor blocks")], "interfaces have no descriptors of a fixed number here"),
  absent([kw("modemcap", "Modem capabilities")], WHY.hardware),
];

const tunnels = [
  absentForm([crypto, kw("sockets", "Secure Socket Information")], WHY.tunnels, [
    "",
    "Number of Crypto Socket connections 0",
    "",
  ]),
  absentForm(
    [
      crypto,
      kw("key", "Show long term public keys"),
      kw("pubkey-chain", "Show peer public keys"),
      kw("rsa", "Show peer RSA public keys"),
    ],
    "peers prove themselves with keys and certificates of the configuration here",
    CODES_OF_KEYS,
  ),
  absent([crypto, ikev2], WHY.ikev2, {
    parts: {
      authorization: "Shows ikev2 authorization policies",
      diagnose: "Shows ikev2 diagnostic",
      policy: "Shows ikev2 policies",
      profile: "Shows ikev2 profiles",
      proposal: "Shows ikev2 proposals",
      sa: "Shows ikev2 sas",
      session: "Shows ikev2 active session",
      stats: "Shows ikev2 sa stats",
    },
  }),
  absent(
    [
      crypto,
      kw("pki", "Show PKI"),
      pick("what", { server: "Certificate server", session: "Sessions", trustpool: "Trustpool" }),
    ],
    "certificates are those of the configuration and of files",
  ),
  absent(
    [crypto, kw("key", "Show long term public keys"), kw("storage", "Where keys are kept")],
    "keys are kept by the host",
  ),
  absent([crypto, kw("gdoi", "Group encryption")], "keys are not shared by groups here"),
  absent([crypto, kw("ha", "High availability")], WHY.standby),
  absent([crypto, kw("optional", "Optional encryption")], "what must be encrypted is never let through in the clear"),
  absent([crypto, kw("ipsec", "Show IPSEC policy"), kw("client", "Easy VPN client")], "this box calls nobody"),
  absent(
    [
      vpdn,
      pick("what", { domain: "Domains", multilink: "Multilink", redirect: "Redirection", "dead-cache": "Dead peers" }),
    ],
    "calls end here: none is handed on to another server",
  ),
  ...(["tunnel", "session"] as const).map((of) =>
    absent(
      [
        vpdn,
        kw(of, of === "tunnel" ? "L2TP control channel information" : "L2TP session information"),
        pick("protocol", { l2f: "L2F", pppoe: "PPPoE", pptp: "PPTP" }),
      ],
      WHY.tunnels,
      { lines: ["", `%No active PPTP, L2F or PPPoE ${of}s`] },
    ),
  ),
  absent([kw("l2tp", "Layer 2 Tunnel Protocol"), kw("redundancy", "Redundancy of tunnels")], WHY.standby),
  absent(
    [kw("ppp", "PPP parameters and statistics"), kw("mppe", "MPPE encryption")],
    "what goes through IPsec is not encrypted twice",
  ),
  absent(
    [kw("ppp", "PPP parameters and statistics"), kw("multilink", "Multilink bundles")],
    "links are never bundled here",
    {
      lines: ["", "No active bundles", ""],
    },
  ),
];

const servers = [
  absent([kw("tacacs", "Shows tacacs+ server statistics")], WHY.servers),
  absent([kw("accounting", "Accounting of active sessions")], WHY.servers),
  absent([aaa, kw("servers", "Show AAA servers")], WHY.servers, {
    parts: { private: "Private servers", public: "Public servers" },
  }),
  absent(
    [aaa, pick("what", { accounting: "Accounting", cache: "Cache", "dead-criteria": "When a server is dead" })],
    WHY.servers,
  ),
  absent([kw("radius", "Show RADIUS information"), kw("server-group", "RADIUS server groups")], WHY.servers),
  absent([kw("radius", "Show RADIUS information"), kw("local-server", "Local RADIUS server")], WHY.servers),
];

const clears = [
  ...(
    [
      ["route", "Delete route table entries", WHY.routing],
      ["bgp", "Clear BGP connections", WHY.routing],
      ["ospf", "OSPF clear commands", WHY.routing],
      ["eigrp", "Clear EIGRP", WHY.routing],
      ["cache", "Delete cache table entries", WHY.flows],
      ["flow", "Clear NetFlow", WHY.flows],
      ["arp", "Clear ARP entries", WHY.links],
      ["nat", "Clear NAT", WHY.nat],
      ["dhcp", "Delete items from the DHCP database", WHY.dhcp],
      ["mroute", "Delete multicast route table entries", WHY.multicast],
      ["nhrp", "Clear NHRP cache", WHY.tunnels],
      ["sla", "Clear service level agreements", "no probes run by themselves here"],
      ["cef", "Clear CEF", "the routes are looked at as they are"],
      ["traffic", "Clear IP statistics", "these counters run from the start of the box"],
    ] as const
  ).map(([name, help, reason]) => nothingToClear([ip, kw(name, help)], reason)),
  nothingToClear([kw("arp-cache", "Clear the entire ARP cache")], WHY.links),
  nothingToClear([kw("host", "Delete host table entries")], "names are those of the configuration here"),
  nothingToClear([cdp], WHY.neighbors),
  nothingToClear([lldp], WHY.neighbors),
  nothingToClear([snmp], WHY.snmp),
  nothingToClear([kw("adjacency", "Clear adjacency information")], WHY.links),
  nothingToClear([kw("tcp", "Clear TCP connections or statistics")], "connections of SSH are ended with clear line"),
  nothingToClear([kw("dialer", "Clear dialer statistics")], WHY.links),
  nothingToClear([kw("pppoe", "Clear PPPoE sessions")], WHY.links),
  nothingToClear([crypto, kw("ikev2", "Clear ikev2 SAs")], WHY.ikev2),
  nothingToClear(
    [kw("vpdn", "Clear VPDN entities"), pick("what", { "dead-cache": "Dead peers", redirect: "Redirection" })],
    WHY.tunnels,
  ),
  nothingToClear(
    [kw("vpdn", "Clear VPDN entities"), kw("tunnel", "Tunnels"), pick("protocol", { l2f: "L2F", pptp: "PPTP" })],
    WHY.tunnels,
  ),
  nothingToClear([kw("aaa", "Clear AAA values"), kw("counters", "Counters"), kw("servers", "Of servers")], WHY.servers),
];

export const absentShowCommands = [
  ...discovery,
  ...management,
  ...hardware,
  ...absentNetworkCommands,
  ...tunnels,
  ...servers,
  absent([kw("sessions", "Information about Telnet connections")], "no connection is opened from here to other hosts", {
    lines: ["% No connections open"],
  }),
];

export const absentClearCommands = clears;

/** `where` is the word for `show sessions` that many fingers know. */
export const whereCommand = exec({
  level: 1,
  form: [kw("where", "List active connections")],
  effect: inert("no connection is opened from here to other hosts"),
  run: (_: ExecContext) => print(["% No connections open"], []),
});
