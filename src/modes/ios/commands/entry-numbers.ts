/**
 * The sequence numbers of the entries of one access list: that of an entry by what it says, and the next one. Kept with the list, so that
 * neither an entry that comes nor one that goes is compared with all others. A remark has no number: it stands a fraction behind what was typed
 * before it, and the entry behind it is numbered as if it were not there.
 */

import type { ConfigNode, LineWatch, Siblings } from "../../../grammar/declaration.ts";
import type { Values } from "../../../grammar/elements.ts";
import { placeOf } from "../../common/sorted.ts";

const STEP = 10;
/** So many remarks have room between two entries. */
const REMARKS = 2 ** 16;

interface Entry {
  readonly said: string;
  readonly sequence: number;
}

/** The entries of a list as they were when it was asked last. */
class Numbers {
  readonly #entries = new Map<ConfigNode, Entry>();
  readonly #bySaid = new Map<string, Set<Entry>>();
  /** In their order. */
  readonly #taken: number[] = [];

  add(node: ConfigNode, entry: Entry): void {
    this.#entries.set(node, entry);
    this.#bySaid.set(entry.said, (this.#bySaid.get(entry.said) ?? new Set()).add(entry));
    this.#taken.splice(this.#placeOf(entry), 0, entry.sequence);
  }

  delete(node: ConfigNode): void {
    const entry = this.#entries.get(node);
    if (entry === undefined) return;
    this.#entries.delete(node);
    const same = this.#bySaid.get(entry.said);
    same?.delete(entry);
    if (same?.size === 0) this.#bySaid.delete(entry.said);
    this.#taken.splice(this.#placeOf(entry), 1);
  }

  /** The number of the first entry that says so, else `own`, else the next one. */
  of(said: string, own: number | undefined): number {
    const [known] = this.#bySaid.get(said) ?? [];
    return known?.sequence ?? own ?? behind(this.#last, STEP);
  }

  /** The place of a remark, which may be said again and again: `own`, else the last one. */
  ofRemark(own: number | undefined): number {
    return own ?? remarkBehind(this.#last);
  }

  get #last(): number {
    return this.#taken.at(-1) ?? 0;
  }

  #placeOf({ sequence }: Entry): number {
    return placeOf(this.#taken, (taken) => taken < sequence);
  }
}

export class EntryNumbers {
  readonly #lists = new WeakMap<Siblings, Numbers>();
  readonly #watch: LineWatch;
  readonly #text: (values: Values) => string;

  /** `text`: what an entry says besides its number. */
  constructor(watch: LineWatch, text: (values: Values) => string) {
    this.#watch = watch;
    this.#text = text;
  }

  /** The number of an entry: that of the entry which says the same already, for a list has no two of those; else its own or the next one. */
  of(values: Values, list: Siblings, kept: boolean): number {
    const own = typeof values.sequence === "number" ? values.sequence : undefined;
    const numbers = this.#numbersIn(list);
    return kept && values.remark !== undefined ? numbers.ofRemark(own) : numbers.of(this.#text(values), own);
  }

  #numbersIn(list: Siblings): Numbers {
    const numbers = this.#lists.get(list) ?? new Numbers();
    this.#lists.set(list, numbers);
    const { there, gone } = list.changesFor(this.#watch);
    for (const node of [...gone, ...there]) numbers.delete(node);
    for (const node of there) {
      numbers.add(node, { said: this.#text(node.values), sequence: Number(node.values.sequence) });
    }
    return numbers;
  }
}

/** Entries in their order with numbers from `start` on, `step` between them. */
export function renumbered(entries: readonly Values[], { start, step }: { start: number; step: number }): Values[] {
  let last = 0;
  let next = start;
  return entries.map((entry) => {
    if (entry.remark !== undefined) last = remarkBehind(last);
    else {
      last = next;
      next += step;
    }
    return { ...entry, sequence: last };
  });
}

function behind(last: number, step: number): number {
  return Math.floor(last) + step;
}

function remarkBehind(last: number): number {
  return last + 1 / REMARKS;
}
