/** Whether the peer is still there: LCP echoes (RFC 1661 §5.8) at an interval, and so many of them unanswered that it is not. */

import type { Deadline, Millis } from "../kernel/machine.ts";

const MILLIS = 1000;

export class Keepalive {
  readonly #interval: Millis;
  readonly #retries: number;
  #at: Millis | undefined;
  #unanswered = 0;

  /** No interval = no echoes. */
  constructor(seconds: number, retries: number) {
    this.#interval = seconds * MILLIS;
    this.#retries = Math.max(1, retries);
  }

  start(now: Millis): void {
    this.#unanswered = 0;
    this.#at = this.#interval > 0 ? now + this.#interval : undefined;
  }

  stop(): void {
    this.#at = undefined;
  }

  answered(): void {
    this.#unanswered = 0;
  }

  /** What to do now: ask, give the peer up, or nothing. */
  due(now: Millis): "ask" | "giveUp" | undefined {
    if (this.#at === undefined || now < this.#at) return undefined;
    if (this.#unanswered >= this.#retries) {
      this.#at = undefined;
      return "giveUp";
    }
    this.#unanswered += 1;
    this.#at = now + this.#interval;
    return "ask";
  }

  pollTimeout(): Deadline | undefined {
    return this.#at === undefined ? undefined : { at: this.#at, why: "LCP echo" };
  }
}
