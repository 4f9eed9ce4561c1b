/**
 * The sequence numbers of the entries of one access list: that of an entry by what it says, and the next one. Kept with the list, so that
 * neither an entry that comes nor one that goes is compared with all others.
 */

import type { ConfigNode, LineWatch, Siblings } from "../../../grammar/declaration.ts";
import type { Values } from "../../../grammar/elements.ts";
import { placeOf } from "../../common/sorted.ts";

const STEP = 10;

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
    return known?.sequence ?? own ?? (this.#taken.at(-1) ?? 0) + STEP;
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
  of(values: Values, list: Siblings): number {
    const own = typeof values.sequence === "number" ? values.sequence : undefined;
    return this.#numbersIn(list).of(this.#text(values), own);
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
