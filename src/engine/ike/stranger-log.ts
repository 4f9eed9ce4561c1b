/**
 * A log for what others can cause as often as they like: its rate is bounded, so that a flood fills no disk and hides nothing else. How much
 * was left out is said once the flood ebbs. Those who have proven themselves have one of their own: a group key is known to many, and
 * who has it can be refused without end as well.
 */

import type { Log } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";

const BURST = 200;
const PER_SECOND = 20;

export class StrangerLog {
  readonly #log: Log;
  readonly #about: string;
  #tokens = BURST;
  #filledAt: Millis | undefined;
  #leftOut = 0;

  /** `about` whom: `strangers`. */
  constructor(log: Log, about: string) {
    this.#log = log;
    this.#about = about;
  }

  at(now: Millis): Log {
    const passed = now - (this.#filledAt ?? now);
    this.#tokens = Math.min(BURST, this.#tokens + (passed * PER_SECOND) / 1000);
    this.#filledAt = now;
    return (category, severity, text, fields) => {
      if (this.#tokens < 1) {
        this.#leftOut += 1;
        return;
      }
      this.#tokens -= 1;
      if (this.#leftOut > 0) {
        this.#log("ike", "notice", `Log lines about ${this.#about} were left out`, { count: this.#leftOut });
        this.#leftOut = 0;
      }
      this.#log(category, severity, text, fields);
    };
  }
}
