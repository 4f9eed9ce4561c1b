/**
 * Who is told that a descriptor has something to read on a thread beside the main one: `poll(2)`, turn by turn. A handle of libuv would be left behind where
 * the thread is ended from outside, and the process would fall over it; a call that returns by itself is not. Between two calls the event loop has a
 * turn of its own, for messages.
 */

import { nativeBuffer, type System } from "./system.ts";

const POLLIN = 1;
/** `struct pollfd`: the descriptor, what is waited for, what came. */
const ENTRY_LENGTH = 8;
const EVENTS = 4;
const RETURNED = 6;

export class PollLoop {
  readonly #poll: (entries: Uint8Array, count: number, timeout: number) => number;
  readonly #readable = new Map<number, () => void>();
  #watched: readonly (() => void)[] = [];
  #entries = nativeBuffer(0);

  constructor({ koffi }: System) {
    this.#poll = koffi.load(null).func("int poll(void *entries, unsigned long count, int timeout)");
  }

  watch(fd: number, readable: () => void): { stop(): void } {
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

  /** For ever. `after` is called behind each turn, at the latest `millis` after the one before. */
  run(millis: number, after: () => void): void {
    const turn = (): void => {
      this.#once(millis);
      after();
      setImmediate(turn);
    };
    setImmediate(turn);
  }

  #once(millis: number): void {
    const entries = this.#entries;
    const watched = this.#watched;
    if (this.#poll(entries, watched.length, millis) <= 0) return;
    for (const [index, readable] of watched.entries()) {
      const at = index * ENTRY_LENGTH + RETURNED;
      if (entries[at] !== 0 || entries[at + 1] !== 0) readable();
    }
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
