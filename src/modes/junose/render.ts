/** The configuration as `show configuration` prints it: the chassis, then each virtual router. */

import type { ConfigStore } from "../tree/config-store.ts";
import { renderBlocks } from "../tree/render-tree.ts";
import type { StoredLine } from "../tree/stored-line.ts";
import { configCommands, SECTIONS } from "./table.ts";

export function render(store: ConfigStore): string[] {
  const lines = blocks(store.chassis.lines);
  for (const [name, tree] of store.routers) lines.push(`virtual-router ${name}`, "!", ...blocks(tree.lines));
  return lines;
}

/** Lines of one section stand together; whatever has children stands alone between marks. */
function blocks(tree: readonly StoredLine[]): string[] {
  const lines: string[] = [];
  let before: { readonly section: string; readonly length: number } | undefined;
  for (const { section, lines: block } of renderBlocks(tree, { commands: configCommands, sections: SECTIONS })) {
    const together = before?.section === section && before.length === 1 && block.length === 1;
    if (before !== undefined && !together) lines.push("!");
    lines.push(...block);
    before = { section, length: block.length };
  }
  if (before !== undefined) lines.push("!");
  return lines;
}
