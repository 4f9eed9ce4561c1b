/**
 * What must change for one configuration to say what another says: line by line, matched by command and key, whatever the
 * order of typing. Two views of it: `+` and `-` lines in their context, and the commands that lead from one to the other.
 */

import { Bug } from "../../engine/kernel/errors.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { ConfigCommand } from "../../grammar/declaration.ts";
import { valueNames } from "../../grammar/elements.ts";
import { renderStart } from "../../grammar/render.ts";
import type { ConfigStore } from "./config-store.ts";
import { lineText } from "./render-tree.ts";
import type { StoredLine } from "./stored-line.ts";

/** A line that one side has, or both say differently, or below which something differs. */
interface Change {
  readonly before: StoredLine | undefined;
  readonly after: StoredLine | undefined;
  readonly below: readonly Change[];
}

/** The lines of one virtual router, or of the chassis itself (`undefined`). */
interface Part {
  readonly router: string | undefined;
  readonly gone: boolean;
  readonly isNew: boolean;
  readonly changes: readonly Change[];
}

export interface Difference {
  readonly isEmpty: boolean;
  /** `+` before what only the second has, `-` before what only the first has, indented below the lines they belong to. */
  readonly contextual: readonly string[];
  /** What turns the first into the second when typed in global configuration. */
  readonly commands: readonly string[];
}

/** Commands in the order in which the dialect prints their sections and lines. */
export interface PrintingOrder {
  readonly sections: readonly string[];
  readonly config: readonly ConfigCommand[];
}

export function differenceBetween(before: ConfigStore, after: ConfigStore, order: PrintingOrder): Difference {
  const parts = partsOf(before, after, orderOf(order));
  return {
    isEmpty: parts.length === 0,
    contextual: parts.flatMap(contextual),
    commands: parts.flatMap(commands),
  };
}

type Order = (a: StoredLine, b: StoredLine) => number;

function orderOf({ sections, config }: PrintingOrder): Order {
  const place = new Map(sections.map((section, index) => [section, index]));
  const among = new Map(config.map((command, index) => [command, index]));
  const section = ({ command }: StoredLine): number => place.get(command.section ?? "") ?? sections.length;
  const command = (line: StoredLine): number => among.get(line.command) ?? config.length;
  return (a, b) => section(a) - section(b) || command(a) - command(b);
}

function partsOf(before: ConfigStore, after: ConfigStore, order: Order): Part[] {
  const chassis: Part = {
    router: undefined,
    gone: false,
    isNew: false,
    changes: changesBetween(before.chassis.lines, after.chassis.lines, order),
  };
  const names = new Set([...before.routers.keys(), ...after.routers.keys()]);
  const routers = [...names].map((router): Part => {
    const [old, now] = [before.routers.get(router), after.routers.get(router)];
    // The default router is always there.
    const counts = router !== DEFAULT_ROUTER;
    return {
      router,
      gone: counts && now === undefined,
      isNew: counts && old === undefined,
      changes: changesBetween(old?.lines ?? [], now?.lines ?? [], order),
    };
  });
  return [chassis, ...routers].filter(({ gone, isNew, changes }) => gone || isNew || changes.length > 0);
}

function changesBetween(before: readonly StoredLine[], after: readonly StoredLine[], order: Order): Change[] {
  const old = new Said(before);
  const now = new Said(after);
  const changes: Change[] = [];
  for (const line of old.lines) {
    const other = now.find(line);
    const below = changesBetween(line.children, other?.children ?? [], order);
    if (other === undefined || lineText(line) !== lineText(other) || below.length > 0) {
      changes.push({ before: line, after: other, below });
    }
  }
  for (const line of now.lines) {
    if (old.find(line) !== undefined) continue;
    changes.push({ before: undefined, after: line, below: changesBetween([], line.children, order) });
  }
  changes.push(...changesInOrder(before, after));
  // What a changed line displaces is said again behind it.
  const displaced = new Set(
    changes.flatMap((change) => lineOf(change).command.displaces?.commands(change.after?.negated === false) ?? []),
  );
  for (const line of displaced.size === 0 ? [] : now.lines) {
    if (!displaced.has(line.command) || changes.some((change) => change.after === line)) continue;
    changes.push({ before: old.find(line), after: line, below: [] });
  }
  return changes.sort((a, b) => order(lineOf(a), lineOf(b)));
}

/** Where order counts, lines go from the first one that differs, and come again behind what stays. */
function changesInOrder(before: readonly StoredLine[], after: readonly StoredLine[]): Change[] {
  const commands = new Set(
    [...before, ...after].map(({ command }) => command).filter(({ ordered }) => ordered === true),
  );
  return [...commands].flatMap((command) => {
    const [old, now] = [inOrder(before, command), inOrder(after, command)];
    let same = 0;
    while (same < old.length && same < now.length && textOf(old[same]) === textOf(now[same])) same += 1;
    return [
      ...old.slice(same).map((line): Change => ({ before: line, after: undefined, below: [] })),
      ...now.slice(same).map((line): Change => ({ before: undefined, after: line, below: [] })),
    ];
  });
}

