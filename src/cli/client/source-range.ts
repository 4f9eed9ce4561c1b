/**
 * Which addresses of this host clients speak from: `FIRST` or `FIRST-LAST`. A Linux server tells peers apart by address alone, in transport mode,
 * so whoever drives one needs an address for each client. Addresses are taken, never made: they have to be this host's already.
 */

import { type Address, addressFromOctets, addressOctets, canonicalAddress } from "../../engine/kernel/address.ts";
import { putU32, u32At } from "../../engine/wire/octets.ts";

/** Addresses that differ in their last four octets alone. */
export interface SourceRange {
  readonly first: Address;
  readonly count: number;
}

/** `undefined` = neither an address nor two that rise. */
export function parseSourceRange(text: string): SourceRange | undefined {
  const [from = "", to = from, ...more] = text.split("-");
  const [first, last] = [canonicalAddress(from), canonicalAddress(to)];
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  const [one, other] = [addressOctets(first), addressOctets(last)];
  const at = one.length - 4;
  const isAlike = one.length === other.length && one.subarray(0, at).every((octet, index) => octet === other[index]);
  const count = u32At(other, at) - u32At(one, at) + 1;
  return isAlike && count > 0 ? { first, count } : undefined;
}

/** The addresses that so many clients take in turn; no more than there are clients. */
export function sourcesFor({ first, count }: SourceRange, clients: number): readonly Address[] {
  return Array.from({ length: Math.min(clients, count) }, (_, index) => {
    const octets = addressOctets(first);
    const at = octets.length - 4;
    putU32(octets, at, u32At(octets, at) + index);
    return addressFromOctets(octets) ?? first;
  });
}
