/**
 * The fixed words that may come in one place, as they are compared: without regard to capitals. A typed word is found among
 * hundreds without looking at each, also when it is none of them.
 */

const NONE: readonly never[] = [];

export class WordIndex<Found> {
  readonly #exact: ReadonlyMap<string, Found>;
  /** In the order of the alphabet; made when a word is not there as it stands. */
  #sorted: readonly string[] | undefined;

  /** Of two that are the same in small letters the first counts. */
  constructor(entries: readonly (readonly [word: string, found: Found])[]) {
    this.#exact = new Map(entries.toReversed().map(([word, found]) => [word.toLowerCase(), found]));
  }

  get words(): readonly string[] {
    this.#sorted ??= [...this.#exact.keys()].sort();
    return this.#sorted;
  }

  /** `word`: in small letters, as in all that follows. */
  exact(word: string): Found | undefined {
    return this.#exact.get(word);
  }

  /** What begins so, in the order of the alphabet, up to `most` of them. Of a value that is typed nothing does. */
  starting(word: string, most = Number.POSITIVE_INFINITY): readonly Found[] {
    const { words } = this;
    const first = this.#placeOf(word);
    let end = first;
    while (end - first < most && words[end]?.startsWith(word) === true) end += 1;
    return end === first ? NONE : words.slice(first, end).flatMap((each) => this.#exact.get(each) ?? []);
  }

  /** How many characters of it still are the start of one of the words. */
  common(word: string): number {
    const place = this.#placeOf(word);
    return Math.max(commonLength(word, this.words[place - 1]), commonLength(word, this.words[place]));
  }

  /** How many words come before it. */
  #placeOf(word: string): number {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.words[middle] ?? "") < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How many characters both begin with. */
export function commonLength(one: string, other = ""): number {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return length;
}
