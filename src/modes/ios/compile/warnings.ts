/** What a configuration asks for and cannot have, collected while it is compiled; each is said once. */
export class Warnings {
  readonly #texts = new Set<string>();

  get texts(): readonly string[] {
    return [...this.#texts];
  }

  add(where: string, what: string): void {
    this.#texts.add(`${where}: ${what}`);
  }
}
