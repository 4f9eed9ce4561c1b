/**
 * Local address pools: ranges in order, the lowest free address first, and a user's last address again while it is free. An
 * address is given once, also where the ranges of two pools overlap or a user has an address of its own. Nothing scans: each
 * range knows its lowest free place.
 */

import type { SessionId } from "../forwarding.ts";
import { type Address, ipv4FromNumber, ipv4ToNumber } from "../kernel/address.ts";
import { LowestFree } from "../kernel/lowest-free.ts";
import type { Millis } from "../kernel/machine.ts";
import type { PoolSnapshot } from "../snapshot.ts";
import type { PoolSpec } from "../spec.ts";

export interface Lease {
  /** `undefined` = the user's own address. */
  readonly pool: string | undefined;
  readonly address: Address;
}

export interface LeaseRequest {
  readonly session: SessionId;
  /** Empty = unknown: no address is remembered. */
  readonly user: string;
  /** What the client would like; not honoured, as it may be another one's. */
  readonly hint: Address | undefined;
}

interface HeldLease extends Lease {
  readonly session: SessionId;
  readonly user: string;
}

/** An address that came back and is not given again before its time. */
interface Rest {
  readonly address: Address;
  readonly until: Millis;
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly free: LowestFree;
}

interface Pool {
  readonly name: string;
  readonly spec: PoolSpec;
  readonly ranges: readonly Range[];
}

/** A pool has reached its high share in use, or has come back to the abated one. */
export interface PoolCrossing {
  readonly pool: string;
  readonly percent: number;
  readonly high: boolean;
}

/** Users whose last address is remembered. */
const REMEMBERED = 10_000;
/** Free addresses that a show command lists. */
const LISTED = 1000;

/** The pools of one virtual router. */
export class AddressPools {
  #specs: readonly PoolSpec[] = [];
  /** Made when somebody asks for an address: a chassis may have thousands of routing tables, each with thousands of pools. */
  #made: ReadonlyMap<string, Pool> | undefined;
  readonly #bySession = new Map<SessionId, HeldLease>();
  readonly #byAddress = new Map<Address, HeldLease>();
  /** By pool, the first to be free again in front. */
  readonly #resting = new Map<string, Rest[]>();
  /** Per pool and user, the longest unused first. */
  readonly #remembered = new Map<string, Address>();
  /** Pools that are above their high share and have not come back. */
  readonly #warned = new Set<string>();

  /** Leases whose pool still holds their address stay; others end with their session. */
  configure(specs: readonly PoolSpec[]): void {
    this.#specs = specs;
    this.#made = undefined;
    for (const { address } of this.#bySession.values()) this.#claim(address);
    for (const [name, rests] of this.#resting) {
      if (!this.#pools.has(name)) this.#resting.delete(name);
      else for (const { address } of rests) this.#claim(address);
    }
  }

  get #pools(): ReadonlyMap<string, Pool> {
    this.#made ??= new Map(this.#specs.map((spec) => [spec.name, newPool(spec)]));
    return this.#made;
  }

  has(name: string): boolean {
    return this.#pools.has(name);
  }

  /** An address from the first pool that has one; `undefined` = none has. A session that held another one gives it back. */
  allocate(names: readonly string[], request: LeaseRequest, now: Millis): Lease | undefined {
    this.release(request.session, now);
    this.#wake(now);
    for (const name of names) {
      const pool = this.#pools.get(name);
      const address = pool === undefined ? undefined : this.#find(pool, request.user);
      if (address !== undefined) return this.#hold({ pool: name, address, ...request });
    }
    return undefined;
  }

  /** The address that belongs to the user; `undefined` = another session has it. No pool gives it away meanwhile. */
  allocateFixed(address: Address, request: LeaseRequest, now: Millis): Lease | undefined {
    this.release(request.session, now);
    if (this.#byAddress.has(address)) return undefined;
    return this.#hold({ pool: undefined, address, ...request });
  }

  release(session: SessionId, now: Millis): void {
    const lease = this.#bySession.get(session);
    if (lease === undefined) return;
    this.#bySession.delete(session);
    this.#byAddress.delete(lease.address);
    this.#remember(lease);
    const { recycleSeconds = 0 } = this.#pools.get(lease.pool ?? "")?.spec ?? {};
    if (lease.pool === undefined || recycleSeconds === 0) {
      this.#free(lease.address);
      return;
    }
    const rests = this.#resting.get(lease.pool) ?? [];
    rests.push({ address: lease.address, until: now + recycleSeconds * 1000 });
    this.#resting.set(lease.pool, rests);
  }

  #free(address: Address): void {
    const value = ipv4ToNumber(address);
    for (const range of this.#rangesOf(value)) range.free.release(value);
  }

  /** Frees what has rested long enough, unless it is some user's own address by now. */
  #wake(now: Millis): void {
    for (const [pool, rests] of this.#resting) {
      const asleep = rests.findIndex(({ until }) => until > now);
      const awake = rests.splice(0, asleep < 0 ? rests.length : asleep);
      for (const { address } of awake) if (!this.#byAddress.has(address)) this.#free(address);
      if (rests.length === 0) this.#resting.delete(pool);
    }
  }

  #restingIn(pool: Pool, range: Range): number {
    const rests = this.#resting.get(pool.name) ?? [];
    return rests.filter(({ address }) => !this.#byAddress.has(address) && holds(range, ipv4ToNumber(address))).length;
  }

  /** What has been crossed since the last call. */
  takeCrossings(): PoolCrossing[] {
    return [...this.#pools.values()].flatMap((pool) => {
      const { warning } = pool.spec;
      if (warning === undefined) return [];
      const percent = shareInUse(pool);
      const high = percent >= warning.high;
      const warned = this.#warned.has(pool.name);
      if (warned ? percent > warning.abated : !high) return [];
      if (warned) this.#warned.delete(pool.name);
      else this.#warned.add(pool.name);
      return [{ pool: pool.name, percent, high: !warned }];
    });
  }

  view(now: Millis): Omit<PoolSnapshot, "virtualRouter">[] {
    this.#wake(now);
    return [...this.#pools.values()].map((pool) => ({
      name: pool.name,
      ...(pool.spec.group === undefined ? {} : { group: pool.spec.group }),
      ranges: pool.ranges.map((range) => {
        const blocked = this.#restingIn(pool, range);
        return {
          first: ipv4FromNumber(range.first),
          last: ipv4FromNumber(range.last),
          free: range.last - range.first + 1 - range.free.inUse,
          inUse: range.free.inUse - blocked,
          ...(pool.spec.recycleSeconds === undefined ? {} : { blocked }),
        };
      }),
      available: this.#available(pool),
      inUse: [...this.#bySession.values()]
        .filter((lease) => rangeOf(pool, ipv4ToNumber(lease.address)) !== undefined)
        .map(({ address, session, user }) => ({ address, session, user })),
    }));
  }

