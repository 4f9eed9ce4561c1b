/** Whether two configurations say the same: the same lines with the same text, whatever the order of typing. */

import type { ConfigStore } from "./config-store.ts";
import type { StoredLine } from "./config-tree.ts";
import { lineText } from "./render-tree.ts";

export function storesEqual(a: ConfigStore, b: ConfigStore): boolean {
  return textOf(a) === textOf(b);
}

function textOf(store: ConfigStore): string {
  const routers = [...store.routers].map(([name, tree]) => `${name}\n${canonical(tree.lines, 1)}`).sort();
  return [canonical(store.chassis.lines, 0), ...routers].join("\n");
}

function canonical(lines: readonly StoredLine[], depth: number): string {
  return lines
    .map((line) => `${" ".repeat(depth)}${lineText(line) ?? ""}\n${canonical(line.children, depth + 1)}`)
    .sort()
    .join("");
}
