/**
 * Lines of a configuration in the order they were typed, found by command and key without looking at the others: a chassis
 * may hold thousands of users.
 */

import type { ChangedLines, ConfigCommand, LineWatch, Siblings } from "../../grammar/declaration.ts";
import type { Element, Values } from "../../grammar/elements.ts";
import { renderForm, renderStart } from "../../grammar/render.ts";

/** A line in the store. Only `ConfigTree` changes it. */
export class StoredLine {
  readonly command: ConfigCommand;
  readonly key: string;
  /** Lines stand in the order of these numbers. */
  place: number;
  readonly #among: Lines;
  #values: Values;
  #negated: boolean;
  /** Most lines have none: they are as many as the lines of the configuration. */
  #below: Lines | undefined;

  constructor(
    {
      command,
      values,
      negated,
    }: { readonly command: ConfigCommand; readonly values: Values; readonly negated: boolean },
    place: number,
    among: Lines,
  ) {
    this.command = command;
    this.key = keyOf(command, values);
    this.place = place;
    this.#values = values;
    this.#negated = negated;
    this.#among = among;
  }

  get values(): Values {
    return this.#values;
  }

  get negated(): boolean {
    return this.#negated;
  }

  /** It says this from now on, which is of the same key. */
  restate(values: Values, negated: boolean): void {
    this.#values = values;
    this.#negated = negated;
    this.#among.changed(this);
  }

  /** Something below it changed. */
  changedBelow(): void {
    this.#among.changed(this);
  }

  /** The line that it stands below; `undefined` at the top. */
  get parent(): StoredLine | undefined {
    return this.#among.owner;
  }

  get children(): readonly StoredLine[] {
    return this.#below?.all ?? NONE;
  }

  /** The lines below it, to put others there. */
  get below(): Lines {
    this.#below ??= new Lines(this);
    return this.#below;
  }

  /** The lines at the top of its configuration. */
  get top(): Lines {
    return this.parent?.top ?? this.#among;
  }

  /** It is still among the lines that it was put among. */
  get stands(): boolean {
    return this.#among.has(this);
  }

  get meaning(): string {
    return meaningOf(this);
  }
}

/** A line with all that it says, also what the box would not print. */
export function meaningOf({
  command: { form, block, print },
  values,
  negated,
}: Pick<StoredLine, "command" | "values" | "negated">): string {
  if (block !== undefined && !negated) return print?.(values) ?? renderForm(form, values);
  return negated ? `no ${renderStart(form, values)}` : renderForm(form, values);
}

const NONE: readonly never[] = [];

/** The lines of one command in one place. */
class Kin {
  readonly byKey = new Map<string, StoredLine>();
  readonly #names: readonly string[];
  /** By parts of the key that somebody asked for, as the first three values of an address, a mask and a neighbour. */
  #byPart: Map<string, { readonly names: readonly string[]; readonly lines: Map<string, Set<StoredLine>> }> | undefined;

  constructor(command: ConfigCommand) {
    this.#names = command.key ?? [];
  }

  /** Those among which are all that agree with these values. */
  *agreeing(command: ConfigCommand, values: Values): Iterable<StoredLine> {
    const names = this.#names.filter((name) => name in values);
    if (names.length === 0) return yield* this.byKey.values();
    if (names.length < this.#names.length) return yield* this.#part(names).get(textOf(command, names, values)) ?? NONE;
    const found = this.byKey.get(textOf(command, names, values));
    if (found !== undefined) yield found;
  }

  add(line: StoredLine): void {
    this.byKey.set(line.key, line);
    for (const { names, lines } of this.#byPart?.values() ?? NONE) addTo(lines, names, line);
  }

  delete(line: StoredLine): void {
    this.byKey.delete(line.key);
    for (const { names, lines } of this.#byPart?.values() ?? NONE) {
      const text = textOf(line.command, names, line.values);
      const alike = lines.get(text);
      alike?.delete(line);
      if (alike?.size === 0) lines.delete(text);
    }
  }

  #part(names: readonly string[]): ReadonlyMap<string, ReadonlySet<StoredLine>> {
    this.#byPart ??= new Map();
    const known = this.#byPart.get(names.join());
    if (known !== undefined) return known.lines;
    const lines = new Map<string, Set<StoredLine>>();
    for (const line of this.byKey.values()) addTo(lines, names, line);
    this.#byPart.set(names.join(), { names, lines });
    return lines;
  }
}

function addTo(lines: Map<string, Set<StoredLine>>, names: readonly string[], line: StoredLine): void {
  const text = textOf(line.command, names, line.values);
  lines.set(text, (lines.get(text) ?? new Set()).add(line));
}

export class Lines implements Siblings {
  readonly owner: StoredLine | undefined;
  readonly #byCommand = new Map<ConfigCommand, Kin>();
  #all: readonly StoredLine[] | undefined;
  #watches: Map<LineWatch, Set<StoredLine>> | undefined;
  #next = 0;

