/** The grammars of a dialect, each built when it is first needed and shared by all sessions. */

import { type ConfigCommand, type ExecCommand, isTypedIn, type Mode } from "../../grammar/declaration.ts";
import { ModeGrammar } from "../../grammar/mode-grammar.ts";
import { trieOf } from "../../grammar/trie.ts";
import type { ExecContext } from "../common/exec-context.ts";
import { type Dialect, EVERY_CONFIGURATION_MODE, type PrivilegeLine } from "../dialect.ts";
import { formsAt, meantWords, type PrivilegeRule } from "./privileges.ts";

export type AnyCommand = ConfigCommand | ExecCommand<ExecContext>;

/** What one login may type. */
export interface GrammarsAt {
  readonly exec: ModeGrammar<AnyCommand>;
  config(mode: Mode): ModeGrammar<AnyCommand>;
}

/** The level that no rule goes above; commands of configuration need it unless a rule says otherwise. */
const TOP_LEVEL = 15;
/** Rules and levels whose grammars are kept: rules change rarely. */
const KEPT = 16;

export class Grammars {
  readonly #dialect: Dialect;
  readonly #ruled = new Map<string, GrammarsAt>();
  readonly #exec = new Map<number, ModeGrammar<AnyCommand>>();
  readonly #config = new Map<Mode, ModeGrammar<AnyCommand>>();

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** What a login of a level may type where the configuration gives levels to commands. */
  at(level: number, rulesOf: () => readonly PrivilegeLine[]): GrammarsAt {
    const rules = level >= TOP_LEVEL ? [] : rulesOf();
    if (rules.length === 0) {
      return { exec: this.exec(level), config: (mode) => this.config(mode) };
    }
    const key = JSON.stringify([level, rules]);
    const known = this.#ruled.get(key) ?? this.#underRules(level, rules);
    this.#ruled.delete(key);
    this.#ruled.set(key, known);
    const [oldest] = this.#ruled.keys();
    if (this.#ruled.size > KEPT && oldest !== undefined) this.#ruled.delete(oldest);
    return known;
  }

  #underRules(level: number, lines: readonly PrivilegeLine[]): GrammarsAt {
    const rulesFor = (mode: string, commands: readonly AnyCommand[]): PrivilegeRule[] => {
      const root = trieOf(commands);
      return lines
        .filter((line) => line.mode === mode || (line.mode === EVERY_CONFIGURATION_MODE && mode !== "exec"))
        .flatMap(({ text, ...rest }) => meantWords(root, text).map((words) => ({ ...rest, words })));
    };
    const { exec, execInConfiguration, config, configurationLevel = TOP_LEVEL } = this.#dialect;
    const ownLevel = (command: AnyCommand): number => (command.kind === "exec" ? command.level : configurationLevel);
    const execRules = rulesFor("exec", exec);
    const modes = new Map<Mode, ModeGrammar<AnyCommand>>();
    return {
      exec: new ModeGrammar<AnyCommand>(exec, {
        negatable: [],
        formsOf: (command, form) => formsAt(form, ownLevel(command), execRules, level),
      }),
      config: (mode) => {
        const commands = config.filter((command) => isTypedIn(command, mode));
        const rules = rulesFor(mode.id, commands);
        const grammar =
          modes.get(mode) ??
          new ModeGrammar<AnyCommand>([...commands, ...execInConfiguration], {
            negatable: commands,
            formsOf: (command, form) =>
              formsAt(form, ownLevel(command), command.kind === "exec" ? execRules : rules, level),
          });
        modes.set(mode, grammar);
        return grammar;
      },
    };
  }

  /** What a session of this privilege level may type in exec. */
  exec(level: number): ModeGrammar<AnyCommand> {
    let grammar = this.#exec.get(level);
    if (grammar === undefined) {
      const allowed = this.#dialect.exec.filter((command) => command.level <= level);
      grammar = new ModeGrammar<AnyCommand>(allowed, { negatable: [] });
      this.#exec.set(level, grammar);
    }
    return grammar;
  }

  config(mode: Mode): ModeGrammar<AnyCommand> {
    let grammar = this.#config.get(mode);
    if (grammar === undefined) {
      const commands = this.#dialect.config.filter((command) => isTypedIn(command, mode));
      const execInConfiguration = this.#dialect.execInConfiguration.filter(
        (command) => (command.mode ?? mode) === mode,
      );
      grammar = new ModeGrammar<AnyCommand>([...commands, ...execInConfiguration], {
        negatable: [...commands, ...execInConfiguration.filter(({ undo }) => undo !== undefined)],
      });
      this.#config.set(mode, grammar);
    }
    return grammar;
  }
}

const shared = new WeakMap<Dialect, Grammars>();

export function grammarsOf(dialect: Dialect): Grammars {
  const known = shared.get(dialect) ?? new Grammars(dialect);
  shared.set(dialect, known);
  return known;
}