function inOrder(lines: readonly StoredLine[], command: ConfigCommand): StoredLine[] {
  const rank = (line: StoredLine): number => command.rank?.(line.values) ?? 0;
  return lines.filter((line) => line.command === command).sort((a, b) => rank(a) - rank(b));
}

function textOf(line: StoredLine | undefined): string | undefined {
  return line === undefined ? undefined : lineText(line);
}

/** Lines that print something and may stand in any order, found by command and key. */
class Said {
  readonly lines: readonly StoredLine[];
  readonly #index = new Map<ConfigCommand, Map<string, StoredLine>>();

  constructor(lines: readonly StoredLine[]) {
    this.lines = lines.filter((line) => line.command.ordered !== true && lineText(line) !== undefined);
    for (const line of this.lines) {
      const same = this.#index.get(line.command) ?? new Map<string, StoredLine>();
      this.#index.set(line.command, same.set(line.key, line));
    }
  }

  find({ command, key }: StoredLine): StoredLine | undefined {
    return this.#index.get(command)?.get(key);
  }
}

function lineOf({ before, after }: Change): StoredLine {
  const line = after ?? before;
  if (line === undefined) throw new Bug("a change of no line");
  return line;
}

/** A banner prints several lines. */
function textLines(line: StoredLine): string[] {
  return (lineText(line) ?? "").split("\n");
}

function isSame({ before, after }: Change): boolean {
  return before !== undefined && after !== undefined && lineText(before) === lineText(after);
}

function contextual({ router, gone, isNew, changes }: Part): string[] {
  const lines = changes.flatMap((change) => contextualLines(change, ""));
  if (router === undefined) return lines;
  return [`${gone ? "-" : isNew ? "+" : ""}virtual-router ${router}`, ...lines];
}

function contextualLines(change: Change, indent: string): string[] {
  const below = (sign: "+" | "-" | undefined): string[] =>
    change.below
      .filter(({ before, after }) => sign === undefined || (sign === "+" ? after : before) !== undefined)
      .flatMap((each) => contextualLines(each, `${indent} `));
  if (isSame(change)) return [`${indent}${lineText(lineOf(change))}`, ...below(undefined)];
  const signed = (sign: "+" | "-", line: StoredLine | undefined): string[] =>
    line === undefined ? [] : [...textLines(line).map((text) => `${indent}${sign}${text}`), ...below(sign)];
  return [...signed("+", change.after), ...signed("-", change.before)];
}

function commands({ router, gone, changes }: Part): string[] {
  if (router === undefined) return commandLines(changes, "");
  return gone ? [`no virtual-router ${router}`] : [`virtual-router ${router}`, ...commandLines(changes, "")];
}

/** First what goes, the last first, as what uses another stands behind it; then what comes: a name may be taken over. */
function commandLines(changes: readonly Change[], indent: string): string[] {
  const gone = [...changes].reverse().flatMap(({ before, after, below }) => {
    const goes = before !== undefined && (after === undefined || isReplaced({ before, after, below }));
    return goes ? [`${indent}${removalOf(before)}`] : [];
  });
  const come = changes.flatMap((change) => {
    const { after } = change;
    if (after === undefined) return [];
    const whole = isReplaced(change);
    const below = whole ? changesBetween([], after.children, () => 0) : change.below;
    return [...textLines(after).map((text) => indent + text), ...commandLines(below, `${indent} `)];
  });
  return [...gone, ...come];
}

/** A line that opens a mode keeps what it once said when it is typed again with less: it must go before it comes. Some others refuse. */
function isReplaced(change: Change): boolean {
  const command = change.before?.command;
  return (command?.kind === "opener" || command?.mustGoFirst === true) && change.after !== undefined && !isSame(change);
}

/** What takes a line away: with all that it says, so that it can mean no other line; secrets only where it must. */
function removalOf({ command, values: typed }: StoredLine): string {
  // What stands on more than one line is named by its key alone.
  const values =
    command.block === undefined ? typed : Object.fromEntries((command.key ?? []).map((name) => [name, typed[name]]));
  const word = command.negation === "stored" ? "default" : "no";
  const form = command.noForm ?? command.form;
  const names = Object.keys(values);
  const open = names.filter((name) => !(values[name] instanceof Secret));
  const start = (said: readonly string[]) =>
    renderStart(form, Object.fromEntries(said.map((name) => [name, values[name]])));
  const secret = form.findIndex((element) => valueNames([element]).some((name) => values[name] instanceof Secret));
  const before = secret < 0 ? names : valueNames(form.slice(0, secret));
  const isNamed = (name: string): boolean => before.includes(name) && values[name] !== undefined;
  const isEnough = secret !== 0 && (command.key ?? []).every(isNamed);
  return `${word} ${start(isEnough ? open.filter((name) => before.includes(name)) : names)}`;
}
