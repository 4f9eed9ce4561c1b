/** A bound on how often something may be done: bursts up to a size, then a steady rate. */

import type { Millis } from "../kernel/machine.ts";

export class TokenBucket {
  readonly #size: number;
  readonly #millisPerToken: number;
  #tokens: number;
  #filledAt: Millis = 0;

  constructor(size: number, perSecond: number) {
    this.#size = size;
    this.#millisPerToken = 1000 / perSecond;
    this.#tokens = size;
  }

  /** Takes a token; false = there is none now. */
  take(now: Millis): boolean {
    const earned = Math.floor((now - this.#filledAt) / this.#millisPerToken);
    if (earned > 0) {
      this.#tokens = Math.min(this.#size, this.#tokens + earned);
      this.#filledAt += earned * this.#millisPerToken;
    }
    if (this.#tokens === 0) return false;
    this.#tokens -= 1;
    return true;
  }
}
