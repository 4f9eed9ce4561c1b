/** Routing protocols, which are kept and printed back. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, routerMode } from "../modes.ts";

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
      [pick("process", { rip: "Routing Information Protocol (RIP)" })],
    ),
  ],
  key: ["ospf", "bgp", "eigrp", "process"],
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
        ospf: "Open Shortest Path First",
        rip: "Routing Information Protocol",
        static: "Static routes",
      }),
      opt(kw("metric", "Metric for redistributed routes"), arg("metric", uint(0, 16_777_214), "Metric")),
      opt(kw("metric-type", "OSPF exterior metric type"), arg("metricType", uint(1, 2), "Type")),
      flag("subnets", "subnets", "Consider subnets for redistribution into OSPF"),
    ],
    key: ["from"],
  }),
  setting({
    ...inRouter,
    form: [
      kw("network", "Enable routing on an IP network"),
      arg("address", ipv4(), "Network number"),
      opt(
        arg("wildcard", ipv4(), "OSPF wild card bits"),
        kw("area", "Set the OSPF area ID"),
        arg("area", word(), "OSPF area ID"),
      ),
    ],
    key: ["address", "wildcard"],
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

export const routerCommands = [router, ...routerSettings];
