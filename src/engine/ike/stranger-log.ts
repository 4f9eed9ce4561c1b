/**
 * A log for what anyone can cause without proving who they are: its rate is bounded, so that a flood fills no disk and
 * hides nothing else. How much was left out is said once the flood ebbs.
 */

import type { Log } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";

const BURST = 200;
const PER_SECOND = 20;

export class StrangerLog {
  readonly #log: Log;
  #tokens = BURST;
  #filledAt: Millis | undefined;
  #leftOut = 0;

  constructor(log: Log) {
    this.#log = log;
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
        this.#log("ike", "notice", "Log lines about strangers were left out", { count: this.#leftOut });
        this.#leftOut = 0;
      }
      this.#log(category, severity, text, fields);
    };
  }
}
