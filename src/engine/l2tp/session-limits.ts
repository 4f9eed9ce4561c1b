/**
 * How many sessions there are of each profile, of profiles that share a limit and of the chassis, and whether one more may
 * come. Live sessions count, those included that are being set up. Limits are those of the latest configuration, also for
 * tunnels that stand since an earlier one.
 */

import type { L2tpSystemSpec, LnsProfileSpec } from "../l2tp-spec.ts";
import { profileKey } from "./context.ts";

export class SessionLimits {
  readonly #counts = new Map<string, number>();
  /** By what the limit is of: as many as the profiles that share it have together. */
  readonly #shared = new Map<string, number>();
  #profiles: ReadonlyMap<string, LnsProfileSpec> = new Map();
  #chassis: number | undefined;
  #total = 0;

  configure(system: L2tpSystemSpec, profiles: readonly LnsProfileSpec[]): void {
    this.#chassis = system.maxSessions;
    this.#profiles = new Map(profiles.map((profile) => [profileKey(profile), profile]));
    this.#shared.clear();
    for (const [key, count] of this.#counts) this.#share(key, count);
  }

  count(profile: LnsProfileSpec, change: 1 | -1): void {
    const key = profileKey(profile);
    this.#total += change;
    add(this.#counts, key, change);
    this.#share(key, change);
  }

  /** Which limit forbids one more session of the profile, in plain words; `undefined` = none. */
  reached(profile: LnsProfileSpec): string | undefined {
    const key = profileKey(profile);
    const { name, maxSessions, sharedLimits = [] } = this.#profiles.get(key) ?? profile;
    const limits: readonly (readonly [string, number, number | undefined])[] = [
      ["the chassis", this.#total, this.#chassis],
      ...sharedLimits.map((limit) => [limit.of, this.#shared.get(limit.of) ?? 0, limit.maxSessions] as const),
      [name, this.#counts.get(key) ?? 0, maxSessions],
    ];
    const full = limits.find(([, count, limit]) => limit !== undefined && count >= limit);
    return full === undefined ? undefined : `the session limit of ${full[0]} is reached (${full[2]})`;
  }

  #share(key: string, change: number): void {
    for (const { of } of this.#profiles.get(key)?.sharedLimits ?? []) add(this.#shared, of, change);
  }
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
