/**
 * The command state of one login: where it stands, what it may do, and what a line does there. It owns no terminal and
 * no engine; what commands need of the running gateway comes through `ShellSupport`.
 *
 * A line is first read in the current mode, then in the modes around it up to global configuration; where it is understood
 * there the shell stands afterwards. A line that nobody understands changes nothing.
 */

import type {
  BlockReader,
  ConfigCommand,
  ExecCommand,
  ExecResult,
  Question,
  ShellAction,
} from "../../grammar/declaration.ts";
import type { Values } from "../../grammar/elements.ts";
import type { HelpRow } from "../../grammar/help.ts";
import type { Explanation, Manner } from "../../grammar/mode-grammar.ts";
import type { ReadError } from "../../grammar/resolver.ts";
import type { ExecContext } from "../common/exec-context.ts";
import type { Dialect } from "../dialect.ts";
import type { ConfigStore } from "../tree/config-store.ts";
import type { ConfigTree } from "../tree/config-tree.ts";
import { withoutAlias } from "./aliases.ts";
import { changeTree, refusalOf } from "./change-tree.ts";
import { execContext, type ShellSupport } from "./exec-context-of.ts";
import { type GrammarsAt, grammarsOf } from "./grammars.ts";
import { escapeEnd, Guide } from "./guide.ts";
import { type LineResult, QUIET, unsupportedResult } from "./line-result.ts";
import { errorLines } from "./messages.ts";
import { ModeStack } from "./mode-stack.ts";
import { applyModifier, type Modifier, type ModifierWords, modifiersAt, splitPipe } from "./output-modifier.ts";
import { type Level, type Reading, understand } from "./read-line.ts";
import { RouterPlace } from "./router-place.ts";
import { typeLines } from "./typed-lines.ts";

type Change = Pick<LineResult, "changed" | "stored"> & { readonly said?: readonly string[] };

export class Shell {
  readonly #dialect: Dialect;
  readonly #store: ConfigStore;
  readonly #support: ShellSupport;
  readonly #stack: ModeStack;
  readonly #place: RouterPlace;
  /** A line whose text goes on over the next lines. */
  #open: { readonly reading: Reading; readonly reader: BlockReader } | undefined;
  /** What is done once somebody agreed. */
  #asked: { readonly question: Question; readonly go: () => LineResult } | undefined;
  #level: number;
  /** A command types lines. */
  #isTyping = false;

  constructor(dialect: Dialect, store: ConfigStore, support: ShellSupport, level: number) {
    this.#dialect = dialect;
    this.#store = store;
    this.#support = support;
    this.#level = level;
    this.#stack = new ModeStack(dialect.globalMode, store);
    this.#place = new RouterPlace(dialect, store);
  }

  get configuring(): boolean {
    return !this.#stack.isEmpty;
  }

  /** The next lines are text of the line before, and no commands. */
  get collecting(): boolean {
    return this.#open !== undefined;
  }

  get level(): number {
    return this.#level;
  }

  get virtualRouter(): string {
    return this.#place.name;
  }

