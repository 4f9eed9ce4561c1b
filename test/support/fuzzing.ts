/**
 * Rounds of random input. `npm test` plays each kind of round once with a seed that stays; `npm run fuzz` plays rounds with
 * ever new seeds, FUZZ_MINUTES of each kind (1), or exactly the one of FUZZ_SEED. A round that fails tells its seed.
 */

import { randomInt } from "node:crypto";
import { test } from "vitest";

const { FUZZ_MINUTES, FUZZ_SEED, npm_lifecycle_event: script } = process.env;
const MINUTES = Number(FUZZ_MINUTES ?? (script === "fuzz" ? 1 : 0));
/** A round takes some seconds, more on a busy machine; the last one may begin when the time is nearly up. */
const LAST_ROUND_MILLIS = 300_000;

export function fuzz(name: string, usualSeed: number, round: (seed: number) => void): void {
  const play = (seed: number): void => {
    try {
      round(seed);
    } catch (error) {
      throw new Error(`FUZZ_SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
  test(name, { timeout: MINUTES * 60_000 + LAST_ROUND_MILLIS }, () => {
    // Not `performance`: what is simulated in a round may be that clock.
    const until = Date.now() + MINUTES * 60_000;
    if (FUZZ_SEED !== undefined || MINUTES === 0) return play(Number(FUZZ_SEED ?? usualSeed));
    let rounds = 0;
    for (; Date.now() < until; rounds += 1) play(randomInt(1, 0xffff_ffff));
    process.stdout.write(`${name}: ${rounds} rounds\n`);
  });
}
