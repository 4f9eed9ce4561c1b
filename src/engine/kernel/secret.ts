/**
 * A password or key on its way through the product. It prints as `<hidden>` wherever it is printed, logged,
 * inspected or serialised; only `reveal` gives the text, and only code that computes with it or prints a
 * configuration calls that.
 */
const HIDDEN = "<hidden>";

export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN;
  }
}
