/** `show ip vrf`: the VRFs of a virtual router, what tells their routes apart, and the interfaces in each. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { routerAround, vrfName } from "../../tree/vrfs.ts";
import { vrf, vrfDescription, vrfDistinguisher, vrfRouteTarget } from "../commands/ip.ts";
import { Interfaces, routerOf } from "../compile/configuration.ts";
import { stated } from "../compile/standing.ts";
import { oneWord } from "./ip-interfaces.ts";
import { found, placed } from "./text.ts";

const COLUMNS = [0, 34, 56];

export function showIpVrfs(context: ExecContext, view: "brief" | "detail", wanted: string | undefined): ExecResult {
  const router = routerAround(context.virtualRouter);
  const tree = routerOf(context, router);
  const ports = new Interfaces(context);
  const all = tree
    .all(vrf)
    .filter(({ values }) => wanted === undefined || values.name === wanted)
    .map((node) => {
      const name = vrfName(router, node.values.name);
      const targets = tree.under(node, vrfRouteTarget).map(({ values }) => values);
      const way = (only: "import" | "export"): string[] =>
        targets.flatMap(({ direction, value }) => (direction === only || direction === "both" ? [value] : []));
      return {
        name: node.values.name,
        routeDistinguisher: stated(tree, vrfDistinguisher, node)?.value,
        description: stated(tree, vrfDescription, node)?.text,
        importTargets: way("import"),
        exportTargets: way("export"),
        interfaces: ports.of(name).map((one) => oneWord(one.name)),
        users: context.snapshot.sessions.filter((session) => session.virtualRouter === name).length,
      };
    });
  if (wanted !== undefined && all.length === 0) {
    return { ok: false, lines: [`% VRF ${wanted} does not exist in virtual router ${router}`] };
  }
  return { lines: view === "detail" ? all.flatMap(described) : listed(all), model: all };
}

interface Vrf {
  readonly name: string;
  readonly routeDistinguisher: string | undefined;
  readonly description: string | undefined;
  readonly importTargets: readonly string[];
  readonly exportTargets: readonly string[];
  readonly interfaces: readonly string[];
  readonly users: number;
}

function listed(all: readonly Vrf[]): string[] {
  return [
    placed(COLUMNS, ["VRF", "Default RD", "Interfaces"]),
    placed(COLUMNS, ["--------------------------------", "--------------------", "--------------------"]),
    ...all.flatMap(({ name, routeDistinguisher = "---", interfaces: [first = "---", ...others] }) => [
      placed(COLUMNS, [name, routeDistinguisher, first]),
      ...others.map((other) => placed(COLUMNS, ["", "", other])),
    ]),
    found(all.length, "VRF"),
  ];
}

function described(one: Vrf): string[] {
  return [
    `VRF ${one.name}, default RD ${one.routeDistinguisher ?? "is not set"}`,
    ...(one.description === undefined ? [] : [`  Description: ${one.description}`]),
    `  Import VPN route-target: ${one.importTargets.join(" ") || "none"}`,
    `  Export VPN route-target: ${one.exportTargets.join(" ") || "none"}`,
    `  Remote users: ${one.users}`,
    `  Interfaces: ${one.interfaces.join(", ") || "none"}`,
  ];
}
