/** Flows that are counted and told to collectors: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { flowExporterMode, flowMonitorMode, flowRecordMode, globalMode, samplerMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("flows are not counted here");
const words = {
  active: "Flows that go on",
  application: "Application",
  bytes: "Octets",
  collect: "What is told of a flow",
  deterministic: "Every so many",
  destination: "Destination",
  direction: "Direction",
  dscp: "DSCP",
  entries: "Flows at once",
  first: "The first packet",
  flags: "Flags",
  flow: "Flow configuration",
  icmp: "ICMP",
  immediate: "At once",
  inactive: "Flows without packets",
  input: "Interface that it came by",
  ipfix: "IPFIX",
  ipv4: "IPv4",
  ipv6: "IPv6",
  last: "The last packet",
  length: "Length",
  long: "64 bits",
  mask: "Mask",
  match: "What tells flows apart",
  "netflow-v5": "NetFlow version 5",
  "netflow-v9": "NetFlow version 9",
  "netflow-original": "As the first NetFlow",
  netflow: "NetFlow",
  normal: "Flows that end",
  "next-hop": "Next hop",
  address: "Address",
  "original-input": "As before",
  "original-output": "As before",
  output: "Interface that it left by",
  "out-of": "Of so many",
  packets: "Packets",
  permanent: "Never end",
  "source-port": "Source port",
  "destination-port": "Destination port",
  precedence: "Precedence",
  prefix: "Prefix",
  protocol: "Protocol",
  random: "At random",
  routing: "Routing",
  sampler: "Sampler",
  "sampler-table": "Samplers",
  "interface-table": "Interfaces",
  "exporter-stats": "Statistics",
  "application-table": "Applications",
  "vrf-table": "VRFs",
  source: "Source",
  tcp: "TCP",
  template: "Templates",
  data: "Of data",
  timeout: "Seconds",
  timestamp: "Times",
  total: "In all",
  tos: "Type of service",
  transport: "Layer 4",
  ttl: "Time to live",
  type: "Type",
  code: "Code",
  udp: "UDP",
  update: "Of updates",
  version: "Version",
  vrf: "VRF of the collector",
  as: "Number",
} as const;
const flows = { mode: globalMode, section: "scheduler", effect, words } as const;

/** What may be asked or told of a flow, which is `match` or `collect` with the same words. */
const FIELDS = [
  "application name",
  "flow @{direction | sampler}",
  "interface @{input | output}",
  "@{ipv4 | ipv6} @{destination | source} @{address | mask | prefix}",
  "@{ipv4 | ipv6} @{dscp | hop-limit | length total | precedence | protocol | tos | traffic-class | ttl | version}",
  "routing @{destination | source} @{as | traffic-index}",
  "routing next-hop address @{ipv4 | ipv6}",
  "transport @{destination-port | source-port}",
  "transport @{icmp | tcp | udp} @{destination-port | flags | source-port | type | code}",
];

export const flowCommands = [
  usageOpener({ ...flows, opens: flowExporterMode }, "flow exporter @WORD", "Where flows are told"),
  ...usageLines(
    { mode: flowExporterMode, effect, words },
    {
      "description LINE": "Description",
      "destination {A.B.C.D | X:X:X:X::X | WORD} [vrf WORD]": "Collector",
      "dscp <0-63>": "DSCP of packets",
      "export-protocol {ipfix | netflow-v5 | netflow-v9}": "How it is sent",
      "option @{application-table | exporter-stats | interface-table | sampler-table | vrf-table} [timeout <1-86400>]":
        "What is told besides",
      "output-features": "Send by what the interface does",
      "source IFNAME": "Interface of the source",
      "template data timeout <1-86400>": "Seconds between templates",
      "transport udp <1-65535>": "Port of the collector",
      "ttl <1-255>": "Time to live of packets",
    },
  ),
  usageOpener({ ...flows, opens: flowMonitorMode }, "flow monitor @WORD", "What counts flows"),
  ...usageLines(
    { mode: flowMonitorMode, effect, words },
    {
      "cache @{entries <16-2000000> | timeout @{active <1-604800> | inactive <1-604800> | update <1-604800>} | type {immediate | normal | permanent}}":
        "Cache of flows",
      "description LINE": "Description",
      "exporter @WORD": "Where flows are told",
      "record {netflow {ipv4 | ipv6} {original-input | original-output} | netflow-original | WORD}":
        "What is told of flows",
      "statistics packet {protocol | size}": "Statistics",
    },
  ),
  usageOpener({ ...flows, opens: flowRecordMode }, "flow record @WORD", "What is told of flows"),
  ...usageLines(
    { mode: flowRecordMode, effect, words },
    {
      "description LINE": "Description",
      ...Object.fromEntries(
        FIELDS.flatMap((field) => [
          [`match ${field}`, "What tells flows apart"],
          [`collect ${field}`, "What is told of a flow"],
        ]),
      ),
      "collect counter @{bytes | packets} @[long]": "Counters",
      "collect timestamp sys-uptime @{first | last}": "Times",
    },
  ),
  usageOpener({ ...flows, opens: samplerMode }, "sampler @WORD", "Samplers of flows"),
  ...usageLines(
    { mode: samplerMode, effect, words },
    {
      "description LINE": "Description",
      "mode {deterministic | random} <1-1> out-of <2-32768>": "How packets are chosen",
    },
  ),
];
