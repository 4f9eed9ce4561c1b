/** Route maps and lists of routes: kept and printed. Routes here are static. */

import { uint } from "../../../grammar/arguments.ts";
import { inert, opener } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { objectName } from "../arguments.ts";
import { globalMode, routeMapMode } from "../modes.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const effect = inert("no routing protocol runs here; routes are static");
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "routing", effect } as const;

const routeMap = opener({
  ...inRouter,
  opens: routeMapMode,
  form: [
    kw("route-map", "Configure a route map"),
    arg("name", objectName, "Name of the route map"),
    opt(
      pick("action", { permit: "Let matching routes through", deny: "Stop matching routes" }),
      opt(arg("sequence", uint(0, 65_535), "Place in the route map")),
    ),
  ],
  key: ["name", "action", "sequence"],
  noForm: [
    kw("route-map", "Remove a route map"),
    arg("name", objectName, "Name of the route map"),
    opt(
      pick("action", { permit: "Let matching routes through", deny: "Stop matching routes" }),
      opt(arg("sequence", uint(0, 65_535), "Place in the route map")),
    ),
  ],
});

const inRouteMap = usageLines(
  {
    mode: routeMapMode,
    effect,
    words: {
      "<>": "Number",
      WORD: "Name of the list",
      match: "Configure which routes match",
      set: "Configure what becomes of a route",
      list: "By a list",
      "as-path": "Path of autonomous systems",
      community: "Communities",
      "exact-match": "These and no others",
      extcommunity: "Extended communities",
      distance: "Administrative distance",
      "ip address": "Prefix of the route",
      "ip next-hop": "Next hop of the route",
      "prefix-list": "By a list of prefixes",
      "prefix-tree": "By a tree of prefixes",
      level: "Level of IS-IS",
      "level-1": "Inside an area",
      "level-1-2": "Both",
      "level-2": "Between areas",
      "stub-area": "Into stub areas",
      backbone: "Into the backbone",
      "local-preference": "Preference",
      metric: "Metric",
      "metric-type": "Type of the metric",
      external: "From outside",
      internal: "From inside",
      "type-1": "First type of OSPF",
      "type-2": "Second type of OSPF",
      "policy-list": "By a list of policies",
      "route-type": "Type of the route",
      tag: "Mark",
      prepend: "Put before the path",
      "prepend <>": "Number of an autonomous system",
      "as-path tag": "Mark from the path",
      "comm-list": "List of communities that are taken away",
      delete: "Take them away",
      "set community": "Communities",
      "local-as": "Not to other systems",
      "no-advertise": "Not to any neighbor",
      "no-export": "Not out of the confederation",
      "community ASN:NN": "System and number",
      "community <>": "Community",
      additive: "Beside those that are there",
      rt: "Route target",
      soo: "Site of origin",
      none: "None",
      dampening: "How routes that come and go are dampened",
      "next-hop": "Next hop",
      "peer-address": "The neighbor",
      origin: "Where the route is from",
      egp: "An exterior protocol",
      igp: "An interior protocol",
      incomplete: "Nobody knows",
      "route-class": "Class of the route",
      weight: "Weight",
      "set metric NUMBER": "Metric, or what is added to it",
      "metric NUMBER": "Metric, or what is added to it",
    },
  },
  {
    "match as-path @WORD*8": "Path of autonomous systems",
    "match community @WORD*8 [exact-match]": "Communities",
    "match distance @<0-255>": "Administrative distance",
    "match extcommunity @WORD*8 [exact-match]": "Extended communities",
    "match ip @{address | next-hop} @[prefix-list | prefix-tree] @WORD*8": "Configure which routes match",
    "match level {level-1 | level-1-2 | level-2}": "Level of IS-IS",
    [`match metric @<0-${MOST}>`]: "Metric",
    "match metric-type {external | internal}": "Type of the metric",
    "match policy-list @WORD": "List of policies",
    "match route-type {external [{type-1 | type-2}] | internal | level-1 | level-1-2 | level-2}": "Type of the route",
    [`match tag @<0-${MOST}>`]: "Mark",
    [`set as-path prepend {list WORD | <1-${MOST}>*32}`]: "Path of autonomous systems",
    "set comm-list WORD delete": "List of communities that are taken away",
    [`set community {none | list WORD | {local-as | no-advertise | no-export | ASN:NN | <1-${MOST}>}*32 [additive]}`]:
      "Communities",
    "set dampening <1-45> <1-20000> <1-20000> <1-255>": "How routes that come and go are dampened",
    "set distance <0-255>": "Administrative distance",
    "set extcommunity @{rt | soo} ASN:NN*32 [additive]": "Configure extended communities",
    "set ip next-hop {A.B.C.D | peer-address}": "Configure what becomes of a route",
    "set level {level-1 | level-1-2 | level-2 | stub-area | backbone}": "Level of IS-IS",
    [`set local-preference <0-${MOST}>`]: "Preference",
    "set metric NUMBER": "Metric",
    "set metric-type {external | internal | type-1 | type-2}": "Type of the metric",
    "set origin {egp | igp | incomplete}": "Where the route is from",
    "set route-class <0-255>": "Class of the route",
    "set route-type {external | internal}": "Type of the route",
    [`set tag <0-${MOST}>`]: "Mark",
    "set weight <0-65535>": "Weight",
  },
);

/** Regular expressions and communities are texts on the box too. */
const TEXTS = "@WORD @{deny | permit} @LINE";
const PREFIXES = `@WORD [seq @<1-${MOST}>] {deny | permit} @A.B.C.D/nn [ge @<1-32>] [le @<1-32>]`;

const filters = usageLines(
  {
    ...inRouter,
    words: {
      "as-path": "Configure AS paths",
      "access-list WORD": "Name of the list",
      "community-list WORD": "Name of the list",
      "extcommunity-list WORD": "Name of the list",
      "prefix-list WORD": "Name of the list",
      "prefix-tree WORD": "Name of the tree",
      deny: "Stop what matches",
      permit: "Let what matches through",
      "deny LINE": "What matches",
      "permit LINE": "What matches",
      seq: "Place in the list",
      "seq <>": "Place",
      ge: "No shorter than",
      "ge <>": "Bits",
      le: "No longer than",
      "le <>": "Bits",
    },
  },
  {
    [`ip as-path access-list ${TEXTS}`]: "Configure an access list of AS paths",
    [`ip community-list ${TEXTS}`]: "Configure a list of communities",
    [`ip extcommunity-list ${TEXTS}`]: "Configure a list of extended communities",
    [`ip prefix-list ${PREFIXES}`]: "Configure a list of prefixes",
    [`ip prefix-tree ${PREFIXES}`]: "Configure a tree of prefixes",
  },
);

export const routeFilterCommands = [routeMap, ...inRouteMap, ...filters];
