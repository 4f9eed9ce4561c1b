/**
 * What goes into one PPP endpoint and what comes out of it. Both ends of a link are the same machine: `PppPlan` says
 * which of the two it is by what it asks and what it is ready to give.
 *
 * Frames start at the PPP protocol field (address and control removed, protocol field uncompressed to two octets) on
 * input; on output they carry address and control (ff 03) exactly as RFC 1661 wants them for LCP.
 */

import type { Address } from "../kernel/address.ts";
import type { Secret } from "../kernel/secret.ts";
import type { PppAuthentication, PppNegotiationSpec } from "../ppp-spec.ts";
import type { PppProof, PppVerdict } from "../proof.ts";

/** What our end says in IPCP. */
export interface NetworkTerms {
  /** Server: our own address. Client: absent (we ask for one with 0.0.0.0). */
  readonly localAddress: Address | undefined;
  /** Server: what to hand out. */
  readonly dns: readonly Address[];
  readonly nbns: readonly Address[];
}

export interface PppPlan extends NetworkTerms {
  /** Protocols we demand of the peer, best first; empty = none. */
  readonly demand: readonly PppAuthentication[];
  /** A peer that refuses all of them need not prove anything. */
  readonly demandOptional?: boolean | undefined;
  /** What we prove ourselves with when the peer demands it; absent = we refuse to authenticate. */
  readonly credentials:
    | { readonly name: string; readonly password: Secret; readonly protocols: readonly PppAuthentication[] }
    | undefined;
  /** Our name in challenges. */
  readonly localName: string;
  readonly mru: number;
  readonly keepaliveSeconds: number;
  readonly keepaliveRetries: number;
  readonly chapChallengeLength: { readonly min: number; readonly max: number };
  readonly authenticationRetries: number;
  readonly negotiation?: PppNegotiationSpec | undefined;
  /** Client: ask for DNS and NBNS servers (options 129-132). */
  readonly requestServers: boolean;
  /** Client: also propose CCP and CBCP, as Windows does, to be rejected. */
  readonly offerCcp: boolean;
}

/** LCP as somebody else has negotiated it with the peer in our place. */
export interface ProxyLink {
  /** Options of the last Configure-Request that the peer got, and of the last that came from it. */
  readonly sent: Uint8Array;
  readonly received: Uint8Array;
  /** What the peer proved itself with, to be judged; absent = we ask it ourselves. */
  readonly claim: PppClaim | undefined;
  /** What does not suit us is negotiated from the beginning; otherwise the link ends. */
  readonly renegotiates: boolean;
}

/** A proof and whose it is; `identifier` is that of the packet that the peer awaits an answer to. */
export interface PppClaim {
  readonly identifier: number;
  readonly name: string;
  readonly proof: PppProof;
}

export type PppInput =
  /** The link is up. */
  | { readonly type: "up"; readonly proxy?: ProxyLink | undefined }
  | { readonly type: "frame"; readonly bytes: Uint8Array }
  | { readonly type: "authenticated"; readonly verdict: PppVerdict }
  /** Answer to `requestAddress`; absent = none to give. `terms` take the place of the plan's. */
  | { readonly type: "address"; readonly address: Address | undefined; readonly terms?: NetworkTerms }
  /** Terminate gracefully. */
  | { readonly type: "close"; readonly reason: string }
  /** The link is gone. */
  | { readonly type: "down" };

export type PppOutput =
  | { readonly type: "frame"; readonly bytes: Uint8Array }
  /** The peer's proof needs a verdict, given back with `authenticated`. */
  | { readonly type: "authenticate"; readonly name: string; readonly proof: PppProof }
  | { readonly type: "requestAddress"; readonly name: string; readonly hint: Address | undefined }
  | {
      readonly type: "opened";
      readonly localAddress: Address;
      readonly peerAddress: Address;
      readonly dns: readonly Address[];
      readonly nbns: readonly Address[];
      /** Largest packet the peer takes. */
      readonly peerMru: number;
      /** The peer accepts compressed protocol and address-control fields. */
      readonly compressProtocol: boolean;
      readonly compressAddress: boolean;
    }
  | { readonly type: "closedIp" }
  /** The machine is finished; the reason is plain words. */
  | { readonly type: "terminated"; readonly reason: string };

/** Magic numbers that LCP agreed on; 0 = that end has none. Nobody but the two ends knows them. */
export interface LinkMagic {
  readonly local: number;
  readonly peer: number;
}

/** States of RFC 1661 §4.2. */
export type CpState =
  | "initial"
  | "starting"
  | "closed"
  | "stopped"
  | "closing"
  | "stopping"
  | "reqSent"
  | "ackRcvd"
  | "ackSent"
  | "opened";

export type PppPhase = "dead" | "establish" | "authenticate" | "network" | "terminate";

export interface PppView {
  readonly phase: PppPhase;
  readonly lcp: CpState;
  readonly ipcp: CpState;
  readonly authentication: PppAuthentication | undefined;
  /** The name the peer proved, or we proved. */
  readonly peerName: string;
  readonly localAddress: Address | undefined;
  readonly peerAddress: Address | undefined;
  readonly localMru: number;
  readonly peerMru: number;
  readonly openedAt: number | undefined;
  /** Protocol-Rejects that were sent, by what they refused: `IPv6CP`, `CCP`. */
  readonly protocolsRejected?: Readonly<Record<string, number>>;
  /** Why it ended. */
  readonly reason: string | undefined;
}
