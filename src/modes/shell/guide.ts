/**
 * What a shell says before a line is run: what may follow (`?`), how a word goes on (Tab), and why a line is refused. In configuration
 * it is said by the innermost mode that has something to say.
 */

import { skipBlanks, wordEnd } from "../../grammar/arguments.ts";
import { type Help, type HelpRow, type LiveNames, withWords } from "../../grammar/help.ts";
import type { Explanation } from "../../grammar/mode-grammar.ts";
import type { Dialect } from "../dialect.ts";
import type { GrammarsAt } from "./grammars.ts";
import { helpLines } from "./help-text.ts";
import { completeModifier, isPrinting, type ModifierWords, modifierHelp, withPipe } from "./output-modifier.ts";
import type { Level } from "./read-line.ts";

/** Where a shell stands. */
interface Standing {
  /** The modes around, the innermost first; `undefined` in exec. */
  readonly levels: readonly Level[] | undefined;
  /** What may stand behind a command. */
  readonly modifiers: ModifierWords;
  /** Names of a kind that the configuration has here. */
  readonly names: LiveNames;
}

export class Guide {
  readonly #dialect: Dialect;
  readonly #grammars: GrammarsAt;
  readonly #standing: Standing;

  constructor(dialect: Dialect, grammars: GrammarsAt, standing: Standing) {
    this.#dialect = dialect;
    this.#grammars = grammars;
    this.#standing = standing;
  }

  /** What `?` prints for the text before the cursor. */
  help(before: string): readonly string[] {
    const { title, help } = this.#helpIn(before);
    const style = this.#dialect.help;
    const isWhole = before.trim() === "" && style?.untitled !== true;
    return helpLines(this.#worded(help), { title: isWhole ? title : undefined, typed: before });
  }

  /** With values in the dialect's words. */
  #worded(help: Help): Help {
    const style = this.#dialect.help;
    if (style === undefined || help.kind !== "next") return help;
    return { ...help, rows: help.rows.map((row) => ({ ...row, word: style.word(row.word) })) };
  }

  /** The same as rows: what may follow, or what the started word may become, each with its text; empty = nothing can. */
  options(before: string): readonly HelpRow[] {
    const { help } = this.#helpIn(before);
    if (help.kind === "next") return help.rows;
    if (help.kind !== "words") return [];
    const texts = new Map(this.#rowsBehind(before.replace(/\S+$/, "")).map((row) => [row.word, row.help]));
    return help.words.map((word) => ({ word, help: texts.get(word) ?? "" }));
  }

  complete(before: string): string | undefined {
    const { levels = [], names } = this.#standing;
    const at = this.#execAt(before);
    if (at !== undefined) {
      const completed = completeModifier(before, this.#standing.modifiers);
      return completed ?? this.#grammars.exec.complete(before, at, names);
    }
    for (const { mode } of levels) {
      const completed = this.#grammars.config(mode).complete(before, 0, names);
      if (completed !== undefined) return completed;
    }
    return levels.length === 0 ? undefined : this.#completeEscape(before);
  }

  /** `ru` -> `run `, where nothing else begins so. */
  #completeEscape(before: string): string | undefined {
    const word = /^\s*(\S+)$/.exec(before)?.[1];
    const [only, ...others] = word === undefined ? [] : this.options(before);
    if (word === undefined || only === undefined || others.length > 0) return undefined;
    return this.#dialect.escapeWords.includes(only.word) ? `${before.slice(0, -word.length)}${only.word} ` : undefined;
  }

  /** Why a line is refused: as the mode sees it that reads the farthest. */
  explain(typed: string): Explanation {
    const line = typed.trimEnd();
    const { levels = [] } = this.#standing;
    const at = this.#execAt(line);
    if (at !== undefined) return this.#grammars.exec.explain(line, at);
    const seen = levels.map(({ mode }) => this.#grammars.config(mode).explain(line));
    const farthest = seen.reduce((best, each) => (each.at > best.at ? each : best));
    const near = seen.flatMap(({ nearest }) => nearest ?? []);
    const [nearest] = near.sort((a, b) => a.cost - b.cost);
    return { ...farthest, nearest };
  }

  /** The offset at which exec reads the line; `undefined` = configuration does. */
  #execAt(line: string): number | undefined {
    return this.#standing.levels === undefined ? 0 : escapeEnd(line, this.#dialect);
  }

  #helpIn(before: string): { readonly title: string; readonly help: Help } {
    const { levels = [], names } = this.#standing;
    const { modifiers } = this.#standing;
    const at = this.#execAt(before);
    if (at !== undefined) {
      const help = this.#grammars.exec.help(before, at, names);
      const piped = modifierHelp(before, modifiers) ?? withPipe(help, before.slice(at), modifiers);
      return { title: "Exec commands:", help: piped };
    }
    const title = levels[0]?.mode.title ?? "";
    const shows = this.#dialect.execInConfiguration.length > 0 && isPrinting(before, modifiers);
    const behindPipe = shows ? modifierHelp(before, modifiers) : undefined;
    if (behindPipe !== undefined) return { title, help: behindPipe };
    for (const { mode } of levels) {
      const help = withWords(this.#grammars.config(mode).help(before, 0, names), before, this.#escapeRows());
      if (help.kind !== "none") return { title, help: shows ? withPipe(help, before, modifiers) : help };
    }
    return { title, help: { kind: "none" } };
  }

  /** Everything that may follow, in whatever mode around. */
  #rowsBehind(start: string): readonly HelpRow[] {
    const { levels = [], names } = this.#standing;
    const helps =
      this.#execAt(start) === undefined
        ? levels.map(({ mode }) => this.#grammars.config(mode).help(start, 0, names))
        : [this.#helpIn(start).help];
    return [...helps.flatMap((help) => (help.kind === "next" ? help.rows : [])), ...this.#escapeRows()];
  }

  #escapeRows(): HelpRow[] {
    return this.#dialect.escapeWords.map((word) => ({ word, help: "To run exec commands in config mode" }));
  }
}

/** Where the exec command behind `do` or `run` begins; `undefined` when a line of configuration has no such word. */
export function escapeEnd(line: string, dialect: Dialect): number | undefined {
  const start = skipBlanks(line, 0);
  const end = wordEnd(line, start);
  if (end - start < 2) return undefined;
  const word = line.slice(start, end).toLowerCase();
  if (!isEscape(word, dialect)) return undefined;
  // What is still typed may become another word.
  return dialect.escapeWords.includes(word) || end < line.length ? skipBlanks(line, end) : undefined;
}

/** The word is one of them, or can only be the start of one. */
function isEscape(word: string, dialect: Dialect): boolean {
  return dialect.escapeWords.some((each) => each.startsWith(word) && (each === word || isOnlyOne(word, dialect)));
}

/** No line of configuration begins so. */
function isOnlyOne(start: string, { config, execInConfiguration }: Dialect): boolean {
  return ![...config, ...execInConfiguration].some(({ form: [first] }) =>
    first?.kind === "keyword"
      ? first.word.toLowerCase().startsWith(start)
      : first?.kind === "pick" && Object.keys(first.words).some((word) => word.toLowerCase().startsWith(start)),
  );
}
