/**
 * Hands out the lowest number of a range that is free: ports, interface numbers, addresses. Numbers that came back wait in a
 * binary heap, so that a full range of thousands costs no scan: O(log n) a number.
 */
export class LowestFree {
  readonly #used = new Set<number>();
  readonly #first: number;
  readonly #last: number;
  /** From here on no number was ever taken, but for those that were claimed. */
  #fresh: number;
  /** Numbers below `#fresh` that came back, the lowest in front; some may have been claimed since. */
  readonly #returned: number[] = [];
  readonly #waiting = new Set<number>();

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
    this.#fresh = first;
  }

  get inUse(): number {
    return this.#used.size;
  }

  isFree(number: number): boolean {
    return number >= this.#first && number <= this.#last && !this.#used.has(number);
  }

  /** `undefined` = none is free. */
  take(): number | undefined {
    for (let number = this.#popReturned(); number !== undefined; number = this.#popReturned()) {
      if (this.claim(number)) return number;
    }
    while (this.#used.has(this.#fresh)) this.#fresh += 1;
    return this.claim(this.#fresh) ? this.#fresh++ : undefined;
  }

  /** Takes a certain number; false when it is not free or not of the range. */
  claim(wanted: number): boolean {
    if (wanted < this.#first || wanted > this.#last || this.#used.has(wanted)) return false;
    this.#used.add(wanted);
    return true;
  }

  release(taken: number): void {
    if (!this.#used.delete(taken) || taken >= this.#fresh || this.#waiting.has(taken)) return;
    this.#waiting.add(taken);
    this.#pushReturned(taken);
  }

  #pushReturned(number: number): void {
    const heap = this.#returned;
    let at = heap.length;
    heap.push(number);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] ?? number;
      if (above <= number) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = number;
  }

  #popReturned(): number | undefined {
    const heap = this.#returned;
    const lowest = heap[0];
    const moved = heap.pop();
    if (lowest === undefined || moved === undefined) return undefined;
    this.#waiting.delete(lowest);
    if (heap.length === 0) return lowest;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child =
        (heap[left + 1] ?? Number.POSITIVE_INFINITY) < (heap[left] ?? Number.POSITIVE_INFINITY) ? left + 1 : left;
      const below = heap[child];
      if (below === undefined || below >= moved) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = moved;
    return lowest;
  }
}
