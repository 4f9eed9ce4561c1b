/**
 * What makes a shell an IOS or a JunosE shell: its commands, its modes, its words. Everything that both have in common is
 * in `shell/` and `tree/`.
 */

import type { LogEvent } from "../engine/kernel/log.ts";
import type { Random } from "../engine/kernel/random.ts";
import type { RouterSpec } from "../engine/spec.ts";
import type { ConfigCommand, ConfigReader, ExecCommand, Mode, Opener } from "../grammar/declaration.ts";
import type { ResolvedWord } from "../grammar/resolver.ts";
import type { AccessSpec } from "./common/access.ts";
import type { Banners } from "./common/banner.ts";
import type { FileDevice } from "./common/device-files.ts";
import type { DebugSwitches, ExecContext } from "./common/exec-context.ts";
import type { LogPlace } from "./common/log-buffer.ts";
import type { LineSettings } from "./common/logins.ts";
import type { Semantics } from "./common/semantic/findings.ts";
import type { NameSource } from "./live-names.ts";
import type { ConfigurationLogPlan } from "./running/configuration-log.ts";
import type { ModifierWords } from "./shell/output-modifier.ts";
import type { ConfigStore } from "./tree/config-store.ts";

export type DialectName = "ios" | "junose";

/** Where a session stands, for the prompt. */
interface PromptState {
  readonly hostname: string;
  /** `undefined` in exec. */
  readonly mode: Mode | undefined;
  readonly privileged: boolean;
  readonly virtualRouter: string;
}

export interface Compiled {
  readonly spec: RouterSpec;
  /** What the configuration asks for and cannot have, in plain words: `interface Virtual-Template1: pool POOL does not exist`. */
  readonly warnings: readonly string[];
}

/** The mark below a page of output. */
export interface PagerStyle {
  readonly prompt: string;
  /** What wipes the mark and leaves the cursor in the first column. */
  readonly erase: string;
  /** Said in a line of its own when a search or a filter begins; absent = what was typed of it is wiped. */
  readonly filtering?: string;
}

/** What is known of the running configuration besides what it says. */
export interface ConfigurationRecord {
  readonly now: Date;
  /** `undefined` = nothing was changed since it was loaded. */
  readonly lastChange: { readonly at: Date; readonly by: string } | undefined;
  /** When it was last written to the startup configuration, as far as this process knows. */
  readonly savedAt: Date | undefined;
  readonly version: string;
  /** What it says of the chassis itself. */
  readonly chassis: ConfigReader;
}

/** Copies of the running configuration that a configuration asks for. */
export interface ArchivePlan {
  /** The device that holds the copies and what their names start with. */
  readonly device: FileDevice;
  readonly prefix: string;
  /** Older copies than so many are removed. */
  readonly maximum: number;
  /** A copy is made whenever the configuration is saved. */
  readonly onSave: boolean;
  /** A copy is made each time so many minutes have gone; `undefined` = only when asked. */
  readonly everyMinutes: number | undefined;
}

export interface StartFile {
  readonly name: string;
  /** The line that says so, to be kept; `undefined` = it says so for the next start only. */
  readonly line: string | undefined;
}

/** What a configuration says about how it is kept itself. */
export interface Keeping {
  /** Every change is saved by itself. */
  readonly automatic: boolean;
  readonly archive: ArchivePlan | undefined;
  /** Lines that are typed in configuration are kept; absent = they are not. */
  readonly commandLog?: ConfigurationLogPlan | undefined;
  /** A file of flash that the device starts from in place of the startup configuration. */
  readonly startFile: StartFile | undefined;
}

/** Stands for the `id` of each of them. */
export const EVERY_CONFIGURATION_MODE = "*";

/** A level for the commands of a mode that begin so. */
export interface PrivilegeLine {
  /** The mode's `id`, `exec`, or `EVERY_CONFIGURATION_MODE`. */
  readonly mode: string;
  /** As typed: words may be shortened, and one that is short for several means them all; empty = every command. */
  readonly text: string;
  readonly level: number;
  readonly all: boolean;
}

