/** Hands out the lowest number of a range that is free: ports, interface numbers. */
export class LowestFree {
  readonly #used = new Set<number>();
  readonly #first: number;
  readonly #last: number;
  /** Every number below this one is in use. */
  #lowest: number;

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
    this.#lowest = first;
  }

  get inUse(): number {
    return this.#used.size;
  }

  /** `undefined` = none is free. */
  take(): number | undefined {
    while (this.#used.has(this.#lowest)) this.#lowest += 1;
    if (this.#lowest > this.#last) return undefined;
    this.#used.add(this.#lowest);
    return this.#lowest;
  }

  /** Takes a certain number; false when it is not free or not of the range. */
  claim(wanted: number): boolean {
    if (wanted < this.#first || wanted > this.#last || this.#used.has(wanted)) return false;
    this.#used.add(wanted);
    return true;
  }

  release(taken: number): void {
    if (this.#used.delete(taken)) this.#lowest = Math.max(this.#first, Math.min(this.#lowest, taken));
  }
}
