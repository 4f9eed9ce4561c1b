/**
 * What a terminal sends, cut into keys: a character, or an escape sequence as a whole. CR, LF, CRLF and CR NUL are one
 * Return. Input may be cut anywhere, inside a sequence and inside a character of several octets too.
 */

/** Return, whatever the terminal sends for it. */
export const RETURN = "\r";

/** Longer sequences are no keys of any terminal: what has come of one by then is dropped. */
const LONGEST_SEQUENCE = 16;

export class KeyReader {
  readonly #decoder = new TextDecoder();
  /** The start of an escape sequence whose rest has not come yet. */
  #sequence = "";
  #afterReturn = false;

  /** The keys that are whole by now; text goes with text, octets with octets. */
  *read(input: string | Uint8Array): Generator<string, void> {
    const text = typeof input === "string" ? input : this.#decoder.decode(input, { stream: true });
    for (const character of text) {
      const key = this.#take(character);
      if (key !== undefined) yield key;
    }
  }

  #take(character: string): string | undefined {
    const half = this.#afterReturn && (character === "\n" || character === "\0");
    this.#afterReturn = false;
    if (half) return undefined;
    if (this.#sequence !== "" || character === "\x1b") return this.#extend(character);
    this.#afterReturn = character === "\r";
    return character === "\n" ? RETURN : character;
  }

  #extend(character: string): string | undefined {
    // An escape that another one follows was a key of its own, bound to nothing.
    const sequence = character === "\x1b" ? character : this.#sequence + character;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that begins a sequence
    const goesOn = /^\x1b(\[[0-9;]*|O)?$/.test(sequence);
    this.#sequence = goesOn && sequence.length < LONGEST_SEQUENCE ? sequence : "";
    return goesOn ? undefined : sequence;
  }
}
