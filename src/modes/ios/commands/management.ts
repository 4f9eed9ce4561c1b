/** How the box is managed: its log, clock, web server, and services that do not run here. */

import { inert, setting, unsupported } from "../../../grammar/declaration.ts";
import { kw, pick } from "../../../grammar/elements.ts";
import { callHomeMode, callHomeProfileMode, globalMode } from "../modes.ts";
import { clockCommands } from "./clock.ts";
import { eventCommands } from "./event-lines.ts";
import { flowCommands } from "./flow-lines.ts";
import { ipv6Commands } from "./ipv6.ts";
import { loggingCommands } from "./logging.ts";
import { mplsCommands } from "./mpls.ts";
import { platformCommands } from "./platform.ts";
import { ntpLines, snmpLines } from "./snmp-and-ntp.ts";
import { switchingCommands } from "./switching.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";
import { voiceCommands } from "./voice.ts";
import { wanCommands } from "./wan.ts";

const global = { mode: globalMode } as const;
const noBox = inert("there is no such part in this process");
const noWeb = inert("no web server runs here");

const multilink = usageLines(
  {
    ...global,
    section: "multilink",
    effect: inert("multilink is refused"),
    words: {
      authenticated: "By the name that was proven",
      both: "By both",
      endpoint: "By the endpoint",
      multilink: "PPP multilink global configuration",
      packet: "Packets of a link",
      ppp: "Point-to-Point Protocol",
      rfc: "As RFC 1990 says",
    },
  },
  {
    "ppp packet throttle <1-100000> <1-3600> <2-3600>": "Packets, seconds in which they may come, seconds of refusal",
    "multilink bundle-name {authenticated | both | endpoint | rfc}": "Name of the multilink bundle",
    "multilink virtual-template <1-4095>": "Virtual template of bundles",
  },
);

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

const httpLines = usageLines(
  {
    ...global,
    section: "http",
    effect: noWeb,
    words: {
      "3des-ede-cbc-sha": "3DES and SHA-1",
      "des-cbc-sha": "DES and SHA-1",
      "aes-128-cbc-sha": "AES with 128 bits and SHA-1",
      "aes-256-cbc-sha": "AES with 256 bits and SHA-1",
      "rc4-128-md5": "RC4 and MD5",
      "rc4-128-sha": "RC4 and SHA-1",
      aaa: "As AAA says",
      cache: "What is kept",
      connection: "Connections",
      enable: "By the enable password",
      "exec-authorization": "Rules for what may be done",
      http: "HTTP server configuration",
      idle: "Seconds without a request",
      ip: "Global IP configuration subcommands",
      ipv4: "Of IPv4",
      ipv6: "Of IPv6",
      life: "Seconds of a connection",
      local: "By users of this box",
      "login-authentication": "List of methods",
      "command-authorization": "List of methods, by level",
      password: "Password",
      "proxy-server": "Proxy",
      "proxy-port": "Port of the proxy",
      response: "Answers",
      "secure-ciphersuite": "Cipher suites of the client",
      "secure-trustpoint": "Trustpoint of the client",
      "source-interface": "Interface of the source",
      tacacs: "By a TACACS server",
      timeout: "Seconds",
      username: "User name",
      "0": "An unencrypted password follows",
      "7": "A hidden password follows",
    },
  },
  {
    "ip http access-class {ipv4 {<1-99> | <1300-1999> | WORD} | ipv6 WORD | <1-99> | <1300-1999>}":
      "Restrict http server access by access-class",
    "ip http active-session-modules {all | none | WORD}": "Modules that are active",
    "ip http authentication @{aaa @[command-authorization @<0-15> WORD | exec-authorization WORD | login-authentication WORD] | enable | local | tacacs}":
      "Set http server authentication method",
    "ip http client @{cache memory pool <0-100> | connection @{forceclose | idle timeout <1-60> | retry <1-5> | timeout <1-60>} | password [0 | 7] KEY | proxy-server WORD [proxy-port <1-65535>] | response timeout <1-300> | secure-ciphersuite {3des-ede-cbc-sha | aes-128-cbc-sha | aes-256-cbc-sha | des-cbc-sha | rc4-128-md5 | rc4-128-sha}*6 | secure-trustpoint WORD | source-interface IFNAME | username WORD}":
      "Set http client parameters",
    "ip http max-connections <1-50>": "Set maximum number of concurrent http server connections",
    "ip http path WORD": "Set base path for HTML",
    "ip http port <0-65535>": "Set http server port",
    "ip http secure-ciphersuite {3des-ede-cbc-sha | aes-128-cbc-sha | aes-256-cbc-sha | des-cbc-sha | rc4-128-md5 | rc4-128-sha}*6":
      "Cipher suites of the secure server",
    "ip http secure-client-auth": "Clients need a certificate",
    "ip http secure-port <0-65535>": "Set http secure server port number",
    "ip http secure-trustpoint WORD": "Trustpoint of the secure server",
    "ip http session-module-list @WORD @WORD": "List of modules",
    "ip http timeout-policy idle <1-600> life <1-86400> requests <1-86400>":
      "Set http server time-out policy parameters",
  },
);

