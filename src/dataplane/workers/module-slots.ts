/**
 * The line modules beside number 0, as far as they are known on the engine's thread: which of them work, what each is to be told, and what each has counted together
 * with those that were lost in its place. What is told to one that does not work is dropped: whoever comes in its place begins with what is so then.
 */

import { addLineModuleCounters } from "../../engine/counters.ts";
import type { LineModuleCounters, LineModuleView } from "../../engine/forwarding.ts";
import { Outputs } from "../../engine/kernel/outputs.ts";
import type { ToModule } from "./messages.ts";
import { moduleActivity, moduleCounters } from "./shared-counters.ts";

export interface AddressedMessage {
  readonly module: number;
  readonly message: ToModule;
}

/** Packets that each entry of an access list has decided, by the list's name. */
type Matches = Readonly<Record<string, readonly number[]>>;

interface Slot {
  readonly module: number;
  readonly totals: SharedArrayBuffer;
  readonly activity: SharedArrayBuffer;
  isWorking: boolean;
  /** How many there were before this one. */
  losses: number;
  /** Packets from number 0 that did not get there. */
  dropped: number;
  /** What its access lists decided, and what those before it did. */
  matches: Matches;
  earlier: Matches;
}

export class ModuleSlots {
  readonly #slots: readonly Slot[];
  readonly #messages = new Outputs<AddressedMessage>();

  /** Numbers 1 to `count`, of which none works yet. */
  constructor(count: number) {
    this.#slots = Array.from({ length: count }, (_, index) => ({
      module: index + 1,
      totals: moduleCounters.memory(),
      activity: moduleActivity.memory(),
      isWorking: false,
      losses: 0,
      dropped: 0,
      matches: {},
      earlier: {},
    }));
  }

  get modules(): readonly number[] {
    return this.#slots.map(({ module }) => module);
  }

  get working(): readonly number[] {
    return this.#slots.filter(({ isWorking }) => isWorking).map(({ module }) => module);
  }

  isWorking(module: number): boolean {
    return this.#slot(module).isWorking;
  }

  /** Memory for what a module counts that belongs to no SA and no session. */
  totalsOf(module: number): SharedArrayBuffer {
    return this.#slot(module).totals;
  }

  /** Memory for what a module's thread does. */
  activityOf(module: number): SharedArrayBuffer {
    return this.#slot(module).activity;
  }

  begin(module: number): void {
    this.#slot(module).isWorking = true;
  }

  lose(module: number): void {
    const slot = this.#slot(module);
    slot.isWorking = false;
    slot.losses += 1;
    slot.earlier = sumOfMatches(slot.earlier, slot.matches);
    slot.matches = {};
  }

  tell(module: number, message: ToModule): void {
    if (this.#slot(module).isWorking) this.#messages.push({ module, message });
  }

  tellAll(message: ToModule): void {
    for (const { module } of this.#slots) this.tell(module, message);
  }

  /** What was told and nobody has carried there yet. */
  pollMessage(): AddressedMessage | undefined {
    return this.#messages.poll();
  }

  /** Packets from number 0 that it did not get. */
  drop(module: number, packets: number): void {
    this.#slot(module).dropped += packets;
  }

  setMatches(module: number, matches: Matches): void {
    this.#slot(module).matches = matches;
  }

  /** Counted anew; without a list all of them. */
  clearMatches(list: string | undefined): void {
    for (const slot of this.#slots) {
      slot.matches = without(slot.matches, list);
      slot.earlier = without(slot.earlier, list);
    }
  }

  /** What all of them decided beside number 0, for whom it is `own`. */
  addMatches(list: string, own: readonly number[]): readonly number[] {
    const others = this.#slots.flatMap(({ matches, earlier }) => [matches[list] ?? [], earlier[list] ?? []]);
    return own.map((matches, entry) => others.reduce((sum, more) => sum + (more[entry] ?? 0), matches));
  }

  addTotals(sum: LineModuleCounters): void {
    for (const { totals } of this.#slots) addLineModuleCounters(sum, moduleCounters.read(totals));
  }

  /** With what lives in each, by its number. */
  views(connections: ReadonlyMap<number, number>, sessions: ReadonlyMap<number, number>): LineModuleView[] {
    return this.#slots.map(({ module, isWorking, losses, dropped, activity }) => {
      const { cpuMicros, datagrams, handedOver, handOversDropped } = moduleActivity.read(activity);
      return {
        module,
        isWorking,
        losses,
        connections: connections.get(module) ?? 0,
        sessions: sessions.get(module) ?? 0,
        cpuMillis: cpuMicros / 1000,
        datagrams,
        handedOver,
        handOversDropped: handOversDropped + dropped,
      };
    });
  }

  #slot(module: number): Slot {
    const slot = this.#slots[module - 1];
    if (slot === undefined) throw new RangeError(`there is no line module ${module}`);
    return slot;
  }
}

function sumOfMatches(a: Matches, b: Matches): Matches {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [one = [], other = []] = [a[name], b[name]];
      const length = Math.max(one.length, other.length);
      return [name, Array.from({ length }, (_, entry) => (one[entry] ?? 0) + (other[entry] ?? 0))];
    }),
  );
}

function without(matches: Matches, list: string | undefined): Matches {
  return list === undefined ? {} : Object.fromEntries(Object.entries(matches).filter(([name]) => name !== list));
}
