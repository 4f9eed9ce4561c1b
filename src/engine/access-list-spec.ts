/** Access lists as a specification has them: what is tried in order, and what interfaces and sessions name. */

import { type Address, ANY_ADDRESS } from "./kernel/address.ts";

export interface AccessListSpec {
  /** `101`, `FROM-CLIENTS`. */
  readonly name: string;
  readonly kind: "standard" | "extended";
  /** In the order they are tried; behind the last one everything is denied. */
  readonly entries: readonly AccessListEntrySpec[];
}

export interface AccessListEntrySpec {
  readonly sequence: number;
  readonly action: "permit" | "deny";
  /** IANA protocol number; absent = any (`ip`). */
  readonly protocol: number | undefined;
  readonly source: WildcardAddress;
  /** Standard lists: any. */
  readonly destination: WildcardAddress;
  /** TCP and UDP only; absent = any. */
  readonly sourcePorts: PortRange | undefined;
  readonly destinationPorts: PortRange | undefined;
  /** ICMP only; absent = any. */
  readonly icmp: { readonly type: number; readonly code: number | undefined } | undefined;
  /** TCP only; absent = any. */
  readonly flags?: TcpFlagsSpec;
  /** Bits of the second octet of the IP header: those in `mask` must be as in `value`; absent = any. */
  readonly trafficClass?: { readonly mask: number; readonly value: number };
  /** Fragments behind the first one, and nothing else. */
  readonly laterFragments?: true;
  /** Matches are said in the log. */
  readonly log: boolean;
  /** Names of groups that it was made of, with other entries of its number. */
  readonly groups?: {
    readonly service: string | undefined;
    readonly source: string | undefined;
    readonly destination: string | undefined;
  };
  /** It is met at some times only; the engine does not know the time of day and is told when that changes. */
  readonly timeRange?: { readonly name: string; readonly active: boolean };
}

/** Bits that are set in `wildcard` may be anything: `10.0.0.0` / `0.255.255.255`. */
export interface WildcardAddress {
  readonly address: Address;
  readonly wildcard: Address;
}

export const ANY_WILDCARD: WildcardAddress = { address: ANY_ADDRESS, wildcard: "255.255.255.255" };

/** Flags of a TCP segment as bits of its octet: `set` must be set and `clear` must not be; with `any` one of all these conditions is enough. */
export interface TcpFlagsSpec {
  readonly set: number;
  readonly clear: number;
  readonly any: boolean;
}

/** Both ends included; `negated` (`neq`) = every other port. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
  readonly negated: boolean;
}

/** Names of the lists that packets must pass. */
export interface AccessGroups {
  readonly in?: string;
  readonly out?: string;
}
