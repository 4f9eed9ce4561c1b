/** How the box is managed: SNMP, SSH, web server, boot files, and services that do not run here. */

import { uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { globalMode, redundancyMode, vlanMode } from "../modes.ts";
import { clockCommands } from "./clock.ts";
import { loggingCommands } from "./logging.ts";
import { ntpLines, snmpLines } from "./snmp-and-ntp.ts";

const global = { mode: globalMode } as const;

const redundancy = opener({
  ...global,
  section: "redundancy",
  form: [kw("redundancy", "Enter redundancy mode")],
  opens: redundancyMode,
  effect: inert("this process has no standby"),
});

const vlan = opener({
  ...global,
  section: "vlan",
  form: [kw("vlan", "Vlan commands"), arg("number", uint(1, 4094), "VLAN ID")],
  key: ["number"],
  opens: vlanMode,
  effect: inert("nothing is switched here"),
});

const noBox = inert("there is no such part in this process");
const noWeb = inert("no web server runs here");

const httpServers = setting({
  ...global,
  section: "http",
  form: [
    kw("ip", "Global IP configuration subcommands"),
    kw("http", "HTTP server configuration"),
    pick("server", { "secure-server": "Enable HTTP secure server", server: "Enable http server" }),
  ],
  key: ["server"],
  effect: noWeb,
  negation: "stored",
  off: [{ server: "server" }, { server: "secure-server" }],
});

export const managementCommands = [
  ...keptLines(
    { ...global, section: "boot", effect: inert("nothing is booted from here") },
    { "boot system": "System image", "boot config": "Configuration file", "boot host": "Host-specific config file" },
  ),
  ...loggingCommands,
  ...clockCommands,
  ...keptLines(
    { ...global, section: "clock", effect: noBox },
    {
      "memory-size": "Percentage of memory for I/O",
      "memory free": "Free memory low water mark",
      "memory reserve": "Reserve memory",
      "mmi polling-interval": "Polling interval of the management interface",
      "dot11 syslog": "Messages of access points",
    },
  ),
  ...keptLines(
    { ...global, section: "multilink", effect: inert("multilink is refused") },
    {
      "multilink bundle-name": "Name of the multilink bundle",
      "multilink virtual-template": "Virtual template of bundles",
    },
  ),
  ...keptLines(
    { ...global, section: "license", effect: inert("there is nothing to license") },
    {
      "license udi": "Unique device identifier",
      "license boot": "Boot level of licence",
      "license accept": "Accept the licence agreement",
      "license smart": "Smart licensing",
    },
  ),
  redundancy,
  ...keptLines(
    { mode: redundancyMode, effect: noBox, single: true },
    { mode: "Redundancy mode", "inter-device": "Between devices" },
  ),
  vlan,
  ...keptLines({ mode: vlanMode, effect: noBox, single: true }, { name: "Ascii name of the VLAN" }),
  ...keptLines(
    { ...global, section: "spanning-tree", effect: inert("nothing is switched here") },
    {
      "spanning-tree": "Spanning Tree Subsystem",
      vtp: "Configure global VTP state",
      bridge: "Bridge Group",
      errdisable: "Error disable",
      "port-channel": "EtherChannel configuration",
      "vlan internal": "Internal VLANs",
    },
  ),
  httpServers,
  ...keptLines(
    { ...global, section: "http", effect: noWeb, single: true },
    {
      "ip http authentication": "Set http server authentication method",
      "ip http access-class": "Restrict http server access by access-class",
      "ip http timeout-policy": "Set http server time-out policy parameters",
      "ip http max-connections": "Set maximum number of concurrent http server connections",
      "ip http port": "Set http server port",
      "ip http secure-port": "Set http secure server port number",
      "ip http client": "Set http client parameters",
      "ip http path": "Set base path for HTML",
      "ip http secure-trustpoint": "Trustpoint of the secure server",
      "ip http secure-ciphersuite": "Cipher suites of the secure server",
    },
  ),
  ...snmpLines,
  ...keptLines(
    { ...global, section: "scheduler", effect: inert("the operating system schedules"), single: true },
    {
      "scheduler allocate": "Guarantee CPU time for processes",
      "scheduler interval": "Maximum interval before running lowest priority processes",
      "scheduler max-task-time": "Maximum time any process can hold CPU",
      "scheduler heapcheck": "Check the heap",
      "process cpu": "CPU settings of processes",
      "process-max-time": "Maximum time for process to run before voluntarily relinquishing processor",
    },
  ),
  ...ntpLines,
  ...keptLines(
    { ...global, section: "scheduler", effect: noBox },
    {
      "bba-group": "Configure BBA Group",
      cdp: "Global CDP configuration subcommands",
      cns: "CNS agents",
      "dial-peer": "Dial map configuration commands",
      "dialer-list": "Create a dialer list entry",
      "event manager": "Event manager",
      exception: "Exception handling",
      "file prompt": "How much the box asks about files",
      "file verify": "Verify compressed IOS image checksum",
      "hw-module": "Control of individual components in the system",
      isdn: "Configure ISDN characteristics",
      "kron occurrence": "Times at which commands run",
      "kron policy-list": "Commands that run at such times",
      lldp: "Global LLDP configuration subcommands",
      mgcp: "Enable Media Gateway Control Protocol",
      mls: "Multi-layer switching",
      netconf: "Configure NETCONF",
      platform: "Platform settings",
      security: "Infra security",
      subscriber: "Subscriber configuration",
      transceiver: "Transceivers",
      "upgrade fpd": "Field programmable devices",
      voice: "Voice configuration",
      "voice-card": "Voice card",
      wsma: "Web service management agents",
      x25: "X.25 settings",
      parser: "Configure parser",
      mpls: "Configure MPLS parameters",
      ipv6: "IPv6 configuration",
      "frame-relay": "Global frame relay configuration commands",
      diagnostic: "Configure diagnostic information",
      "tftp-server": "Provide TFTP service for netload requests",
      lacp: "LACP configuration",
      "l2protocol-tunnel": "Tunnel of layer 2 protocols",
      standby: "Global HSRP configuration commands",
      sampler: "Samplers of flows",
      flow: "Flow configuration",
      rmon: "Remote monitoring",
      "priority-list": "Build a priority list",
      "queue-list": "Build a custom queue list",
      "chat-script": "Define a modem chat script",
      modemcap: "Modem capabilities database",
      prompt: "Set the system's prompt",
    },
  ),
];
