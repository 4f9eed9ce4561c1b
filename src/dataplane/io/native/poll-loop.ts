/**
 * Who is told that a descriptor has something to read on a thread beside the main one: `poll(2)`, turn by turn. A handle of libuv would be left behind where
 * the thread is ended from outside, and the process would fall over it; a call that returns by itself is not. Between two calls the event loop has a
 * turn of its own, for messages: not between any two, because its turn costs as much as what came, but as soon as somebody asks for it.
 */

import { rest } from "../moderation.ts";
import { nativeBuffer, type System } from "./system.ts";

const POLLIN = 1;
/** `struct pollfd`: the descriptor, what is waited for, what came. */
const ENTRY_LENGTH = 8;
const EVENTS = 4;
const RETURNED = 6;
/** Turns without one of the event loop. */
const MOST_IN_A_ROW = 16;

export class PollLoop {
  readonly #poll: (entries: Uint8Array, count: number, timeout: number) => number;
  readonly #readable = new Map<number, () => number>();
  #yields = true;
  #wokenAt = 0;
  #watched: readonly (() => number)[] = [];
  #entries = nativeBuffer(0);

  constructor({ koffi }: System) {
    this.#poll = koffi.load(null).func("int poll(void *entries, unsigned long count, int timeout)");
  }

  watch(fd: number, readable: () => number): { stop(): void } {
    this.#readable.set(fd, readable);
    this.#lay();
    return {
      stop: () => {
        if (this.#readable.get(fd) !== readable) return;
        this.#readable.delete(fd);
        this.#lay();
      },
    };
  }

  /** There may be messages: the event loop comes next. */
  yield(): void {
    this.#yields = true;
  }

  /** For ever. `after` is called behind each turn, at the latest `millis` after the one before; promises are kept later. Behind that the thread may rest. */
  run(millis: number, after: () => void): void {
    const turns = (): void => {
      this.#yields = false;
      for (let turn = 0; turn < MOST_IN_A_ROW && !this.#yields; turn += 1) {
        const count = this.#once(millis);
        after();
        rest(count, this.#wokenAt);
      }
      setImmediate(turns);
    };
    setImmediate(turns);
  }

  /** How many packets were read. */
  #once(millis: number): number {
    const entries = this.#entries;
    const watched = this.#watched;
    if (this.#poll(entries, watched.length, millis) <= 0) {
      this.#yields = true;
      return 0;
    }
    this.#wokenAt = performance.now();
    let count = 0;
    for (let index = 0; index < watched.length; index += 1) {
      const at = index * ENTRY_LENGTH + RETURNED;
      if (entries[at] !== 0 || entries[at + 1] !== 0) count += watched[index]?.() ?? 0;
    }
    return count;
  }

  #lay(): void {
    this.#watched = [...this.#readable.values()];
    this.#entries = nativeBuffer(this.#readable.size * ENTRY_LENGTH);
    const view = new DataView(this.#entries.buffer);
    for (const [index, fd] of [...this.#readable.keys()].entries()) {
      view.setInt32(index * ENTRY_LENGTH, fd, true);
      view.setInt16(index * ENTRY_LENGTH + EVENTS, POLLIN, true);
    }
  }
}
