/** Static routes. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, type Values } from "../../../grammar/elements.ts";
import { anyInterface, maskWithGaps } from "../arguments.ts";
import { globalMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");

/** `no ip route PREFIX MASK` takes every route to it. A line without a VRF means the global table, not any. */
const byPrefix = {
  group: ["vrf", "prefix", "mask"],
  normal: (values: Values): Values => ({ vrf: undefined, ...values }),
} as const;

const routeDhcp = setting({
  ...global,
  section: "route",
  form: [
    ip,
    kw("route", "Establish static routes"),
    opt(kw("vrf", "Configure static route for a VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
    arg("prefix", ipv4(), "Destination prefix"),
    arg("mask", maskWithGaps, "Destination prefix mask"),
    opt(arg("interface", anyInterface, "Interface")),
    kw("dhcp", "Default gateway obtained from DHCP"),
    opt(arg("distance", uint(1, 255), "Distance metric for this route")),
  ],
  key: ["vrf", "prefix", "mask", "interface"],
  ...byPrefix,
  effect: inert("the operating system asks for addresses by DHCP"),
});

function hasHostBits(prefix: string, length: number): boolean {
  const bits = prefix
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("");
  return bits.slice(length).includes("1");
}

/** Typed in either order; the tag prints first. */
const tag = [kw("tag", "Set tag for this route"), arg("tag", uint(1, 4_294_967_295), "Tag value")] as const;
const name = [kw("name", "Specify name of the next hop"), arg("name", word(), "Name of the next hop")] as const;

export const route = setting({
  ...global,
  section: "route",
  form: [
    ip,
    kw("route", "Establish static routes"),
    opt(kw("vrf", "Configure static route for a VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
    arg("prefix", ipv4(), "Destination prefix"),
    arg("mask", maskWithGaps, "Destination prefix mask"),
    oneOf(
      [
        arg("nextHop", ipv4(), "Forwarding router's address"),
        flag("global", "global", "Next hop is in the global table"),
      ],
      [arg("interface", anyInterface, "Interface"), opt(arg("nextHop", ipv4(), "Forwarding router's address"))],
    ),
    opt(arg("distance", uint(1, 255), "Distance metric for this route")),
    opt(oneOf([...tag, opt(...name)], [...name, opt(...tag)])),
    oneOf(
      [flag("permanent", "permanent", "permanent route")],
      [flag("multicast", "multicast", "multicast route")],
      [kw("track", "Install route depending on tracked item"), arg("track", uint(1, 1000), "Tracked object number")],
    ),
  ],
  check: ({ prefix, mask }) => (mask < 0 || hasHostBits(prefix, mask) ? "%Inconsistent address and mask" : undefined),
  key: ["vrf", "prefix", "mask", "nextHop", "interface"],
  ...byPrefix,
});

export const routeCommands = [route, routeDhcp];
