/**
 * All that can be typed in one place: commands as they are, and behind `no` or `default`. The tries grow as they are
 * used; the generated parser of a command is built on its first line.
 */

import { skipBlanks, wordEnd } from "./arguments.ts";
import { bind } from "./bind.ts";
import type { Element, Values } from "./elements.ts";
import {
  completeLine,
  END_OF_LINE,
  endOf,
  guided,
  type Help,
  type HelpRow,
  helpFor,
  type LiveNames,
  withWords,
} from "./help.ts";
import { type Nearest, nearestCommand } from "./nearest.ts";
import { CommandParser, parserOf } from "./parser.ts";
import type { HasForm } from "./positions.ts";
import { type ReadError, type ResolvedWord, resolve } from "./resolver.ts";
import { type TrieNode, trieOf } from "./trie.ts";

export interface Readable extends HasForm {
  /** What follows `no` when it is not the form or the start of it. */
  readonly noForm?: readonly Element[];
  /** Names of the values that tell two lines of this command apart. */
  readonly key?: readonly string[];
  /** Names of the values that are enough to take back every line that has them. */
  readonly group?: readonly string[];
  /** Fixed words that alone mean every command that says the same. */
  readonly family?: string;
}

/** How a line asks for its command. */
export type Manner = "plain" | "no" | "default";

export type ReadLine<Command> =
  | {
      readonly ok: true;
      readonly manner: Manner;
      readonly command: Command;
      readonly values: Values;
      /** Other commands that the line after `no` also means (`no ip address`). */
      readonly also: readonly Command[];
      /** The line as it was understood, word for word. */
      readonly words: readonly ResolvedWord[];
    }
  | { readonly ok: false; readonly error: ReadError };

/** No word of the line was shortened. */
export function isExact(read: { readonly words: readonly ResolvedWord[] }): boolean {
  return read.words.every(
    ({ type, label, text }) => type !== undefined || label === text || label.toLowerCase() === text.toLowerCase(),
  );
}

/** Why a line was not understood, for people who did not type it just now. */
export interface Explanation {
  /** The offset of the first character that nothing can be made of; the length of a line that lacks something. */
  readonly at: number;
  /** The words before belong to a known command and its value is at fault; else nobody knows such a command. */
  readonly wrong: boolean;
  /** Words and placeholders that could stand there, sorted. */
  readonly expected: readonly string[];
  readonly nearest: Nearest | undefined;
}

/** A command in one of the ways in which it can be typed here. */
interface FormOf<Command> extends HasForm {
  readonly command: Command;
}

/** All of a command's form, or what follows `no`: the form is not asked for before it is read. */
class WholeForm<Command extends Readable> implements FormOf<Command> {
  readonly command: Command;
  readonly #noForm: readonly Element[] | undefined;

  constructor(command: Command, { negated }: { readonly negated: boolean }) {
    this.command = command;
    this.#noForm = negated ? command.noForm : undefined;
  }

  get form(): readonly Element[] {
    return this.#noForm ?? this.command.form;
  }

  get front(): string | undefined {
    return this.#noForm === undefined ? this.command.front : undefined;
  }

  frontHelp(index: number): string | undefined {
    return this.#noForm === undefined ? this.command.frontHelp?.(index) : undefined;
  }
}

const NO_ROW: HelpRow = { word: "no", help: "Negate a command or set its defaults" };
const DEFAULT_ROW: HelpRow = { word: "default", help: "Set a command to its defaults" };

export class ModeGrammar<Command extends Readable> {
  readonly #plain: TrieNode<FormOf<Command>>;
  readonly #negatable: readonly FormOf<Command>[];
  #negatedRoot: TrieNode<FormOf<Command>> | undefined;

