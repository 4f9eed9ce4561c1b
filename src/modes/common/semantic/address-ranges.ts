/** Addresses as ranges of numbers: those of pools and of the networks of interfaces, and which of them reach into each other. */

import { type Address, ipv4ToNumber, maskOf } from "../../../engine/kernel/address.ts";
import type { PoolSpec, VirtualRouterSpec } from "../../../engine/spec.ts";

export interface PoolRange {
  readonly pool: string;
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

export function rangesOf(pools: readonly PoolSpec[]): PoolRange[] {
  return pools.flatMap(({ name, ranges }) =>
    ranges.map(({ first, last }) => ({
      pool: name,
      text: `${first}-${last}`,
      first: ipv4ToNumber(first),
      last: ipv4ToNumber(last),
    })),
  );
}

export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Each span with the one before it that reaches into it. */
export function overlaps<Item extends Span>(items: readonly Item[]): (readonly [Item, Item])[] {
  let widest: Item | undefined;
  return [...items]
    .sort((a, b) => a.first - b.first)
    .flatMap((item) => {
      const before = widest;
      if (before === undefined || item.last > before.last) widest = item;
      return before !== undefined && item.first <= before.last ? [[before, item] as const] : [];
    });
}

interface Network extends Span {
  readonly name: string;
  readonly address: Address;
}

export function networksOf(router: VirtualRouterSpec): Network[] {
  return router.interfaces.flatMap(({ name, address: prefix, enabled }) => {
    if (prefix === undefined || !enabled) return [];
    const mask = maskOf(prefix.length);
    const first = (ipv4ToNumber(prefix.address) & mask) >>> 0;
    return [{ name, address: prefix.address, first, last: (first | ~mask) >>> 0 }];
  });
}
