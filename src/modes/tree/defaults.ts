/**
 * What holds while nobody types another line, and where: which lines say no more than that, and a configuration with all of it
 * said. A default is said when a command declares all of it.
 */

import { type ConfigCommand, isTypedIn, type Mode } from "../../grammar/declaration.ts";
import type { Values } from "../../grammar/elements.ts";
import { isWhole } from "../../grammar/render.ts";
import type { ConfigStore } from "./config-store.ts";
import type { ConfigTree } from "./config-tree.ts";
import { type StoredLine, valueText } from "./stored-line.ts";

/** The line changes nothing, and the box does not print it. */
export function isQuiet(line: StoredLine): boolean {
  const { command, values, parent } = line;
  if (command.quiet === undefined || (command.quiet !== true && !command.quiet(values))) return false;
  return saysTheDefault(line) && holdsBelow(parent, command);
}

function saysTheDefault({ command, values, negated }: StoredLine): boolean {
  const { form, key = [], initial, initials = [], off = [] } = command;
  const names = Object.keys(values);
  const isSaidBy = (expected: Values, except: readonly string[] = []): boolean =>
    names.every((name) => except.includes(name) || valueText(form, name, values) === valueText(form, name, expected));
  const isOneOf = (expected: Values): boolean =>
    key.every((name) => valueText(form, name, values) === valueText(form, name, expected));
  if (negated) return off.some((expected) => isOneOf(expected) && isSaidBy(expected));
  // What tells the line from others of its command counts for nothing where there is one default for all of them.
  return (initial !== undefined && isSaidBy(initial, key)) || initials.some((expected) => isSaidBy(expected));
}

/** Where lines of one command that have defaults stand among each other, typed or not; those without come behind them. */
export function placeOfDefault({ command, values }: StoredLine): number {
  const { form, key = [], initials = [], off = [] } = command;
  if (initials.length + off.length === 0) return 0;
  const all = [...initials, ...off];
  const place = all.findIndex((each) =>
    key.every((name) => valueText(form, name, values) === valueText(form, name, each)),
  );
  return place < 0 ? all.length : place;
}

/** A command's default is what holds there when nothing is typed. */
function holdsBelow(parent: StoredLine | undefined, command: ConfigCommand): boolean {
  if (parent === undefined) return true;
  if (command.initialBelow?.(parent.values) === false) return false;
  const other = command.initialUnless;
  if (other !== undefined && parent.children.some((line) => line.command === other)) return false;
  const above = command.initialUnlessAbove;
  if (above !== undefined && !parent.top.of(above).every(isQuiet)) return false;
  const source = command.inheritsFrom;
  if (source === undefined || parent.command === source) return true;
  return parent.top
    .of(source)
    .every(({ children }) => children.every((line) => line.command !== command || isQuiet(line)));
}

/** A copy of the store with the defaults put in. */
export function withDefaults(
  store: ConfigStore,
  { config, globalMode }: { readonly config: readonly ConfigCommand[]; readonly globalMode: Mode },
): ConfigStore {
  const copy = store.clone();
  const defaults = config.filter((command) => initialsOf(command).length > 0 || (command.off ?? []).length > 0);
  const global = (scope: ConfigCommand["scope"]): ConfigCommand[] =>
    defaults.filter((command) => command.mode === globalMode && (command.scope ?? "chassis") === scope);
  for (const [tree, scope] of [
    [copy.chassis, "chassis"] as const,
    ...[...copy.routers.values()].map((tree) => [tree, "virtualRouter"] as const),
  ]) {
    for (const line of tree.lines) fill(tree, line, defaults);
    for (const command of global(scope)) add(tree, undefined, command);
  }
  return copy;
}

/** The whole lines that a command declares for a place where nobody typed them. */
function initialsOf({ kind, key = [], initial, initials = [], form }: ConfigCommand): readonly Values[] {
  const single = key.length === 0 && initial !== undefined ? [initial] : [];
  return kind === "setting" ? [...single, ...initials].filter((values) => isWhole(form, values)) : [];
}

function fill(tree: ConfigTree, parent: StoredLine, defaults: readonly ConfigCommand[]): void {
  if (parent.command.kind !== "opener") return;
  const { opens } = parent.command;
  for (const line of parent.children) fill(tree, line, defaults);
  for (const command of defaults) if (isTypedIn(command, opens)) add(tree, parent, command);
}

function add(tree: ConfigTree, parent: StoredLine | undefined, command: ConfigCommand): void {
  if (!holdsBelow(parent, command)) return;
  for (const [all, negated] of [
    [initialsOf(command), false],
    [command.off ?? [], true],
  ] as const) {
    for (const values of all) {
      const known = tree.line(parent, command, values);
      // A line may say a part of it and mean all.
      if (known === undefined || (known.negated === negated && isQuiet(known)))
        tree.put(parent, command, values, negated);
    }
  }
}
