/** `show ip vrf` and `show vrf`: the tables beside the global one, and the interfaces in them. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { configBlocks, valuesOf } from "./config-block.ts";
import type { InterfaceView } from "./interface-list.ts";
import { shortName } from "./words.ts";

export interface VrfView {
  readonly name: string;
  readonly routeDistinguisher: string | null;
  readonly description: string | null;
  readonly interfaces: readonly string[];
  readonly exports: readonly string[];
  readonly imports: readonly string[];
}

export function vrfs(snapshot: Snapshot, body: readonly string[], ports: readonly InterfaceView[]): VrfView[] {
  const blocks = [...configBlocks(body, "ip vrf"), ...configBlocks(body, "vrf definition")];
  return snapshot.spec.virtualRouters
    .filter(({ name }) => name !== DEFAULT_ROUTER)
    .map(({ name }) => {
      const block = blocks.find((candidate) => candidate.name === name) ?? { name, lines: [] };
      return {
        name,
        routeDistinguisher: valuesOf(block, "rd")[0] ?? null,
        description: valuesOf(block, "description")[0] ?? null,
        interfaces: ports.filter((port) => port.virtualRouter === name).map((port) => port.name),
        exports: valuesOf(block, "route-target export"),
        imports: valuesOf(block, "route-target import"),
      };
    });
}

const NOT_SET = "<not set>";

function table(heading: string, found: readonly VrfView[], between: string): string[] {
  return [
    heading,
    ...found.flatMap(({ name, routeDistinguisher, interfaces }) => {
      const head = `  ${name.padEnd(32)} ${(routeDistinguisher ?? NOT_SET).padEnd(21)} ${between}`;
      const [first = "", ...others] = interfaces.map(shortName);
      return [`${head}${first}`.trimEnd(), ...others.map((port) => `${" ".repeat(head.length)}${port}`)];
    }),
  ];
}

export function showIpVrf(found: readonly VrfView[]): string[] {
  return table("  Name                             Default RD            Interfaces", found, "");
}

export function showVrf(found: readonly VrfView[]): string[] {
  return table(
    "  Name                             Default RD            Protocols   Interfaces",
    found,
    "ipv4        ",
  );
}

export function showVrfDetail(found: readonly VrfView[]): string[] {
  return found.flatMap((vrf, index) => [
    `VRF ${vrf.name} (VRF Id = ${index + 1}); default RD ${vrf.routeDistinguisher ?? NOT_SET}; default VPNID ${NOT_SET}`,
    ...(vrf.description === null ? [] : [`  Description: ${vrf.description}`]),
    ...(vrf.interfaces.length === 0
      ? ["  No interfaces"]
      : ["  Interfaces:", `    ${vrf.interfaces.map(shortName).join(" ")}`]),
    "Address family ipv4 unicast (Table ID = 0x1):",
    "  Flags: 0x0",
    ...targets("Export", vrf.exports),
    ...targets("Import", vrf.imports),
    "  No import route-map",
    "  No global export route-map",
    "  No export route-map",
    "",
  ]);
}

function targets(direction: string, found: readonly string[]): string[] {
  if (found.length === 0) return [`  No ${direction} VPN route-target communities`];
  return [`  ${direction} VPN route-target communities`, `    ${found.map((target) => `RT:${target}`).join(" ")}`];
}
