/** Classifiers, policies and quality of service: kept and printed. Every packet is forwarded alike. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { nameOf, objectName } from "../arguments.ts";
import {
  classifierGroupMode,
  dropProfileMode,
  globalMode,
  policyListMode,
  qosProfileMode,
  rateLimitProfileMode,
  schedulerProfileMode,
  trafficClassMode,
} from "../modes.ts";
import { address, aName, choice, MOST, number } from "./kept-parameters.ts";

const effect = inert("packets are neither classified nor policed");
const chassis = { mode: globalMode, section: "policy", effect } as const;
const ip = kw("ip", "Configure IP");

const classifiers = keptLines(
  { ...chassis, shared: { ip: "Configure IP", l2tp: "Configure L2TP", ipv6: "Configure IPv6" } },
  {
    "ip classifier-list": "Configure a classifier of packets",
    "l2tp classifier-list": "Configure a classifier of packets",
  },
);

const policyLists = (["ip", "l2tp"] as const).map((layer) =>
  opener({
    ...chassis,
    opens: policyListMode,
    form: [
      kw(layer, layer === "ip" ? "Configure IP" : "Configure L2TP"),
      kw("policy-list", "Configure a policy"),
      arg("name", objectName, "Name of the policy"),
    ],
    key: ["name"],
  }),
);

const classifierGroup = opener({
  mode: policyListMode,
  opens: classifierGroupMode,
  effect,
  form: [
    kw("classifier-group", "Configure what becomes of packets of a classifier"),
    arg("name", nameOf(64), "Name of the classifier, or *"),
    opt(kw("precedence", "Configure the order"), arg("precedence", uint(0, 32_768), "The lowest comes first")),
  ],
  key: ["name", "precedence"],
});

const actions = {
  color: "Color the packet",
  filter: "Drop the packet",
  forward: "Forward the packet",
  mark: "Mark the packet",
  "next-hop": "Forward the packet to a router",
  "next-interface": "Forward the packet through an interface",
  "parent-group": "Configure the group above",
  "rate-limit-profile": "Limit the rate",
  "reference-rate": "Configure the rate that percentages are of",
  "traffic-class": "Put the packet into a traffic class",
  "user-packet-class": "Put the packet into a class of users",
};

/** In a policy list of old releases a classifier and a rank may follow; in a group nothing does. */
const inClassifierGroups = keptLines(
  { mode: classifierGroupMode, effect },
  {
    ...actions,
    color: [actions.color, [choice({ green: "Keep it longest", red: "Drop it first", yellow: "Between the two" })]],
    filter: [actions.filter, []],
    forward: [actions.forward, [opt(arg("text", line(), "Where to"))]],
    "next-hop": [actions["next-hop"], [address]],
    "parent-group": [actions["parent-group"], [aName]],
    "rate-limit-profile": [actions["rate-limit-profile"], [aName]],
    "traffic-class": [actions["traffic-class"], [aName]],
    "user-packet-class": [actions["user-packet-class"], [number("Class", 0, 15)]],
  },
);
// They print before the groups, whose modes have the same words.
const inPolicyLists = keptLines({ mode: policyListMode, effect }, { ...actions, suspend: "Suspend a rule" });

const logPacket = setting({ mode: classifierGroupMode, effect, form: [kw("log", "Log the packet")] });

const rateLimitProfile = opener({
  ...chassis,
  opens: rateLimitProfileMode,
  form: [
    ip,
    kw("rate-limit-profile", "Configure a limit of rates"),
    arg("name", objectName, "Name of the profile"),
    opt(arg("kind", word(), "One rate or two")),
  ],
  key: ["name"],
});

const action = [
  pick("action", { drop: "Drop them", mark: "Mark them", transmit: "Send them" }),
  opt(arg("value", uint(0, 255), "Mark")),
];

