/** One timer that goes off at the next deadline of something that keeps time without a timer of its own. */

import type { Deadline } from "../engine/kernel/machine.ts";
import type { Timers } from "./host.ts";

/** The longest wait that `setTimeout` can express. */
const LONGEST_WAIT_MILLIS = 0x7fff_ffff;

export class Alarm {
  readonly #timers: Timers;
  readonly #next: () => Deadline | undefined;
  readonly #due: () => void;
  #cancel: (() => void) | undefined;
  #stopped = false;

  /** `due` is called at or after the deadline that `next` names, and may be called early. */
  constructor(timers: Timers, next: () => Deadline | undefined, due: () => void) {
    this.#timers = timers;
    this.#next = next;
    this.#due = due;
  }

  /** The next deadline may be another one now. */
  set(): void {
    this.#cancel?.();
    const next = this.#next();
    if (next === undefined || this.#stopped) return;
    const wait = Math.min(Math.max(0, next.at - this.#timers.now()), LONGEST_WAIT_MILLIS);
    this.#cancel = this.#timers.after(Math.ceil(wait), () => this.#due());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }
}
