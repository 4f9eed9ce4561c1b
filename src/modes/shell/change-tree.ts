/** What a line of configuration that was understood does to the tree it belongs to. */

import type { ConfigCommand, Instead, LineOf, Opener } from "../../grammar/declaration.ts";
import type { Values } from "../../grammar/elements.ts";
import type { Manner } from "../../grammar/mode-grammar.ts";
import type { ConfigTree } from "../tree/config-tree.ts";
import type { StoredLine } from "../tree/stored-line.ts";
import type { AnyCommand } from "./grammars.ts";
import type { LineResult } from "./line-result.ts";
import type { Level } from "./read-line.ts";

interface Understood {
  readonly command: ConfigCommand;
  readonly also: readonly AnyCommand[];
  readonly values: Values;
  readonly manner: Manner;
}

interface TreeChange extends Pick<LineResult, "changed" | "stored"> {
  /** What the box says of lines that went by it. */
  readonly said?: readonly string[];
  /** The mode that the line opened. */
  readonly entered?: Level;
}

export function changeTree(tree: ConfigTree, level: Level, understood: Understood): TreeChange {
  const { command, values, manner } = understood;
  if (command.instead !== undefined) {
    const instead = command.instead(values, tree);
    return instead === undefined ? { changed: false } : changeInstead(tree, command, instead, manner);
  }
  const { line, others = [] } = level.opened ?? {};
  const first = changeBelow(tree, line, understood);
  const beside = others.map((other) => changeBelow(tree, other, understood));
  const changed = first.changed || beside.some((other) => other.changed);
  const said = [first, ...beside].flatMap((change) => change.said ?? []);
  if (manner !== "plain" || command.kind !== "opener" || first.stored === undefined) return { ...first, changed, said };
  return { ...first, changed, said, entered: levelOf(tree, command, first.stored) };
}

function levelOf(tree: ConfigTree, { opens }: Opener, line: StoredLine, others: readonly StoredLine[] = []): Level {
  return { mode: opens, opened: { line, tree, others } };
}

function changeBelow(
  tree: ConfigTree,
  parent: StoredLine | undefined,
  { command, also, values: typed, manner }: Omit<Understood, "also"> & Partial<Understood>,
): TreeChange {
  const { storedBeside, saidOff } = command;
  const says = storedBeside === undefined || tree.said(parent, storedBeside) !== undefined;
  const isOff = manner === "no" && command.negation === "stored" && says;
  const negated = isOff && saidOff === undefined;
  const kept = manner === "plain" || isOff;
  const said = isOff ? (saidOff ?? typed) : typed;
  const values = command.normal?.(said, tree.below(parent), negated, kept) ?? said;
  if (kept) {
    const { line, changed } = tree.put(parent, command, values, negated);
    const others = (also ?? []).flatMap((each) =>
      each.kind !== "exec" && each.family !== undefined && each.family === command.family
        ? [changeBelow(tree, parent, { command: each, values: typed, manner })]
        : [],
    );
    const news = changed ? displace(tree, parent, { command, values, kept: !negated }) : [];
    return { changed: changed || others.some((other) => other.changed), stored: line, said: news };
  }
  const meant = [command, ...(also ?? [])].filter((each) => each.kind !== "exec");
  const removals = meant.map((each) => {
    const whole = (each.displaces === undefined ? undefined : tree.said(parent, each)) ?? values;
    const changed = tree.remove(parent, each, each.saidOff === undefined ? values : {}) > 0;
    return { changed, said: changed ? displace(tree, parent, { command: each, values: whole, kept: false }) : [] };
  });
  return { changed: removals.some((each) => each.changed), said: removals.flatMap((each) => each.said) };
}

/** Takes away what cannot stay beside a line that came or went; what the box says of it. */
function displace(
  tree: ConfigTree,
  parent: StoredLine | undefined,
  { command, ...by }: { readonly command: ConfigCommand; readonly values: Values; readonly kept: boolean },
): string[] {
  const { displaces } = command;
  if (displaces === undefined) return [];
  return displaces.commands(by.kept).flatMap((other) => {
    const gone = tree.of(parent, other);
    if (gone.length === 0) return [];
    tree.remove(parent, other, {});
    return gone.flatMap((line) => displaces.say?.(line, parent, by) ?? []);
  });
}

function changeInstead(tree: ConfigTree, opener: ConfigCommand, instead: Instead, manner: Manner): TreeChange {
  switch (instead.kind) {
    case "spread": {
      const changes = instead.lines.map((line) =>
        changeBelow(tree, undefined, { ...line, values: manner === "plain" ? line.values : keyed(line), manner }),
      );
      const changed = changes.some((change) => change.changed);
      const [line, ...others] = changes.flatMap(({ stored }) => stored ?? []);
      if (line === undefined || opener.kind !== "opener") return { changed };
      return { changed, entered: levelOf(tree, opener, line, others) };
    }
    case "below":
      return changeOneBelow(tree, instead, manner);
    case "remove": {
      const { command, values } = instead.line;
      return { changed: manner === "plain" && tree.remove(undefined, command, values) > 0 };
    }
    case "rewrite":
      return manner === "plain" ? rewrite(tree, instead) : { changed: false };
  }
}

/** What tells the line from others: it is taken back whatever else it says. */
function keyed({ command: { key = [] }, values }: LineOf): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => key.includes(name)));
}

function changeOneBelow(
  tree: ConfigTree,
  { parent, line }: Extract<Instead, { readonly kind: "below" }>,
  manner: Manner,
): TreeChange {
  const whole = (): TreeChange => ({ changed: tree.remove(undefined, parent.command, parent.values) > 0 });
  if (line === undefined) return manner === "plain" ? { changed: false } : whole();
  const there = tree.line(undefined, parent.command, parent.values);
  if (manner !== "plain" && there === undefined) return { changed: false };
  const holder = there ?? tree.put(undefined, parent.command, parent.values, false).line;
  const { changed } = changeBelow(tree, holder, { ...line, manner });
  if (holder.below.isEmpty) whole();
  return { changed };
}

function rewrite(
  tree: ConfigTree,
  { parent, command, values }: Extract<Instead, { readonly kind: "rewrite" }>,
): TreeChange {
  const holder = tree.line(undefined, parent.command, parent.values);
  if (holder === undefined) return { changed: false };
  tree.remove(holder, command, {});
  for (const each of values) tree.put(holder, command, each, false);
  return { changed: true };
}

/** Why a line is refused for what it says, below any of the lines that it is said of. */
export function refusalOf(
  command: ConfigCommand,
  values: Values,
  { manner, tree, level: { opened } }: { readonly manner: Manner; readonly tree: ConfigTree; readonly level: Level },
): string | undefined {
  const refuses = manner === "plain" ? command.check : command.keeps;
  const parents = opened === undefined ? [undefined] : [opened.line, ...(opened.others ?? [])];
  for (const parent of parents) {
    const refusal = refuses?.call(command, values, tree, parent);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
