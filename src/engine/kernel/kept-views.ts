/**
 * Views of memory that packets come to lie in again and again. A view of its own for each packet is most of what a packet would leave to the
 * collector (104 octets and the time to make it), and packets have few lengths and few places; so views are kept and found again. Who is
 * given one has it until the place is used for something else.
 */

/** Views that are kept of places in one unit, where nothing else is said. */
const WAYS = 64;

export class KeptViews {
  readonly #buffer: ArrayBufferLike;
  readonly #start: number;
  readonly #shift: number;
  readonly #ways: number;
  readonly #views: (Uint8Array | undefined)[];

  /** `octets` are divided into units of `1 << shift`, of each of which so many views are kept: a power of two, at least 2. */
  constructor(octets: Uint8Array, shift: number, ways = WAYS) {
    this.#buffer = octets.buffer;
    this.#start = octets.byteOffset;
    this.#shift = shift;
    this.#ways = ways;
    const units = (octets.length >>> shift) + 1;
    this.#views = Array.from({ length: units * ways }, () => undefined);
  }

  /** `length` octets from `at` on. */
  of(at: number, length: number): Uint8Array {
    const views = this.#views;
    const start = this.#start + at;
    const way = ((Math.imul(length, 0x9e37) ^ Math.imul(at, 0x85eb)) >>> 6) & (this.#ways - 1);
    const index = (at >>> this.#shift) * this.#ways + way;
    const first = views[index];
    if (first?.length === length && first.byteOffset === start) return first;
    // The other place of the pair has what was used before.
    const other = views[index ^ 1];
    views[index ^ 1] = first;
    const view =
      other?.length === length && other.byteOffset === start ? other : new Uint8Array(this.#buffer, start, length);
    views[index] = view;
    return view;
  }
}
