/** PPP as a specification has it: how a link is negotiated and proven, and what the domain in a user's name decides. */

import type { AccessGroups } from "./access-list-spec.ts";
import type { Address } from "./kernel/address.ts";
import type { Secret } from "./kernel/secret.ts";

/** Absent or 0 = for ever. */
export interface SessionTimeoutsSpec {
  /** Without a packet in either direction. */
  readonly idleSeconds?: number;
  /** Since IP came up. */
  readonly absoluteSeconds?: number;
}

/** Users of one domain: where they are looked up and where they stand. */
export interface DomainMapSpec {
  /** `none` = users that name no domain; `default` = domains without a map of their own. */
  readonly domain: string;
  /** Whose users and methods prove them; absent = those of the router where they stand. */
  readonly authenticationRouter: string | undefined;
  /** Absent = that of the PPP profile. */
  readonly virtualRouter: string | undefined;
  /** The interface there that lends our end's address; absent = the PPP profile's. */
  readonly unnumbered: string | undefined;
  /** In order; empty = the PPP profile's, or all of the virtual router where that is another one. */
  readonly pools: readonly string[];
  /** Look the user up without the domain. */
  readonly stripDomain: boolean;
  /** Everybody of the domain is this user. */
  readonly override: { readonly name: string; readonly password: Secret } | undefined;
}

/** Which domains users of a PPP profile may name. A domain without a line follows that of `default`, else is let in. */
export interface DomainRulesSpec {
  readonly access: readonly { readonly domain: string; readonly admit: boolean }[];
  /** Domains that stand for others; they are put in place first. */
  readonly translate: readonly { readonly from: string; readonly to: string }[];
}

export type PppAuthentication = "pap" | "chap" | "msChap" | "msChapV2";

/** How long PPP tries. What is absent is as RFC 1661 §4.6 has it. */
export interface PppNegotiationSpec {
  /** Max-Configure: Configure-Requests without an answer before the peer is given up; 10. */
  readonly maxConfigure?: number;
  /** Max-Terminate: Terminate-Requests without an answer; 2. */
  readonly maxTerminate?: number;
  /** Max-Failure: Naks in a row before a Reject ends the quarrel; 5. */
  readonly maxFailure?: number;
  /** Pause before a packet is sent again; 3. */
  readonly retrySeconds?: number;
  /** In which the peer must have proven itself; ten pauses. */
  readonly authenticationSeconds?: number;
  /** From the proof to an open IPCP; absent = as long as the counters last. */
  readonly networkSeconds?: number;
  /** From an IPCP that went down to one that is open again; absent = as long as the counters last. */
  readonly networkAgainSeconds?: number;
}

export interface PppProfileSpec {
  /** The virtual template, the profile. */
  readonly name: string;
  readonly virtualRouter: string;
  /** Acceptable protocols in the order they are asked for; empty = the peer need not authenticate. */
  readonly authentication: readonly PppAuthentication[];
  /** A peer that refuses all of them is let in without a name. */
  readonly authenticationOptional?: boolean;
  /** Our end's address (that of the unnumbered interface). */
  readonly localAddress: Address | undefined;
  /** The interface that lends it, for `show`. */
  readonly unnumbered: string | undefined;
  /** Every peer's address, one at a time; absent = from a pool. */
  readonly peerAddress?: Address;
  /** Pools to draw the peer's address from, in order. */
  readonly pools: readonly string[];
  readonly dns: readonly Address[];
  readonly nbns: readonly Address[];
  /** The largest unit we ask the peer to send, in octets. */
  readonly mru: number;
  /** Take the peer's MRU as the MTU of the interface. */
  readonly mtuAdaptive: boolean;
  /** The largest IP packet we send, in octets, where it is configured; less if the peer or the tunnel takes less. */
  readonly ipMtu?: number;
  /** Echo interval; 0 = no echo. */
  readonly keepaliveSeconds: number;
  /** Unanswered echoes before the link is taken down. */
  readonly keepaliveRetries: number;
  readonly chapChallengeLength: { readonly min: number; readonly max: number };
  /** Failed attempts that a peer may repeat before the link is closed. */
  readonly authenticationRetries: number;
  readonly negotiation?: PppNegotiationSpec;
  /** Where users are looked up, whatever their domain says; absent = as the domain says, else `virtualRouter`. */
  readonly authenticationRouter?: string;
  readonly domainRules?: DomainRulesSpec;
  readonly sessionTimeouts?: SessionTimeoutsSpec;
  /** The largest segment that TCP may announce through a session; absent = any. */
  readonly tcpMss?: number;
  /** `in`: what comes from the client; `out`: what goes to it. */
  readonly accessGroups?: AccessGroups;
}