const others = usageLines(
  {
    ...global,
    section: "scheduler",
    effect: noBox,
    words: {
      authentication: "Authentication",
      cache: "Keep parts of what was read",
      cns: "CNS agents",
      config: "Configuration",
      command: "Commands",
      serializer: "One command after the other",
      default: "Where nothing else is said",
      event: "Events",
      exec: "Commands",
      failure: "Logins that fail",
      "rising-threshold": "Above",
      "falling-threshold": "Below",
      absolute: "The value itself",
      delta: "How it changed",
      initial: "First configuration",
      image: "Images",
      interface: "Interface",
      ipaddress: "By address",
      string: "This text",
      hostname: "By host name",
      "hardware-serial": "By serial number",
      log: "Log it",
      description: "Description",
      owner: "Owner",
      "max-message": "Largest message",
      "max-sessions": "Sessions at once",
      ssh: "By SSH",
      acl: "Access list",
      passwords: "Passwords",
      high: "High",
      low: "Low",
      medium: "Medium",
      normal: "Normal",
      protocol: "Protocol",
      queue: "Queue",
      "byte-count": "Octets in each turn",
      limit: "Packets",
      "queue-limit": "Packets of each queue",
      "lock-time": "Seconds",
      rmon: "Remote monitoring",
      security: "Infra security",
      trap: "Send a trap",
      "tlv-select": "What is announced",
      tlv: "What is announced",
      wsma: "Web service management agents",
      profile: "Profile",
      filesys: "Files",
      notify: "Notices",
      encrypt: "Encrypt",
      backup: "Another one",
      "all-agents": "Of all agents",
      "trusted-server": "Servers that are believed",
      "no-persist": "Do not store it",
      alias: "Under this name",
      "lldp run": "Enable",
      tcp: "TCP port",
      udp: "UDP port",
      lt: "Shorter than",
      gt: "Longer than",
      list: "Access list",
      fragments: "Fragments",
    },
  },
  {
    "cdp @{holdtime <10-255> | log mismatch duplex | source-interface IFNAME | timer <5-254> | tlv {app | location | server-location}}":
      "Global CDP configuration subcommands",
    "cns config @{initial @{A.B.C.D | WORD} [encrypt] [<0-65535>] [event] [no-persist] [page WORD] [source A.B.C.D] | notify {all | diff} [interval <1-65535>] | partial @{A.B.C.D | WORD} [encrypt] [<0-65535>] [source A.B.C.D]}":
      "CNS agents",
    "cns event @{A.B.C.D | WORD} [encrypt] [<0-65535>] [backup] [keepalive <0-65535> <0-65535>]": "Event agent",
    "cns exec [encrypt] [<0-65535>] [source A.B.C.D]": "Agent of commands",
    "cns trusted-server @{all-agents | config | event | exec | image} @{A.B.C.D | WORD}": "Servers that are believed",
    "cns id {hardware-serial | hostname | IFNAME {ipaddress | mac-address} | string WORD} @[event | image]":
      "Identifier",
    "lldp @{holdtime <0-65535> | reinit <2-5> | run | timer <5-65534> | tlv-select {mac-phy-cfg | management-address | port-description | port-vlan | power-management | system-capabilities | system-description | system-name}}":
      "Global LLDP configuration subcommands",
    "netconf @{lock-time <1-300> | max-message <1-2147483> | max-sessions <4-16> | ssh [acl {<1-99> | WORD}]}":
      "Configure NETCONF",
    "parser @{command serializer | config cache interface | config partition}": "Configure parser",
    "priority-list @<1-16> @{default {high | low | medium | normal} | interface @IFNAME {high | low | medium | normal} | protocol @WORD @{high | low | medium | normal} @[fragments | gt @<0-65535> | list @<1-199> | lt @<0-65535> | tcp @{<0-65535> | WORD} | udp @{<0-65535> | WORD}] | queue-limit <0-32767> <0-32767> <0-32767> <0-32767>}":
      "Build a priority list",
    "prompt LINE": "Set the system's prompt",
    "queue-list @<1-16> @{default <0-16> | interface @IFNAME <0-16> | lowest-custom <0-16> | protocol @WORD @<0-16> @[fragments | gt @<0-65535> | list @<1-199> | lt @<0-65535> | tcp @{<0-65535> | WORD} | udp @{<0-65535> | WORD}] | queue @<0-16> @{byte-count <1-16777215> | limit <0-32767>}}":
      "Build a custom queue list",
    "rmon alarm @<1-65535> WORD <1-2147483647> {absolute | delta} rising-threshold <0-2147483647> [<1-65535>] falling-threshold <0-2147483647> [<1-65535>] [owner WORD]":
      "Remote monitoring",
    "rmon event @<1-65535> [log] [trap WORD] [description WORD] [owner WORD]": "Remote monitoring",
    "security authentication failure rate <1-1024> [log]": "Logins that fail",
    "security passwords min-length <0-16>": "Characters of a password at least",
    "tftp-server @WORD [alias @WORD] [<1-99>]": "Provide TFTP service for netload requests",
    "wsma agent @{config | exec | filesys | notify} [profile WORD]": "Web service management agents",
  },
);

