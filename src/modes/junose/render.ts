/** The configuration as `show configuration` prints it: the chassis, then each virtual router. */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { ConfigStore } from "../tree/config-store.ts";
import type { ConfigTree } from "../tree/config-tree.ts";
import { placesOf, renderBlocks } from "../tree/render-tree.ts";
import type { StoredLine } from "../tree/stored-line.ts";
import { isVrf, vrfName } from "../tree/vrfs.ts";
import { vrf as vrfLine } from "./commands/ip.ts";
import { configCommands, SECTIONS } from "./table.ts";

/** What of a configuration is printed; all of it when nothing is said. */
export interface Selection {
  /** Only this virtual router; the chassis belongs to none. */
  readonly virtualRouter?: string;
  /** Only lines for which this is true. */
  readonly wants?: (line: StoredLine) => boolean;
  /** Also what the box leaves out because it is the default. */
  readonly all?: boolean;
}

const FAMILY = " address-family ";

export function render(store: ConfigStore, selection: Selection = {}): string[] {
  const { virtualRouter, wants } = selection;
  const lines = virtualRouter === undefined ? blocks(store.chassis.lines, selection) : [];
  for (const [name, tree] of inOrder(store)) {
    if (virtualRouter !== undefined && virtualRouter !== name) continue;
    const block = blocks(tree.lines, selection);
    // The default one is there whether it is told of or not.
    const isTold = wants === undefined && (name !== DEFAULT_ROUTER || virtualRouter !== undefined);
    if (isTold || block.length > 0) lines.push(`virtual-router ${name}`, "!", ...block);
  }
  return lines;
}

/** The default virtual router first, and each with its VRFs behind it. */
function inOrder(store: ConfigStore): (readonly [string, ConfigTree])[] {
  const routers = [...store.routers].filter(([name]) => !isVrf(name));
  return [
    ...routers.filter(([name]) => name === DEFAULT_ROUTER),
    ...routers.filter(([name]) => name !== DEFAULT_ROUTER),
  ].flatMap(([name, tree]) => [
    [name, tree] as const,
    ...tree.all(vrfLine).map(({ values }) => within(store, name, values.name)),
  ]);
}

function within(store: ConfigStore, router: string, vrf: string): readonly [string, ConfigTree] {
  const name = vrfName(router, vrf);
  return [name, store.router(name)];
}

/** The box says where an address family ends. */
function withFamiliesClosed(block: readonly string[]): readonly string[] {
  let isInside = false;
  return block.flatMap((line, index) => {
    if (/^ \S/.test(line)) isInside = line.startsWith(FAMILY);
    const isOver = isInside && !block[index + 1]?.startsWith("  ");
    return isOver ? [line, " exit-address-family"] : [line];
  });
}

/** Whatever the order in which they were typed: each line in its command's place, and those of one command as typed. */
function inTableOrder(lines: readonly StoredLine[]): StoredLine[] {
  const places = placesOf(configCommands);
  return lines.toSorted((a, b) => (places.get(a.command) ?? 0) - (places.get(b.command) ?? 0));
}

/** Lines of one section stand together; whatever has children stands alone between marks. */
function blocks(tree: readonly StoredLine[], { wants = () => true, all = false }: Selection): string[] {
  const lines: string[] = [];
  const style = { commands: configCommands, sections: SECTIONS, all };
  let before: { readonly section: string; readonly length: number } | undefined;
  for (const { section, lines: block } of renderBlocks(inTableOrder(tree.filter(wants)), style)) {
    const together = before?.section === section && before.length === 1 && block.length === 1;
    if (before !== undefined && !together) lines.push("!");
    lines.push(...withFamiliesClosed(block));
    before = { section, length: block.length };
  }
  if (before !== undefined) lines.push("!");
  return lines;
}