  prompt(): string {
    if (this.collecting) return "";
    return this.#dialect.prompt({
      hostname: this.#dialect.hostname(this.#store),
      mode: this.#stack.innermost,
      privileged: this.#privileged,
      virtualRouter: this.virtualRouter,
    });
  }

  execute(typed: string): LineResult {
    if (this.#open !== undefined) return this.#collect(this.#open, typed);
    const line = typed.trimEnd();
    const text = line.trimStart();
    if (text === "" || text.startsWith("!")) return QUIET;
    const whole = this.#spelled(typed, "end");
    const result = this.configuring ? this.#configure(whole.trimEnd()) : this.#exec(whole, 0);
    if (whole === typed || result.error === undefined) return result;
    // The caret stands below what was typed.
    const at = Math.max(0, result.error.at - (whole.length - typed.length));
    return this.#refuse({ ...result.error, at }, line);
  }

  #spelled(line: string, before: "end" | "blank" = "blank"): string {
    return withoutAlias(line, before, { dialect: this.#dialect, store: this.#store, mode: this.#stack.innermost });
  }

  /** What the user typed behind a command's question. */
  answer(question: Question, text: string): LineResult {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked?.question === question) return text === "" ? asked.go() : QUIET;
    const result = question.answer(text);
    return this.#act(result, result.lines ?? []);
  }

  /** What `?` prints for the text before the cursor. */
  help(before: string): readonly string[] {
    return this.#guide.help(this.#spelled(before));
  }

  /** The same as rows. */
  options(before: string): readonly HelpRow[] {
    return this.#guide.options(this.#spelled(before));
  }

  complete(before: string): string | undefined {
    const whole = this.#spelled(before);
    const completed = this.#guide.complete(whole);
    if (whole === before || completed?.startsWith(whole) !== true) return completed;
    return before + completed.slice(whole.length);
  }

  /** Why a line is refused where the shell stands. */
  explain(line: string): Explanation {
    return this.#guide.explain(line);
  }

  get #guide(): Guide {
    return new Guide(this.#dialect, this.#grammars, {
      levels: this.configuring ? this.#stack.outwards : undefined,
      modifiers: this.#modifiers,
      names: (kind) => this.#dialect.live[kind]?.(this.#store, this.virtualRouter) ?? [],
    });
  }

  /** The line holds for those before it in its block. */
  foretells(line: string): boolean {
    return this.#dialect.foretold?.test(line) === true;
  }

  /** Where a refused line may name what stands behind it in a listing: the same once more, from where the shell stands now. */
  retry(line: string): (() => LineResult) | undefined {
    if (this.#dialect.looksAhead?.test(line) !== true) return undefined;
    const goBack = this.#stack.bookmark();
    return () => {
      goBack();
      return this.execute(line);
    };
  }

  /** Leaves configuration (`end`, Ctrl-Z). */
  end(): void {
    this.#open = undefined;
    this.#stack.leaveAll();
  }

  /** What was collected is no text, and the next line is a command again. */
  abandon(): void {
    this.#open = undefined;
  }

  /** Ctrl-C: drops the line, and a text over several lines too, unless the key itself is what ends that text. */
  interrupt(text: string): LineResult {
    const open = this.#open;
    if (open !== undefined) {
      const result = this.#collect(open, `${text}\x03`);
      this.#open = undefined;
      return result;
    }
    if (this.#dialect.interruptEndsConfiguration && text === "") this.end();
    return QUIET;
  }

  /** Enters global configuration, as `configure terminal` does. */
  enterConfiguration(): void {
    this.#stack.enterGlobal();
  }

  /** Goes where a copied prompt says that its line was typed; true when that made a virtual router. */
  standAt(place: { readonly configuring: boolean; readonly virtualRouter: string }): boolean {
    if (!place.configuring) this.end();
    else if (!this.configuring && this.#privileged) this.enterConfiguration();
    if (this.#dialect.virtualRouterCommand === undefined || place.virtualRouter === this.virtualRouter) return false;
    if (this.configuring) this.enterConfiguration();
    return this.#place.standAt(place.virtualRouter, this.configuring);
  }

  get #grammars(): GrammarsAt {
    return grammarsOf(this.#dialect).at(this.#level, () => this.#dialect.privileges?.(this.#store) ?? []);
  }

  get #modifiers(): ModifierWords {
    return modifiersAt(this.#dialect.modifiers, this.#level);
  }

  get #privileged(): boolean {
    return this.#level >= this.#dialect.privilegedLevel;
  }

  #refuse(error: ReadError, line: string): LineResult {
    return { ...QUIET, lines: errorLines(error, line, this.prompt().length), ok: false, error };
  }

  /** In exec, where a single word may be more than a command that nobody knows. */
  #refuseExec(error: ReadError, line: string): LineResult {
    const word = line.trim();
    const isWord = !this.configuring && error.kind === "unknown" && /^[A-Za-z][\w.-]*$/.test(word);
    const said = isWord ? this.#dialect.unknownWord?.(this.#store, word) : undefined;
    return said === undefined ? this.#refuse(error, line) : { ...QUIET, lines: said, ok: false, error };
  }

  #exec(line: string, at: number): LineResult {
    const piped = splitPipe(line, this.#modifiers);
    if (piped.error !== undefined) return this.#refuse(piped.error, line);
    const read = this.#grammars.exec.read(piped.command.trimEnd(), at);
    if (!read.ok) return this.#refuseExec(read.error, line);
    if (read.command.kind !== "exec") return this.#refuse({ kind: "unknown", at }, line);
    return this.#run(read.command, read.values, piped.modifier);
  }

  #run(command: ExecCommand<ExecContext>, values: Values, modifier: Modifier | undefined): LineResult {
    if (command.effect?.kind === "unsupported") {
      return unsupportedResult(command.effect.reason);
    }
    if (this.#support.configurationOnly === true && command.level > 0) {
      return { ...QUIET, lines: ["% Not a line of configuration"], ok: false };
    }
    const context = this.#context();
    const result = command.run(context, values);
    const { model } = result;
    if (modifier === undefined) {
      const done = this.#act(result, result.lines ?? []);
      return model === undefined ? done : { ...done, model };
    }
    const { ok, lines } = applyModifier(modifier, { lines: result.lines ?? [], model }, () => context.files);
    return ok ? this.#act(result, lines) : { ...QUIET, lines, ok: false };
  }

  #act(result: ExecResult, lines: readonly string[]): LineResult {
    const { ok = true, question, activity } = result;
    const done: LineResult = { ...QUIET, lines, ok, question, activity };
    const action: ShellAction | undefined = result.action;
    switch (action?.type) {
      case "configure":
        this.enterConfiguration();
        return { ...done, lines: [...lines, this.#dialect.configureBanner] };
      case "exit":
        return this.#exit(done);
      case "end":
        this.end();
        return done;
      case "enable":
      case "disable":
        this.#level = action.level;
        return done;
      case "virtualRouter":
        this.#place.enter(action.name);
        // No mode goes along: what it is of belongs to the virtual router that was left.
        if (this.configuring) this.enterConfiguration();
        return done;
      case "logout":
        return { ...done, loggedOut: true };
      case "lines":
        return this.#type(done, action);
      case "monitor":
        return { ...done, monitor: action.on };
      case undefined:
        return done;
    }
  }

  /** What lines ask is not asked: nobody is there to answer. */
  #type(done: LineResult, { lines, echo }: Extract<ShellAction, { type: "lines" }>): LineResult {
    if (this.#isTyping) return { ...done, ok: false, lines: ["% Lines that are typed for the user type no others"] };
    this.#isTyping = true;
    const typed = typeLines(this, lines, echo);
    this.#isTyping = false;
    this.#asked = undefined;
    return { ...typed, lines: [...done.lines, ...typed.lines] };
  }

  #exit(done: LineResult): LineResult {
    if (this.configuring) {
      this.#stack.leaveInnermost();
      return done;
    }
    if (this.#privileged && this.#dialect.exitFromPrivileged === "userExec") {
      this.#level = 1;
      return done;
    }
    return { ...done, loggedOut: true };
  }

  #configure(line: string): LineResult {
    const escaped = escapeEnd(line, this.#dialect);
    if (escaped !== undefined) return this.#exec(line, escaped);
    const found = understand(line, this.#stack.outwards, this.#grammars, this.#dialect);
    return "level" in found ? this.#apply(found, line) : this.#refuse(found, line);
  }

  #apply({ level, read }: Reading, line: string): LineResult {
    const { command, values, manner } = read;
    if (command.kind === "exec") return this.#runInConfiguration(command, values, manner, line);
    if (command.effect?.kind === "unsupported") {
      return unsupportedResult(command.effect.reason);
    }
    const tree = level.opened?.tree ?? this.#treeOf(command);
    const refusal =
      this.#place.refusal(command, values, manner) ??
      (manner === "plain" ? this.#dialect.refuses?.(read.words) : undefined) ??
      refusalOf(command, values, { manner, tree, level });
    if (refusal !== undefined) return { ...QUIET, lines: refusal.split("\n"), ok: false };
    this.#stack.leaveTo(level);
    const reader = manner === "plain" ? command.block?.(values) : undefined;
    if (reader !== undefined) {
      this.#open = { reading: { level, read }, reader };
      return { ...QUIET, lines: reader.notice };
    }
    const question =
      this.#support.attended === true && !this.#isTyping
        ? this.#place.questionAbout(command, values, manner)
        : undefined;
    if (question === undefined) return this.#keep(tree, { level, read });
    this.#asked = { question, go: () => this.#keep(tree, { level, read }) };
    return { ...QUIET, question };
  }

  #collect({ reading, reader }: { readonly reading: Reading; readonly reader: BlockReader }, line: string): LineResult {
    const refusal = reader.refuses?.(line);
    if (refusal !== undefined) return { ...QUIET, lines: [refusal], ok: false };
    const values = reader.take(line);
    if (values === undefined) return QUIET;
    this.#open = undefined;
    const { level, read } = reading;
    if (read.command.kind === "exec" || !this.#stack.standing.includes(level)) return QUIET;
    return this.#keep(level.opened?.tree ?? this.#treeOf(read.command), { level, read: { ...read, values } });
  }

  #keep(tree: ConfigTree, { level, read }: Reading): LineResult {
    const { command, values, manner } = read;
    if (command.kind === "exec") return QUIET;
    const { said = [], ...change } = this.#change(tree, level, read);
    const warning = manner === "plain" ? command.warn?.(values, tree) : undefined;
    const reset = manner === "default" ? command.resets?.(values) : undefined;
    return {
      ...QUIET,
      ...change,
      configured: true,
      lines: [...said, ...((warning ?? reset)?.split("\n") ?? [])],
      inert: command.effect?.kind === "inert" ? command.effect.reason : undefined,
    };
  }

  #runInConfiguration(command: ExecCommand<ExecContext>, values: Values, manner: Manner, line: string): LineResult {
    const { modifier, error } = splitPipe(line, this.#modifiers);
    if (error !== undefined) return this.#refuse(error, line);
    const { undo } = command;
    return this.#run(manner === "plain" || undo === undefined ? command : { ...command, run: undo }, values, modifier);
  }

  /** Where a top-level line belongs; lines in modes follow the line that opened the mode. */
  #treeOf(command: ConfigCommand): ConfigTree {
    return command.scope === "virtualRouter" ? this.#store.router(this.virtualRouter) : this.#store.chassis;
  }

  #change(tree: ConfigTree, level: Level, { command, also, values: typed, manner }: Reading["read"]): Change {
    if (command.kind === "exec") return { changed: false };
    if (command === this.#dialect.virtualRouterCommand) {
      return { changed: this.#place.change(String(typed.name), manner) };
    }
    const { entered, ...change } = changeTree(tree, level, { command, also, values: typed, manner });
    if (entered !== undefined) this.#stack.enter(entered);
    if (command === this.#dialect.vrfCommand) this.#place.settle();
    return change;
  }

  #context(): ExecContext {
    return execContext(this.#support, {
      chassis: this.#store.chassis,
      routers: this.#store.routers,
      virtualRouter: this.virtualRouter,
      level: this.#level,
      renderConfiguration: () => this.#dialect.render(this.#store),
    });
  }
}
