/** Route maps, prefix lists, class and policy maps: what chooses routes and traffic on the box, kept and printed back. */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { prefixText } from "../arguments.ts";
import {
  classMapMode,
  controlPlaneHostMode,
  controlPlaneMode,
  globalMode,
  keyChainKeyMode,
  keyChainMode,
  objectGroupMode,
  policyClassMode,
  policyMapMode,
  routeMapMode,
  slaMode,
  timeRangeMode,
  trackMode,
} from "../modes.ts";

const noRoutes = inert("no routing protocol runs here that would ask it");
const noQueues = inert("traffic is neither classified nor queued here");
const action = pick("action", { deny: "Do not let it through", permit: "Let it through" });

const routeMap = opener({
  mode: globalMode,
  section: "route-map",
  form: [
    kw("route-map", "Create route-map or enter route-map command mode"),
    arg("name", word(), "Route map tag"),
    opt(action, opt(arg("sequence", uint(0, 65_535), "Sequence to insert to/delete from existing route-map entry"))),
  ],
  key: ["name", "action", "sequence"],
  opens: routeMapMode,
  effect: noRoutes,
});

const prefixList = setting({
  mode: globalMode,
  section: "prefix-list",
  form: [
    kw("ip", "Global IP configuration subcommands"),
    kw("prefix-list", "Build a prefix list"),
    arg("name", word(), "Name of a prefix list"),
    oneOf(
      [
        opt(kw("seq", "Sequence number of an entry"), arg("sequence", uint(1, 4_294_967_294), "Sequence number")),
        action,
        arg("prefix", prefixText, "IP prefix <network>/<length>"),
        opt(kw("ge", "Minimum prefix length to be matched"), arg("atLeast", uint(0, 32), "Minimum prefix length")),
        opt(kw("le", "Maximum prefix length to be matched"), arg("atMost", uint(0, 32), "Maximum prefix length")),
      ],
      [kw("description", "Prefix-list specific description"), arg("text", line(), "Up to 80 characters")],
    ),
  ],
  key: ["name", "sequence", "action", "prefix", "atLeast", "atMost"],
  noForm: [
    kw("ip", "Global IP configuration subcommands"),
    kw("prefix-list", "Build a prefix list"),
    arg("name", word(), "Name of a prefix list"),
    opt(
      oneOf(
        [
          opt(kw("seq", "Sequence number of an entry"), arg("sequence", uint(1, 4_294_967_294), "Sequence number")),
          opt(
            action,
            arg("prefix", prefixText, "IP prefix <network>/<length>"),
            opt(kw("ge", "Minimum prefix length to be matched"), arg("atLeast", uint(0, 32), "Minimum prefix length")),
            opt(kw("le", "Maximum prefix length to be matched"), arg("atMost", uint(0, 32), "Maximum prefix length")),
          ),
        ],
        [kw("description", "Prefix-list specific description"), arg("text", line(), "Up to 80 characters")],
      ),
    ),
  ],
  effect: noRoutes,
});

const classMap = opener({
  mode: globalMode,
  section: "class-map",
  form: [
    kw("class-map", "Configure QoS Class Map"),
    opt(
      pick("rule", {
        "match-all": "Logical-AND all matching statements",
        "match-any": "Logical-OR all matching statements",
      }),
    ),
    arg("name", word(), "Class-map name"),
  ],
  key: ["name"],
  opens: classMapMode,
  effect: noQueues,
});

const policyMap = opener({
  mode: globalMode,
  section: "policy-map",
  form: [kw("policy-map", "Configure Policy Map"), arg("name", word(), "Policy-map name")],
  key: ["name"],
  opens: policyMapMode,
  effect: noQueues,
});

const policyClass = opener({
  mode: policyMapMode,
  form: [kw("class", "Policy criteria"), arg("name", word(), "Class-map name")],
  key: ["name"],
  opens: policyClassMode,
  effect: noQueues,
});

const keyChain = opener({
  mode: globalMode,
  section: "key-chain",
  form: [kw("key", "Key management"), kw("chain", "Key-chain management"), arg("name", word(), "Key-chain name")],
  key: ["name"],
  opens: keyChainMode,
  effect: noRoutes,
});

const keyChainKey = opener({
  mode: keyChainMode,
  form: [kw("key", "Configure a key"), arg("number", uint(0, 2_147_483_647), "Key identifier")],
  key: ["number"],
  opens: keyChainKeyMode,
  effect: noRoutes,
});

const timeRange = opener({
  mode: globalMode,
  section: "access-list",
  form: [kw("time-range", "Define time range entries"), arg("name", word(), "Time range name")],
  key: ["name"],
  opens: timeRangeMode,
  effect: inert("packets are not asked for their time here"),
});

