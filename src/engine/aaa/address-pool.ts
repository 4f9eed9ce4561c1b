/**
 * Local address pools: ranges in order, the lowest free address first, and a user's last address again while it is free.
 * Nothing scans: each range knows its lowest free place.
 */

import type { SessionId } from "../forwarding.ts";
import { type Address, ipv4FromNumber, ipv4ToNumber } from "../kernel/address.ts";
import { LowestFree } from "../kernel/lowest-free.ts";
import type { PoolSnapshot } from "../snapshot.ts";
import type { PoolSpec } from "../spec.ts";

export interface Lease {
  readonly pool: string;
  readonly address: Address;
}

interface HeldLease extends Lease {
  readonly session: SessionId;
  readonly user: string;
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly free: LowestFree;
}

interface Pool {
  readonly name: string;
  readonly ranges: readonly Range[];
}

/** Users whose last address is remembered. */
const REMEMBERED = 10_000;
/** Free addresses that a show command lists. */
const LISTED = 1000;

/** The pools of one virtual router. */
export class AddressPools {
  #pools = new Map<string, Pool>();
  readonly #bySession = new Map<SessionId, HeldLease>();
  readonly #byAddress = new Map<Address, HeldLease>();
  /** Per pool and user. */
  readonly #remembered = new Map<string, Address>();

  /** Leases whose pool still holds their address stay; others end with their session. */
  configure(specs: readonly PoolSpec[]): void {
    this.#pools = new Map(specs.map((spec) => [spec.name, newPool(spec)]));
    for (const lease of this.#bySession.values()) this.#claim(lease);
  }

  /** An address from the first pool that has one; `undefined` = none has. */
  allocate(
    names: readonly string[],
    request: { readonly session: SessionId; readonly user: string; readonly hint: Address | undefined },
  ): Lease | undefined {
    for (const name of names) {
      const pool = this.#pools.get(name);
      const address = pool === undefined ? undefined : this.#take(pool, request.user);
      if (address === undefined) continue;
      const lease = { pool: name, address, session: request.session, user: request.user };
      this.#bySession.set(request.session, lease);
      this.#byAddress.set(address, lease);
      return lease;
    }
    return undefined;
  }

  release(session: SessionId): void {
    const lease = this.#bySession.get(session);
    if (lease === undefined) return;
    this.#bySession.delete(session);
    this.#byAddress.delete(lease.address);
    this.#remember(lease);
    const value = ipv4ToNumber(lease.address);
    rangeOf(this.#pools.get(lease.pool), value)?.free.release(value);
  }

  view(): Omit<PoolSnapshot, "virtualRouter">[] {
    return [...this.#pools.values()].map((pool) => ({
      name: pool.name,
      ranges: pool.ranges.map((range) => ({
        first: ipv4FromNumber(range.first),
        last: ipv4FromNumber(range.last),
        free: range.last - range.first + 1 - range.free.inUse,
        inUse: range.free.inUse,
      })),
      available: this.#available(pool),
      inUse: [...this.#bySession.values()]
        .filter((lease) => lease.pool === pool.name)
        .map(({ address, session, user }) => ({ address, session, user })),
    }));
  }

  #take(pool: Pool, user: string): Address | undefined {
    const last = this.#remembered.get(`${pool.name}\0${user}`);
    if (user !== "" && last !== undefined && !this.#byAddress.has(last)) {
      const value = ipv4ToNumber(last);
      if (rangeOf(pool, value)?.free.claim(value) === true) return last;
    }
    for (const range of pool.ranges) {
      const value = range.free.take();
      if (value !== undefined) return ipv4FromNumber(value);
    }
    return undefined;
  }

  #claim(lease: HeldLease): void {
    const value = ipv4ToNumber(lease.address);
    rangeOf(this.#pools.get(lease.pool), value)?.free.claim(value);
  }

  #remember(lease: HeldLease): void {
    this.#remembered.set(`${lease.pool}\0${lease.user}`, lease.address);
    if (this.#remembered.size > REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value ?? "");
  }

  #available(pool: Pool): Address[] {
    const addresses: Address[] = [];
    for (const range of pool.ranges) {
      for (let value = range.first; value <= range.last && addresses.length < LISTED; value += 1) {
        const address = ipv4FromNumber(value);
        if (!this.#byAddress.has(address)) addresses.push(address);
      }
    }
    return addresses;
  }
}

function newPool(spec: PoolSpec): Pool {
  return {
    name: spec.name,
    ranges: spec.ranges.map((range) => {
      const first = ipv4ToNumber(range.first);
      const last = ipv4ToNumber(range.last);
      return { first, last, free: new LowestFree(first, last) };
    }),
  };
}

function rangeOf(pool: Pool | undefined, value: number): Range | undefined {
  return pool?.ranges.find((range) => value >= range.first && value <= range.last);
}
