/**
 * How many sessions there are of each profile, of each group of profiles and of the chassis, and whether one more may come.
 * Live sessions count, those included that are being set up.
 */

import type { L2tpSystemSpec, LnsProfileSpec } from "../spec.ts";
import { profileKey } from "./context.ts";

export class SessionLimits {
  readonly #counts = new Map<string, number>();
  #total = 0;

  count(profile: LnsProfileSpec, change: 1 | -1): void {
    this.#total += change;
    for (const key of [profileKey(profile), groupKey(profile)]) {
      const count = this.#of(key) + change;
      if (count === 0) this.#counts.delete(key);
      else this.#counts.set(key, count);
    }
  }

  /** Which limit forbids one more session of the profile, in plain words; `undefined` = none. */
  reached(profile: LnsProfileSpec, system: L2tpSystemSpec): string | undefined {
    const { name, maxSessions, groupLimit } = profile;
    const limits: readonly (readonly [string, number, number | undefined])[] = [
      ["the chassis", this.#total, system.maxSessions],
      [`${groupLimit?.group ?? name} as a whole`, this.#of(groupKey(profile)), groupLimit?.maxSessions],
      [name, this.#of(profileKey(profile)), maxSessions],
    ];
    const full = limits.find(([, count, limit]) => limit !== undefined && count >= limit);
    return full === undefined ? undefined : `the session limit of ${full[0]} is reached (${full[2]})`;
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}

/** What profiles with a limit in common have in common; without one, the name alone, which nothing limits. */
function groupKey({ virtualRouter, name, groupLimit }: LnsProfileSpec): string {
  return JSON.stringify([virtualRouter, groupLimit?.group ?? name]);
}
