/**
 * One configuration as it was typed: lines with their children. A line replaces the one with the same command and key; the
 * values are kept as typed, so that what is printed is what was said.
 */

import type {
  ChangedLines,
  ConfigCommand,
  ConfigNode,
  ConfigReader,
  LineWatch,
  Opener,
  Setting,
  Siblings,
} from "../../grammar/declaration.ts";
import type { Element, Values, ValuesOf } from "../../grammar/elements.ts";
import { saidAgain } from "./said-again.ts";
import { Lines, meaningOf, StoredLine, valueText } from "./stored-line.ts";

/** What storing a line came to. */
export interface Put {
  readonly line: StoredLine;
  /** False when the same was there already. */
  readonly changed: boolean;
}

export class ConfigTree implements ConfigReader {
  readonly #top = new Lines();

  get lines(): readonly StoredLine[] {
    return this.#top.all;
  }

  /** Stores a line below `parent` (absent = at the top); a line with the same key is replaced in its place. */
  put(parent: StoredLine | undefined, command: ConfigCommand, values: Values, negated: boolean): Put {
    const siblings = parent?.below ?? this.#top;
    const known = siblings.find(command, values);
    if (known === undefined) return { line: siblings.add(command, values, negated), changed: true };
    const said = command.kind === "opener" ? saidAgain(command.form, known.values, values) : values;
    const changed = meaningOf({ command, values: said, negated }) !== known.meaning;
    if (changed) known.restate(said, negated);
    return { line: known, changed };
  }

  /** The line that a line of this command with these values would take the place of. */
  line(parent: StoredLine | undefined, command: ConfigCommand, values: Values): StoredLine | undefined {
    return (parent?.below ?? this.#top).find(command, values);
  }

  /** The lines of a command below `parent`. */
  of(parent: StoredLine | undefined, command: ConfigCommand): readonly StoredLine[] {
    return (parent?.below ?? this.#top).of(command);
  }

  /** The same line said in another way, as with a password that is hidden: what tells it from others stays. */
  revalue(line: StoredLine, values: Values): void {
    line.restate(values, line.negated);
  }

  /**
   * Removes the lines of a command that agree with every given value; tells how many there were. A line that was kept as `no …`
   * may have been kept without its values: what it does not say agrees.
   */
  remove(parent: StoredLine | undefined, command: ConfigCommand, values: Values): number {
    const siblings = parent?.below ?? this.#top;
    const names = Object.keys(values);
    const text = (name: string, of: Values): string => valueText(command.form, name, of);
    const given = names.map((name) => [name, text(name, values)] as const);
    const agrees = (line: StoredLine, name: string, said: string): boolean =>
      text(name, line.values) === said ||
      (line.negated && line.values[name] === undefined && command.key?.includes(name) !== true);
    const removed = siblings
      .agreeing(command, values)
      .filter((line) => given.every(([name, said]) => agrees(line, name, said)));
    for (const line of removed) siblings.delete(line);
    return removed.length;
  }

  /** What the line of a command below `parent` says, or the first of them. */
  said(parent: StoredLine | undefined, command: ConfigCommand): Values | undefined {
    return (parent?.below ?? this.#top).said(command);
  }

  /** All lines below `parent`, for who keeps an index of some of them. */
  below(parent: StoredLine | undefined): Siblings {
    return parent?.below ?? this.#top;
  }

  all<Form extends readonly Element[]>(command: Setting<Form> | Opener<Form>): readonly ConfigNode<Form>[] {
    return nodesOf(this.#top.of(command), command);
  }

  find<Form extends readonly Element[]>(
    command: Setting<Form> | Opener<Form>,
    key: Partial<ValuesOf<Form>>,
    below?: ConfigNode,
  ): ConfigNode<Form> | undefined {
    const found = (below instanceof StoredLine ? below.below : this.#top).find(command, key);
    return found === undefined ? undefined : nodesOf([found], command)[0];
  }

  under<Form extends readonly Element[]>(
    node: ConfigNode,
    command: Setting<Form> | Opener<Form>,
  ): readonly ConfigNode<Form>[] {
    return nodesOf(node.children, command);
  }

  changesFor(watch: LineWatch): ChangedLines {
    return this.#top.changesFor(watch);
  }

  /** Says what the other tree says. */
  become(other: ConfigTree): void {
    this.#top.become(other.#top);
  }

  clone(): ConfigTree {
    const copy = new ConfigTree();
    this.#top.copyTo(copy.#top);
    return copy;
  }
}

/** The nodes of a command, with the values that its form reads. */
function nodesOf<Form extends readonly Element[]>(
  nodes: readonly ConfigNode[],
  command: Setting<Form> | Opener<Form>,
): readonly ConfigNode<Form>[] {
  const isOf = (node: ConfigNode): node is ConfigNode & ConfigNode<Form> => Object.is(node.command, command);
  return nodes.filter(isOf);
}