const callHome = inert("nobody is called");
const callHomeWords = {
  all: "All",
  address: "Address",
  email: "By mail",
  http: "By HTTP",
  "message-size-limit": "Largest message",
  "transport-method": "How reports are sent",
  "preferred-msg-format": "Form of messages",
  "long-text": "Long text",
  "short-text": "Short text",
  xml: "XML",
  "smart-call-home-data": "Data of the box",
  "smart-licensing-data": "Data of licences",
  "mail-server": "Mail server",
  configuration: "Configuration",
  diagnostic: "Tests",
  environment: "Environment",
  inventory: "Parts",
  syslog: "The log",
  pattern: "Messages that match",
  periodic: "Again and again",
  daily: "Every day",
  "monthly <>": "Day of the month",
  monthly: "Every month",
  weekly: "Every week",
  severity: "The least severity",
  catastrophic: "The network is down",
  critical: "Critical conditions",
  debugging: "Everything",
  disaster: "Much of the network is hit",
  fatal: "The system is unusable",
  major: "Major conditions",
  minor: "Minor conditions",
  normal: "All is well again",
  notification: "Worth noting",
  warning: "Warnings",
} as const;
const REPEATED = "[periodic {daily hh:mm | monthly <1-31> hh:mm | weekly DAY hh:mm}]";
const LEAST =
  "[severity {catastrophic | critical | debugging | disaster | fatal | major | minor | normal | notification | warning}]";
const callHomeLines = [
  usageOpener(
    { ...global, section: "scheduler", effect: callHome, words: callHomeWords, opens: callHomeMode },
    "call-home",
    "Reports to the maker",
  ),
  ...usageLines(
    { mode: callHomeMode, effect: callHome, words: callHomeWords },
    {
      "alert-group {all | configuration | diagnostic | environment | inventory | syslog}": "What is reported",
      "contact-email-addr WORD": "Address of who runs the box",
      "contract-id LINE": "Number of the contract",
      "customer-id LINE": "Number of the customer",
      "mail-server @WORD priority <1-100>": "Mail server",
      "phone-number WORD": "Telephone number",
      "rate-limit <1-60>": "Messages in a minute",
      "sender @{from | reply-to} WORD": "Sender of mails",
      "site-id LINE": "Number of the site",
      "source-interface IFNAME": "Interface of the source",
      "street-address LINE": "Where the box stands",
      "vrf WORD": "VRF of reports",
    },
  ),
  usageOpener(
    { mode: callHomeMode, effect: callHome, words: callHomeWords, opens: callHomeProfileMode },
    "profile @WORD",
    "Who gets reports",
  ),
  ...usageLines(
    { mode: callHomeProfileMode, effect: callHome, words: callHomeWords },
    {
      active: "In use",
      "destination @{address @{email | http} @WORD | message-size-limit <50-3145728> | preferred-msg-format {long-text | short-text | xml} | transport-method {email | http}}":
        "Where reports go",
      "reporting @{all | smart-call-home-data | smart-licensing-data}": "What is reported",
      [`subscribe-to-alert-group @{all | configuration ${REPEATED} | diagnostic ${LEAST} | environment ${LEAST} | inventory ${REPEATED} | syslog ${LEAST} [pattern QUOTED]}`]:
        "What is reported",
    },
  ),
];

const views = usageLines(
  {
    ...global,
    section: "scheduler",
    effect: unsupported("there are no views here: give the user a privilege level"),
    words: {
      parser: "Configure parser",
      view: "View",
      inclusive: "With what others have",
      superview: "Of several views",
    },
  },
  { "parser view @WORD [inclusive | superview]": "View" },
);

const menus = usageLines(
  {
    ...global,
    section: "scheduler",
    effect: unsupported("there are no menus here"),
    words: { menu: "Define a user-interface menu" },
  },
  { "menu @WORD LINE": "Define a user-interface menu" },
);

export const managementCommands = [
  ...loggingCommands,
  ...clockCommands,
  ...multilink,
  ...platformCommands,
  ...switchingCommands,
  httpServers,
  ...httpLines,
  ...snmpLines,
  ...ntpLines,
  ...eventCommands,
  ...flowCommands,
  ...voiceCommands,
  ...wanCommands,
  ...mplsCommands,
  ...ipv6Commands,
  ...others,
  ...callHomeLines,
  ...views,
  ...menus,
];
