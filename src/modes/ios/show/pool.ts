/** `show ip local pool`, of all pools, of one, or of a group. A pool is one for the whole box: sessions of every VRF are counted. */

import type { SessionId } from "../../../engine/forwarding.ts";
import type { PoolSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { virtualAccess } from "./words.ts";

const HEADING = " Pool                     Begin           End             Free  In use";

export interface WhichPools {
  readonly name?: string | undefined;
  readonly group?: string | undefined;
}

export function localPools(snapshot: Snapshot, { name, group }: WhichPools): readonly PoolSnapshot[] {
  const { [DEFAULT_ROUTER]: own = [], ...others } = Object.groupBy(snapshot.pools, (pool) => pool.virtualRouter);
  return own
    .filter((pool) => pool.name === (name ?? pool.name) && (group === undefined || pool.group === group))
    .map((pool) => Object.values(others).reduce((sum, pools = []) => joined(sum, pools), pool));
}

/** With what another virtual router holds of the same pool. */
function joined(pool: PoolSnapshot, others: readonly PoolSnapshot[]): PoolSnapshot {
  const other = others.find(({ name }) => name === pool.name);
  if (other === undefined) return pool;
  const free = new Set(other.available);
  return {
    ...pool,
    ranges: pool.ranges.map((range, index) => {
      const theirs = other.ranges[index];
      const inUse = theirs?.inUse ?? 0;
      const blocked = theirs?.blocked ?? 0;
      const both = range.blocked === undefined ? {} : { blocked: range.blocked + blocked };
      return { ...range, free: range.free - inUse - blocked, inUse: range.inUse + inUse, ...both };
    }),
    available: pool.available.filter((address) => free.has(address)),
    inUse: [...pool.inUse, ...other.inUse],
  };
}

/** `details` = whose sessions hold addresses; with it free and held addresses are listed. */
export function showLocalPools(pools: readonly PoolSnapshot[], details?: Snapshot): string[] {
  const rests = pools.some(({ ranges }) => ranges.some(({ blocked }) => blocked !== undefined));
  const rows = [...Map.groupBy(pools, ({ group }) => group)].flatMap(([group, members]) => [
    ...(group === undefined ? [] : members.map(({ name }) => ` ** pool <${name}> is in group <${group}>`)),
    ...members.flatMap((pool) => rowsOf(pool, rests)),
  ]);
  const table = [rests ? `${HEADING}   Blocked` : HEADING, ...rows];
  if (details === undefined) return table;
  const indexes = new Map(details.sessions.map(({ session, index }) => [session, index]));
  return [
    ...table,
    "Available addresses:",
    ...pools.flatMap((pool) => pool.available.map((address) => `   ${address}`)),
    "Inuse addresses:",
    ...pools.flatMap((pool) => heldRows(pool, indexes)),
  ];
}

function rowsOf({ name, ranges }: PoolSnapshot, rests: boolean): string[] {
  return ranges.map(({ first, last, free, inUse, blocked = 0 }, index) => {
    const counts = `${String(free).padStart(4)}${String(inUse).padStart(8)}${rests ? String(blocked).padStart(10) : ""}`;
    return ` ${(index === 0 ? name : "").padEnd(24)} ${first.padEnd(15)} ${last.padEnd(15)} ${counts}`;
  });
}

function heldRows({ inUse }: PoolSnapshot, indexes: ReadonlyMap<SessionId, number>): string[] {
  return inUse.map(({ address, session, user }) => {
    const index = indexes.get(session);
    const port = index === undefined ? "" : virtualAccess(index).short;
    return `   ${address.padEnd(18)} ${port.padEnd(27)} ${user}`;
  });
}
