/**
 * A list that is filled and handed on again and again: an array for each time would be what a batch leaves to the collector. There is one array for each
 * length that has come up; whoever is given one has it until the next is taken.
 */

/** Longer ones are made as they are needed. */
const MOST_KEPT = 128;

export class KeptList<Item> {
  readonly #items: Item[] = [];
  readonly #lists: Item[][] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(item: Item): void {
    this.#items[this.#count] = item;
    this.#count += 1;
  }

  /** What was pushed since the last time. */
  take(): readonly Item[] {
    const count = this.#count;
    this.#count = 0;
    if (count > MOST_KEPT) return this.#items.splice(0, count);
    const list = this.#lists[count] ?? this.#items.slice(0, count);
    this.#lists[count] = list;
    for (let i = 0; i < count; i += 1) {
      const item = this.#items[i];
      if (item !== undefined) list[i] = item;
    }
    return list;
  }
}
