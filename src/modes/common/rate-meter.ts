/**
 * How fast each interface carries: averages that forget exponentially over the load interval, as routers take them. It has no clock: whoever
 * samples says what was counted when. Samples may come at any distance; the closer, the sooner a change is seen.
 */

import type { Millis } from "../../engine/kernel/machine.ts";
import type { InterfaceCounts } from "./port-traffic.ts";

const COUNTED = ["rxPackets", "rxOctets", "txPackets", "txOctets"] as const;

/** A second. */
export type Rates = Readonly<Record<(typeof COUNTED)[number], number>>;

/** Every interval that an interface may be given, in seconds. */
const STEP_SECONDS = 30;
const LONGEST_SECONDS = 600;
const INTERVALS = Array.from({ length: LONGEST_SECONDS / STEP_SECONDS }, (_, index) => STEP_SECONDS * (index + 1));

export const DEFAULT_LOAD_INTERVAL = 300;

const STILL: Rates = { rxPackets: 0, rxOctets: 0, txPackets: 0, txOctets: 0 };

export class RateMeter {
  readonly #averages = new Map<string, readonly Rates[]>();
  #last: { readonly at: Millis; readonly counts: ReadonlyMap<string, InterfaceCounts> } | undefined;

  sample(at: Millis, counts: ReadonlyMap<string, InterfaceCounts>): void {
    const last = this.#last;
    const seconds = last === undefined ? 0 : (at - last.at) / 1000;
    if (last !== undefined && seconds <= 0) return;
    this.#last = { at, counts };
    if (last === undefined) return;
    for (const name of [...this.#averages.keys()].filter((known) => !counts.has(known))) this.#averages.delete(name);
    for (const [name, now] of counts) {
      const before = last.counts.get(name);
      if (before === undefined) continue;
      // Counters that went back began anew.
      const rates = ratesOf((field) => Math.max(0, now[field] - before[field]) / seconds);
      const averages = this.#averages.get(name);
      this.#averages.set(
        name,
        INTERVALS.map((interval, index) => {
          const old = averages?.[index] ?? STILL;
          const share = 1 - Math.exp(-seconds / interval);
          return ratesOf((field) => old[field] + share * (rates[field] - old[field]));
        }),
      );
    }
  }

  /** `intervalSeconds` is a multiple of 30 up to 600. */
  rates(name: string, intervalSeconds: number): Rates {
    return this.#averages.get(name)?.[intervalSeconds / STEP_SECONDS - 1] ?? STILL;
  }
}

function ratesOf(rate: (field: (typeof COUNTED)[number]) => number): Rates {
  return {
    rxPackets: rate("rxPackets"),
    rxOctets: rate("rxOctets"),
    txPackets: rate("txPackets"),
    txOctets: rate("txOctets"),
  };
}
