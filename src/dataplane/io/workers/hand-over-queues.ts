/**
 * How many packets are on their way from each line module to each other, in memory that all threads see. Who has too many under way drops the next ones and
 * counts them: a module that does not keep up costs its neighbours no memory.
 */

const MOST_UNDER_WAY = 4096;

export class HandOverQueues {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #modules: number;

  /** `count` modules beside number 0. */
  constructor(count: number, memory?: SharedArrayBuffer) {
    this.#modules = count + 1;
    this.memory = memory ?? new SharedArrayBuffer(this.#modules ** 2 * Int32Array.BYTES_PER_ELEMENT);
    this.#numbers = new Int32Array(this.memory);
  }

  /** How many of `wanted` packets may go; they are under way then. */
  take(from: number, to: number, wanted: number): number {
    const at = this.#at(from, to);
    const granted = Math.max(0, Math.min(wanted, MOST_UNDER_WAY - Atomics.load(this.#numbers, at)));
    Atomics.add(this.#numbers, at, granted);
    return granted;
  }

  arrived(from: number, to: number, packets: number): void {
    Atomics.sub(this.#numbers, this.#at(from, to), packets);
  }

  /** Nothing is under way to a module and from it any more. */
  forget(module: number): void {
    for (let other = 0; other < this.#modules; other += 1) {
      Atomics.store(this.#numbers, this.#at(module, other), 0);
      Atomics.store(this.#numbers, this.#at(other, module), 0);
    }
  }

  #at(from: number, to: number): number {
    return from * this.#modules + to;
  }
}
