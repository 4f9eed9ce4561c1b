/** L2TP as a specification has it: the chassis's own manners, and who may open tunnels to it. */

import type { Address, Prefix } from "./kernel/address.ts";
import type { Secret } from "./kernel/secret.ts";

export interface L2tpSystemSpec {
  /** False = tunnels are refused (`vpdn enable` missing, `l2tp shutdown`). */
  readonly enabled: boolean;
  /** True = new tunnels are refused, and those that stand stay (`l2tp drain`). */
  readonly draining?: boolean;
  /** Peers that are drained or shut down by themselves; absent = none. A virtual router absent = in each of them. */
  readonly destinations?: readonly L2tpDestinationSpec[];
  /** Sessions of all tunnels together; absent = as many as the chassis carries. */
  readonly maxSessions?: number;
  /** A tunnel without a session is closed after this; 0 = never. */
  readonly idleTimeoutSeconds: number;
  /** How long what was closed stays visible and its identifiers stay reserved. */
  readonly destructTimeoutSeconds: number;
  readonly retransmitRetriesEstablished: number;
  readonly retransmitRetriesNotEstablished: number;
  /** First and longest pause before a retransmission, in seconds. */
  readonly retransmitTimeoutSeconds: { readonly min: number; readonly max: number };
  /** UDP checksums are not verified on L2TP in the clear either. */
  readonly ignoreUdpChecksums: boolean;
}

export interface L2tpTimersSpec
  extends Partial<
    Pick<
      L2tpSystemSpec,
      | "idleTimeoutSeconds"
      | "retransmitRetriesEstablished"
      | "retransmitRetriesNotEstablished"
      | "retransmitTimeoutSeconds"
    >
  > {
  /** From the request to an established tunnel; absent = 60. */
  readonly setupSeconds?: number;
}

export interface L2tpDestinationSpec {
  readonly virtualRouter: string | undefined;
  readonly address: Address;
  /** `draining`: its tunnels stay and it opens no new ones; `disabled`: they are closed too. */
  readonly state: "draining" | "disabled";
}

/** Sessions of all profiles together that carry a limit of the same thing; each of them carries the same number. */
export interface SharedLimitSpec {
  /** In words for the log; unique in the chassis: `vpdn-template OFFICES`. */
  readonly of: string;
  readonly maxSessions: number;
}

export interface LnsProfileSpec {
  /** The vpdn-group, the destination profile. */
  readonly name: string;
  readonly virtualRouter: string;
  /** Whose tunnels it takes: outer addresses, and the Host Name that the peer sends. Absent = every name. */
  readonly remote: Prefix;
  readonly remoteHostName: string | undefined;
  readonly localAddress: Address | undefined;
  readonly localHostName: string;
  readonly tunnelPassword: Secret | undefined;
  /** True = the peer must prove the tunnel password. */
  readonly tunnelAuthentication: boolean;
  /** `ipsec`: only under ESP; `clear`: only without; `either`. */
  readonly transport: "ipsec" | "clear" | "either";
  readonly singleShot: boolean;
  /** 0 = no hello. */
  readonly helloSeconds: number;
  /** Control messages that the peer may have under way to us. */
  readonly receiveWindow: number;
  readonly pppProfile: string;
  /** Absent = no limit of its own. */
  readonly maxSessions: number | undefined;
  /** Limits that it has in common with others, in the order they are looked at. */
  readonly sharedLimits?: readonly SharedLimitSpec[];
  /** At the session limit, answer CDN with result 2 instead of 4. */
  readonly resultCodeOverride: boolean;
  /** Add the PPP Disconnect Cause AVP (RFC 3145) to CDNs. */
  readonly disconnectCause: boolean;
  /** Timers of its tunnels where they are not the chassis's. */
  readonly timers?: L2tpTimersSpec;
  /** What may be hidden is sent hidden, where there is a tunnel password (RFC 2661 §4.3). */
  readonly hidesAttributes?: boolean;
  /** Our data messages are numbered though the peer does not require it. */
  readonly numbersData?: boolean;
  /** A numbered data message that comes after one that was sent later is dropped. */
  readonly dropsLateData?: boolean;
  /**
   * What becomes of the LCP that a LAC negotiated with its client (RFC 2661 §4.4.5): `always` = it stands, or the session
   * is refused; `fitting` = it stands where it suits the PPP profile. Absent = LCP is negotiated from the beginning.
   */
  readonly proxyLcp?: "always" | "fitting";
  /** With proxy LCP: the proof that the LAC got from its client is judged instead of asking for another. */
  readonly proxyAuthentication?: boolean;
}
