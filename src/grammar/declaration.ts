/**
 * What a command is. A dialect is a list of modes and a list of commands; everything the shell does is derived from
 * these declarations. A command is declared once.
 */

import type { Element, Values, ValuesOf } from "./elements.ts";

/** A place in which commands are typed. */
export interface Mode {
  /** Unique in its dialect: `isakmpPolicy`. */
  readonly id: string;
  /** What stands between the host name and `#`: `(config-isakmp)`. */
  readonly prompt: string;
  /** The line above the list that `?` gives: `ISAKMP commands:`. */
  readonly title: string;
  /** Where `exit` leads; `undefined` for exec modes. */
  readonly parent: Mode | undefined;
  /** Commands of that mode are typed here too, all that do not except this one. */
  readonly takes?: Mode;
}

/** Whether a command is one of a mode's. */
export function isTypedIn({ mode: own, except = [] }: ConfigCommand, mode: Mode): boolean {
  return own === mode || (own === mode.takes && !except.includes(mode));
}

/** What a command does here: acts, is kept and printed back without effect, or is refused. */
export type Effect =
  | { readonly kind: "active" }
  | { readonly kind: "inert"; readonly reason: string }
  | { readonly kind: "unsupported"; readonly reason: string };

export function inert(reason: string): Effect {
  return { kind: "inert", reason };
}

export function unsupported(reason: string): Effect {
  return { kind: "unsupported", reason };
}

/** Where a line of configuration belongs: to the whole chassis, or to the virtual router it was typed under. */
export type Scope = "chassis" | "virtualRouter";

/** Takes the lines behind a command that is not over with its own line: a banner's text, the digits of a certificate. */
export interface BlockReader {
  /** Printed before the first of them is typed. */
  readonly notice: readonly string[];
  /** What is said to a line that cannot be part of the text; it is not taken, and the text goes on. */
  refuses?(line: string): string | undefined;
  /** Takes a line as typed; once it was the last one, the values to store, else `undefined`. */
  take(line: string): Values | undefined;
}

/** A line by its command and what it says. */
export interface LineOf {
  readonly command: ConfigCommand;
  readonly values: Values;
}

/** What becomes of a line that is not kept as it is. */
export type Instead =
  /** It stands for these lines, which are made where they are not; what is typed in the mode it opens is said of each. */
  | { readonly kind: "spread"; readonly lines: readonly LineOf[] }
  /** It is `line` below `parent`, which is made where it is not and goes with its last line; no line = all of it. */
  | { readonly kind: "below"; readonly parent: LineOf; readonly line: LineOf | undefined }
  /** Lines that agree with every value of this one go. */
  | { readonly kind: "remove"; readonly line: LineOf }
  /** The lines of a command below `parent` say this from now on. */
  | {
      readonly kind: "rewrite";
      readonly parent: LineOf;
      readonly command: ConfigCommand;
      readonly values: readonly Values[];
    };

export interface Displacement {
  /** Asked late: two commands may displace each other. `kept`: the line comes, or says something else. */
  commands(kept: boolean): readonly ConfigCommand[];
  /** What the box says of a line that went from below `parent` (`undefined` = it stood at the top); `kept`: what displaced it stands there now. */
  say?(
    gone: ConfigNode,
    parent: ConfigNode | undefined,
    by: { readonly values: Values; readonly kept: boolean },
  ): string | undefined;
}

