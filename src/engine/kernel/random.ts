/**
 * Where unpredictable numbers come from. The composition root passes the system's entropy; tests pass a seeded
 * source, so that a run repeats to the octet.
 */
export interface Random {
  /** `length` fresh octets that the caller owns. */
  bytes(length: number): Uint8Array;
  /** The same into a place of the caller's, for those who need some with every packet; absent = `bytes` does. */
  readonly fill?: ((into: Uint8Array, at: number, length: number) => void) | undefined;
}

/** A uniformly drawn integer in `[low, high]`, both included. */
export function randomBetween(random: Random, low: number, high: number): number {
  const span = high - low + 1;
  const limit = Math.floor(0x1_0000_0000 / span) * span;
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
    const drawn = a * 0x100_0000 + b * 0x1_0000 + c * 0x100 + d;
    if (drawn < limit) return low + (drawn % span);
  }
}
