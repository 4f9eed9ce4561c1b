/** The queue of outputs that a machine fills while it handles an input and the caller drains afterwards. */
export class Outputs<Output> {
  #items: Output[] = [];
  #next = 0;

  push(output: Output): void {
    this.#items.push(output);
  }

  poll(): Output | undefined {
    if (this.#next === this.#items.length) return undefined;
    const output = this.#items[this.#next];
    this.#next += 1;
    if (this.#next === this.#items.length) {
      this.#items = [];
      this.#next = 0;
    }
    return output;
  }
}
