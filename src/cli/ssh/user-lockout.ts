/** Users who typed too many wrong passwords and are not let in until an operator says so, whoever types which password meanwhile. */

import type { Log } from "../../engine/kernel/log.ts";
import type { LockedUser } from "../../modes/common/ssh-service.ts";

export interface UserLockoutContext {
  readonly log: Log;
  date(): Date;
  /** Wrong passwords in a row that lock a user out; `undefined` = nobody is locked out. */
  attempts(): number | undefined;
}

export class UserLockout {
  readonly #context: UserLockoutContext;
  readonly #failures = new Map<string, number>();
  readonly #locked = new Map<string, Date>();

  constructor(context: UserLockoutContext) {
    this.#context = context;
  }

  /** In the order in which they were locked out. */
  get locked(): readonly LockedUser[] {
    return [...this.#locked].map(([user, at]) => ({ user, at }));
  }

  isLocked(user: string): boolean {
    return this.#context.attempts() !== undefined && this.#locked.has(user);
  }

  succeeded(user: string): void {
    this.#failures.delete(user);
  }

  /** `user` is one of the configuration, so that strangers cannot make us remember names. */
  failed(user: string): void {
    const attempts = this.#context.attempts();
    if (attempts === undefined || this.#locked.has(user)) return;
    const failures = (this.#failures.get(user) ?? 0) + 1;
    this.#failures.set(user, failures);
    if (failures < attempts) return;
    this.#failures.delete(user);
    this.#locked.set(user, this.#context.date());
    this.#context.log("aaa", "notice", "a user was locked out", { user });
  }

  /** `user` absent = all of them. */
  unlock(by: string, user?: string): void {
    const unlocked = [...this.#locked.keys()].filter((name) => name === (user ?? name));
    for (const name of unlocked) {
      this.#locked.delete(name);
      this.#context.log("aaa", "notice", "a user is locked out no more", { user: name, by });
    }
  }

  forgetFailures(user?: string): void {
    if (user === undefined) this.#failures.clear();
    else this.#failures.delete(user);
  }
}