export interface Dialect {
  readonly name: DialectName;
  /** Global configuration mode, the root of the others. */
  readonly globalMode: Mode;
  /** Every configuration command. Inside a mode lines print in this order. */
  readonly config: readonly ConfigCommand[];
  /** Commands of user and privileged exec. */
  readonly exec: readonly ExecCommand<ExecContext>[];
  /** Exec commands that also work by their own name in configuration modes: `exit`, `end`, JunosE's `show`. */
  readonly execInConfiguration: readonly ExecCommand<ExecContext>[];
  /** Names that the configuration has, by the kind that an argument's type says. */
  readonly live: Readonly<Record<string, NameSource>>;
  /** Puts lines of a changed configuration in other words: passwords that were typed in the clear are hidden so. */
  settle?(store: ConfigStore, random: Random): void;
  /** What the configuration sets for the line of a login. */
  lineSettings(store: ConfigStore, line: string): LineSettings;
  /** The levels that the configuration gives to commands; absent = commands keep their own. */
  privileges?(store: ConfigStore): readonly PrivilegeLine[];
  /** The level that commands of configuration need where no line gives them another; absent = 15. */
  readonly configurationLevel?: number;
  /** What a word at the start of a line stands for in a mode (`undefined`: in exec); absent = there are no such words. */
  alias?(store: ConfigStore, mode: Mode | undefined, word: string): string | undefined;
  /** What is said of a single word in exec that is no command; absent = what is said of every unknown one. */
  unknownWord?(store: ConfigStore, word: string): readonly string[];
  /** What is shown to who logs in; absent = nothing. */
  banners(store: ConfigStore): Banners;
  /** What somebody is told who has come in over the network; absent = nothing. */
  welcome?(line: string): readonly string[];
  /** Words that run an exec command from configuration: `do`, `run`. */
  readonly escapeWords: readonly string[];
  /** Named parts of the running configuration in the order they print. */
  readonly sections: readonly string[];
  /** The command that switches to another virtual router's configuration (JunosE), when there is one. */
  readonly virtualRouterCommand: Opener | undefined;
  /** The line of a virtual router that makes a VRF in it, called `VR:VRF`; absent = there are none. */
  readonly vrfCommand?: Opener;
  /** The level from which a session counts as privileged (its prompt ends with `#`). */
  readonly privilegedLevel: number;
  /** What `exit` does in privileged exec. */
  readonly exitFromPrivileged: "logout" | "userExec";
  /** Printed on entering configuration. */
  readonly configureBanner: string;
  /** Ctrl-C on an empty line leaves configuration. */
  readonly interruptEndsConfiguration: boolean;
  /** What may stand behind a command. */
  readonly modifiers: ModifierWords;
  readonly pager: PagerStyle;
  /** How `?` differs: no line above the commands of a mode, other words for values (`<1-5>`). Absent = it does not. */
  readonly help?: { readonly untitled: true; word(placeholder: string): string };
  /** A `!` glued to the end of a line that only then reads is dropped (a slip that published configurations carry). */
  readonly dropsGluedComment: boolean;
  /** Why no command takes a line of configuration with these words. */
  refuses?(words: readonly ResolvedWord[]): string | undefined;
  /** Lines of a listing that hold for those before them in their block: a device that starts knows them all before it acts. */
  readonly foretold?: RegExp;
  /** Lines that name what must be there, and may stand before it in a listing. */
  readonly looksAhead?: RegExp;
  /** Debugging is switched for the whole box and shown wherever its log is; absent = each login has its own and sees it. */
  readonly sharesDebugging?: boolean;
  prompt(state: PromptState): string;
  /** The chassis' name as configured, or the box's default. */
  hostname(store: ConfigStore): string;
  /** `at`: the moment that times of day are compared with; absent = whatever is only at times is there. */
  compile(store: ConfigStore, at?: Date): Compiled;
  /** What is at some times only, as it is at that moment: `compile` gives another result when it changes. `undefined` = nothing. */
  timeState?(store: ConfigStore, at: Date): string | undefined;
  /** Who may come in over the network. */
  access(store: ConfigStore): AccessSpec;
  /** What can be told of a configuration that is well formed and will not do what it should. */
  readonly semantics?: Semantics;
  /** The configuration as the box prints it, without header and trailer: pastes back to the same store. */
  render(store: ConfigStore): readonly string[];
  /** The same with a line for each setting that stands at its default. */
  renderAll(store: ConfigStore): readonly string[];
  /** A configuration as a file: the body between what the box writes before and behind it. */
  document(body: readonly string[], record: ConfigurationRecord): readonly string[];
  keeping(store: ConfigStore): Keeping;
  /** It is a line of the box's log, whatever the levels of its destinations. Asked for every event, packets too. */
  logs(event: LogEvent, config: ConfigReader): boolean;
  /**
   * A log event as the box's log line with its time stamp, or `undefined` when the box would not print it. `debug` = what the
   * session asked for, `place` = what is configured and where the line goes, where those decide too.
   */
  logLine(event: LogEvent, at: Date, debug?: Pick<DebugSwitches, "on">, place?: LogPlace): string | undefined;
  /** What the switched-on debugging prints for an event, with time stamps. */
  debugLines(event: LogEvent, debug: DebugSwitches, at: Date, place?: LogPlace): readonly string[];
}
