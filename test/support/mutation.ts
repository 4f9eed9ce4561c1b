/**
 * Changes to octets that break parsers: lengths that lie, cuts, repetitions, values at the edges. All of it is drawn from a seeded
 * source, so that a round can be played again.
 */

import type { Random } from "../../src/engine/kernel/random.ts";
import { randomBetween } from "../../src/engine/kernel/random.ts";

export class Chance {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** Both ends included. */
  between(least: number, most: number): number {
    return randomBetween(this.random, least, most);
  }

  oneIn(count: number): boolean {
    return this.between(1, count) === 1;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  octets(most: number): Uint8Array {
    return this.random.bytes(this.between(0, most));
  }
}

const EDGES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 127, 128, 254, 255] as const;
const WIDE_EDGES = [0, 1, 3, 4, 5, 6, 28, 255, 256, 1023, 1024, 0x7fff, 0x8000, 0xfffe, 0xffff] as const;

type Change = (bytes: Uint8Array, chance: Chance) => Uint8Array;

function at(bytes: Uint8Array, chance: Chance, width = 1): number {
  return chance.between(0, Math.max(0, bytes.length - width));
}

const changes: readonly Change[] = [
  (bytes, chance) =>
    edited(bytes, (copy) => {
      const index = at(copy, chance);
      copy[index] = (copy[index] ?? 0) ^ (1 << chance.between(0, 7));
    }),
  (bytes, chance) => edited(bytes, (copy) => copy.set([chance.pick(EDGES)], at(copy, chance))),
  (bytes, chance) => edited(bytes, (copy) => copy.set(chance.random.bytes(1), at(copy, chance))),
  (bytes, chance) =>
    edited(bytes, (copy) => {
      if (copy.length < 2) return;
      const value = chance.oneIn(3) ? copy.length + chance.between(-4, 4) : chance.pick(WIDE_EDGES);
      new DataView(copy.buffer).setUint16(at(copy, chance, 2), value & 0xffff);
    }),
  (bytes, chance) => bytes.slice(0, at(bytes, chance)),
  (bytes, chance) => joined(bytes, chance.octets(40)),
  // A part again, a part less, a part elsewhere.
  (bytes, chance) => {
    const [from, to] = span(bytes, chance);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, chance) => {
    const [from, to] = span(bytes, chance);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, chance) => {
    const [from, to] = span(bytes, chance);
    return edited(bytes, (copy) => copy.fill(chance.pick([0, 255]), from, to));
  },
];

function span(bytes: Uint8Array, chance: Chance): [from: number, to: number] {
  const from = at(bytes, chance);
  return [from, Math.min(bytes.length, from + chance.between(1, 24))];
}

function edited(bytes: Uint8Array, edit: (copy: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) edit(copy);
  return copy;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** The octets after one to three changes. */
export function mutated(bytes: Uint8Array, chance: Chance): Uint8Array {
  let result = bytes;
  for (let count = chance.between(1, 3); count > 0; count -= 1) result = chance.pick(changes)(result, chance);
  return result;
}

/** A list after one to three changes: an item changed, gone, twice, moved, or one of `strangers` among them. */
export function mutatedList<Item>(
  items: readonly Item[],
  chance: Chance,
  change: (item: Item) => Item,
  strangers: readonly Item[],
): Item[] {
  const list = [...items];
  for (let count = chance.between(1, 3); count > 0; count -= 1) {
    const index = chance.between(0, Math.max(0, list.length - 1));
    const item = list[index];
    switch (chance.between(0, 5)) {
      case 0:
        list.splice(index, 1);
        break;
      case 1:
        if (item !== undefined) list.splice(chance.between(0, list.length), 0, item);
        break;
      case 2:
        list.splice(chance.between(0, list.length), 0, ...(strangers.length > 0 ? [chance.pick(strangers)] : []));
        break;
      case 3:
        if (item !== undefined) {
          list.splice(index, 1);
          list.splice(chance.between(0, list.length), 0, item);
        }
        break;
      default:
        if (item !== undefined) list[index] = change(item);
    }
  }
  return list;
}
