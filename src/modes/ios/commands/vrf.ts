/** VRFs: each is a virtual router here, and exchanges no routes with others. */

import { line, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { globalMode, vrfFamilyMode, vrfMode } from "../modes.ts";
import { routeDistinguisher } from "../route-distinguisher.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");

export const vrf = opener({
  ...global,
  section: "vrf",
  form: [
    ip,
    kw("vrf", "Configure an IP VPN Routing/Forwarding instance"),
    arg("name", word({ max: 32 }), "VPN Routing/Forwarding instance name"),
  ],
  key: ["name"],
  opens: vrfMode,
});

export const vrfDefinition = opener({
  ...global,
  section: "vrf",
  form: [kw("vrf", "VRF commands"), kw("definition", "VRF definition"), arg("name", word({ max: 32 }), "VRF name")],
  key: ["name"],
  opens: vrfMode,
});

const noExchange = inert("routes are not exchanged with other routers");

const vrfFamily = opener({
  mode: vrfMode,
  form: [
    kw("address-family", "Enter Address Family command mode"),
    pick("family", { ipv4: "Address family", ipv6: "Address family" }),
  ],
  key: ["family"],
  opens: vrfFamilyMode,
  effect: inert("a VRF forwards IPv4, with or without this line"),
});

export const vrfRd = setting({
  mode: vrfMode,
  form: [kw("rd", "Specify Route Distinguisher"), arg("rd", routeDistinguisher, "Route distinguisher")],
  effect: noExchange,
});

const targetForm = [
  kw("route-target", "Specify Target VPN Extended Communities"),
  pick("direction", { both: "Both import and export", export: "Export", import: "Import" }),
  arg("target", routeDistinguisher, "Target"),
] as const;
const target = { form: targetForm, key: ["direction", "target"], effect: noExchange } as const;

export const vrfTarget = setting({ mode: vrfMode, ...target });
const vrfFamilyTarget = setting({ mode: vrfFamilyMode, ...target });
/** Of a VRF, and of one of its address families. */
const ROUTE_LINES = {
  "bgp next-hop {IFNAME | ipv4 IFNAME | ipv6 IFNAME}": "Next hop that is told",
  "export [ipv4 {multicast | unicast} [<1-2147483647>]] map WORD": "VRF export",
  "import [ipv4 {multicast | unicast} [<1-2147483647>]] map WORD": "VRF import",
  "maximum routes <1-4294967295> {warning-only | <1-100> [reinstall <1-100>]}": "Set a limit",
  "mdt data {A.B.C.D A.B.C.D [threshold <1-4294967>] [list {<100-199> | <2000-2699> | WORD}] | list {<100-199> | <2000-2699> | WORD} | threshold <1-4294967>}":
    "Group of much traffic",
  "mdt default {A.B.C.D | mpls mldp A.B.C.D}": "Group of the VRF",
  "mdt log-reuse": "Log groups that are used again",
  "mdt mtu <576-18010>": "Largest packet of a tunnel",
  "mdt preference {mldp | pim}*2": "Which is preferred",
} as const;
const words = {
  bgp: "BGP",
  data: "Group of much traffic",
  default: "Group of the VRF",
  export: "VRF export",
  import: "VRF import",
  ipv4: "IPv4",
  ipv6: "IPv6",
  list: "Sources that have such a group",
  mdt: "Multicast distribution tree",
  mldp: "Labels of multicast",
  mpls: "MPLS",
  maximum: "Set a limit",
  multicast: "Multicast",
  pim: "PIM",
  reinstall: "Take routes again below so much of it",
  routes: "Routes",
  threshold: "Kilobits per second from which on it is used",
  unicast: "Unicast",
  vnet: "Virtual network",
  " vpn": "Configure VPN ID in RFC 2685 format",

  "warning-only": "Only give a warning message",
  map: "Route map",
} as const;

export const vrfDescription = setting({
  mode: vrfMode,
  form: [kw("description", "VRF specific description"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

export const vrfCommands = [
  vrf,
  vrfRd,
  vrfTarget,
  vrfDescription,
  ...usageLines(
    { mode: vrfMode, effect: noExchange, words },
    {
      ...ROUTE_LINES,
      "context WORD": "SNMP context",
      "vpn id VPNID": "Configure VPN ID in RFC 2685 format",
      "vnet tag <2-4094>": "Virtual network",
    },
  ),
  vrfDefinition,
  vrfFamily,
  vrfFamilyTarget,
  ...usageLines({ mode: vrfFamilyMode, effect: noExchange, words }, ROUTE_LINES),
];
