/** The grammars of a dialect, each built when it is first needed and shared by all sessions. */

import { type ConfigCommand, type ExecCommand, isTypedIn, type Mode } from "../../grammar/declaration.ts";
import { ModeGrammar } from "../../grammar/mode-grammar.ts";
import type { ExecContext } from "../common/exec-context.ts";
import type { Dialect } from "../dialect.ts";

export type AnyCommand = ConfigCommand | ExecCommand<ExecContext>;

export class Grammars {
  readonly #dialect: Dialect;
  readonly #exec = new Map<number, ModeGrammar<AnyCommand>>();
  readonly #config = new Map<Mode, ModeGrammar<AnyCommand>>();

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
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