interface ConfigDeclaration<Form extends readonly Element[]> {
  readonly mode: Mode;
  /** Modes that take the commands of `mode` and not this one. */
  readonly except?: readonly Mode[];
  readonly form: Form;
  /** The fixed words that the form begins with, where it is made late. */
  readonly front?: string | undefined;
  readonly effect?: Effect;
  readonly scope?: Scope;
  /**
   * Values that tell two lines of this command apart; a line with the same key replaces the older one. Empty (the
   * default) = one line of this command per place.
   */
  readonly key?: readonly (keyof ValuesOf<Form> & string)[];
  /** What `no` does: `removes` the line (default), or is itself `stored` and printed as `no …`. */
  readonly negation?: "removes" | "stored";
  /** Of a line without a key: `no` that is stored is kept as the line with these values: `no exec-timeout` as `exec-timeout 0 0`. */
  readonly saidOff?: Partial<ValuesOf<Form>>;
  /** `no` is stored only beside a line of this command, which says the same of all; elsewhere it removes. */
  readonly storedBeside?: Setting;
  /** With these values alone `no` takes back every line that has them, of all commands that say so: `no crypto map NAME`. */
  readonly group?: readonly (keyof ValuesOf<Form> & string)[];
  /** Fixed words that, alone behind `no`, mean every command that says the same here: `no snmp-server`. */
  readonly family?: string;
  /** What must follow `no`, when it is not any prefix of the form: `no vpdn-group NAME`. Prefixes need no declaration. */
  readonly noForm?: readonly Element[];
  /** The place in the running configuration: the index of a named section of the dialect. */
  readonly section?: string;
  /** The line as the box prints it, when it differs from the form filled in; `undefined` = print nothing. */
  print?(values: ValuesOf<Form>): string | undefined;
  /**
   * More lines belong to the command: they are no commands, whatever they look like. `undefined` = this line is whole.
   * Asked once, and not for the values that the reader gives; such a command prints itself, over several lines.
   */
  block?(values: ValuesOf<Form>): BlockReader | undefined;
  /** The value that the box has when nothing is typed, for the compiler and `show running-config all`. */
  readonly initial?: Partial<ValuesOf<Form>> | undefined;
  /** A line that says no more than its default prints nothing where that holds anyway; of lines with these values, if some do. */
  readonly quiet?: true | ((values: Values) => boolean) | undefined;
  /** The same of a command with a key: the lines that stand where none with their key is typed. */
  readonly initials?: readonly Partial<ValuesOf<Form>>[];
  /** Lines that are off while nobody types them, which `show running-config all` says with `no`. */
  readonly off?: readonly Partial<ValuesOf<Form>>[];
  /** Below which lines its defaults hold, by what those say; absent = wherever it can be typed. */
  initialBelow?(parent: Values): boolean;
  /** A line of this command in the same place says the same in other words: its default does not hold beside one. */
  readonly initialUnless?: Setting;
  /** A line of this command at the top says it for every place: its default does not hold beside one that says something else. */
  readonly initialUnlessAbove?: Setting;
  /** What a block of this opener says of the command holds in other places too, in place of the default. */
  readonly inheritsFrom?: Opener;
  /**
   * What the box makes of a typed line before it is kept, among the lines of the place where it is typed. `negated`: the line is
   * kept as `no …`; not `kept`: it is taken away.
   */
  normal?(values: Values, among: Siblings, negated: boolean, kept: boolean): Values;
  /** Lines of this command print in this order; without it, as they were typed. */
  rank?(values: Values): number;
  /** The order in which lines of this command were typed means something: the first that matches counts. */
  readonly ordered?: true;
  /** The line is not kept: this is done to others instead. `undefined` = nothing is. */
  instead?(values: ValuesOf<Form>, config: ConfigReader): Instead | undefined;
  /** Refuses a line for what it says; the text is printed and nothing is stored. `parent`: the line that it would stand below. */
  check?(values: ValuesOf<Form>, config: ConfigReader, parent?: ConfigNode): string | undefined;
  /** A line with the key of one that says something else is refused by `check`: what leads there takes the other away first. */
  readonly mustGoFirst?: true;
  /** Refuses to be taken back; the text is printed and nothing changes. */
  keeps?(values: Partial<ValuesOf<Form>>, config: ConfigReader, parent?: ConfigNode): string | undefined;
  /** What goes from beside a line of this command when it comes, says something else or goes. */
  readonly displaces?: Displacement;
  /** What the box says when `default` has set it back. */
  resets?(values: ValuesOf<Form>): string;
  /** Accepted, but the box has something to say (printed once when typed). */
  warn?(values: ValuesOf<Form>, config: ConfigReader): string | undefined;
}

/** A line that states something: `lifetime 3600`. */
export interface Setting<Form extends readonly Element[] = readonly Element[]> extends ConfigDeclaration<Form> {
  readonly kind: "setting";
}

