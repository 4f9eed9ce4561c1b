/** Routing protocols, which are kept and printed back. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, routerFamilyMode, routerMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const noRouting = inert("no routing protocol runs here");

export const router = opener({
  ...global,
  section: "router",
  form: [
    kw("router", "Enable a routing process"),
    oneOf(
      [
        kw("ospf", "Open Shortest Path First (OSPF)"),
        arg("ospf", uint(1, 65_535), "Process ID"),
        opt(kw("vrf", "VPN Routing/Forwarding Instance"), arg("vrf", word(), "VRF name")),
      ],
      [kw("bgp", "Border Gateway Protocol (BGP)"), arg("bgp", uint(1, 65_535), "Autonomous system number")],
      [
        kw("eigrp", "Enhanced Interior Gateway Routing Protocol (EIGRP)"),
        arg("eigrp", uint(1, 65_535), "Autonomous system number"),
      ],
      [kw("isis", "ISO IS-IS"), opt(arg("isis", word(), "ISO routing area tag"))],
      [pick("process", { rip: "Routing Information Protocol (RIP)" })],
    ),
  ],
  key: ["ospf", "bgp", "eigrp", "isis", "process"],
  opens: routerMode,
  effect: noRouting,
});

const inRouter = { mode: routerMode, effect: noRouting } as const;

export const routerSettings = [
  setting({
    ...inRouter,
    form: [
      kw("router-id", "router-id for this OSPF process"),
      arg("id", ipv4(), "OSPF router-id in IP address format"),
    ],
  }),
  setting({
    ...inRouter,
    form: [
      kw("log-adjacency-changes", "Log changes in adjacency state"),
      flag("detail", "detail", "Log all state changes"),
    ],
    negation: "stored",
  }),
  setting({
    ...inRouter,
    form: [
      kw("redistribute", "Redistribute information from another routing protocol"),
      pick("from", {
        bgp: "Border Gateway Protocol",
        connected: "Connected",
        eigrp: "Enhanced Interior Gateway Routing Protocol",
        isis: "ISO IS-IS",
        ospf: "Open Shortest Path First",
        rip: "Routing Information Protocol",
        static: "Static routes",
      }),
      opt(arg("process", uint(1, 65_535), "Process or autonomous system")),
      opt(kw("metric", "Metric for redistributed routes"), arg("metric", word(), "Metric")),
      opt(kw("metric-type", "OSPF exterior metric type"), arg("metricType", uint(1, 2), "Type")),
      flag("subnets", "subnets", "Consider subnets for redistribution into OSPF"),
      opt(kw("route-map", "Route map reference"), arg("routeMap", word(), "Pointer to route-map entries")),
      opt(kw("tag", "Set tag for routes redistributed into OSPF"), arg("tag", uint(0, 4_294_967_295), "Tag")),
    ],
    key: ["from"],
  }),
  setting({
    ...inRouter,
    form: [
      kw("network", "Enable routing on an IP network"),
      arg("address", ipv4(), "Network number"),
      opt(
        oneOf(
          [
            arg("wildcard", ipv4(), "Wild card bits"),
            opt(kw("area", "Set the OSPF area ID"), arg("area", word(), "OSPF area ID")),
          ],
          [
            kw("mask", "Network mask"),
            arg("mask", ipv4(), "Network mask"),
            opt(
              kw("route-map", "Route map to modify the attributes"),
              arg("routeMap", word(), "Name of the route map"),
            ),
          ],
        ),
      ),
    ],
    key: ["address", "wildcard", "mask"],
  }),
  setting({
    ...inRouter,
    form: [
      kw("passive-interface", "Suppress routing updates on an interface"),
      oneOf(
        [pick("all", { default: "Suppress routing updates on all interfaces" })],
        [arg("interface", anyInterface, "Interface")],
      ),
    ],
    key: ["all", "interface"],
    negation: "stored",
  }),
  setting({
    ...inRouter,
    form: [
      kw("default-information", "Control distribution of default information"),
      kw("originate", "Distribute a default route"),
      flag("always", "always", "Always advertise default route"),
    ],
  }),
  setting({
    ...inRouter,
    form: [
      pick("name", {
        "auto-summary": "Enable automatic network number summarization",
        synchronization: "Perform IGP synchronization",
      }),
    ],
    key: ["name"],
    negation: "stored",
  }),
  setting({
    ...inRouter,
    form: [kw("version", "Set routing protocol version"), arg("version", uint(1, 2), "version")],
  }),
];

/** Lines of routing processes and of their address families. */
const PROCESS_LINES = {
  "aggregate-address": "Configure aggregate entries",
  area: "Area parameters",
  "auto-cost": "Calculate interface cost according to bandwidth",
  bgp: "BGP specific commands",
  capability: "Enable specific features",
  "default-metric": "Set metric of redistributed routes",
  distance: "Define an administrative distance",
  "distribute-list": "Filter networks in routing updates",
  eigrp: "EIGRP specific commands",
  "is-type": "IS type of this routing process",
  ispf: "Compute routes incrementally",
  "max-metric": "Set maximum metric",
  "maximum-paths": "Forward packets over multiple paths",
  "metric-style": "Style of metrics in link state packets",
  neighbor: "Specify a neighbor router",
  net: "Network Entity Title for this process",
  nsf: "Non-stop forwarding",
  "offset-list": "Add or subtract offset from metrics",
  "summary-address": "Configure address summaries",
  timers: "Adjust routing timers",
  "traffic-share": "How to compute traffic share over alternate paths",
  variance: "Control load balancing variance",
} as const;

const addressFamily = opener({
  ...inRouter,
  form: [
    kw("address-family", "Enter Address Family command mode"),
    pick("family", { ipv4: "Address family", ipv6: "Address family", vpnv4: "Address family" }),
    opt(
      oneOf(
        [kw("vrf", "Specify parameters for a VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")],
        [pick("cast", { multicast: "Address Family modifier", unicast: "Address Family modifier" })],
      ),
    ),
  ],
  key: ["family", "vrf", "cast"],
  opens: routerFamilyMode,
});

const inFamily = { mode: routerFamilyMode, effect: noRouting } as const;
const STATED = { "auto-summary": "Summarize networks automatically", synchronization: "Perform IGP synchronization" };

const familyLines = [
  ...keptLines(inFamily, {
    ...PROCESS_LINES,
    "default-information": "Control distribution of default information",
    network: "Specify a network to announce",
    "passive-interface": "Suppress routing updates on an interface",
    redistribute: "Redistribute information from another routing protocol",
  }),
  ...keptLines({ ...inFamily, negation: "stored" }, STATED),
];

export const routerCommands = [
  router,
  ...routerSettings,
  ...keptLines(inRouter, PROCESS_LINES),
  addressFamily,
  ...familyLines,
];
