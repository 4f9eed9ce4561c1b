/** Time that passes when a test says so. What is due at once is done soon, as by a real host. */

import type { Timers } from "../../src/cli/host.ts";
import type { Millis } from "../../src/engine/kernel/machine.ts";

interface Waiting {
  readonly at: Millis;
  readonly work: () => void;
}

export class HandClock implements Timers {
  #now = 0;
  readonly #waiting = new Set<Waiting>();

  now(): Millis {
    return this.#now;
  }

  after(millis: Millis, work: () => void): () => void {
    if (millis <= 0) {
      const soon = setImmediate(work);
      return () => clearImmediate(soon);
    }
    const waiting = { at: this.#now + millis, work };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  /** For how much longer each of those that wait does so. */
  get waits(): readonly Millis[] {
    return [...this.#waiting].map(({ at }) => at - this.#now);
  }

  advance(millis: Millis): void {
    this.#now += millis;
    const due = [...this.#waiting].filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    for (const each of due) if (this.#waiting.delete(each)) each.work();
  }
}
