/**
 * The way into configuration that a login has gone, global first; empty in exec. The configuration belongs to all sessions:
 * another one may remove the line that opened a mode, and the way ends before it.
 */

import type { Mode } from "../../grammar/declaration.ts";
import type { ConfigStore } from "../tree/config-store.ts";
import type { Level } from "./read-line.ts";

export class ModeStack {
  readonly #globalMode: Mode;
  readonly #store: ConfigStore;
  #levels: readonly Level[] = [];

  constructor(globalMode: Mode, store: ConfigStore) {
    this.#globalMode = globalMode;
    this.#store = store;
  }

  get isEmpty(): boolean {
    return this.#levels.length === 0;
  }

  /** As far as it still exists. */
  get standing(): readonly Level[] {
    const levels = this.#levels;
    for (let index = 0; index < levels.length; index += 1) {
      const opened = levels[index]?.opened;
      if (opened !== undefined && !this.#isThere(opened)) return levels.slice(0, index);
    }
    return levels;
  }

  get innermost(): Mode | undefined {
    return this.standing.at(-1)?.mode;
  }

  /** The innermost first. */
  get outwards(): readonly Level[] {
    return [...this.standing].reverse();
  }

  /** Global configuration, wherever the login was. */
  enterGlobal(): void {
    this.#levels = [{ mode: this.#globalMode, opened: undefined }];
  }

  enter(level: Level): void {
    this.#levels = [...this.#levels, level];
  }

  /** Out of every mode within `level`. */
  leaveTo(level: Level): void {
    const { standing } = this;
    this.#levels = standing.slice(0, standing.indexOf(level) + 1);
  }

  leaveInnermost(): void {
    this.#levels = this.standing.slice(0, -1);
  }

  leaveAll(): void {
    this.#levels = [];
  }

  /** The way back to where the login stands now. */
  bookmark(): () => void {
    const levels = this.#levels;
    return () => {
      this.#levels = levels;
    };
  }

  /** Asked of the outermost first: what it stands below is there. */
  #isThere({ tree, line, others = [] }: NonNullable<Level["opened"]>): boolean {
    return this.#store.has(tree) && line.stands && others.every((other) => other.stands);
  }
}
