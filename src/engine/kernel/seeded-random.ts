/** A seeded stand-in for entropy, so that a run repeats to the octet: xorshift over 32 bits (Marsaglia, 2003). */

import type { Random } from "./random.ts";

export function seededRandom(seed: number): Random {
  let state = seed >>> 0 || 0x9e37_79b9;
  return {
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let i = 0; i < length; i += 1) {
        state ^= state << 13;
        state >>>= 0;
        state ^= state >>> 17;
        state ^= state << 5;
        state >>>= 0;
        bytes[i] = state >>> 11;
      }
      return bytes;
    },
  };
}
