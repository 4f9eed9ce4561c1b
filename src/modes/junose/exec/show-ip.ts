/** `show ip …` and `show interfaces`: what a virtual router has of interfaces, routes, pools and packets. */

import { type InterfaceName, interfaceText, ipv4, mask, word } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { interfaceReference, poolName, vrfName } from "../arguments.ts";
import { showInterfaces, showIpInterfaces } from "../show/ip-interfaces.ts";
import { showIpRouteSummary, showIpRoutes, showStaticRoutes } from "../show/ip-routes.ts";
import { showIpTraffic, showUdpStatistics } from "../show/ip-traffic.ts";
import { showIpVrfs } from "../show/ip-vrfs.ts";
import { showAddressSource, showLocalPools, showPoolAliases, showPoolStatistics } from "../show/local-pools.ts";
import { counting, delta } from "./delta.ts";
import { inVrf, ofVrf } from "./in-vrf.ts";
import { PRIVILEGED_SHOW, show } from "./show-words.ts";

const ip = kw("ip", "IP");

const anInterface = oneOf(
  [kw("l2tp", "Interface of a remote user"), arg("session", word({ placeholder: "NAME" }), "Name of the session")],
  [arg("interface", interfaceReference, "Interface type and location")],
);

/** The name as listings print it. */
function nameOf(values: {
  readonly session?: string | undefined;
  readonly interface?: InterfaceName | undefined;
}): string | undefined {
  if (values.session !== undefined) return `l2tp ${values.session}`;
  return values.interface === undefined ? undefined : interfaceText(values.interface, " ");
}

const local = [show, ip, kw("local", "Local addresses")] as const;

export const ipShowCommands = [
  exec({
    form: [
      show,
      ip,
      kw("interface", "IP interfaces"),
      opt(
        pick(
          "view",
          { brief: "One line each", full: "Everything about each", summary: "Counts only" },
          { detail: "full" },
        ),
      ),
      opt(delta),
      ofVrf,
      opt(anInterface),
    ],
    run: (context: ExecContext, values) =>
      inVrf(context, values.vrf, (there) =>
        showIpInterfaces(counting(there, "ip", values), values.view ?? "full", nameOf(values)),
      ),
  }),
  exec({
    form: [
      show,
      kw("interfaces", "Interfaces below IP"),
      opt(pick("view", { brief: "One line each", full: "Everything about each" })),
      opt(delta),
      opt(anInterface),
    ],
    run: (context: ExecContext, values) =>
      showInterfaces(counting(context, "ip", values), values.view ?? "full", nameOf(values)),
  }),
  exec({
    form: [
      show,
      ip,
      kw("route", "The routing table"),
      ofVrf,
      opt(
        pick("type", {
          connected: "Networks of interfaces",
          static: "Configured routes",
          "access-internal": "Addresses of remote users",
          all: "All of them",
        }),
      ),
      opt(arg("address", ipv4(), "Destination"), opt(arg("mask", mask(), "Mask of the destination"))),
    ],
    run: (context: ExecContext, { type, vrf, ...wanted }) =>
      inVrf(context, vrf, (there) => showIpRoutes(there, { ...wanted, type: type === "all" ? undefined : type })),
  }),
  exec({
    form: [show, ip, kw("route", "The routing table"), ofVrf, kw("summary", "Counts only")],
    run: (context: ExecContext, { vrf }) => inVrf(context, vrf, showIpRouteSummary),
  }),
  exec({
    form: [show, ip, kw("static", "Configured routes"), ofVrf],
    run: (context: ExecContext, { vrf }) => inVrf(context, vrf, showStaticRoutes),
  }),
  exec({
    form: [
      show,
      ip,
      kw("vrf", "VRFs of this virtual router"),
      flag("detail", "detail", "Everything about each"),
      opt(arg("name", vrfName, "Name of the VRF")),
    ],
    run: (context: ExecContext, { detail, name }) => showIpVrfs(context, detail === true ? "detail" : "brief", name),
  }),
  exec({
    effect: inert("no routing protocol runs here"),
    form: [show, ip, kw("protocols", "Routing protocols"), flag("summary", "summary", "Counts only")],
    run: () => ({ lines: ["No routing protocol runs"], model: [] }),
  }),
  exec({
    effect: inert("the host resolves the addresses of its neighbors"),
    form: [show, kw("arp", "Hardware addresses of neighbors")],
    run: () => ({ lines: ["The host resolves the addresses of its neighbors"], model: [] }),
  }),
  exec({
    form: [show, ip, kw("traffic", "Packets that were not for a session"), opt(delta)],
    run: (context: ExecContext, values) => showIpTraffic(counting(context, "ip", values)),
  }),
  exec({
    form: [show, ip, kw("udp", "UDP of the route processor"), kw("statistics", "Packets of it"), opt(delta)],
    run: (context: ExecContext, values) => showUdpStatistics(counting(context, "ip", values)),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ip, kw("address-pool", "Where addresses of remote users come from")],
    run: (context: ExecContext) => showAddressSource(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [...local, kw("pool", "Address pools"), opt(arg("name", poolName, "Name of the pool"))],
    run: (context: ExecContext, values) => showLocalPools(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [...local, kw("pool", "Address pools"), kw("statistics", "How much of each pool is in use")],
    run: (context: ExecContext) => showPoolStatistics(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [...local, kw("alias", "Other names of pools"), opt(arg("name", poolName, "Other name"))],
    run: (context: ExecContext, values) => showPoolAliases(context, values.name),
  }),
];
