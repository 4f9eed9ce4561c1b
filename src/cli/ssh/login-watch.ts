/**
 * How logins went, counted and told to the log, and quiet mode: after too many failures within a time nobody new is let in for a while,
 * but for those an access list names. It knows when, and not how: the server asks it. What is remembered is bounded.
 */

import type { Log } from "../../engine/kernel/log.ts";
import type { LoginFailureView, LoginGuardSpec, LoginWatchView } from "../../modes/common/login-watch.ts";
import { Alarm } from "../alarm.ts";
import type { Timers } from "../host.ts";

export interface LoginWatchContext {
  readonly timers: Timers;
  readonly log: Log;
  date(): Date;
  /** What the configuration says now; `undefined` = it says nothing of it. */
  guard(): LoginGuardSpec | undefined;
}

interface Attempt {
  readonly user: string;
  readonly from: string;
}

/** The port of a box, whichever one stands for it here. */
const SSH_PORT = 22;
/** Names and addresses whose failures are shown. */
const REMEMBERED = 64;

export class LoginWatch {
  readonly #context: LoginWatchContext;
  readonly #alarm: Alarm;
  readonly #failures = new Map<string, LoginFailureView>();
  /** When the failures were that count, the oldest first; never more than quiet mode takes. */
  #counted: readonly number[] = [];
  #quietUntil: number | undefined;
  #succeeded = 0;
  #failed = 0;

  constructor(context: LoginWatchContext) {
    this.#context = context;
    this.#alarm = new Alarm(
      context.timers,
      () => (this.#quietUntil === undefined ? undefined : { at: this.#quietUntil, why: "quiet mode" }),
      () => this.#endQuiet(),
    );
  }

  /** How long a refusal is held back, in milliseconds. */
  get delayMillis(): number {
    return (this.#context.guard()?.delaySeconds ?? 0) * 1000;
  }

  /** Nobody new is to be let in but who passes `list`; `undefined` = everybody may try. */
  get quiet(): { readonly list: string | undefined } | undefined {
    const guard = this.#context.guard();
    if (this.#quietMillis === 0 || guard?.block === undefined) return undefined;
    return { list: guard.quietList };
  }

  get view(): LoginWatchView {
    const { block } = this.#context.guard() ?? {};
    const counted = this.#countedSince((block?.withinSeconds ?? 0) * 1000);
    const [oldest] = counted;
    return {
      totalFailures: this.#failed,
      countedFailures: counted.length,
      windowMillis: oldest === undefined ? 0 : oldest + (block?.withinSeconds ?? 0) * 1000 - this.#now,
      quietMillis: this.quiet === undefined ? 0 : this.#quietMillis,
      failures: [...this.#failures.values()],
    };
  }

  succeeded(attempt: Attempt): void {
    this.#succeeded += 1;
    this.#context.log("aaa", "info", "login succeeded", told(attempt, this.#succeeded));
  }

  failed(attempt: Attempt): void {
    this.#failed += 1;
    this.#remember(attempt);
    this.#context.log("aaa", "info", "login failed", told(attempt, this.#failed));
    const guard = this.#context.guard();
    if (guard?.block === undefined || this.quiet !== undefined) return;
    const { attempts, seconds, withinSeconds } = guard.block;
    this.#counted = [...this.#countedSince(withinSeconds * 1000), this.#now].slice(-attempts);
    if (this.#counted.length < attempts) return;
    const [oldest = this.#now] = this.#counted;
    const left = Math.ceil((oldest + withinSeconds * 1000 - this.#now) / 1000);
    this.#counted = [];
    this.#quietUntil = this.#now + seconds * 1000;
    this.#alarm.set();
    const { quietList } = guard;
    this.#context.log("aaa", "warning", "quiet mode began", {
      ...told(attempt, this.#failed),
      left,
      ...(quietList === undefined ? {} : { list: quietList }),
    });
  }

  stop(): void {
    this.#alarm.stop();
  }

  get #now(): number {
    return this.#context.timers.now();
  }

  get #quietMillis(): number {
    return Math.max(0, (this.#quietUntil ?? 0) - this.#now);
  }

  #countedSince(millis: number): readonly number[] {
    return this.#counted.filter((at) => this.#now - at < millis);
  }

  #endQuiet(): void {
    if (this.#quietMillis > 0) {
      this.#alarm.set();
      return;
    }
    this.#quietUntil = undefined;
    this.#context.log("aaa", "notice", "quiet mode is over");
  }

  #remember({ user, from }: Attempt): void {
    const key = `${from} ${user}`;
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    // Deleted and set again, so that the map stays in the order of the last failure.
    this.#failures.delete(key);
    this.#failures.set(key, { user, from, port: SSH_PORT, count, at: this.#context.date() });
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined && this.#failures.size > REMEMBERED) this.#failures.delete(oldest);
  }
}

function told({ user, from }: Attempt, count: number) {
  return { user, from, localport: SSH_PORT, count };
}