/** A line that opens a mode: `crypto isakmp policy 1`. Its children belong to it. */
export interface Opener<Form extends readonly Element[] = readonly Element[]> extends ConfigDeclaration<Form> {
  readonly kind: "opener";
  readonly opens: Mode;
  /** Lines below print as lines of their own, each with this in front: `access-list 101`. */
  flat?(values: ValuesOf<Form>): string | undefined;
}

export type ConfigCommand = Setting | Opener;

/** One line of a configuration and what stands below it. */
export interface ConfigNode<Form extends readonly Element[] = readonly Element[]> {
  readonly command: Setting<Form> | Opener<Form>;
  readonly values: ValuesOf<Form>;
  /** The line was `no …`. */
  readonly negated: boolean;
  readonly children: readonly ConfigNode[];
}

/** Somebody who keeps an index of lines in one place: those of these commands. */
export interface LineWatch {
  readonly commands: readonly ConfigCommand[];
}

export interface ChangedLines {
  /** They came, or they or something below them says something else. */
  readonly there: readonly ConfigNode[];
  readonly gone: readonly ConfigNode[];
}

/** The lines of one place, the same object as long as the place is there. */
export interface Siblings {
  /** What changed since the watch asked last; at first all of its lines are new. */
  changesFor(watch: LineWatch): ChangedLines;
}

/** Reads one tree, typed by the declaration that is asked for. */
export interface ConfigReader extends Siblings {
  /** Every line of a command at the top level of this tree, in the order they print. */
  all<Form extends readonly Element[]>(command: Setting<Form> | Opener<Form>): readonly ConfigNode<Form>[];
  /** The one line of a command that has these values of its key, found without looking at others: below a line, or at the top level. */
  find<Form extends readonly Element[]>(
    command: Setting<Form> | Opener<Form>,
    key: Partial<ValuesOf<Form>>,
    below?: ConfigNode,
  ): ConfigNode<Form> | undefined;
  /** Every line of a command directly below a node. */
  under<Form extends readonly Element[]>(
    node: Pick<ConfigNode, "children">,
    command: Setting<Form> | Opener<Form>,
  ): readonly ConfigNode<Form>[];
}

export function setting<const Form extends readonly Element[]>(declaration: ConfigDeclaration<Form>): Setting<Form> {
  return { kind: "setting", ...declaration };
}

/** What of a setting may be made late. */
export type LatePart = Pick<Setting, "form" | "key" | "group" | "initial" | "normal">;

/**
 * A setting of which no more is made than the fixed words that it begins with, until a line begins so. Of a thousand commands that
 * nobody asks for their values a configuration uses a few.
 */
export class LateSetting implements Setting {
  readonly kind = "setting";
  readonly front: string | undefined;
  readonly mode: Mode;
  declare readonly except?: readonly Mode[];
  declare readonly effect?: Effect;
  declare readonly scope?: Scope;
  declare readonly section?: string;
  declare readonly negation?: "removes" | "stored";
  declare readonly family?: string;
  declare readonly displaces?: Displacement;
  declare readonly initialBelow?: (parent: Values) => boolean;
  readonly #make: () => LatePart;
  readonly #frontHelp: (() => readonly string[]) | undefined;
  #made: LatePart | undefined;

  constructor(
    front: string | undefined,
    known: Pick<
      Setting,
      "mode" | "except" | "effect" | "scope" | "section" | "negation" | "family" | "displaces" | "initialBelow"
    >,
    make: () => LatePart,
    /** The help of the words in front, each. */
    frontHelp?: () => readonly string[],
  ) {
    this.front = front;
    this.mode = known.mode;
    Object.assign(this, known);
    this.#make = make;
    this.#frontHelp = frontHelp;
  }

  frontHelp(index: number): string | undefined {
    return this.#made === undefined ? this.#frontHelp?.()[index] : undefined;
  }

  get form(): readonly Element[] {
    return this.#late.form;
  }

  get key(): readonly string[] {
    return this.#late.key ?? [];
  }

  /** Of a line that is off nothing counts but which one it is. */
  normal(values: Values, among: Siblings, negated: boolean, kept: boolean): Values {
    if (!negated) return this.#late.normal?.(values, among, negated, kept) ?? values;
    return Object.fromEntries(Object.entries(values).filter(([name]) => this.key.includes(name)));
  }

