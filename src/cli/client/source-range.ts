/**
 * Which addresses of this host clients speak from: `FIRST` or `FIRST-LAST`. A Linux server tells peers apart by address alone, in transport mode,
 * so whoever drives one needs an address for each client. Addresses are taken, never made: they have to be this host's already.
 */

import { type Address, ipv4FromNumber, parseIpv4 } from "../../engine/kernel/address.ts";

/** Both ends as numbers, both included. */
export interface SourceRange {
  readonly first: number;
  readonly last: number;
}

/** `undefined` = neither an IPv4 address nor two that rise. */
export function parseSourceRange(text: string): SourceRange | undefined {
  const [from = "", to = from, ...more] = text.split("-");
  const [first, last] = [parseIpv4(from), parseIpv4(to)];
  if (first === undefined || last === undefined || last < first || more.length > 0) return undefined;
  return { first, last };
}

/** The addresses that so many clients take in turn; no more than there are clients. */
export function sourcesFor({ first, last }: SourceRange, clients: number): readonly Address[] {
  return Array.from({ length: Math.min(clients, last - first + 1) }, (_, index) => ipv4FromNumber(first + index));
}