const noGroups = inert("access lists of groups of addresses are not asked here");

const objectGroup = opener({
  mode: globalMode,
  section: "access-list",
  form: [
    kw("object-group", "Configure Object Group"),
    pick("kind", { network: "Network group", service: "Service group" }),
    arg("name", word(), "Object-group name"),
  ],
  key: ["kind", "name"],
  opens: objectGroupMode,
  effect: noGroups,
});

const groupMember = setting({
  mode: objectGroupMode,
  form: [
    oneOf(
      [kw("host", "Host address"), arg("host", ipv4(), "Address of the host")],
      [arg("address", ipv4(), "Network address"), arg("mask", ipv4(), "Network mask")],
    ),
  ],
  key: ["host", "address", "mask"],
  effect: noGroups,
});

const noProbes = inert("nothing is probed or tracked here");

const sla = opener({
  mode: globalMode,
  section: "sla",
  form: [
    kw("ip", "Global IP configuration subcommands"),
    kw("sla", "IP Service Level Agreement"),
    arg("number", uint(1, 2_147_483_647), "Entry Number"),
  ],
  key: ["number"],
  opens: slaMode,
  effect: noProbes,
});

const slaSchedule = setting({
  mode: globalMode,
  section: "sla",
  form: [
    kw("ip", "Global IP configuration subcommands"),
    kw("sla", "IP Service Level Agreement"),
    kw("schedule", "IP SLAs Entry Scheduling"),
    arg("number", uint(1, 2_147_483_647), "Entry number"),
    arg("text", line(), "When, and for how long"),
  ],
  key: ["number"],
  effect: noProbes,
});

const track = opener({
  mode: globalMode,
  section: "sla",
  form: [
    kw("track", "Object tracking configuration commands"),
    arg("number", uint(1, 1000), "Tracked object"),
    opt(arg("text", line(), "What is tracked")),
  ],
  key: ["number"],
  opens: trackMode,
  effect: noProbes,
});

const description = { description: "Description" } as const;

export const policyCommands = [
  prefixList,
  routeMap,
  ...keptLines(
    { mode: routeMapMode, effect: noRoutes },
    {
      ...description,
      continue: "Continue on a different entry within the route-map",
      match: "Match values from routing table",
      set: "Set values in destination routing protocol",
    },
  ),
  classMap,
  ...keptLines({ mode: classMapMode, effect: noQueues }, { ...description, match: "Classification criteria" }),
  policyMap,
  ...keptLines({ mode: policyMapMode, effect: noQueues }, description),
  policyClass,
  ...keptLines(
    { mode: policyClassMode, effect: noQueues },
    {
      bandwidth: "Bandwidth",
      drop: "Drop all packets",
      "fair-queue": "Enable Flow-based Fair Queuing in this Class",
      police: "Police",
      priority: "Strict Scheduling Priority for this Class",
      "queue-limit": "Queue Max Threshold for Tail Drop",
      "random-detect": "Enable Random Early Detection as drop policy",
      "service-policy": "Configure QoS Service Policy",
      set: "Set QoS values",
      shape: "Traffic Shaping",
    },
  ),
  keyChain,
  keyChainKey,
  ...keptLines({ mode: keyChainKeyMode, effect: noRoutes, secret: true }, { "key-string": "Set key string" }),
  ...keptLines(
    { mode: keyChainKeyMode, effect: noRoutes },
    { "accept-lifetime": "Set accept lifetime of key", "send-lifetime": "Set send lifetime of key" },
  ),
  timeRange,
  ...keptLines(
    { mode: timeRangeMode, effect: inert("packets are not asked for their time here") },
    { absolute: "Absolute time and date", periodic: "Periodic time and date" },
  ),
  objectGroup,
  groupMember,
  ...keptLines({ mode: objectGroupMode, effect: noGroups }, { ...description, "group-object": "Nested object group" }),
  sla,
  slaSchedule,
  ...keptLines(
    { mode: slaMode, effect: noProbes },
    {
      frequency: "Frequency of an operation",
      "icmp-echo": "ICMP echo operation",
      "tcp-connect": "TCP connect operation",
      timeout: "Timeout of an operation",
      threshold: "Operation threshold in milliseconds",
      "udp-jitter": "UDP jitter operation",
    },
  ),
  track,
  ...keptLines({ mode: trackMode, effect: noProbes }, { delay: "Tracking delay" }),
  ...[controlPlaneMode, controlPlaneHostMode].flatMap((mode) =>
    keptLines({ mode, effect: noQueues }, { "service-policy": "Configure QoS Service Policy" }),
  ),
  ...keptLines(
    { mode: controlPlaneHostMode, effect: inert("the operating system opens and closes ports") },
    { "management-interface": "Interface that takes connections to this box" },
  ),
];
