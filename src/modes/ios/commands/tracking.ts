/** Probes and tracked objects: kept and printed back; and times, which are looked at. */

import { word } from "../../../grammar/arguments.ts";
import { inert, opener } from "../../../grammar/declaration.ts";
import { arg, kw } from "../../../grammar/elements.ts";
import { globalMode, slaMode, timeRangeMode, trackMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const noProbes = inert("nothing is probed or tracked here");

const times = {
  effect: { kind: "active" },
  words: {
    periodic: "Periodic time and date",
    daily: "Every day",
    end: "Ending time and date",
    start: "Starting time and date",
    to: "Until",
    weekdays: "Monday to Friday",
    weekend: "Saturday and Sunday",
  },
} as const;
const MOMENT = "hh:mm {<1-31> MONTHNAME | MONTHNAME <1-31>} <1993-2035>";

const probes = {
  effect: noProbes,
  words: {
    "buckets-kept": "Results that are kept",
    "distributions-of-statistics-kept": "Distributions that are kept",
    dns: "Query of names",
    "hours-of-statistics-kept": "Hours that are kept",
    http: "HTTP operation",
    "lives-kept": "Lives that are kept",
    track: "Object tracking configuration commands",
    ip: "Global IP configuration subcommands",
    sla: "IP Service Level Agreement",
    after: "After this time from now",
    ageout: "Seconds that a finished entry is kept",
    and: "All of them",
    boolean: "Of several objects",
    codec: "Codec of voice",
    disable: "Do not",
    down: "Seconds before it is taken for gone",
    enable: "Do",
    forever: "For ever",
    g711alaw: "G.711 A-law",
    g711ulaw: "G.711 u-law",
    g729a: "G.729A",
    interface: "Select an interface to track",
    interval: "Milliseconds between packets",
    "ip routing": "Routing",
    life: "Seconds that it runs",
    "line-protocol": "Whether the line protocol is up",
    list: "Group of objects",
    metric: "Metric of the route",
    "metric threshold": "By its metric",
    "name-server": "Server that is asked",
    now: "Now",
    "num-packets": "Packets of one probe",
    or: "Any of them",
    pending: "Not yet",
    percentage: "In percent",
    reachability: "Whether it is reached",
    recurring: "Every day",
    route: "Route",
    rtr: "IP Service Level Agreement",
    "source-interface": "Interface of the source",
    "source-ip": "Source",
    "source-port": "Source port",
    "start-time": "When it begins",
    state: "What the probe says",
    "stub-object": "Object of scripts",
    threshold: "By how many",
    up: "Seconds before it is taken for there",
    weight: "By their weight",
    not: "Not this one",
    version: "Version of HTTP",
    cache: "From a cache",
    "responder udp-echo": "Answer echoes",
    "tcp-connect": "TCP connections",
    ipaddress: "Our address",
    port: "Our port",
    control: "Tell the other end first",
    "sla auto": "Probes that make themselves",
    discovery: "Find those who answer",
    "sla enable": "Tell other parts of the box",
    "reaction-alerts": "Of what was crossed",
    logging: "Logging",
    "action-type": "What is done",
    none: "Nothing",
    trapOnly: "Send a trap",
    react: "To what",
    "threshold-type": "When",
    average: "In the mean",
    consecutive: "Several times",
    immediate: "At once",
    never: "Never",
    xOfy: "So often of so many",
    "threshold-value": "Upper and lower",
    timeout: "No answer",
    rtt: "Round trips",
    connectionLoss: "Connections that end",
  },
} as const;
const FROM = "[source-ip A.B.C.D | source-interface IFNAME]";
const SENDER = "[source-ip A.B.C.D] [source-port <1-65535>]";
const LIST = "[boolean {and | or} | threshold {percentage | weight}]";

export const timeRange = opener({
  mode: globalMode,
  section: "access-list",
  form: [kw("time-range", "Define time range entries"), arg("name", word(), "Time range name")],
  key: ["name"],
  opens: timeRangeMode,
});

export const trackingCommands = [
  timeRange,
  usageLines(
    { ...times, mode: timeRangeMode },
    {
      [`absolute {start ${MOMENT} [end ${MOMENT}] | end ${MOMENT}}`]: "Absolute time and date",
      "periodic @{daily | weekdays | weekend} @hh:mm to @hh:mm": "Periodic time and date",
      "periodic @WEEKDAY*7 @hh:mm to [@WEEKDAY] @hh:mm": "Periodic time and date",
    },
  ),
  usageOpener(
    { ...probes, mode: globalMode, section: "sla", opens: slaMode },
    "ip sla @<1-2147483647>",
    "IP Service Level Agreement",
  ),
  usageLines(
    { ...probes, mode: slaMode },
    {
      "dns WORD name-server A.B.C.D": "Query of names",
      "frequency <1-604800>": "Frequency of an operation",
      [`http get WORD [name-server A.B.C.D] [version WORD] ${SENDER} [cache {disable | enable}]`]: "HTTP operation",
      "history @{buckets-kept <1-60> | distributions-of-statistics-kept <1-20> | hours-of-statistics-kept <0-25> | lives-kept <0-2>}":
        "History of an operation",
      [`icmp-echo {A.B.C.D | X:X:X:X::X | WORD} ${FROM}`]: "ICMP echo operation",
      [`icmp-jitter {A.B.C.D | WORD} ${FROM} [num-packets <1-60000>] [interval <20-60000>]`]: "ICMP jitter operation",
      "owner LINE": "Owner of the entry",
      [`path-echo {A.B.C.D | WORD} ${FROM}`]: "Path discovered ICMP echo operation",
      "request-data-size <0-17000>": "Request data size",
      "tag LINE": "User defined tag",
      [`tcp-connect {A.B.C.D | X:X:X:X::X | WORD} <1-65535> ${SENDER} [control {disable | enable}]`]:
        "TCP connect operation",
      "threshold <0-60000>": "Operation threshold in milliseconds",
      "timeout <0-604800000>": "Timeout of an operation",
      "tos <0-255>": "Type of service",
      [`udp-echo {A.B.C.D | X:X:X:X::X | WORD} <1-65535> ${SENDER} [control {disable | enable}]`]: "UDP echo operation",
      [`udp-jitter {A.B.C.D | X:X:X:X::X | WORD} <1-65535> [codec {g711alaw | g711ulaw | g729a}] ${SENDER} [control {disable | enable}] [num-packets <1-60000>] [interval <4-60000>]`]:
        "UDP jitter operation",
      "verify-data": "Verify data",
      "vrf WORD": "VRF that the operation is in",
    },
  ),
  usageLines(
    { ...probes, mode: globalMode, section: "sla" },
    {
      "ip sla schedule @<1-2147483647> [life {<0-2147483647> | forever}] [start-time {after hh:mm:ss | now | pending | hh:mm [MONTH <1-31>]}] [ageout <0-2073600>] [recurring]":
        "IP SLAs entry scheduling",
      "ip sla reaction-configuration @<1-2147483647> [react @{connectionLoss | rtt | timeout}] [threshold-value <0-60000> <0-60000>] [threshold-type {average [<1-16>] | consecutive [<1-16>] | immediate | never | xOfy <1-16> <1-16>}] [action-type {none | trapOnly}]":
        "What is done when a threshold is crossed",
      "ip sla responder @[@{tcp-connect | udp-echo} ipaddress @A.B.C.D port @<1-65535>]": "Answer probes of others",
      "ip sla auto discovery": "Find those who answer",
      "ip sla enable reaction-alerts": "Tell other parts of the box",
      "ip sla logging traps": "Send messages to the log",
    },
  ),
  usageOpener(
    { ...probes, mode: globalMode, section: "sla", opens: trackMode },
    `track @<1-1000> [interface IFNAME {ip routing | line-protocol} | ip route A.B.C.D MASK {metric threshold | reachability} | ip sla <1-2147483647> [reachability | state] | list ${LIST} | rtr <1-2147483647> [reachability | state] | stub-object]`,
    "Object tracking configuration commands",
  ),
  usageLines(
    { ...probes, mode: globalMode, section: "sla" },
    { "track timer @{interface | ip route | ip sla | list | stub-object} <1-3000>": "Seconds between looks" },
  ),
  usageLines(
    { ...probes, mode: trackMode },
    {
      "delay {down <0-180> [up <0-180>] | up <0-180> [down <0-180>]}": "Tracking delay",
      "ip vrf WORD": "VRF of the route",
      "object @<1-1000> [not | weight <1-255>]": "Object of the list",
      "threshold @{metric | percentage | weight} {down <0-255> [up <0-255>] | up <0-255> [down <0-255>]}":
        "By how many",
    },
  ),
].flat();
