/** The logins of a gateway: who they are, when they last typed, and how to reach them. */

import { type Logins, type LoginView, lineNumber } from "../modes/common/logins.ts";

/** What of a login changes while it lasts. */
type Standing = Pick<LoginView, "idleMillis" | "activeMillis" | "level" | "virtualRouter">;

export interface LoginEntry extends Omit<LoginView, keyof Standing> {
  standing(): Standing;
  tell(lines: readonly string[]): void;
  close(): void;
}

export class LoginList implements Logins {
  readonly #entries = new Set<LoginEntry>();

  get all(): readonly LoginView[] {
    return [...this.#entries]
      .map((entry) => ({ ...entry, ...entry.standing() }))
      .sort((a, b) => lineNumber(a.line, 0) - lineNumber(b.line, 0));
  }

  /** Returns what removes it. */
  add(entry: LoginEntry): () => void {
    this.#entries.add(entry);
    return () => this.#entries.delete(entry);
  }

  /** The first vty line that nobody is at. */
  get freeVty(): string {
    const taken = new Set([...this.#entries].map(({ line }) => line));
    let number = 0;
    while (taken.has(`vty ${number}`)) number += 1;
    return `vty ${number}`;
  }

  clear(line: string): boolean {
    const found = [...this.#entries].filter((entry) => entry.line === line);
    for (const entry of found) entry.close();
    return found.length > 0;
  }

  send(lines: readonly string[], line?: string): number {
    const found = [...this.#entries].filter((entry) => line === undefined || entry.line === line);
    for (const entry of found) entry.tell(lines);
    return found.length;
  }
}
