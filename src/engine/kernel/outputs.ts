/** The queue of outputs that a machine fills while it handles an input and the caller drains afterwards. Its room is used again and again. */

/** What a burst has made is not kept. */
const MOST_KEPT = 1024;

export class Outputs<Output> {
  #items: (Output | undefined)[] = [];
  #next = 0;
  #end = 0;

  get isEmpty(): boolean {
    return this.#next === this.#end;
  }

  push(output: Output): void {
    this.#items[this.#end] = output;
    this.#end += 1;
  }

  poll(): Output | undefined {
    if (this.#next === this.#end) return undefined;
    const output = this.#items[this.#next];
    this.#items[this.#next] = undefined;
    this.#next += 1;
    if (this.#next === this.#end) {
      this.#next = 0;
      this.#end = 0;
      if (this.#items.length > MOST_KEPT) this.#items = [];
    }
    return output;
  }
}
