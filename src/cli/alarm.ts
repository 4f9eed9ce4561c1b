/** One timer that goes off at the next deadline of something that keeps time without a timer of its own. */

import type { Clock } from "../dataplane/io/clock.ts";
import type { Deadline } from "../engine/kernel/machine.ts";

/** The longest wait that `setTimeout` can express. */
const LONGEST_WAIT_MILLIS = 0x7fff_ffff;

export class Alarm {
  readonly #clock: Clock;
  readonly #next: () => Deadline | undefined;
  readonly #due: () => void;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** `due` is called at or after the deadline that `next` names, and may be called early. */
  constructor(clock: Clock, next: () => Deadline | undefined, due: () => void) {
    this.#clock = clock;
    this.#next = next;
    this.#due = due;
  }

  /** The next deadline may be another one now. */
  set(): void {
    clearTimeout(this.#timer);
    const next = this.#next();
    if (next === undefined || this.#stopped) return;
    const wait = Math.min(Math.max(0, next.at - this.#clock.now()), LONGEST_WAIT_MILLIS);
    this.#timer = setTimeout(() => this.#due(), Math.ceil(wait));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}
