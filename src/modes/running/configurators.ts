/** Who stands in configuration, by the line they came in on, and who alone may. */

export class Configurators {
  readonly #lines = new Set<string>();
  #lock: string | undefined;

  /** Who alone may change the configuration: the line it was locked from. */
  get lockedBy(): string | undefined {
    return this.#lock;
  }

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  /** Whether somebody at this line may change the configuration now. */
  admits(line: string): boolean {
    return this.#lock === undefined || this.#lock === line;
  }

  /** Locks it for one line; false while somebody else configures. */
  lock(line: string): boolean {
    if (!this.admits(line) || [...this.#lines].some((other) => other !== line)) return false;
    this.#lock = line;
    return true;
  }

  /** False when they stood there already. */
  enter(line: string): boolean {
    if (this.#lines.has(line)) return false;
    this.#lines.add(line);
    return true;
  }

  /** Ends their lock too. False when they did not stand there. */
  leave(line: string): boolean {
    if (!this.#lines.delete(line)) return false;
    if (this.#lock === line) this.#lock = undefined;
    return true;
  }

  forget(): void {
    this.#lines.clear();
    this.#lock = undefined;
  }
}
