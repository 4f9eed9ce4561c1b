/** Who has been let in and not left: how many sessions stand in each virtual router, and how many are the same user's. */

import type { SessionId } from "../forwarding.ts";

/** Of one session. */
export interface Standing {
  readonly virtualRouter: string;
  /** Whose it is, as the router that proved him knows him; `undefined` = nobody was asked for a name. */
  readonly user: { readonly router: string; readonly name: string } | undefined;
}

export class StandingSessions {
  readonly #sessions = new Map<SessionId, Standing>();
  readonly #counts = new Map<string, number>();

  /** Takes the place of what was known of the session. */
  enter(session: SessionId, standing: Standing): void {
    this.leave(session);
    this.#sessions.set(session, standing);
    this.#count(standing, 1);
  }

  leave(session: SessionId): void {
    const standing = this.#sessions.get(session);
    if (standing === undefined) return;
    this.#sessions.delete(session);
    this.#count(standing, -1);
  }

  inRouter(virtualRouter: string): number {
    return this.#counts.get(routerKey(virtualRouter)) ?? 0;
  }

  ofUser(user: Standing["user"]): number {
    return user === undefined ? 0 : (this.#counts.get(userKey(user)) ?? 0);
  }

  #count({ virtualRouter, user }: Standing, change: 1 | -1): void {
    for (const key of [routerKey(virtualRouter), ...(user === undefined ? [] : [userKey(user)])]) {
      const count = (this.#counts.get(key) ?? 0) + change;
      if (count === 0) this.#counts.delete(key);
      else this.#counts.set(key, count);
    }
  }
}

function routerKey(virtualRouter: string): string {
  return JSON.stringify([virtualRouter]);
}

function userKey({ router, name }: { readonly router: string; readonly name: string }): string {
  return JSON.stringify([router, name]);
}
