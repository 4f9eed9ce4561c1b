/** Work that is due at the next turn of the loop, or before it when somebody cannot wait; asked for many times, it is done once. */

import type { Timers } from "./host.ts";

export class Soon {
  readonly #timers: Timers;
  readonly #work: () => void;
  #cancel: (() => void) | undefined;

  constructor(timers: Timers, work: () => void) {
    this.#timers = timers;
    this.#work = work;
  }

  ask(): void {
    this.#cancel ??= this.#timers.after(0, () => this.settle());
  }

  /** Does it now if it is asked for. */
  settle(): void {
    if (this.#cancel === undefined) return;
    this.forget();
    this.#work();
  }

  /** It is not needed any more. */
  forget(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
