/**
 * A login that a script works on, here or at the other end of a connection: commands one at a time, each with its outcome, its
 * questions answered from the script.
 */

import type { GatewayState } from "../gateway-state.ts";
import { LineRunner } from "../line-runner.ts";
import type { Session } from "../session.ts";

export interface Outcome {
  readonly ok: boolean;
  /** What was printed, as a value; absent = there is none. */
  readonly model?: unknown;
}

export interface CommandListener {
  /** Text as it comes, line ends included; `ok` = it is no complaint. */
  say(text: string, ok: boolean): void;
  /** The command asks; `undefined` = nobody answers, which is the empty answer. */
  answer(): string | undefined;
}

export interface ScriptLogin {
  run(command: string, listener: CommandListener): Promise<Outcome>;
  state(): Promise<GatewayState>;
  /** The login is over: no more commands. */
  readonly ended: boolean;
  close(): void;
}

/** A login of this process. */
export class LocalLogin implements ScriptLogin {
  readonly #session: Session;
  readonly #runner: LineRunner;
  #listener: CommandListener | undefined;
  #settle: ((outcome: Outcome) => void) | undefined;

  constructor(session: Session) {
    this.#session = session;
    this.#runner = new LineRunner(session, {
      say: (text, ok) => this.#listener?.say(text, ok),
      asks: () => this.#runner.submit(this.#listener?.answer()),
      done: (ok, model) => this.#settle?.(model === undefined ? { ok } : { ok, model }),
      finished: () => this.#settle?.({ ok: true }),
    });
  }

  run(command: string, listener: CommandListener): Promise<Outcome> {
    this.#listener = listener;
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#runner.submit(command);
    });
  }

  async state(): Promise<GatewayState> {
    return this.#session.state;
  }

  get ended(): boolean {
    return this.#session.ended;
  }

  close(): void {
    this.#session.close();
  }
}
