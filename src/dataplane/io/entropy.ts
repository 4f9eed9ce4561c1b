/** The system's entropy, drawn in pools because most requests are a few octets long and come with every packet. */

import { randomFillSync } from "node:crypto";
import type { Random } from "../../engine/kernel/random.ts";

const POOL_LENGTH = 16_384;

export function systemRandom(): Random {
  const pool = new Uint8Array(POOL_LENGTH);
  let at = POOL_LENGTH;
  return {
    fill(into, start, length) {
      if (at + length > POOL_LENGTH) {
        randomFillSync(pool);
        at = 0;
      }
      for (let i = 0; i < length; i += 1) {
        into[start + i] = pool[at + i] ?? 0;
        pool[at + i] = 0;
      }
      at += length;
    },

    bytes(length) {
      if (length > POOL_LENGTH) return randomFillSync(new Uint8Array(length));
      if (at + length > POOL_LENGTH) {
        randomFillSync(pool);
        at = 0;
      }
      const bytes = pool.slice(at, at + length);
      // What was given out must not be found in memory a second time.
      pool.fill(0, at, at + length);
      at += length;
      return bytes;
    },
  };
}
