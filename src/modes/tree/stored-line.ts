/**
 * Lines of a configuration in the order they were typed, found by command and key without looking at the others: a chassis
 * may hold thousands of users.
 */

import type { ConfigCommand, LineWatch } from "../../grammar/declaration.ts";
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
    this.#among.restated(this);
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

export class Lines {
  readonly owner: StoredLine | undefined;
  readonly #byCommand = new Map<ConfigCommand, Map<string, StoredLine>>();
  readonly #said = new Map<ConfigCommand, Values[]>();
  #all: readonly StoredLine[] | undefined;
  #watches: Map<LineWatch, Set<StoredLine>> | undefined;
  #next = 0;

  /** Those below a line, or at the top. */
  constructor(owner?: StoredLine) {
    this.owner = owner;
  }

  get all(): readonly StoredLine[] {
    this.#all ??= [...this.#byCommand.values()]
      .flatMap((lines) => [...lines.values()])
      .sort((a, b) => a.place - b.place);
    return this.#all;
  }

  get isEmpty(): boolean {
    return [...this.#byCommand.values()].every((lines) => lines.size === 0);
  }

  of(command: ConfigCommand): readonly StoredLine[] {
    return [...(this.#byCommand.get(command)?.values() ?? [])];
  }

  /**
   * What the lines of a command say, in the order they were typed. The array is the same one and only grows until a line is
   * changed or goes, so that who keeps an index of it need not look at all of it for every line of a long list.
   */
  said(command: ConfigCommand): readonly Values[] {
    const said = this.#said.get(command) ?? this.of(command).map((line) => line.values);
    this.#said.set(command, said);
    return said;
  }

  /** A line says something else now. */
  restated(line: StoredLine): void {
    this.#said.delete(line.command);
    this.changed(line);
  }

  /** A line came, went or changed, or something below it did. */
  changed(line: StoredLine): void {
    // What was made of these lines is not made of them any more: the array is what tells.
    this.#all = undefined;
    this.owner?.changedBelow();
    for (const [{ commands }, changed] of this.#watches ?? NONE) if (commands.includes(line.command)) changed.add(line);
  }

  /** Those that changed since the watch asked last. */
  changesFor(watch: LineWatch): readonly StoredLine[] {
    this.#watches ??= new Map();
    const changed = this.#watches.get(watch) ?? watch.commands.flatMap((command) => this.of(command));
    this.#watches.set(watch, new Set());
    return [...changed];
  }

  /** The line that a line of this command with these values would take the place of. */
  find(command: ConfigCommand, values: Values): StoredLine | undefined {
    return this.#byCommand.get(command)?.get(keyOf(command, values));
  }

  /** Lines of a command among which are all that agree with these values: one, where they tell which. */
  keyed(command: ConfigCommand, values: Values): readonly StoredLine[] {
    const names: readonly string[] = command.key ?? [];
    if (names.some((name) => values[name] === undefined)) return this.of(command);
    const found = this.find(command, values);
    return found === undefined ? NONE : [found];
  }

  has(line: StoredLine): boolean {
    return this.#byCommand.get(line.command)?.get(line.key) === line;
  }

  add(command: ConfigCommand, values: Values, negated: boolean): StoredLine {
    return this.#insert(new StoredLine({ command, values, negated }, this.#next, this));
  }

  #insert(line: StoredLine): StoredLine {
    const { command } = line;
    line.place = this.#next;
    this.#next += 1;
    const same = this.#byCommand.get(command) ?? new Map<string, StoredLine>();
    this.#byCommand.set(command, same.set(line.key, line));
    this.#said.get(command)?.push(line.values);
    this.changed(line);
    return line;
  }

  delete(line: StoredLine): void {
    this.#byCommand.get(line.command)?.delete(line.key);
    this.#said.delete(line.command);
    this.changed(line);
  }

  /** Says what the other says, in its order. Lines that both have stay the same objects: someone may stand in one. */
  become(other: Lines): void {
    const before = new Map(this.#byCommand);
    for (const line of this.all) this.changed(line);
    this.#byCommand.clear();
    this.#said.clear();
    for (const theirs of other.all) {
      const { command, key, values, negated } = theirs;
      const line = this.#insert(
        before.get(command)?.get(key) ?? new StoredLine({ command, values, negated }, this.#next, this),
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
  return command.key === undefined ? "" : keyTexts(command.key, command.form, values).join("\0");
}

function keyTexts(names: readonly string[], form: readonly Element[], values: Values): string[] {
  return names.map((name) => valueText(form, name, values));
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
