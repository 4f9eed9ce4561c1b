/**
 * The lines of configuration that logins typed, numbered, with who typed them: as many as the configuration asks for. Files that
 * are merged or put in place of it are not lines that somebody typed.
 */

import type { Log } from "../../engine/kernel/log.ts";
import { maskMasterKey, maskSecrets } from "../common/mask-secrets.ts";

export interface ConfigurationLogPlan {
  /** Lines that are kept. */
  readonly size: number;
  /** Passwords and keys are kept as asterisks. */
  readonly hidesKeys: boolean;
  /** Each line is told to the system log too, always without its keys. */
  readonly notifies: boolean;
}

export interface LoggedCommand {
  /** Counts from 1 for as long as the process lives. */
  readonly index: number;
  /** Counts how often anybody went into configuration. */
  readonly session: number;
  readonly user: string;
  readonly line: string;
  /** As the configuration says it: several lines where the command has several. */
  readonly command: string;
}

export class ConfigurationLog {
  readonly #plan: () => ConfigurationLogPlan | undefined;
  readonly #log: Log;
  readonly #sessions = new Map<string, number>();
  #commands: readonly LoggedCommand[] = [];
  #session = 0;
  #next = 1;

  constructor(plan: () => ConfigurationLogPlan | undefined, log: Log) {
    this.#plan = plan;
    this.#log = log;
  }

  /** `undefined` = nothing is logged. */
  get plan(): ConfigurationLogPlan | undefined {
    return this.#plan();
  }

  /** Oldest first. */
  get commands(): readonly LoggedCommand[] {
    return this.#commands;
  }

  /** Somebody went into configuration. */
  begin(line: string): void {
    this.#session += 1;
    this.#sessions.set(line, this.#session);
  }

  add({ user, line, command }: Pick<LoggedCommand, "user" | "line" | "command">): void {
    const plan = this.plan;
    if (plan === undefined) return;
    const hidden = maskSecrets(command);
    const session = this.#sessions.get(line) ?? this.#session;
    const logged = {
      index: this.#next,
      session,
      user,
      line,
      command: plan.hidesKeys ? hidden : maskMasterKey(command),
    };
    this.#next += 1;
    this.#commands = [...this.#commands, logged].slice(-plan.size);
    if (plan.notifies) this.#log("config", "notice", "command was logged", { user, command: hidden });
  }

  clear(): void {
    this.#commands = [];
  }
}