  #find(pool: Pool, user: string): Address | undefined {
    const last = this.#remembered.get(memoryKey(pool.name, user));
    const range = last === undefined ? undefined : rangeOf(pool, ipv4ToNumber(last));
    if (last !== undefined && range?.free.isFree(ipv4ToNumber(last))) return last;
    for (const range of pool.ranges) {
      const value = range.free.take();
      if (value !== undefined) return ipv4FromNumber(value);
    }
    return undefined;
  }

  #hold(lease: HeldLease): Lease {
    this.#bySession.set(lease.session, lease);
    this.#byAddress.set(lease.address, lease);
    this.#claim(lease.address);
    return lease;
  }

  #claim(address: Address): void {
    const value = ipv4ToNumber(address);
    for (const range of this.#rangesOf(value)) range.free.claim(value);
  }

  #rangesOf(value: number): Range[] {
    return [...this.#pools.values()].flatMap((pool) => pool.ranges.filter((range) => holds(range, value)));
  }

  #remember({ pool, user, address }: HeldLease): void {
    if (pool === undefined || user === "" || this.#pools.get(pool)?.spec.remembersUsers === false) return;
    const key = memoryKey(pool, user);
    this.#remembered.delete(key);
    this.#remembered.set(key, address);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
  }

  #available(pool: Pool): Address[] {
    const addresses: Address[] = [];
    for (const range of pool.ranges) {
      for (let value = range.first; value <= range.last && addresses.length < LISTED; value += 1) {
        if (range.free.isFree(value)) addresses.push(ipv4FromNumber(value));
      }
    }
    return addresses;
  }
}

function newPool(spec: PoolSpec): Pool {
  return {
    name: spec.name,
    spec,
    ranges: spec.ranges.map((range) => {
      const first = ipv4ToNumber(range.first);
      const last = ipv4ToNumber(range.last);
      return { first, last, free: new LowestFree(first, last) };
    }),
  };
}

/** In whole percent. */
function shareInUse({ ranges }: Pool): number {
  const size = ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
  const inUse = ranges.reduce((sum, range) => sum + range.free.inUse, 0);
  return size === 0 ? 0 : Math.floor((inUse * 100) / size);
}

function memoryKey(pool: string, user: string): string {
  return `${pool}\0${user}`;
}

function holds(range: Range, value: number): boolean {
  return value >= range.first && value <= range.last;
}

function rangeOf(pool: Pool, value: number): Range | undefined {
  return pool.ranges.find((range) => holds(range, value));
}