const inRateLimitProfile = keptLines(
  { mode: rateLimitProfileMode, effect },
  {
    "committed-action": ["Configure what becomes of packets below the rate", action],
    "committed-burst": ["Configure the burst", [number("Octets", 8192, MOST)]],
    "committed-rate": ["Configure the rate", [number("Bit/s", 0, MOST)]],
    "conformed-action": ["Configure what becomes of packets between the rates", action],
    "exceeded-action": ["Configure what becomes of packets above the rates", action],
    "excess-burst": ["Configure the excess burst", [number("Octets", 0, MOST)]],
    "mask-val": ["Configure the mask of marks", [number("Mask", 0, 255)]],
    "peak-burst": ["Configure the peak burst", [number("Octets", 8192, MOST)]],
    "peak-rate": ["Configure the peak rate", [number("Bit/s", 0, MOST)]],
  },
);

const named = [
  ["drop-profile", "Configure how queues drop", dropProfileMode],
  ["qos-profile", "Configure quality of service", qosProfileMode],
  ["scheduler-profile", "Configure how queues are served", schedulerProfileMode],
  ["traffic-class", "Configure a traffic class", trafficClassMode],
] as const;

/** How a queue or a node is served, drops and counts. */
const queueing = [
  opt(kw("scheduler-profile", "How it is served"), arg("scheduler", objectName, "Name of the profile")),
  opt(arg("text", line(), "Parameters")),
];

const QUEUED_LAYERS = ["atm", "atm-vc", "ethernet", "ip", "l2tp-session", "l2tp-tunnel", "svlan", "vlan"];

/** They stand before the policies, whose rules name them and begin with the same words: `traffic-class`. */
const profiles = named.map(([name, help, opens]) =>
  opener({
    ...chassis,
    section: "quality of service",
    opens,
    form: [kw(name, help), arg("name", objectName, "Name")],
    key: ["name"],
  }),
);

const inProfiles = [
  ...keptLines(
    { mode: dropProfileMode, effect },
    {
      "average-length-exponent": ["Configure how fast the average follows", [number("Exponent", 0, 13)]],
      "committed-threshold": "Configure thresholds of committed packets",
      "conformed-threshold": "Configure thresholds of conformed packets",
      "exceeded-threshold": "Configure thresholds of exceeded packets",
    },
  ),
  ...QUEUED_LAYERS.flatMap((layer) =>
    keptLines(
      { mode: qosProfileMode, effect, shared: { [layer]: `Configure ${layer}`, queue: "Configure a queue" } },
      {
        [`${layer} group`]: ["Configure a group of queues", [aName, ...queueing], ["name"]],
        [`${layer} node`]: ["Configure a node of the scheduler", queueing, ["scheduler", "text"]],
        [`${layer} queue traffic-class`]: ["Configure the queue of a traffic class", [aName, ...queueing], ["name"]],
      },
    ),
  ),
  ...keptLines(
    { mode: schedulerProfileMode, effect },
    {
      "assured-rate": "Configure the rate that is assured",
      "shaping-rate": "Configure the rate that is not passed",
      "shared-shaping-rate": "Configure the rate of several queues",
      "strict-priority": ["Serve first", []],
      weight: ["Configure the weight", [number("Weight", 0, 4080)]],
    },
  ),
  ...keptLines(
    { mode: trafficClassMode, effect },
    {
      "fabric-strict-priority": ["Serve first in the fabric", []],
      "fabric-weight": ["Configure the weight in the fabric", [number("Weight", 1, 63)]],
    },
  ),
];

const rest = keptLines(chassis, {
  "control-plane": "Configure limits of the control plane",
  "qos-port-type-profile": "Configure the profile of a type of port",
  "queue-profile": "Configure a profile of queues",
  "statistics-profile": "Configure a profile of statistics",
  "traffic-class-group": "Configure a group of traffic classes",
});

export const policyCommands = [
  ...classifiers,
  ...policyLists,
  ...inPolicyLists,
  classifierGroup,
  ...inClassifierGroups,
  logPacket,
  rateLimitProfile,
  ...inRateLimitProfile,
  ...profiles,
  ...inProfiles,
  ...rest,
];
