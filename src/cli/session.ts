/** One login on a gateway: a shell whose changes are acted on, and the log lines that the user asked to see. */

import type { DebugSwitches } from "../modes/common/exec-context.ts";
import type { LogDestination } from "../modes/common/log-buffer.ts";
import type { LineResult, Shell } from "../modes/shell/shell.ts";
import type { Gateway } from "./gateway.ts";
import type { TimedEvent } from "./log-hub.ts";
import type { Login } from "./vty.ts";

export class Session implements Login {
  readonly #gateway: Gateway;
  readonly #shell: Shell;
  readonly #debug: DebugSwitches;
  readonly #destination: LogDestination;
  #monitor: boolean;
  #ended = false;

  /** `monitor`: log lines are shown from the start, as on a console. */
  constructor(gateway: Gateway, options: { readonly line: string; readonly monitor: boolean }) {
    const { shell, debug } = gateway.login(options.line);
    this.#gateway = gateway;
    this.#shell = shell;
    this.#debug = debug;
    this.#monitor = options.monitor;
    this.#destination = options.line.startsWith("con") ? "console" : "monitor";
  }

  get ended(): boolean {
    return this.#ended;
  }

  prompt(): string {
    return this.#shell.prompt();
  }

  execute(line: string): LineResult {
    const result = this.#shell.execute(line);
    if (result.changed) this.#gateway.reconcile();
    if (result.monitor !== undefined) this.#monitor = result.monitor;
    this.#ended ||= result.loggedOut;
    return result;
  }

  run(line: string): readonly string[] {
    return this.execute(line).lines;
  }

  help(before: string): readonly string[] {
    return this.#shell.help(before);
  }

  complete(before: string): string | undefined {
    return this.#shell.complete(before);
  }

  end(): readonly string[] {
    this.#shell.end();
    return [];
  }

  /** What this session prints for a log event: nothing, a log line, or what its debugging says. */
  logLines({ event, at }: TimedEvent): readonly string[] {
    const { dialect } = this.#gateway;
    const line = this.#monitor ? dialect.logLine(event, at) : undefined;
    if (line !== undefined) this.#gateway.logs.shown(this.#destination, 1);
    const debug = dialect.debugLines(event, this.#debug, at);
    return line === undefined ? debug : [line, ...debug];
  }
}
