/**
 * The anti-replay window of an inbound SA (RFC 4303 §3.4.3, appendix A2): a ring of bits over sequence numbers, cleared
 * word by word as the window moves, so that it never shifts. `isFresh` is asked before a packet is authenticated,
 * `accept` is told afterwards: only authentic packets move the window. Numbers do not wrap; 0 is never valid.
 */

const WORD = 32;

export class ReplayWindow {
  readonly #size: number;
  /** One word more than the window, so that the word being filled never overlaps the oldest one. */
  readonly #bits: Uint32Array;
  #highest = 0;

  /** `size` in packets; 0 = nothing is refused but number 0. */
  constructor(size: number) {
    this.#size = size;
    this.#bits = new Uint32Array(size === 0 ? 0 : Math.ceil(size / WORD) + 1);
  }

  /** The highest number accepted so far; 0 = none. */
  get highest(): number {
    return this.#highest;
  }

  isFresh(sequence: number): boolean {
    if (sequence === 0) return false;
    if (this.#size === 0 || sequence > this.#highest) return true;
    if (sequence + this.#size <= this.#highest) return false;
    const word = this.#bits[(sequence >>> 5) % this.#bits.length] ?? 0;
    return ((word >>> (sequence & 31)) & 1) === 0;
  }

  /** Marks an authentic packet for which `isFresh` held. True when it is the newest of its SA. */
  accept(sequence: number): boolean {
    const newest = sequence > this.#highest;
    if (this.#size > 0) {
      if (newest) this.#advance(sequence >>> 5);
      const index = (sequence >>> 5) % this.#bits.length;
      this.#bits[index] = (this.#bits[index] ?? 0) | (1 << (sequence & 31));
    }
    if (newest) this.#highest = sequence;
    return newest;
  }

  #advance(word: number): void {
    const current = this.#highest >>> 5;
    const steps = Math.min(word - current, this.#bits.length);
    for (let step = 1; step <= steps; step += 1) this.#bits[(current + step) % this.#bits.length] = 0;
  }
}
