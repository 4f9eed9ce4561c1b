/**
 * Counters in shared memory: one line module writes them, the engine's thread reads them whenever it is asked, and they are still there when the
 * module is not. A row of doubles each, so no lock is needed: every number has one writer, and is whole whenever it is read.
 */

import { newLineModuleCounters, newSaCounters, newSessionCounters } from "../../engine/counters.ts";

interface CounterKind<Counters> {
  /** Memory for one row, all at zero. */
  memory(): SharedArrayBuffer;
  /** Counters that live in the memory. */
  over(memory: SharedArrayBuffer): Counters;
  /** What they are at now. */
  read(memory: SharedArrayBuffer): Counters;
}

function kindOf<Counters extends object>(zero: () => Counters): CounterKind<Counters> {
  const names = Object.keys(zero());
  class Row {
    readonly numbers: Float64Array;

    constructor(memory: SharedArrayBuffer) {
      this.numbers = new Float64Array(memory);
    }
  }
  for (const [index, name] of names.entries()) {
    Object.defineProperty(Row.prototype, name, {
      get(this: Row): number {
        return this.numbers[index] ?? 0;
      },
      set(this: Row, value: number) {
        this.numbers[index] = value;
      },
    });
  }
  return {
    memory: () => new SharedArrayBuffer(names.length * Float64Array.BYTES_PER_ELEMENT),
    over: (memory) => new Row(memory) as unknown as Counters,
    read: (memory) => {
      const numbers = new Float64Array(memory);
      return Object.fromEntries(names.map((name, index) => [name, numbers[index] ?? 0])) as Counters;
    },
  };
}

export const saCounters = kindOf(newSaCounters);
export const sessionCounters = kindOf(newSessionCounters);
export const moduleCounters = kindOf(newLineModuleCounters);

/** What the thread of a line module does beside what line modules count. */
export interface ModuleActivity {
  /** Time that it had a processor, in microseconds, a fraction of a second ago. */
  cpuMicros: number;
  /** Datagrams that the kernel gave it. */
  datagrams: number;
  /** Packets for other line modules. */
  handedOver: number;
  /** Packets for other line modules that did not keep up. */
  handOversDropped: number;
}

export const moduleActivity = kindOf(
  (): ModuleActivity => ({ cpuMicros: 0, datagrams: 0, handedOver: 0, handOversDropped: 0 }),
);
