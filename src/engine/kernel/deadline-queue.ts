/**
 * The next deadline of very many children, without a scan: a binary heap that knows where each key stands, so that
 * a child's deadline can be moved or removed in O(log n).
 */

import type { Deadline, Millis } from "./machine.ts";

interface Entry<Key> {
  readonly key: Key;
  deadline: Deadline;
  index: number;
}

export class DeadlineQueue<Key> {
  readonly #heap: Entry<Key>[] = [];
  readonly #byKey = new Map<Key, Entry<Key>>();

  get size(): number {
    return this.#heap.length;
  }

  /** Sets, moves or (with `undefined`) removes the deadline of `key`. */
  set(key: Key, deadline: Deadline | undefined): void {
    const entry = this.#byKey.get(key);
    if (deadline === undefined) {
      if (entry !== undefined) this.#remove(entry);
      return;
    }
    if (entry === undefined) {
      const added = { key, deadline, index: this.#heap.length };
      this.#heap.push(added);
      this.#byKey.set(key, added);
      this.#up(added);
      return;
    }
    const before = entry.deadline.at;
    entry.deadline = deadline;
    if (deadline.at < before) this.#up(entry);
    else this.#down(entry);
  }

  peek(): Deadline | undefined {
    return this.#heap[0]?.deadline;
  }

  /** Removes and returns a key whose deadline is due at `now`. */
  takeDue(now: Millis): Key | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.deadline.at > now) return undefined;
    this.#remove(first);
    return first.key;
  }

  #remove(entry: Entry<Key>): void {
    this.#byKey.delete(entry.key);
    const last = this.#heap.pop();
    if (last === undefined || last === entry) return;
    last.index = entry.index;
    this.#heap[last.index] = last;
    this.#up(last);
    this.#down(last);
  }

  #up(entry: Entry<Key>): void {
    while (entry.index > 0) {
      const parent = this.#heap[(entry.index - 1) >> 1];
      if (parent === undefined || parent.deadline.at <= entry.deadline.at) return;
      this.#swap(entry, parent);
    }
  }

  #down(entry: Entry<Key>): void {
    for (;;) {
      const left = this.#heap[2 * entry.index + 1];
      const right = this.#heap[2 * entry.index + 2];
      let least = entry;
      if (left !== undefined && left.deadline.at < least.deadline.at) least = left;
      if (right !== undefined && right.deadline.at < least.deadline.at) least = right;
      if (least === entry) return;
      this.#swap(entry, least);
    }
  }

  #swap(a: Entry<Key>, b: Entry<Key>): void {
    const index = a.index;
    a.index = b.index;
    b.index = index;
    this.#heap[a.index] = a;
    this.#heap[b.index] = b;
  }
}
