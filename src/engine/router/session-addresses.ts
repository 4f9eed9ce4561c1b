/**
 * The addresses of the PPP clients of a chassis: the pools of its virtual routers, what each of them gave and refused,
 * and what is said when a pool is nearly used up. Who the user of a session is, and so which pools it may draw on, is
 * decided before.
 */

import { AddressPools, type Lease, type LeaseRequest } from "../aaa/address-pool.ts";
import type { SessionId } from "../forwarding.ts";
import type { Address } from "../kernel/address.ts";
import type { Log } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import type { PoolSnapshot } from "../snapshot.ts";
import type { VirtualRouterSpec } from "../spec.ts";
import type { Decisions } from "./decisions.ts";
import type { UserPlace } from "./user-place.ts";

export class SessionAddresses {
  readonly #log: Log;
  readonly #decisions: Decisions;
  readonly #pools = new Map<string, AddressPools>();

  constructor(log: Log, decisions: Decisions) {
    this.#log = log;
    this.#decisions = decisions;
  }

  configure(routers: readonly VirtualRouterSpec[]): void {
    for (const router of routers) {
      const pools = this.#pools.get(router.name) ?? new AddressPools();
      pools.configure(router.pools);
      this.#pools.set(router.name, pools);
    }
    const names = new Set(routers.map(({ name }) => name));
    for (const name of this.#pools.keys()) if (!names.has(name)) this.#pools.delete(name);
  }

  /**
   * The user's own address, else the one that the profile gives, else one from the first pool of its place that has one left.
   * A session that held another one has given it back before.
   */
  allocate(
    place: Pick<UserPlace, "user" | "virtualRouter" | "pools">,
    profileAddress: Address | undefined,
    request: LeaseRequest,
    now: Millis,
  ): Lease | { readonly refused: string } {
    const { user, virtualRouter, pools: names } = place;
    const pools = this.#pools.get(virtualRouter);
    const fixed = user?.address ?? profileAddress;
    const lease =
      fixed === undefined ? pools?.allocate(names, request, now) : pools?.allocateFixed(fixed, request, now);
    this.#decisions.count(virtualRouter, lease === undefined ? "addressesRefused" : "addressesGranted");
    if (lease === undefined) {
      return { refused: fixed === undefined ? whyNone(names, pools) : `${fixed} is another session's` };
    }
    this.#tellUse(virtualRouter);
    return lease;
  }

  /** Nothing happens where the session holds none. */
  release(virtualRouter: string, session: SessionId, now: Millis): void {
    this.#pools.get(virtualRouter)?.release(session, now);
    this.#tellUse(virtualRouter);
  }

  view(now: Millis): PoolSnapshot[] {
    return [...this.#pools].flatMap(([virtualRouter, pools]) =>
      pools.view(now).map((pool) => ({ virtualRouter, ...pool })),
    );
  }

  #tellUse(virtualRouter: string): void {
    for (const { pool, percent, high } of this.#pools.get(virtualRouter)?.takeCrossings() ?? []) {
      const text = high ? "address pool is nearly used up" : "address pool has room again";
      this.#log("aaa", high ? "warning" : "notice", text, { virtualRouter, pool, percent });
    }
  }
}

/** Why no pool of these has given an address. */
function whyNone(names: readonly string[], pools: AddressPools | undefined): string {
  if (names.length === 0) return "no address pool is named";
  const there = names.filter((name) => pools?.has(name));
  return there.length === 0 ? `there is no address pool ${names.join(" ")}` : `none is free of ${there.join(" ")}`;
}