  /** Those below a line, or at the top. */
  constructor(owner?: StoredLine) {
    this.owner = owner;
  }

  get all(): readonly StoredLine[] {
    this.#all ??= [...this.#byCommand.values()]
      .flatMap((lines) => [...lines.byKey.values()])
      .sort((a, b) => a.place - b.place);
    return this.#all;
  }

  get isEmpty(): boolean {
    return [...this.#byCommand.values()].every((lines) => lines.byKey.size === 0);
  }

  of(command: ConfigCommand): readonly StoredLine[] {
    return [...(this.#byCommand.get(command)?.byKey.values() ?? NONE)];
  }

  /** What the line of a command says, or the first of them. */
  said(command: ConfigCommand): Values | undefined {
    const [first] = this.#byCommand.get(command)?.byKey.values() ?? NONE;
    return first?.values;
  }

  /** A line came, went or changed, or something below it did. */
  changed(line: StoredLine): void {
    // What was made of these lines is not made of them any more: the array is what tells.
    this.#all = undefined;
    this.owner?.changedBelow();
    for (const [{ commands }, changed] of this.#watches ?? NONE) if (commands.includes(line.command)) changed.add(line);
  }

  changesFor(watch: LineWatch): ChangedLines {
    this.#watches ??= new Map();
    const changed = [...(this.#watches.get(watch) ?? watch.commands.flatMap((command) => this.of(command)))];
    this.#watches.set(watch, new Set());
    return { there: changed.filter((line) => line.stands), gone: changed.filter((line) => !line.stands) };
  }

  /** The line that a line of this command with these values would take the place of. */
  find(command: ConfigCommand, values: Values): StoredLine | undefined {
    return this.#byCommand.get(command)?.byKey.get(keyOf(command, values));
  }

  /** Lines of a command among which are all that agree with these values: no others than those with their part of the key. */
  agreeing(command: ConfigCommand, values: Values): readonly StoredLine[] {
    return [...(this.#byCommand.get(command)?.agreeing(command, values) ?? NONE)];
  }

  has(line: StoredLine): boolean {
    return this.#byCommand.get(line.command)?.byKey.get(line.key) === line;
  }

  add(command: ConfigCommand, values: Values, negated: boolean): StoredLine {
    return this.#insert(new StoredLine({ command, values, negated }, this.#next, this));
  }

  #insert(line: StoredLine): StoredLine {
    const { command } = line;
    line.place = this.#next;
    this.#next += 1;
    const same = this.#byCommand.get(command) ?? new Kin(command);
    this.#byCommand.set(command, same);
    same.add(line);
    this.changed(line);
    return line;
  }

  delete(line: StoredLine): void {
    this.#byCommand.get(line.command)?.delete(line);
    this.changed(line);
  }

  /** Says what the other says, in its order. Lines that both have stay the same objects: someone may stand in one. */
  become(other: Lines): void {
    const before = new Map(this.#byCommand);
    for (const line of this.all) this.changed(line);
    this.#byCommand.clear();
    for (const theirs of other.all) {
      const { command, key, values, negated } = theirs;
      const line = this.#insert(
        before.get(command)?.byKey.get(key) ?? new StoredLine({ command, values, negated }, this.#next, this),
      );
      line.restate(values, negated);
      if (line.children.length + theirs.children.length > 0) line.below.become(theirs.below);
    }
    this.#all = undefined;
  }

  copyTo(other: Lines): void {
    for (const line of this.all) {
      const copy = other.add(line.command, line.values, line.negated);
      if (line.children.length > 0) line.below.copyTo(copy.below);
    }
  }
}

/** What tells lines of one command apart. */
function keyOf(command: ConfigCommand, values: Values): string {
  return command.key === undefined ? "" : textOf(command, command.key, values);
}

function textOf({ form }: ConfigCommand, names: readonly string[], values: Values): string {
  return names.map((name) => valueText(form, name, values)).join("\0");
}

/** A value as text: values that print the same are the same. */
export function valueText(form: readonly Element[], name: string, values: Values): string {
  const value = values[name];
  if (value === undefined) return "\u0001";
  return typeof value === "object" ? printed(form, name, values) : String(value);
}

function printed(form: readonly Element[], name: string, values: Values): string {
  for (const element of form) {
    if ((element.kind === "argument" || element.kind === "many") && element.name === name) {
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
