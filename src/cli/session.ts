/**
 * One login on a gateway: a shell whose changes are acted on, its terminal, and the log lines that the user asked to see.
 * It knows no stream: a terminal line, a pipe or a script feeds it lines.
 */

import type { Activity, Question } from "../grammar/declaration.ts";
import type { HelpRow } from "../grammar/help.ts";
import type { Explanation } from "../grammar/mode-grammar.ts";
import type { DebugSwitches } from "../modes/common/exec-context.ts";
import type { LogDestination } from "../modes/common/log-buffer.ts";
import type { LineSettings } from "../modes/common/logins.ts";
import type { PagerStyle } from "../modes/dialect.ts";
import { lineMatcher } from "../modes/shell/expression.ts";
import type { LineResult } from "../modes/shell/line-result.ts";
import { PasteLog } from "../modes/shell/paste-log.ts";
import type { Shell } from "../modes/shell/shell.ts";
import type { Gateway } from "./gateway.ts";
import { type GatewayState, stateOf } from "./gateway-state.ts";
import type { TimedEvent } from "./log-hub.ts";
import { LoginTerminal, PIPE_DEFAULTS, TERMINAL_DEFAULTS } from "./login-terminal.ts";
import { dashboardActivity } from "./ui/dashboard-activity.ts";
import type { Answer, Login } from "./vty.ts";

export interface SessionOptions {
  /** The line of the router that the login comes through: `con 0`, `vty 2`. */
  readonly line: string;
  /** Somebody sits at a terminal: output comes in pages. */
  readonly paged: boolean;
  /** Log lines are shown from the start, as on a console. */
  readonly monitor: boolean;
  /** Who came in, and what they may do; absent = the owner of the process. */
  readonly user?: { readonly name: string; readonly level: number };
  /** The terminal shows colours, where something is drawn; lines of commands never have any. */
  readonly colour?: boolean;
  /** Where the login comes from; absent = from here. */
  readonly location?: string;
}

export class Session implements Login {
  readonly terminal: LoginTerminal;
  readonly pager: PagerStyle;
  readonly lineTest = lineMatcher;
  /** Octets that wait for the terminal; told by whoever has the stream. */
  unread: () => number = () => 0;
  readonly #gateway: Gateway;
  readonly #shell: Shell;
  readonly #debug: DebugSwitches;
  readonly #destination: LogDestination;
  readonly #line: string;
  readonly #user: string;
  readonly #location: string;
  readonly #starts: number;
  readonly #endings = new Set<() => void>();
  readonly #colour: boolean;
  #window = { columns: 0, rows: 0 };
  readonly #listeners = new Set<(lines: readonly string[]) => void>();
  readonly #pastes = new PasteLog();
  readonly #forget: () => void;
  #ended = false;
  #refused = false;
  #lastInputAt: number;

  constructor(gateway: Gateway, options: SessionOptions) {
    this.#gateway = gateway;
    const startedAt = gateway.host.now();
    this.#lastInputAt = startedAt;
    this.#line = options.line;
    this.#user = options.user?.name ?? "";
    this.#location = options.location ?? "";
    this.terminal = new LoginTerminal(options.paged ? TERMINAL_DEFAULTS : PIPE_DEFAULTS, options.monitor, () =>
      this.#shell.configuring ? "configuration" : "exec",
    );
    const { shell, debug } = gateway.login(options.line, this.terminal, {
      user: options.user,
      attended: options.paged,
      dashboard: options.paged ? () => this.#dashboard() : undefined,
    });
    this.#colour = options.colour ?? false;
    this.terminal.pasted = () => gateway.examination(this.#pastes.report);
    this.pager = gateway.dialect.pager;
    const { length, width, historySize, editing } = this.#settings;
    if (editing !== undefined) this.terminal.editing = editing;
    if (length !== undefined && options.paged) this.terminal.length = length;
    if (width !== undefined) this.terminal.width = width;
    if (historySize !== undefined) this.terminal.historySize = historySize;
    this.#starts = gateway.starts;
    this.#shell = shell;
    this.#debug = debug;
    this.#destination = options.line.startsWith("con") ? "console" : "monitor";
    this.#forget = gateway.logins.add({
      line: options.line,
      user: options.user?.name ?? "",
      location: this.#location,
      standing: () => ({
        activeMillis: gateway.host.now() - startedAt,
        idleMillis: gateway.host.now() - this.#lastInputAt,
        level: shell.level,
        virtualRouter: shell.virtualRouter,
      }),
      tell: (lines) => {
        for (const listener of this.#listeners) listener(lines);
      },
      close: () => this.close(),
    });
    this.onEnd(this.#forget);
  }

  get #settings(): LineSettings {
    return this.#gateway.dialect.lineSettings(this.#gateway.store, this.#line);
  }

  /** Logins end when the device starts over; the console is part of the device. */
  get ended(): boolean {
    return this.#ended || (this.#starts !== this.#gateway.starts && this.#destination !== "console");
  }

