/**
 * A configuration with its defaults said: for every place that is there, the lines that hold while nobody types another. A
 * default counts when a command declares all of it and stands once in its place.
 */

import { type ConfigCommand, isTypedIn, type Mode } from "../../grammar/declaration.ts";
import { isWhole } from "../../grammar/render.ts";
import type { ConfigStore } from "./config-store.ts";
import type { ConfigTree } from "./config-tree.ts";
import type { StoredLine } from "./stored-line.ts";

/** A copy of the store with the defaults put in. */
export function withDefaults(
  store: ConfigStore,
  { config, globalMode }: { readonly config: readonly ConfigCommand[]; readonly globalMode: Mode },
): ConfigStore {
  const copy = store.clone();
  const defaults = config.filter(isDefaulted);
  const global = (scope: ConfigCommand["scope"]): ConfigCommand[] =>
    defaults.filter((command) => command.mode === globalMode && (command.scope ?? "chassis") === scope);
  for (const [tree, scope] of [
    [copy.chassis, "chassis"] as const,
    ...[...copy.routers.values()].map((tree) => [tree, "virtualRouter"] as const),
  ]) {
    for (const line of tree.lines) fill(tree, line, defaults);
    for (const command of global(scope)) add(tree, undefined, tree.lines, command);
  }
  return copy;
}

function isDefaulted({ kind, key = [], initial, form }: ConfigCommand): boolean {
  return kind === "setting" && key.length === 0 && initial !== undefined && isWhole(form, initial);
}

function fill(tree: ConfigTree, parent: StoredLine, defaults: readonly ConfigCommand[]): void {
  if (parent.command.kind !== "opener") return;
  const { opens } = parent.command;
  for (const line of parent.children) fill(tree, line, defaults);
  for (const command of defaults) if (isTypedIn(command, opens)) add(tree, parent, parent.children, command);
}

function add(
  tree: ConfigTree,
  parent: StoredLine | undefined,
  there: readonly StoredLine[],
  command: ConfigCommand,
): void {
  if (!there.some((line) => line.command === command)) tree.put(parent, command, command.initial ?? {}, false);
}
