/** Where messages of the log go, and from which severity on. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { anyInterface, ipv6Address } from "../arguments.ts";
import { globalMode } from "../modes.ts";
import { bareNegation } from "./bare-negation.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const logging = kw("logging", "Modify message logging facilities");

export const LEVELS = {
  alerts: "Immediate action needed",
  critical: "Critical conditions",
  debugging: "Debugging messages",
  emergencies: "System is unusable",
  errors: "Error conditions",
  informational: "Informational messages",
  notifications: "Normal but significant conditions",
  warnings: "Warning conditions",
} as const;

/** The numbers that the box takes for the words. */
const LEVEL_NUMBERS = {
  "0": "emergencies",
  "1": "alerts",
  "2": "critical",
  "3": "errors",
  "4": "warnings",
  "5": "notifications",
  "6": "informational",
  "7": "debugging",
} as const;

export const loggingTarget = setting({
  ...global,
  section: "logging",
  form: [
    logging,
    pick("target", {
      buffered: "Set buffered logging parameters",
      console: "Set console logging parameters",
      monitor: "Set terminal line (monitor) logging parameters",
    }),
    opt(arg("size", uint(4096, 2_147_483_647), "Logging buffer size")),
    opt(pick("level", LEVELS, LEVEL_NUMBERS)),
  ],
  key: ["target"],
  normal: bareNegation("target"),
  initials: [
    { target: "buffered", size: 4096, level: "debugging" },
    { target: "console", level: "debugging" },
    { target: "monitor", level: "debugging" },
  ],
  quiet: true,
  check: ({ target, size }) =>
    size === undefined || target === "buffered" ? undefined : "% Only the buffer of the log has a size",
  negation: "stored",
});

const noServer = inert("log messages are sent to no other machine");

const loggingTrap = setting({
  ...global,
  section: "logging-late",
  form: [logging, kw("trap", "Set syslog server logging level"), opt(pick("level", LEVELS, LEVEL_NUMBERS))],
  initial: { level: "informational" },
  normal: bareNegation(),
  quiet: true,
  effect: noServer,
  negation: "stored",
});

const loggingHost = setting({
  ...global,
  section: "logging-late",
  form: [
    logging,
    kw("host", "Set syslog server IP address and parameters"),
    oneOf(
      [kw("ipv6", "Set syslog server IPv6 address"), arg("host6", ipv6Address, "IPv6 address of the syslog server")],
      [arg("host", word(), "IP address or host name of the syslog server")],
    ),
    opt(kw("vrf", "Set VRF option"), arg("vrf", word(), "VRF name")),
    opt(
      kw("transport", "Specify the transport protocol"),
      pick("transport", { tcp: "Transport Control Protocol", udp: "User Datagram Protocol" }),
      opt(kw("port", "Specify the port number"), arg("port", uint(1, 65_535), "Port number")),
    ),
    opt(kw("discriminator", "Messages that are chosen"), arg("discriminator", word(), "Name")),
    oneOf(
      [],
      [flag("xml", "xml", "In XML")],
      [
        flag("filtered", "filtered", "What filters leave"),
        opt(kw("stream", "Stream"), arg("stream", uint(10, 65_535), "Number")),
      ],
    ),
  ],
  key: ["host", "host6", "vrf"],
  effect: noServer,
});

const loggingSwitch = setting({
  ...global,
  section: "logging",
  form: [
    logging,
    pick("name", {
      exception: "Limit size of exception flush output",
      message: "Number messages",
      on: "Enable logging to all enabled destinations",
      userinfo: "Enable logging of user info on privileged mode enabling",
    }),
  ],
  key: ["name"],
  initials: [{ name: "on" }],
  quiet: true,
  off: [{ name: "userinfo" }, { name: "message" }],
  effect: noServer,
  negation: "stored",
});

const FACILITIES: Readonly<Record<string, string>> = {
  auth: "Authorization system",
  cron: "Cron/at facility",
  daemon: "System daemons",
  kern: "Kernel",
  ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((number) => [`local${number}`, "Local use"])),
  lpr: "Line printer system",
  mail: "Mail system",
  news: "USENET news",
  ...Object.fromEntries([9, 10, 11, 12, 13, 14].map((number) => [`sys${number}`, "System use"])),
  syslog: "Syslog itself",
  user: "User process",
  uucp: "Unix-to-Unix copy system",
};

const loggingFacility = setting({
  ...global,
  section: "logging-late",
  form: [logging, kw("facility", "Facility parameter for syslog messages"), pick("facility", FACILITIES)],
  initial: { facility: "local7" },
  quiet: true,
  effect: noServer,
});

