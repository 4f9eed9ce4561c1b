/**
 * One configuration as it was typed: lines with their children. A line replaces the one with the same command and key; the
 * values are kept as typed, so that what is printed is what was said.
 */

import type { ConfigCommand, ConfigNode, ConfigReader, Opener, Setting } from "../../grammar/declaration.ts";
import type { Element, Values } from "../../grammar/elements.ts";
import { renderForm, renderStart } from "../../grammar/render.ts";

/** A line in the store. Only `ConfigTree` changes it. */
export interface StoredLine {
  readonly command: ConfigCommand;
  values: Values;
  negated: boolean;
  children: StoredLine[];
}

/** What storing a line came to. */
export interface Put {
  readonly line: StoredLine;
  /** False when the same was there already. */
  readonly changed: boolean;
}

export class ConfigTree implements ConfigReader {
  lines: StoredLine[] = [];

  /** Stores a line below `parent` (absent = at the top); a line with the same key is replaced in its place. */
  put(parent: StoredLine | undefined, command: ConfigCommand, values: Values, negated: boolean): Put {
    const siblings = parent?.children ?? this.lines;
    const known = siblings.find((line) => line.command === command && sameKey(command, line.values, values));
    if (known !== undefined) {
      // A mode may be entered again by its name alone; what was said when it was made stands.
      const before = { ...known };
      known.values = command.kind === "opener" ? { ...known.values, ...values } : values;
      known.negated = negated;
      return { line: known, changed: !sameLine(before, known) };
    }
    const line: StoredLine = { command, values, negated, children: [] };
    siblings.push(line);
    return { line, changed: true };
  }

  /** Removes the lines of a command that agree with every given value; tells how many there were. */
  remove(parent: StoredLine | undefined, command: ConfigCommand, values: Values): number {
    const siblings = parent?.children ?? this.lines;
    const names = Object.keys(values);
    const kept = siblings.filter(
      (line) => line.command !== command || !names.every((name) => same(command, name, line.values, values)),
    );
    const removed = siblings.length - kept.length;
    if (parent === undefined) this.lines = kept;
    else parent.children = kept;
    return removed;
  }

  /** Whether each of these lines, outermost first, still stands below the one before it. */
  holds(path: readonly StoredLine[]): boolean {
    let siblings: readonly StoredLine[] = this.lines;
    for (const line of path) {
      if (!siblings.includes(line)) return false;
      siblings = line.children;
    }
    return true;
  }

  all<Form extends readonly Element[]>(command: Setting<Form> | Opener<Form>): readonly ConfigNode<Form>[] {
    return linesOf(this.lines, command);
  }

  under<Form extends readonly Element[]>(
    node: Pick<ConfigNode, "children">,
    command: Setting<Form> | Opener<Form>,
  ): readonly ConfigNode<Form>[] {
    return linesOf(node.children, command);
  }

  clone(): ConfigTree {
    const copy = new ConfigTree();
    copy.lines = cloneLines(this.lines);
    return copy;
  }
}

function linesOf<Form extends readonly Element[]>(
  lines: readonly ConfigNode[],
  command: Setting<Form> | Opener<Form>,
): readonly ConfigNode<Form>[] {
  const isOf = (line: ConfigNode): line is ConfigNode & ConfigNode<Form> => Object.is(line.command, command);
  return lines.filter(isOf);
}

function cloneLines(lines: readonly StoredLine[]): StoredLine[] {
  return lines.map((line) => ({ ...line, children: cloneLines(line.children) }));
}

/** The line with all that it says, also what the box would not print. */
export function meaningOf({ command, values, negated }: StoredLine): string {
  return negated ? `no ${renderStart(command.form, values)}` : renderForm(command.form, values);
}

function sameLine(a: StoredLine, b: StoredLine): boolean {
  return meaningOf(a) === meaningOf(b);
}

function sameKey(command: ConfigCommand, a: Values, b: Values): boolean {
  const key: readonly string[] = command.key ?? [];
  return key.every((name) => same(command, name, a, b));
}

/** Two values of one argument are the same when they print the same. */
function same(command: ConfigCommand, name: string, a: Values, b: Values): boolean {
  if (a[name] === b[name]) return true;
  if (a[name] === undefined || b[name] === undefined) return false;
  return printed(command.form, name, a) === printed(command.form, name, b);
}

function printed(form: readonly Element[], name: string, values: Values): string {
  for (const element of form) {
    if ((element.kind === "argument" || element.kind === "pick" || element.kind === "many") && element.name === name) {
      return renderForm([element], values);
    }
    const inner = element.kind === "optional" ? [element.elements] : element.kind === "oneOf" ? element.branches : [];
    for (const elements of inner) {
      const text = printed(elements, name, values);
      if (text !== "") return text;
    }
  }
  return "";
}
