/**
 * Whether two configurations say the same: each line prints as one of the other, whatever the order of typing. What prints
 * nothing, as a default does, counts for nothing; a secret typed in clear equals the same secret masked.
 */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { ConfigStore } from "./config-store.ts";
import { lineText } from "./render-tree.ts";
import type { StoredLine } from "./stored-line.ts";

export function storesEqual(a: ConfigStore, b: ConfigStore): boolean {
  return textOf(a) === textOf(b);
}

function textOf(store: ConfigStore): string {
  const texts = [...store.routers].map(([name, tree]) => [name, canonical(tree.lines, 1)] as const);
  // The default router is always there; to have asked for its tree, or typed a default in it, says nothing.
  const said = texts.filter(([name, text]) => name !== DEFAULT_ROUTER || text !== "");
  const routers = said.map(([name, text]) => `${name}\n${text}`).sort();
  return [canonical(store.chassis.lines, 0), ...routers].join("\n");
}

function canonical(lines: readonly StoredLine[], depth: number): string {
  return lines
    .flatMap((line) => {
      const text = lineText(line);
      return text === undefined ? [] : [`${" ".repeat(depth)}${text}\n${canonical(line.children, depth + 1)}`];
    })
    .sort()
    .join("");
}