const loggingSource = setting({
  ...global,
  section: "logging-late",
  form: [
    logging,
    kw("source-interface", "Specify interface for source address in logging transactions"),
    arg("interface", anyInterface, "Interface"),
    opt(kw("vrf", "Set VRF option"), arg("vrf", word(), "VRF name")),
  ],
  key: ["vrf"],
  effect: noServer,
});

/** `logging 192.0.2.1`, which the box prints as `logging 192.0.2.1` up to 12.4. */
const loggingAddress = setting({
  ...global,
  section: "logging-late",
  form: [logging, arg("address", ipv4(), "IP address of the syslog server")],
  key: ["address"],
  effect: noServer,
});

const LEVEL = ["<0-7>", ...Object.keys(LEVELS)].join(" | ");

export const loggingCommands = [
  loggingTarget,
  loggingSwitch,
  ...usageLines(
    {
      ...global,
      section: "logging",
      effect: noServer,
      words: {
        ...LEVELS,
        logging: logging.help,
        boot: "While the box starts",
        debug: "Of debugging",
        default: "Of interfaces that say nothing of it",
        event: "Interface events",
        global: "All interfaces",
        log: "Of the log",
        "message-limit": "Messages of a reload",
        syslog: "For the servers",
        all: "All messages",
        console: "At the console",
        discriminator: "Messages that are chosen",
        drops: "Leave these out",
        except: "Not of this severity and above",
        facility: "By facility",
        hostname: "Name of this box",
        includes: "Only these",
        ip: "Address of this box",
        ipv6: "IPv6 address of this box",
        limit: "Messages that wait",
        "logging queue-limit": "Set logger message queue size",
        mnemonics: "By their name",
        "msg-body": "By their text",
        message: "Number messages",
        "message-counter": "Number messages",
        persistent: "Keep messages in files",
        "rate-limit": "Set messages per second limit",
        "severity WORD": "Severities",
        severity: "By severity",
        size: "How many messages are kept",
        string: "This text",
        url: "Where files are",
        "cns-events": "Messages that become CNS events",
        dmvpn: "DMVPN",
        exception: "Limit size of exception flush output",
        "policy-firewall": "Firewalls",
        batch: "Octets written at once",
        filesize: "Octets of a file",
        trap: "For the servers",
        monitor: "For terminals",
      },
    },
    {
      [`logging rate-limit [all | console [all]] <1-10000> [except {${LEVEL}}]`]: "Set messages per second limit",
      "logging count": "Count every log message and timestamp last occurrence",
      "logging discriminator @WORD [facility {drops | includes} WORD] [mnemonics {drops | includes} WORD] [msg-body {drops | includes} WORD] [severity {drops | includes} WORD] [rate-limit <1-10000>]":
        "Create or modify a message discriminator",
      "logging event link-status {boot | default | global}": "Which interfaces tell that they go up and down",
      [`logging file WORD [<4096-2147483647> [<1024-2147483647>]] [${LEVEL}]`]: "Set logging file parameters",
      "logging filter @WORD [<1-127>] [args LINE]": "Specify logging filter",
      "logging history @{size <1-500>}": "How many messages are kept",
      [`logging history {${LEVEL}}`]: "Configure syslog history table",
      "logging alarm {<1-4> | critical | informational | major | minor}": "Alarms that are logged",
      [`logging @{buffered | console | monitor} @{discriminator @WORD | filtered | xml} [<4096-2147483647>] [${LEVEL}]`]:
        "With a choice of messages",
      "logging console guaranteed": "Lose no message",
      [`logging cns-events [${LEVEL}]`]: "Messages that become CNS events",
      "logging dmvpn [rate-limit <1-10000>]": "Log events of DMVPN",
      "logging exception <4096-2147483647>": "Limit size of exception flush output",
      "logging policy-firewall rate-limit <1-10000>": "Log what firewalls drop",
      "logging esm config": "Scripts of the log",
      "logging origin-id {hostname | ip | ipv6 | string LINE}": "Add origin ID to syslog messages",
      "logging persistent [url WORD] [size <1-2147483647>] [filesize <8192-2147483647>] [batch <4096-2147483647>] [threshold <1-100>] [protected]":
        "Keep messages in files",
      "logging queue-limit [<100-2147483647> | trap <100-2147483647>]": "Set logger message queue size",
      [`logging reload [message-limit <1-4294967295>] [${LEVEL}]`]: "Set reload logging level",
      "logging snmp-authfail": "Log SNMP authentication failures",
      [`logging snmp-trap [${LEVEL}]`]: "Messages that become traps",
      "logging buginf": "Enable buginf logging for debugging",
    },
  ),
  loggingTrap,
  loggingFacility,
  loggingSource,
  loggingHost,
  loggingAddress,
];
