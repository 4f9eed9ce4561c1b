/** Who is for which peers, by routing table: whether two have peers in common is found without comparing each with each. */

import { ipv4ToNumber, isIpv6, maskOf, type Prefix, prefixContains } from "../../../engine/kernel/address.ts";
import { SpanIndex } from "../span-index.ts";

interface Table {
  isForAll: boolean;
  readonly ipv6: Prefix[];
}

export class PrefixIndex {
  readonly #spans = new SpanIndex<Prefix>();
  readonly #tables = new Map<string, Table>();

  /** `peers`: `undefined` = everybody, of either family. */
  add(name: string, peers: Prefix | undefined): void {
    const table = this.#tables.get(name) ?? { isForAll: false, ipv6: [] };
    this.#tables.set(name, table);
    if (peers === undefined) table.isForAll = true;
    else if (isIpv6(peers.address)) table.ipv6.push(peers);
    // An owner of its own: two may be for the same peers in several tables.
    else this.#spans.set({ ...peers }, name, [spanOf(peers)]);
  }

  /** Whether anybody in the table is for some of these peers. */
  meets(name: string, peers: Prefix | undefined): boolean {
    const table = this.#tables.get(name);
    if (table === undefined) return false;
    if (peers === undefined || table.isForAll) return true;
    if (!isIpv6(peers.address)) return this.#spans.meets(spanOf(peers), name, undefined);
    return table.ipv6.some((other) => prefixContains(other, peers.address) || prefixContains(peers, other.address));
  }
}

function spanOf({ address, length }: Prefix): { readonly first: number; readonly last: number } {
  const mask = maskOf(length);
  const first = (ipv4ToNumber(address) & mask) >>> 0;
  return { first, last: (first | ~mask) >>> 0 };
}