  constructor(
    commands: readonly Command[],
    options: {
      readonly negatable: readonly Command[];
      readonly validate?: boolean;
      /** What is left of a form that may not be typed whole; absent = all of it. */
      formsOf?(command: Command, form: readonly Element[]): readonly (readonly Element[])[];
    },
  ) {
    const ways = (command: Command, how: { readonly negated: boolean }): readonly FormOf<Command>[] => {
      const whole = new WholeForm(command, how);
      return options.formsOf?.(command, whole.form).map((form) => ({ command, form })) ?? [whole];
    };
    this.#plain = trieOf(commands.flatMap((command) => ways(command, { negated: false })));
    this.#negatable = options.negatable.flatMap((command) => ways(command, { negated: true }));
    if (options.validate !== true) return;
    for (const { form } of commands) new CommandParser(form, { anywhere: false, validate: true });
    for (const { form } of this.#negatable) new CommandParser(form, { anywhere: true, validate: true });
  }

  /** Absent where nothing can be negated: in exec. Made when it is first asked for; most modes never hear `no`. */
  get #negated(): TrieNode<FormOf<Command>> | undefined {
    if (this.#negatable.length > 0) this.#negatedRoot ??= trieOf(this.#negatable);
    return this.#negatedRoot;
  }

  read(line: string, at = 0): ReadLine<Command> {
    const { manner, start } = this.#manner(line, at);
    return manner === "plain" ? this.#readPlain(line, start) : this.#readNegated(line, start, manner);
  }

  help(before: string, at = 0, live?: LiveNames): Help {
    const { manner, start } = this.#manner(before, at);
    if (manner !== "plain" && this.#negated !== undefined) {
      const help = helpFor(this.#negated, before, start, live);
      // The start of a form is often enough, which no single command can tell.
      const isEnough =
        help.kind === "next" &&
        start < before.length &&
        /\s$/.test(before) &&
        this.#readNegated(before, start, manner).ok;
      if (!isEnough || help.rows.some(({ word }) => word === END_OF_LINE.word)) return help;
      return { kind: "next", rows: [...help.rows, END_OF_LINE] };
    }
    const help = helpFor(this.#plain, before, at, live);
    return this.#negated === undefined ? help : withWords(help, before.slice(at), [NO_ROW, DEFAULT_ROW]);
  }

  /** About a line that `read` refuses. */
  explain(line: string, at = 0): Explanation {
    const { manner, start } = this.#manner(line, at);
    if (manner === "plain" || this.#negated === undefined) return explainIn(this.#plain, line, start);
    const found = explainIn(this.#negated, line, start);
    const nearest = found.nearest && { ...found.nearest, text: `${manner} ${found.nearest.text}` };
    return { ...found, nearest };
  }

  complete(before: string, at = 0, live?: LiveNames): string | undefined {
    const { manner, start } = this.#manner(before, at);
    if (manner === "plain" || this.#negated === undefined) return completeLine(this.#plain, before, at, live);
    return completeLine(this.#negated, before, start, live);
  }

  #manner(line: string, at: number): { readonly manner: Manner; readonly start: number } {
    const first = skipBlanks(line, at);
    const end = wordEnd(line, first);
    const typed = line.slice(first, end).toLowerCase();
    if (this.#negated !== undefined && end < line.length) {
      if (typed === "no") return { manner: "no", start: skipBlanks(line, end) };
      if (typed.length >= 3 && "default".startsWith(typed)) return { manner: "default", start: skipBlanks(line, end) };
    }
    return { manner: "plain", start: at };
  }

  #readPlain(line: string, at: number): ReadLine<Command> {
    const resolved = resolve(this.#plain, line, at);
    if (!resolved.ok) return { ok: false, error: resolved.error };
    for (const { command, form } of resolved.node.complete) {
      if (!parserOf(form, { anywhere: false }).reads(resolved.words)) continue;
      const binding = bind(form, resolved.words);
      if (binding?.complete === true) {
        return { ok: true, manner: "plain", command, values: binding.values, also: [], words: resolved.words };
      }
    }
    return { ok: false, error: { kind: "incomplete", at: line.length } };
  }

  #readNegated(line: string, at: number, manner: Manner): ReadLine<Command> {
    if (this.#negated === undefined) return { ok: false, error: { kind: "unknown", at } };
    const resolved = resolve(this.#negated, line, at);
    if (!resolved.ok) return { ok: false, error: resolved.error };
    const meant = resolved.node.possible.flatMap(({ command, form }) => {
      const binding = bind(form, resolved.words);
      return binding === undefined ? [] : [{ command, form, ...binding }];
    });
    const family = familyCalled(resolved.words, meant);
    const whole = meant.filter((candidate) => candidate.complete);
    const isAlone = family.length === 0 && whole.length === 0;
    const grouped = isAlone ? meant.filter(({ command, values }) => isGroup(command, command.form, values)) : family;
    const [one, ...alike] = grouped;
    if (one !== undefined && parserOf(one.form, { anywhere: true }).reads(resolved.words)) {
      const also = alike.map(({ command }) => command);
      return { ok: true, manner, command: one.command, values: one.values, also, words: resolved.words };
    }
    const named =
      whole.length > 0 ? whole : meant.filter(({ command, values }) => isNamed(command, command.form, values));
    const [first, ...others] = named;
    if (first === undefined || !parserOf(first.form, { anywhere: true }).reads(resolved.words)) {
      return { ok: false, error: { kind: "incomplete", at: line.length } };
    }
    // The start of a form may mean several commands only when each of them is a single line: `no ip address`.
    if (whole.length === 0 && others.some(({ command }) => (command.key ?? []).length > 0)) {
      return { ok: false, error: { kind: "incomplete", at: line.length } };
    }
    return {
      ok: true,
      manner,
      command: first.command,
      values: first.values,
      also: [
        ...new Set(
          whole.length > 0
            ? [
                ...others.map(({ command }) => command).filter((command) => sameKey(command, first.command)),
                ...familyOf(first.command, meant),
              ]
            : others.map(({ command }) => command),
        ),
      ],
      words: resolved.words,
    };
  }
}

/** Lines of both are told apart in the same way: they are two ways to say one thing, and are taken back together. */
function sameKey(one: Readable, other: Readable): boolean {
  const key = one.key ?? [];
  return key.length > 0 && key.join() === (other.key ?? []).join();
}

function explainIn<Command>(root: TrieNode<Command>, line: string, at: number): Explanation {
  const resolved = resolve(root, line, at);
  const { node, words } = resolved;
  const shown = node.branches.filter((branch) => !branch.hidden);
  const takesValue = shown.some((branch) => branch.types !== undefined);
  const ambiguous = !resolved.ok && resolved.error.kind === "ambiguous";
  const wrongAt = resolved.ok ? line.length : resolved.error.at;
  // What a value may go on with behind the part of it that was right.
  const begun = guided(node, line.slice(endOf(words, line, at), wrongAt)).map(({ word }) => word);
  const isBegun = wrongAt > endOf(words, line, at) && begun.length > 0;
  return {
    at: wrongAt,
    wrong: resolved.ok || ambiguous || (words.length > 0 && (takesValue || node.possible.length === 1)),
    expected: isBegun ? begun.sort() : shown.map((branch) => branch.label).sort(),
    nearest: nearestCommand(root, line, at),
  };
}

/** Other commands of a group that the same key names: an entry of a map goes by its number, whatever kind it is of. */
function familyOf<Command extends Readable>(
  first: Command,
  meant: readonly { readonly command: Command; readonly form: readonly Element[]; readonly values: Values }[],
): Command[] {
  if (first.group === undefined) return [];
  return meant
    .filter(
      ({ command, form, values }) => command !== first && command.group !== undefined && isNamed(command, form, values),
    )
    .map(({ command }) => command);
}

/** All that was said is what lines of a group have in common. What the form may leave out of that, the words may: `vrf RED`. */
function isGroup({ group = [] }: Pick<Readable, "group">, form: readonly Element[], values: Values): boolean {
  return (
    group.length > 0 &&
    Object.keys(values).every((name) => group.includes(name)) &&
    isNamed({ key: group }, form, values)
  );
}

/** Whether a line is told from others of its command. What the form may leave out, the key may leave out: `no enable password`. */
function isNamed({ key = [] }: Pick<Readable, "key">, form: readonly Element[], values: Values): boolean {
  return form.every((element) => {
    switch (element.kind) {
      case "keyword":
      case "flag":
      case "optional":
        return true;
      case "oneOf":
        return element.branches.some((branch) => isNamed({ key }, branch, values));
      default:
        return !key.includes(element.name) || values[element.name] !== undefined;
    }
  });
}

/** The commands that the words mean together; none where they say more or less than the name of a family. */
function familyCalled<Candidate extends { readonly command: Readable }>(
  words: readonly ResolvedWord[],
  meant: readonly Candidate[],
): readonly Candidate[] {
  if (!meant.some(({ command }) => command.family !== undefined)) return [];
  const said = words.map(({ label }) => label).join(" ");
  return meant.filter(({ command }) => command.family === said);
}
