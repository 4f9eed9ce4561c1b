/** How the box is managed over the network, by others than a session here: kept and printed. */

import { quotedWord, shaped, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { nameOf } from "../arguments.ts";
import { globalMode, l2cMode, lineMode } from "../modes.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const inRouter = { mode: globalMode, scope: "virtualRouter", section: "services" } as const;

const snmp = usageLines(
  {
    ...inRouter,
    effect: inert("there is no SNMP agent"),
    words: {
      "snmp-server": "Configure the SNMP agent",
      community: "Configure a community",
      view: "What it may see",
      "view WORD": "Name of the view",
      admin: "Everything",
      ro: "Read",
      rw: "Read and write",
      "admin WORD": "Access list of who may ask",
      "ro WORD": "Access list of who may ask",
      "rw WORD": "Access list of who may ask",
      "community WORD": "Name of the community, or access list of who may ask",
      "everything WORD": "Access list of who may ask",
      traps: "Of the categories that are named, or of all",
      "traps WORD": "Category",
      version: "Version of SNMP",
      "1": "SNMP version 1",
      "2c": "SNMP version 2 with communities",
      "3": "SNMP version 3",
      v1: "SNMP version 1",
      v2c: "SNMP version 2 with communities",
      v3: "SNMP version 3",
      "host WORD": "Community or user, then categories",
      "3 WORD": "Community or user, then categories",
      "udp-port": "Port of the receiver",
      "udp-port <>": "Port",
      "udp-port WORD": "Category",
      trapFilters: "The least severity that is sent",
      emergency: "The system is unusable",
      alert: "Act at once",
      critical: "Critical conditions",
      error: "Errors",
      warning: "Warnings",
      notice: "Worth noting",
      info: "Information",
      debug: "Debugging",
      pingTimeOut: "How long the receiver is tried",
      "pingTimeOut <>": "Minutes",
      trapQueue: "Configure the queue of the receiver",
      drainRate: "How fast traps leave the queue",
      "drainRate <>": "Traps a second",
      full: "What is dropped when the queue is full",
      dropFirstIn: "The oldest",
      dropLastIn: "The newest",
      size: "How long the queue is",
      "size <>": "Traps",
      "packetsize <>": "Octets",
      "group WORD": "Name of the group",
      "group LINE": "Security model and views",
      "user WORD": "Name of the user",
      "user SECRETS": "Group, and how the user proves who he is",
      "view LINE": "Parameters",
      excluded: "Without it",
      included: "With it",
      log: "Configure a log",
      ageOut: "Configure how long entries are kept",
      "ageOut <>": "Minutes",
      entryLimit: "Configure how many entries are kept",
      "entryLimit <>": "Entries",
      compress: "Leave types of interfaces out",
      "compress WORD": "Type of interface",
      "description-format": "Configure how interfaces are described",
      common: "As the box names them",
      proprietary: "As the box alone names them",
      "compress-restriction": "Leave interfaces out that are compressed elsewhere",
      rfc1213: "Number interfaces from 1 without gaps",
      "rfc1213 <>": "Largest number",
    },
  },
  {
    "snmp-server": "Configure the SNMP agent",
    "snmp-server community @WORD [view WORD] [{admin | ro | rw}] [WORD]": "Configure a community",
    "snmp-server contact LINE": "Configure whom to ask",
    "snmp-server enable traps [WORD*32]": "Send traps",
    "snmp-server group @WORD [LINE]": "Configure a group",
    "snmp-server host @A.B.C.D [version {v1 | v2c | v3 | 1 | 2c | 3}] WORD [udp-port <1-65535>] [WORD*40] [trapFilters {emergency | alert | critical | error | warning | notice | info | debug}]":
      "Configure a receiver of traps",
    "snmp-server host @A.B.C.D @{pingTimeOut <1-90> | trapQueue @{drainRate <0-2147483647> | full {dropFirstIn | dropLastIn} | size <32-214748364>}}":
      "Configure a receiver of traps",
    "snmp-server interfaces @{compress [WORD*32] | compress-restriction [WORD*32] | description-format {common | proprietary} | rfc1213 [<1-2147483647>]}":
      "Configure the table of interfaces",
    "snmp-server location LINE": "Configure where the router stands",
    "snmp-server management-virtual-router WORD": "Configure the virtual router of the agent",
    [`snmp-server notificationLog @{ageOut <0-${MOST}> | entryLimit <100-500> | log A.B.C.D}`]:
      "Configure the log of notifications",
    "snmp-server packetsize <484-8192>": "Configure the largest packet",
    "snmp-server secure-log": "Keep secrets out of the log",
    "snmp-server trap-source IFNAME": "Configure the source of traps",
    "snmp-server trap-proxy {enable | disable}": "Configure the proxy of traps",
    "snmp-server user @WORD SECRETS": "Configure a user",
    "snmp-server view @WORD @WORD {included | excluded}": "Configure a view",
  },
);

/** Of these no manual tells the parameters. */
const snmpRest = keptLines(
  { ...inRouter, effect: inert("there is no SNMP agent"), shared: { "snmp-server": "Configure the SNMP agent" } },
  { "snmp-server clear-table": "Configure how tables are cleared", "snmp-server proxy": "Configure a proxy" },
);

/** A name for an address, and how files are fetched from there. */
const host = setting({
  ...inRouter,
  form: [
    kw("host", "Configure a name of a remote host"),
    arg("name", nameOf(64), "Name of the host"),
    oneOf(
      [arg("address", shaped("A.B.C.D", /^\d{1,3}(?:\.\d{1,3}){3}$/), "Address of the host")],
      [pick("local", { ftp: "Copy files by FTP", tftp: "Copy files by TFTP" })],
    ),
    opt(
      pick("protocol", { ftp: "Copy files by FTP", tftp: "Copy files by TFTP", rcp: "Copy files by RCP" }),
      opt(
        arg("user", quotedWord({ max: 64 }), "User"),
        opt(arg("password", secret(quotedWord({ max: 64 })), "Password")),
      ),
    ),
  ],
  key: ["name"],
  effect: inert("files are copied on the host"),
});

const access = usageLines(
  {
    ...inRouter,
    effect: inert("who may start a session decides who may log in"),
    words: {
      "ftp-server": "Configure the FTP server",
      ftp: "Configure the FTP client",
      http: "Configure the web server",
      telnet: "Configure Telnet",
      tftp: "Configure the TFTP client",
      listen: "Listen",
      "port <>": "Port",
      "source-address": "Configure our address",
      "source-interface": "Configure the interface that lends its address",
      "access-class": "Configure who may connect",
      "access-class WORD": "Name of the access list",
      "max-connection-time": "Configure how long a connection may last",
      "max-connection-time <>": "Seconds",
      "not-found-url": "Configure where a wrong address leads",
      "not-found-url WORD": "Address",
      "redirect-url": "Configure where users are sent",
      "redirect-url WORD": "Address",
      "same-host-limit": "Configure how often one host may connect",
      "same-host-limit <>": "Connections",
      server: "Let users in",
      port: "Configure the port",
    },
  },
  {
    "ftp-server enable": "Let files be fetched by FTP",
    "ip ftp @{source-address A.B.C.D | source-interface IFNAME}": "Configure the FTP client",
    "ip http @{access-class WORD | max-connection-time <3-7200> | not-found-url WORD | port <1-65535> | redirect-url WORD | same-host-limit <0-1000> | server}":
      "Configure the web server",
    "ip telnet @{source-address A.B.C.D | source-interface IFNAME}": "Configure Telnet",
    "ip tftp @{source-address A.B.C.D | source-interface IFNAME}": "Configure the TFTP client",
    "telnet listen port <1-65535>": "Listen on a port",
  },
);

const tacacs = usageLines(
  {
    ...inRouter,
    effect: inert("there is no TACACS+ client"),
    words: {
      "tacacs-server": "Configure TACACS+ servers",
      port: "Port of the server",
      "port <>": "Port",
      timeout: "How long to wait",
      "timeout <>": "Seconds",
      key: "Secret",
      primary: "Ask this server first",
    },
  },
  {
    "tacacs-server host @A.B.C.D [port <1-65535>] [timeout <1-255>] [key KEY] [primary]": "Configure a server",
    "tacacs-server key KEY": "Configure the secret of all servers",
    "tacacs-server source-address A.B.C.D": "Configure our address",
    "tacacs-server timeout <1-255>": "Configure how long to wait",
  },
);

const aliases = usageLines(
  {
    mode: globalMode,
    section: "system",
    effect: inert("commands go by their own names"),
    words: {
      alias: "Configure another name of a command",
      exec: "A command of exec",
      configure: "A command of configuration",
      "exec WORD": "Other name",
      "configure WORD": "Other name",
      "exec LINE": "The command",
      "configure LINE": "The command",
    },
  },
  { "alias @{exec | configure} @WORD LINE": "Configure another name of a command" },
);

const ofCommands = oneOf(
  [pick("what", { exec: "Sessions", "config-commands": "Configuration" })],
  [kw("commands", "Commands of a level"), arg("level", uint(0, 15), "Privilege level")],
);
const ofList = [ofCommands, opt(arg("name", nameOf(64), "Name of the list"))] as const;

const onLines = [
  ...keptLines(
    { mode: lineMode, effect: inert("who may start a session decides who may log in") },
    {
      accounting: ["Configure accounting", ofList, ["what", "level"]],
      authorization: ["Configure authorization", ofList, ["what", "level"]],
    },
  ),
  ...usageLines(
    {
      mode: lineMode,
      effect: inert("who may start a session decides who may log in"),
      words: {
        timeout: "Configure timeouts",
        login: "Of the login",
        "response <>": "Seconds",
        transport: "Configure the protocols",
        input: "Of those who come in",
        all: "Every protocol",
        none: "No protocol",
        ssh: "SSH",
        telnet: "Telnet",
      },
    },
    {
      "dsr-detect": "Watch the modem",
      "timeout login response <0-300>": "Configure how long a login may take",
      "transport input {all | none | {ssh | telnet}*2}": "Configure the protocols of the line",
    },
  ),
];

const l2cEffect = inert("there is no ANCP here");

const l2c = opener({
  mode: globalMode,
  section: "system",
  opens: l2cMode,
  form: [kw("l2c", "Configure ANCP")],
  effect: l2cEffect,
});

const inL2c = usageLines(
  {
    mode: l2cMode,
    effect: l2cEffect,
    words: {
      "adjacency-timer <>": "Tenths of a second",
      "gsmp-syn-timeout <>": "Seconds",
      "id H.H.H": "Six octets",
      "max-branches <>": "Branches",
      "max-discovery-table-entries <>": "Entries",
      "neighbor WORD": "Name or address of the neighbor",
      "session-timeout <>": "Seconds",
    },
  },
  {
    "adjacency-timer <1-255>": "Configure the adjacency timer",
    "adjacency-loss-as-oos": "Take a lost neighbor for out of service",
    "gsmp-syn-timeout <0-65535>": "Configure how long to wait for the neighbor",
    "id {H.H.H | WORD}": "Configure the identifier",
    [`max-branches <1-${MOST}>`]: "Configure how many branches there may be",
    [`max-discovery-table-entries <1-${MOST}>`]: "Configure how many entries there may be",
    "neighbor @WORD": "Configure a neighbor",
    "qos-adaptive-mode": "Follow the rate of the line",
    "session-timeout <1-65535>": "Configure how long a session may be silent",
    "source IFNAME": "Configure the source",
    "wait-for-gsmp-syn": "Wait for the neighbor",
  },
);

export const managementCommands = [
  ...aliases,
  ...onLines,
  l2c,
  ...inL2c,
  ...snmp,
  ...snmpRest,
  host,
  ...access,
  ...tacacs,
];
