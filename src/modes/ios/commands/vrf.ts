/** VRFs: each is a virtual router here, and exchanges no routes with others. */

import { line, shaped, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { globalMode, vrfFamilyMode, vrfMode } from "../modes.ts";

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

const routeDistinguisher = shaped("ASN:nn or IP-address:nn", /^(\d+|\d+\.\d+\.\d+\.\d+):\d+$/);

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
const VRF_LINES = {
  export: "VRF export",
  import: "VRF import",
  maximum: "Set a limit",
  "vpn id": "Configure VPN ID in RFC 2685 format",
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
  ...keptLines({ mode: vrfMode, effect: noExchange }, VRF_LINES),
  vrfDefinition,
  vrfFamily,
  vrfFamilyTarget,
  ...keptLines({ mode: vrfFamilyMode, effect: noExchange }, VRF_LINES),
];
