/** What was decided about the PPP users of each virtual router, and how many of them are there. */

import type { AaaCounters, AaaSnapshot } from "../snapshot.ts";

interface Decided {
  readonly counters: AaaCounters;
  users: number;
}

export class Decisions {
  readonly #decided = new Map<string, Decided>();

  count(virtualRouter: string, what: "accepted" | "rejected" | "addressesGranted" | "addressesRefused"): void {
    this.#of(virtualRouter).counters[what] += 1;
  }

  /** A user came or went. */
  users(virtualRouter: string, change: 1 | -1): void {
    const decided = this.#of(virtualRouter);
    decided.users += change;
    decided.counters.mostUsers = Math.max(decided.counters.mostUsers, decided.users);
  }

  snapshot(): AaaSnapshot[] {
    return [...this.#decided].map(([virtualRouter, { counters }]) => ({ virtualRouter, counters: { ...counters } }));
  }

  #of(virtualRouter: string): Decided {
    const found = this.#decided.get(virtualRouter);
    if (found !== undefined) return found;
    const counters = { accepted: 0, rejected: 0, addressesGranted: 0, addressesRefused: 0, mostUsers: 0 };
    const made = { counters, users: 0 };
    this.#decided.set(virtualRouter, made);
    return made;
  }
}
