/**
 * Who guesses passwords waits: each failure from an address makes the next answer to it come later, twice as late up to half a
 * minute. An office behind one address is slowed together but never locked out, and a success forgives. What is remembered is bounded; the
 * address that has been quiet for longest is forgotten first.
 */

const FREE_FAILURES = 3;
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 30_000;
/** Failures are forgotten after this long without another one. */
const FORGET_AFTER = 10 * 60_000;
const REMEMBERED = 10_000;

interface Record {
  readonly failures: number;
  readonly lastAt: number;
}

export class LoginThrottle {
  readonly #records = new Map<string, Record>();

  /** Milliseconds before an attempt from this address is answered. */
  delayFor(address: string, now: number): number {
    const record = this.#records.get(address);
    if (record === undefined || now - record.lastAt >= FORGET_AFTER) return 0;
    const over = record.failures - FREE_FAILURES;
    return over < 0 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(over, 16));
  }

  failed(address: string, now: number): void {
    const record = this.#records.get(address);
    const failures = record === undefined || now - record.lastAt >= FORGET_AFTER ? 1 : record.failures + 1;
    // Deleted and set again, so that the map stays in the order of the last failure.
    this.#records.delete(address);
    this.#records.set(address, { failures, lastAt: now });
    if (this.#records.size > REMEMBERED) {
      const [oldest] = this.#records.keys();
      if (oldest !== undefined) this.#records.delete(oldest);
    }
  }

  succeeded(address: string): void {
    this.#records.delete(address);
  }
}
