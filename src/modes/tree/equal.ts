/** Whether two configurations say the same: the same lines with the same values, whatever the order of typing. */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { ConfigStore } from "./config-store.ts";
import type { StoredLine } from "./stored-line.ts";

export function storesEqual(a: ConfigStore, b: ConfigStore): boolean {
  return textOf(a) === textOf(b);
}

function textOf(store: ConfigStore): string {
  // The default router is always there; to have asked for its empty tree says nothing.
  const said = [...store.routers].filter(([name, tree]) => name !== DEFAULT_ROUTER || tree.lines.length > 0);
  const routers = said.map(([name, tree]) => `${name}\n${canonical(tree.lines, 1)}`).sort();
  return [canonical(store.chassis.lines, 0), ...routers].join("\n");
}

function canonical(lines: readonly StoredLine[], depth: number): string {
  return lines
    .map((line) => `${" ".repeat(depth)}${line.meaning}\n${canonical(line.children, depth + 1)}`)
    .sort()
    .join("");
}
