/** Policies and quality of service: kept and printed. Every packet is forwarded alike. */

import { uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { nameOf, objectName } from "../arguments.ts";
import {
  classifierGroupMode,
  controlPlaneMode,
  dropProfileMode,
  globalMode,
  policyListMode,
  qosProfileMode,
  queueProfileMode,
  rateLimitProfileMode,
  schedulerProfileMode,
  statisticsProfileMode,
  trafficClassGroupMode,
  trafficClassMode,
} from "../modes.ts";
import { classifiers, LAYERS } from "./classifiers.ts";
import { attachment, MOST, number } from "./kept-parameters.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("packets are neither classified nor policed");
const chassis = { mode: globalMode, section: "policy", effect } as const;
const ip = kw("ip", "Configure IP");

const policyLists = Object.entries(LAYERS).map(([layer, help]) =>
  opener({
    ...chassis,
    opens: policyListMode,
    form: [kw(layer, help), kw("policy-list", "Configure a policy"), arg("name", objectName, "Name of the policy")],
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

const ACTION_WORDS = {
  "classifier-group": "Only packets of a classifier",
  "classifier-group WORD": "Name of the classifier, or *",
  precedence: "The lowest comes first",
  "precedence <>": "Rank",
  green: "Keep it longest",
  yellow: "Between the two",
  red: "Drop it first",
  interface: "Through an interface",
  "next-hop": "To a router",
  "next-interface": "Through an interface",
  order: "The lowest is tried first",
  "order <>": "Rank",
  dsfield: "The six bits of the class",
  tos: "The whole octet",
  "tos-precedence": "The three bits of the precedence",
  "user-packet-class": "The class of users",
  "dsfield <>": "Value",
  "tos <>": "Value",
  "tos-precedence <>": "Value",
  mask: "Which bits",
  "mask <>": "Bits",
  "mark <>": "Value of the octet, then which bits",
  "parent-group WORD": "Name of the group",
  "rate-limit-profile WORD": "Name of the profile",
  "traffic-class WORD": "Name of the traffic class",
  "user-packet-class <>": "Class",
  "reference-rate <>": "Bit/s",
  suspend: "Configure which rule rests",
};

/** What becomes of packets; `rank` is what may follow in a policy list of old releases, and nothing does in a group. */
function actions(rank: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({
      "color {green | yellow | red}": "Color the packet",
      filter: "Drop the packet",
      "forward [{interface IFNAME | next-hop A.B.C.D | next-interface IFNAME [next-hop A.B.C.D]}] [order <1-16>]":
        "Forward the packet",
      "mark {<0-255> [<0-255>] | {dsfield <0-63> | tos <0-255> | tos-precedence <0-7>} [mask <0-255>] | user-packet-class <0-15>}":
        "Mark the packet",
      "next-hop A.B.C.D": "Forward the packet to a router",
      "next-interface IFNAME [next-hop A.B.C.D]": "Forward the packet through an interface",
      "parent-group WORD": "Configure the group above",
      "rate-limit-profile WORD": "Limit the rate",
      [`reference-rate <0-${MOST}>`]: "Configure the rate that percentages are of",
      "traffic-class WORD": "Put the packet into a traffic class",
      "user-packet-class <0-15>": "Put the packet into a class of users",
    }).map(([usage, help]) => [usage + rank, help]),
  );
}

const inClassifierGroups = usageLines({ mode: classifierGroupMode, effect, words: ACTION_WORDS }, actions(""));
const RANK = " @[classifier-group WORD] @[precedence <0-32768>]";
// They print before the groups, whose modes have the same words.
const inPolicyLists = usageLines(
  { mode: policyListMode, effect, words: ACTION_WORDS },
  { ...actions(RANK), [`suspend${RANK}`]: "Suspend a rule" },
);

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

const QUEUE_WORDS = {
  "scheduler-profile": "How it is served",
  "queue-profile": "How long it may be",
  "drop-profile": "How it drops",
  "statistics-profile": "How it is counted",
  "group WORD": "Name of the group",
  "traffic-class WORD": "Name of the traffic class",
  group: "The group that it belongs to",
  queue: "Configure a queue",
  "shadow-node": "Have a node of its own",
};

const THRESHOLD = "{percent <0-100> <0-100> <0-100> | <0-1073741824> <0-1073741824> <0-100>}";
const RATE = `<1000-${MOST}> [burst <0-${MOST}>]`;

const inProfiles = [
  ...usageLines(
    {
      mode: dropProfileMode,
      effect,
      words: {
        percent: "In per cent of the queue",
        "<>": "Least and most, then how many per cent are dropped at most",
        "average-length-exponent <>": "Exponent",
      },
    },
    {
      "average-length-exponent <0-13>": "Configure how fast the average follows",
      [`committed-threshold ${THRESHOLD}`]: "Configure thresholds of committed packets",
      [`conformed-threshold ${THRESHOLD}`]: "Configure thresholds of conformed packets",
      [`exceeded-threshold ${THRESHOLD}`]: "Configure thresholds of exceeded packets",
    },
  ),
  ...QUEUED_LAYERS.flatMap((layer) =>
    usageLines(
      { mode: qosProfileMode, effect, words: { [layer]: `Configure ${layer}`, ...QUEUE_WORDS } },
      {
        [`${layer} group @WORD [scheduler-profile WORD]`]: "Configure a group of queues",
        [`${layer} node [scheduler-profile WORD] @[group WORD] [shadow-node]`]: "Configure a node of the scheduler",
        [`${layer} queue traffic-class @WORD [scheduler-profile WORD] [queue-profile WORD] [drop-profile WORD] [statistics-profile WORD]`]:
          "Configure the queue of a traffic class",
      },
    ),
  ),
  ...usageLines(
    {
      mode: schedulerProfileMode,
      effect,
      words: {
        hierarchical: "What those below need together",
        burst: "Octets at once",
        "<>": "Bit/s",
        "burst <>": "Octets",
        "weight <>": "Weight",
        auto: "As the box finds best",
        compound: "By rates of the queues",
        implicit: "As the queues are",
        explicit: "As it is configured",
        simple: "By one rate",
      },
    },
    {
      [`assured-rate {hierarchical | <25000-${MOST}>}`]: "Configure the rate that is assured",
      [`shaping-rate ${RATE}`]: "Configure the rate that is not passed",
      [`shared-shaping-rate ${RATE} [{auto | compound {implicit | explicit} | simple {implicit | explicit}}]`]:
        "Configure the rate of several queues",
      "strict-priority": "Serve first",
      "weight <0-4080>": "Configure the weight",
    },
  ),
  ...usageLines(
    { mode: trafficClassMode, effect, words: { "fabric-weight <>": "Weight" } },
    {
      "fabric-strict-priority": "Serve first in the fabric",
      "fabric-weight <1-63>": "Configure the weight in the fabric",
    },
  ),
];

const rest = [
  ...usageLines(
    {
      ...chassis,
      words: {
        WORD: "Type of port",
        "qos-port-type-profile": "Configure the profile of a type of port",
        "qos-profile WORD": "Name of the profile",
      },
    },
    { "qos-port-type-profile @WORD qos-profile WORD": "Configure the profile of a type of port" },
  ),
  usageOpener({ ...chassis, opens: controlPlaneMode }, "control-plane", "Configure limits of the control plane"),
  ...keptLines(
    { mode: controlPlaneMode, effect, shared: { ip: "Configure IP" } },
    {
      "ip policy": ["Attach a policy", attachment, ["way", "name"]],
    },
  ),
];

const LENGTHS = "<0-1073741824> [<0-1073741824>]";
const THRESHOLD_RATE = `<0-${MOST}>`;

/** Profiles that queues name, and groups of traffic classes: these print behind the classes, whose own lines are opened by what a group has too. */
const queueProfiles = [
  ...(
    [
      [queueProfileMode, "quality of service", "queue-profile @WORD", "Configure a profile of queues"],
      [statisticsProfileMode, "quality of service", "statistics-profile @WORD", "Configure a profile of statistics"],
      [
        trafficClassGroupMode,
        "traffic class groups",
        "traffic-class-group @WORD",
        "Configure a group of traffic classes",
      ],
    ] as const
  ).map(([opens, section, usage, help]) =>
    usageOpener({ ...chassis, section, opens, words: { WORD: "Name" } }, usage, help),
  ),
  ...usageLines(
    {
      mode: queueProfileMode,
      effect,
      words: { "<>": "Octets: least, then most", "buffer-weight <>": "Weight" },
    },
    {
      "buffer-weight <1-63>": "Configure the share of buffers",
      [`committed-length ${LENGTHS}`]: "Configure how many committed octets may wait",
      [`conformed-length ${LENGTHS}`]: "Configure how many conformed octets may wait",
      [`exceeded-length ${LENGTHS}`]: "Configure how many exceeded octets may wait",
    },
  ),
  ...usageLines(
    { mode: statisticsProfileMode, effect, words: { "<>": "Bit/s", "rate-period <>": "Seconds" } },
    {
      [`committed-drop-threshold ${THRESHOLD_RATE}`]: "Configure when drops of committed packets are told of",
      [`conformed-drop-threshold ${THRESHOLD_RATE}`]: "Configure when drops of conformed packets are told of",
      [`exceeded-drop-threshold ${THRESHOLD_RATE}`]: "Configure when drops of exceeded packets are told of",
      [`forwarding-rate-threshold ${THRESHOLD_RATE}`]: "Configure when the rate is told of",
      "rate-period <0-43200>": "Configure over what time rates are counted",
    },
  ),
  ...usageLines(
    { mode: trafficClassGroupMode, effect, words: { WORD: "Name of the traffic class" } },
    { "traffic-class @WORD": "Add a traffic class" },
  ),
];

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
  ...queueProfiles,
  ...rest,
];
