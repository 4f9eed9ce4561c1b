/** How often a peer that is refused is answered and logged: a flood of requests shall not become a flood of ours. */

import type { Millis } from "../kernel/machine.ts";

const REFUSALS_PER_SECOND = 20;

/** Lets so many through in a second, and counts the others. */
export class RefusalLimit {
  #since: Millis = Number.NEGATIVE_INFINITY;
  #count = 0;
  #suppressed = 0;

  /** How many were suppressed in the second before this one; `undefined` = this one is, too. */
  admit(now: Millis): { readonly suppressed: number } | undefined {
    let suppressed = 0;
    if (now - this.#since >= 1000) {
      suppressed = this.#suppressed;
      this.#since = now;
      this.#count = 0;
      this.#suppressed = 0;
    }
    this.#count += 1;
    if (this.#count <= REFUSALS_PER_SECOND) return { suppressed };
    this.#suppressed += 1;
    return undefined;
  }
}
