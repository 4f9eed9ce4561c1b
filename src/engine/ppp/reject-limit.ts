/** How often a peer is told that something is not spoken: it may ask for many things, but not for a flood of answers. */

import type { Millis } from "../kernel/machine.ts";

const REJECTS = 10;
const PERIOD: Millis = 1000;

export class RejectLimit {
  #period = -1;
  #count = 0;

  allows(now: Millis): boolean {
    const period = Math.floor(now / PERIOD);
    if (this.#period !== period) {
      this.#period = period;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= REJECTS;
  }
}
