/**
 * Everything the IKE machine remembers: IKE SAs, quick modes under way, pairs of IPsec SAs and the connections they
 * belong to, and what all parts of the machine share. A record carries its own deadlines; `deadlines.ts` turns them into
 * the machine's next one.
 */

import type { DhKeyPair } from "../agreement.ts";
import type { Phase1Keys } from "../crypto/keymat.ts";
import type { ConnectionId, EspKeys, LineModules } from "../forwarding.ts";
import type { Flow } from "../kernel/address.ts";
import type { DeadlineQueue } from "../kernel/deadline-queue.ts";
import type { Log } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import type { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { CertificateFault } from "../pki/chain.ts";
import type { Trust } from "../pki/trust.ts";
import type { DhGroup, EspProposalSpec, IkePolicySpec, IpsecGatewaySpec, PreSharedKeySpec } from "../spec.ts";
import type { Agreements } from "./agreements.ts";
import type { Identity, IkeConfiguration, IkeCounters, IkeOutput, InitiatorPlan, Phase1State } from "./events.ts";
import type { Fragments } from "./fragments.ts";
import type { GuessLimit } from "./guess-limit.ts";
import type { HalfOpenSas } from "./half-open.ts";
import type { NatDialect } from "./nat-traversal.ts";
import type { Phase2Terms } from "./phase2-proposals.ts";
import type { Retransmission } from "./retransmit.ts";

/** One ISAKMP SA, from its first message on. */
export interface IkeSa {
  readonly kind: "ikeSa";
  /** What `show` prints, from 1001 upward. */
  readonly id: number;
  readonly initiator: boolean;
  /** Made in aggressive mode. */
  readonly aggressive: boolean;
  readonly virtualRouter: string;
  readonly createdAt: Millis;
  readonly initiatorCookie: Uint8Array;
  /** All zero until the responder has answered. */
  responderCookie: Uint8Array;
  flow: Flow;
  state: Phase1State;
  gateway: IpsecGatewaySpec | undefined;
  policy: IkePolicySpec | undefined;
  lifetimeSeconds: number;
  dialect: NatDialect | undefined;
  localBehindNat: boolean;
  peerBehindNat: boolean;
  /** There is no NAT, and UDP is used all the same. */
  udpForced: boolean;
  peerAnswersDpd: boolean;
  /** Both ends have announced that they take messages in pieces. */
  takesFragments: boolean;
  nextFragmentId: number;
  /** The peer remembers nothing of older SAs (RFC 2407 §4.6.3.3). */
  initialContact: boolean;
  peerIdentity: Identity | undefined;
  /** The name of the profile that takes the peer. */
  peerProfile: string | undefined;
  /** The label of the key that a peer who opened it must hold; absent = there is none, or we opened it. */
  keyLabel: string | undefined;
  /** For whom its key is configured. */
  keyPeer: PreSharedKeySpec["peer"] | undefined;
  /** Made with a group key: only L2TP may be negotiated under it. */
  groupKey: boolean;
  connection: Connection | undefined;
  /** Absent as soon as phase 1 is done. */
  mainMode: MainMode | undefined;
  keys: Phase1Keys | undefined;
  /** Vector of the next phase 1 message; once established, the last phase 1 block. */
  iv: Uint8Array;
  /** The last message taken from the peer and what we said to it, for duplicates. */
  lastRequest: string;
  lastAnswer: { readonly flow: Flow; readonly bytes: Uint8Array } | undefined;
  retransmission: Retransmission | undefined;
  negotiationEndsAt: Millis | undefined;
  rekeyAt: Millis | undefined;
  expiresAt: Millis | undefined;
  heardAt: Millis;
  readonly quickModes: Map<number, QuickMode>;
  /** Message identifiers of either side that have been used. */
  readonly usedMessageIds: Set<number>;
  /** Quick modes that came to an end under this SA. */
  completedQuickModes: number;
  dpd: DeadPeerDetection;
}

/** What main mode needs until it is done. */
export interface MainMode {
  readonly plan: InitiatorPlan | undefined;
  /** The body of the initiator's SA payload (SAi_b). */
  readonly saBody: Uint8Array;
  nonce: Uint8Array;
  peerNonce: Uint8Array;
  /** Until there are keys; the private half is kept no longer. */
  keyPair: DhKeyPair | undefined;
  ownPublic: Uint8Array;
  peerPublic: Uint8Array;
  /** The initiator's ID of aggressive mode, which its proof comes after. */
  peerId: Uint8Array;
  /** A shared secret is being computed for the last message; until then no other is looked at. */
  agreeing: boolean;
  /** Whose certificates the peer asks for, by `nameKey`. */
  readonly wantedAuthorities: string[];
  /** Messages of the peer that did not decrypt or verify. */
  failures: number;
  lastFailure: string;
  /** Why the last encrypted message was refused. */
  failure: string | undefined;
  resends: number;
}

export interface DeadPeerDetection {
  nextSequence: number;
  /** First question that was not answered. */
  firstUnanswered: number;
  /** Questions since the peer was last heard. */
  asked: number;
  askedAt: Millis;
  at: Millis | undefined;
  /** The highest sequence number the peer has used. */
  peerSequence: number | undefined;
}

/** What has happened in a quick mode: our offer or our answer is sent, or it is over. */
export type QuickModeState = "sentOffer" | "sentAnswer" | "done";

export interface QuickMode {
  readonly kind: "quickMode";
  readonly sa: IkeSa;
  readonly messageId: number;
  readonly initiator: boolean;
  readonly connection: Connection;
  readonly terms: Phase2Terms;
  readonly localSpi: number;
  readonly nonce: Uint8Array;
  readonly keyPair: DhKeyPair | undefined;
  readonly localId: Uint8Array;
  readonly remoteId: Uint8Array;
  /** The pair this one replaces, where we began it for that reason. */
  readonly replaces: Pair | undefined;
  state: QuickModeState;
  /** A shared secret is being computed for the answer to our offer. */
  agreeing: boolean;
  iv: Uint8Array;
  peerNonce: Uint8Array;
  pair: Pair | undefined;
  lastRequest: string;
  lastAnswer: Uint8Array | undefined;
  retransmission: Retransmission | undefined;
  endsAt: Millis;
}

/** Both directions of what one quick mode made. */
export interface Pair {
  readonly kind: "pair";
  readonly connection: Connection;
  readonly inboundSpi: number;
  readonly outboundSpi: number;
  readonly proposal: EspProposalSpec;
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number | undefined;
  readonly pfsGroup: DhGroup | undefined;
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
  /** Until the line module has them. */
  outboundKeys: EspKeys | undefined;
  inboundInstalled: boolean;
  outboundInstalled: boolean;
  rekeyAt: Millis | undefined;
  /** Since when a successor is in use. */
  supersededAt: Millis | undefined;
  /** When a superseded pair goes. */
  removeAt: Millis | undefined;
}

/** One remote peer at one endpoint, with its SAs old and new. */
export interface Connection {
  readonly id: ConnectionId;
  readonly virtualRouter: string;
  /** In which its L2TP arrives. */
  insideRouter: string;
  flow: Flow;
  encapsulation: "udp" | "esp";
  behindNat: boolean;
  gateway: IpsecGatewaySpec | undefined;
  /** Where we opened it. */
  readonly plan: InitiatorPlan | undefined;
  peerIdentity: Identity | undefined;
  peerProfile: string | undefined;
  /** Its phase 1 was made in aggressive mode, and so is the next. */
  aggressive: boolean;
  peerPort: number;
  /** The line module it lives in, where there are several. */
  module: number | undefined;
  /** Announced by `connectionOpened`. */
  opened: boolean;
  openedAt: Millis;
  closed: boolean;
  /** Oldest first. */
  readonly pairs: Set<Pair>;
  /** Carries what we send. */
  current: Pair | undefined;
  /** Established, oldest first. */
  readonly ikeSas: Set<IkeSa>;
  /** A main mode of ours under way. */
  mainMode: IkeSa | undefined;
  /** A quick mode is to follow as soon as there is an IKE SA for it. */
  wantsPair: boolean;
  readonly quickModes: Set<QuickMode>;
  /** Quick-mode identities of both ends as last agreed, for when we begin the next one. */
  localId: Uint8Array | undefined;
  remoteId: Uint8Array | undefined;
  heardAt: Millis;
  sentAt: Millis;
}

export type Timed = IkeSa | QuickMode | Pair;

/** How often a peer's certificate was refused, by reason. */
export type CertificateFaults = Record<CertificateFault, number>;

export interface IkeContext {
  readonly random: Random;
  readonly log: Log;
  /** For what strangers cause: the same log, at a bounded rate. */
  readonly strangerLog: (now: Millis) => Log;
  /** For refusals of peers who have proven themselves: likewise. */
  readonly refusalLog: (now: Millis) => Log;
  readonly outputs: Outputs<IkeOutput>;
  readonly timers: DeadlineQueue<Timed>;
  readonly counters: IkeCounters;
  configuration: IkeConfiguration;
  /** The trustpoints of the configuration, read. */
  trust: Trust;
  readonly certificateFaults: CertificateFaults;
  /** The wall clock, in milliseconds since 1970. */
  readonly epoch: (now: Millis) => number;
  /** Absent = there is one. */
  readonly lineModules: LineModules | undefined;
  /** By both cookies; an initiator without an answer stands under a zero responder cookie. */
  readonly sas: Map<string, IkeSa>;
  readonly halfOpen: HalfOpenSas;
  readonly guesses: GuessLimit;
  readonly agreements: Agreements;
  readonly fragments: Fragments;
  readonly connections: Map<ConnectionId, Connection>;
  readonly connectionsByFlow: Map<string, Connection>;
  /** Established SAs by flow, oldest first. */
  readonly sasByFlow: Map<string, Set<IkeSa>>;
  readonly inboundSpis: Set<number>;
  nextSaId: number;
  nextConnectionId: ConnectionId;
}