  get group(): readonly string[] {
    return this.#late.group ?? [];
  }

  get initial(): Values | undefined {
    return this.#late.initial;
  }

  /** What such a line is told to begin with is what the box begins with. */
  get quiet(): true | undefined {
    return this.initial === undefined ? undefined : true;
  }

  get #late(): LatePart {
    this.#made ??= this.#make();
    return this.#made;
  }
}

export function opener<const Form extends readonly Element[]>(declaration: Omit<Opener<Form>, "kind">): Opener<Form> {
  return { kind: "opener", ...declaration };
}

/** A command that does or shows something now. `Context` is what the shell hands to it. */
export interface ExecCommand<Context, Form extends readonly Element[] = readonly Element[]> {
  readonly kind: "exec";
  readonly form: Form;
  /** The lowest privilege level that may run it. */
  readonly level: number;
  /** Of configuration modes the one that has it, where it works in configuration too; absent = all of them. */
  readonly mode?: Mode;
  readonly effect?: Effect;
  run(context: Context, values: ValuesOf<Form>): ExecResult;
  /** What `no` with the command does where it is typed in configuration; absent = there is no such line. */
  undo?(context: Context, values: ValuesOf<Form>): ExecResult;
}

/** What running a command changed in the shell, and what it printed. */
export interface ExecResult {
  /** Lines without their ends; empty = the command is silent. */
  readonly lines?: readonly string[];
  /** The same as a value, for `| json`. */
  readonly model?: unknown;
  /** False = the command could not do its work; scripts end with a status other than 0. */
  readonly ok?: boolean;
  readonly action?: ShellAction;
  /** The command asks before it goes on: `Destination filename [startup-config]?`. */
  readonly question?: Question;
  /** The command goes on after the line was read: `ping`. */
  readonly activity?: Activity;
}

/** Something a command wants to know of the user before it acts. */
export interface Question {
  /** Printed without a line end; the answer is typed behind it. */
  readonly prompt: string;
  /** `hidden`: nothing is echoed (passwords). `confirm`: one key; Return and `y` agree, and are answered as `""`. */
  readonly echo: "plain" | "hidden" | "confirm";
  /** A line that comes as a whole in place of the answer agrees, and is a command: scripts and pastes do not answer. */
  readonly presumed?: true;
  /** Ctrl-Z ends the answer, as Return does, and is its last character; absent = it drops the question. */
  readonly takesEnd?: true;
  /** What becomes of an answer; it may ask again. Ctrl-C drops the question and the command with it. */
  answer(text: string): ExecResult;
}

/** Work in time that a command started; the line takes no other command until it is over or the user breaks it off. */
export interface Activity {
  /** `say` prints text as it stands (`!` of a ping has no line end); `done` is called once. */
  start(say: (text: string) => void, done: (outcome: { readonly ok: boolean }) => void): void;
  /** The user typed the break key (Ctrl-Shift-6, Ctrl-C): ends without `done`, and may still `say` what came of it until then. */
  stop(): void;
  /** Present = the work has the whole screen: keys go to it as they come, the break key too, and nothing else is printed. */
  readonly screen?: { feed(octets: Uint8Array): void; resize(columns: number, rows: number): void };
}

export type ShellAction =
  | { readonly type: "configure" }
  /** One level up; in exec the session ends or falls back, by the dialect's rule. */
  | { readonly type: "exit" }
  /** Out of configuration. */
  | { readonly type: "end" }
  | { readonly type: "enable"; readonly level: number }
  | { readonly type: "disable"; readonly level: number }
  | { readonly type: "virtualRouter"; readonly name: string }
  | { readonly type: "logout" }
  /** Lines as if they were typed, up to the first that fails; `echo`: each is printed behind its prompt. */
  | { readonly type: "lines"; readonly lines: readonly string[]; readonly echo: boolean }
  /** The command goes on until the user stops it: `debug` and `terminal monitor` switch log output on. */
  | { readonly type: "monitor"; readonly on: boolean };

export function exec<Context, const Form extends readonly Element[]>(
  declaration: Omit<ExecCommand<Context, Form>, "kind" | "level"> & { readonly level?: number },
): ExecCommand<Context, Form> {
  return { kind: "exec", level: 1, ...declaration };
}