  /** Who changes the configuration here. */
  get #by(): string {
    return this.#user || (this.#destination === "console" ? "console" : this.#line);
  }

  #tellStanding(): void {
    if (this.#starts !== this.#gateway.starts) this.#shell.end();
    this.#gateway.running.stands(this.#line, this.#shell.configuring, this.#by, this.#location);
  }

  /** A line was refused, or could not do its work. */
  get refused(): boolean {
    return this.#refused;
  }

  /** What is up, in no router's words. */
  get state(): GatewayState {
    return stateOf(this.#gateway.glance());
  }

  /** Calls back when the login ends by itself or by another's hand. */
  onEnd(ending: () => void): void {
    this.#endings.add(ending);
  }

  /** Calls back with lines that another login sends to this one. */
  onMessage(listener: (lines: readonly string[]) => void): void {
    this.#listeners.add(listener);
  }

  /** Ends the login. */
  close(): void {
    if (this.#ended && this.#endings.size === 0) return;
    this.#ended = true;
    this.#shell.end();
    this.#tellStanding();
    const endings = [...this.#endings];
    this.#endings.clear();
    for (const ending of endings) ending();
  }

  get idleMillis(): number | undefined {
    return this.#settings.idleMillis || undefined;
  }

  greeting(): readonly string[] {
    const { motd = [], exec = [] } = this.#gateway.dialect.banners(this.#gateway.store);
    const { motdBanner = true, execBanner = true } = this.#settings;
    const welcome = this.#destination === "console" ? [] : (this.#gateway.dialect.welcome?.(this.#line) ?? []);
    return [...welcome, ...(motdBanner ? motd : []), ...(execBanner ? exec : [])];
  }

  prompt(): string {
    return this.#shell.prompt();
  }

  execute(line: string): LineResult {
    this.#lastInputAt = this.#gateway.host.now();
    if (!this.collecting) this.terminal.remember(line);
    const prompt = this.#shell.prompt();
    const result = this.#shell.execute(line);
    if (result.configured === true) {
      const command = result.stored?.meaning ?? line.trim();
      this.#gateway.running.commandLog.add({ user: this.#by, line: this.#line, command });
    }
    this.#pastes.add(line, prompt, result, this.#shell, this.#gateway.host.now());
    return this.#act(result);
  }

  answer(question: Question, text: string): LineResult {
    return this.#act(this.#shell.answer(question, text));
  }

  interrupt(text: string): LineResult {
    return this.#act(this.#shell.interrupt(text));
  }

  get collecting(): boolean {
    return this.#shell.collecting;
  }

  reprintsBehind(lines: readonly string[]): boolean {
    const { reprintsBehind } = this.#settings;
    return reprintsBehind === undefined || lines.some(reprintsBehind);
  }

  help(before: string): readonly string[] {
    return this.#shell.help(before);
  }

  /** What may come next, with its text. */
  options(before: string): readonly HelpRow[] {
    return this.#shell.options(before);
  }

  /** Why a line is refused as it stands. */
  explain(line: string): Explanation {
    return this.#shell.explain(line);
  }

  /** The lines that come now are a paste of their own. */
  beginPaste(): void {
    this.#pastes.begin();
  }

  get configuring(): boolean {
    return this.#shell.configuring;
  }

  complete(before: string): string | undefined {
    return this.#shell.complete(before);
  }

  end(): Answer {
    this.#shell.end();
    this.#tellStanding();
    return { lines: [] };
  }

  expire(): void {
    this.close();
  }

  resize(columns: number, rows: number): void {
    this.#window = { columns, rows };
    this.terminal.resize(columns, rows);
  }

  /** What this session prints for a log event: nothing, a log line, or what its debugging says. */
  logLines({ event, at, sequence, uptimeMillis, vouched }: TimedEvent): readonly string[] {
    const { dialect, store } = this.#gateway;
    const place = { config: store.chassis, destination: this.#destination, sequence, uptimeMillis, vouched };
    const line = this.terminal.monitor ? dialect.logLine(event, at, this.#debug, place) : undefined;
    if (line !== undefined) this.#gateway.logs.shown(this.#destination, 1);
    const isShown = this.terminal.monitor || dialect.sharesDebugging !== true;
    const debug = isShown ? dialect.debugLines(event, this.#debug, at, place) : [];
    return line === undefined ? debug : [line, ...debug];
  }

  #dashboard(): Activity {
    return dashboardActivity(this.#gateway, {
      ...this.#window,
      colour: this.#colour,
      unread: () => this.unread(),
    });
  }

  #act(result: LineResult): LineResult {
    if (result.changed) this.#gateway.running.edited(this.#by);
    this.#tellStanding();
    if (result.monitor !== undefined) this.terminal.monitor = result.monitor;
    this.#refused ||= !result.ok;
    if (result.loggedOut) {
      this.#ended = true;
      this.#forget();
    }
    return result;
  }
}
