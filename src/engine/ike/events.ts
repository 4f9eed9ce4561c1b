/**
 * What goes into the IKE machine and what comes out of it. One machine serves all virtual routers of a chassis, as
 * responder and as initiator.
 */

import type { AgreementAnswer, AgreementQuestion } from "../agreement.ts";
import type { Credentials } from "../credentials.ts";
import type { ConnectionId, EspKeys, SeenAs } from "../forwarding.ts";
import type { Address, Endpoint, Flow } from "../kernel/address.ts";
import type { Secret } from "../kernel/secret.ts";
import type {
  DeadPeerDetectionSpec,
  DhGroup,
  EspProposalSpec,
  IkePolicySpec,
  IpsecGatewaySpec,
  OwnIdentitySpec,
  PeerProfileSpec,
  PreSharedKeySpec,
  RouterSpec,
  TrustpointSpec,
} from "../spec.ts";

/** The part of the chassis' specification that IKE acts on. */
export interface IkeConfiguration {
  readonly policies: readonly IkePolicySpec[];
  readonly preSharedKeys: readonly PreSharedKeySpec[];
  readonly gateways: readonly IpsecGatewaySpec[];
  readonly deadPeerDetection: DeadPeerDetectionSpec | undefined;
  /**
   * ESP without UDP cannot be sent or received here: a peer without a NAT is made to use UDP too. It is told a false hash of
   * its own address, so that it takes itself to be behind a NAT, which every client copes with.
   */
  readonly udpEncapsulationOnly: boolean;
  /** Virtual routers on which NAT traversal is negotiated. Affects later negotiations only. */
  readonly natTraversal: ReadonlySet<string>;
  /** Messages in pieces are taken and announced; absent = not. */
  readonly fragmentation?: boolean;
  /** Absent = there are none. */
  readonly peerProfiles?: readonly PeerProfileSpec[];
  /** What we call ourselves where a pre-shared key proves it; absent = our address. */
  readonly keyIdentity?: OwnIdentitySpec;
  /** Whether an access list (a gateway's `matchAddress`) permits UDP from our end to the peer's. */
  permits(list: string, local: Endpoint, remote: Endpoint): boolean;
  /** Absent = nobody proves himself by a certificate. */
  readonly certificates?: CertificateConfiguration;
}

export interface CertificateConfiguration {
  readonly trustpoints: readonly TrustpointSpec[];
  readonly credentials: Credentials;
  readonly identity: NonNullable<RouterSpec["signatureIdentity"]>;
}

/** How an initiator opens a connection: data, so that a persona can be written down. */
export interface InitiatorPlan {
  readonly virtualRouter: string;
  /** From our port 500 to the peer's. */
  readonly flow: Flow;
  /** The same two ends on the NAT-T port. */
  readonly natTraversalFlow: Flow;
  readonly policies: readonly IkePolicySpec[];
  /** Absent = policies with RSA signatures only. */
  readonly preSharedKey: Secret | undefined;
  readonly identity: Identity;
  /** How our certificate is sent; absent = `x509`. */
  readonly certificateEncoding?: "x509" | "pkcs7";
  /** Vendor IDs sent in message 1, in order. */
  readonly vendorIds: readonly Uint8Array[];
  readonly proposals: readonly EspProposalSpec[];
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number | undefined;
  readonly pfsGroup: DhGroup | undefined;
  /** Quick-mode identity of our end; absent = our address with `localPort`. */
  readonly quickModeIdentity: Identity | undefined;
  readonly localPort: number;
  readonly remotePort: number;
  readonly sendInitialContact: boolean;
  /** Life durations as four-octet values, as Windows sends them. */
  readonly longLifeAttributes: boolean;
  /** Each transform in a proposal of its own; absent = all in one. */
  readonly proposalPerTransform?: boolean;
  /** UDP even where there is no NAT: the peer is told a false hash of our own end. */
  readonly forceEncapsulation?: boolean;
  /** Phase 1 in aggressive mode, so that `identity` decides on the key; absent = main mode. */
  readonly aggressive?: boolean;
  /** The last message of aggressive mode is not encrypted, as racoon sends it; absent = it is. */
  readonly provesInClear?: boolean;
}

export type Identity =
  | { readonly type: "address"; readonly address: Address }
  | { readonly type: "fqdn"; readonly name: string }
  | { readonly type: "userFqdn"; readonly name: string }
  /** In DER, and as it is printed: `cn=gw,o=Example`. */
  | { readonly type: "distinguishedName"; readonly der: Uint8Array; readonly text: string }
  | { readonly type: "keyId"; readonly bytes: Uint8Array };

export type IkeInput =
  | { readonly type: "configure"; readonly configuration: IkeConfiguration }
  /** Bytes without the non-ESP marker. */
  | { readonly type: "datagram"; readonly flow: Flow; readonly bytes: Uint8Array }
  | AgreementAnswer
  /** Opens a connection under the given identifier. */
  | { readonly type: "initiate"; readonly connection: ConnectionId; readonly plan: InitiatorPlan }
  /** Forgets everything about the connection without a word. */
  | { readonly type: "forget"; readonly connection: ConnectionId; readonly reason: string }
  /** Tells the peer (deletes) and forgets everything about the connection. */
  | { readonly type: "close"; readonly connection: ConnectionId; readonly reason: string }
  /** The line module reports that a pair needs a successor. */
  | { readonly type: "rekey"; readonly connection: ConnectionId; readonly spi: number }
  /** Authenticated ESP came from elsewhere. */
  | { readonly type: "moved"; readonly connection: ConnectionId; readonly flow: Flow }
  /** When the peer was last heard or spoken to through ESP; feeds dead peer detection. */
  | { readonly type: "activity"; readonly connection: ConnectionId; readonly heardAt: number; readonly sentAt: number };

/** What both directions of an IPsec SA pair have in common, for programming and for `show`. */
export interface SaPair {
  readonly inboundSpi: number;
  readonly outboundSpi: number;
  readonly proposal: EspProposalSpec;
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number | undefined;
  readonly pfsGroup: DhGroup | undefined;
}

export type IkeOutput =
  | { readonly type: "send"; readonly flow: Flow; readonly bytes: Uint8Array }
  | AgreementQuestion
  /**
   * A connection came to be: its first quick mode is about to install an SA. `gateway` is the one that answered;
   * absent on an initiator. `behindNat` says that the peer's address or port is translated.
   */
  | {
      readonly type: "connectionOpened";
      readonly connection: ConnectionId;
      /** In which its L2TP arrives. */
      readonly virtualRouter: string;
      readonly flow: Flow;
      readonly encapsulation: "udp" | "esp";
      readonly behindNat: boolean;
      readonly gateway: IpsecGatewaySpec | undefined;
      readonly peerIdentity: Identity;
      /** The peer's L2TP port in the negotiated selector; 0 = any. */
      readonly peerPort: number;
      /** Absent = the peer sees the addresses of the flow. */
      readonly seenAs?: SeenAs;
      /** The line module in which it lives; absent = the only one. */
      readonly module?: number;
    }
  | { readonly type: "connectionMoved"; readonly connection: ConnectionId; readonly flow: Flow }
  /** The peer of an open connection has proven itself again in a phase 1 of its own making. */
  | { readonly type: "phase1Renewed"; readonly connection: ConnectionId }
  /** No SA of the connection is left: the line module and L2TP must forget it. */
  | { readonly type: "connectionClosed"; readonly connection: ConnectionId; readonly reason: string }
  | {
      readonly type: "inboundSa";
      readonly connection: ConnectionId;
      readonly pair: SaPair;
      readonly keys: EspKeys;
      readonly replayWindow: number;
    }
  | { readonly type: "outboundSa"; readonly connection: ConnectionId; readonly pair: SaPair; readonly keys: EspKeys }
  | {
      readonly type: "saRemoved";
      readonly connection: ConnectionId;
      readonly direction: "inbound" | "outbound";
      readonly spi: number;
    }
  /** A negotiation ended without result; also logged. For the initiator's owner. */
  | {
      readonly type: "failed";
      readonly connection: ConnectionId | undefined;
      readonly flow: Flow;
      readonly reason: string;
    };

/** Exchange states, in the words of RFC 2409: what has happened so far. */
export type Phase1State = "initial" | "sentSa" | "sentKe" | "sentId" | "established" | "deleted";

export interface IkeSaView {
  /** Small number, unique in the chassis, from 1001 upward (what IOS prints as conn-id). */
  readonly id: number;
  readonly virtualRouter: string;
  readonly flow: Flow;
  readonly initiator: boolean;
  readonly state: Phase1State;
  /** Made in aggressive mode; absent = in main mode. */
  readonly aggressive?: boolean;
  readonly initiatorCookie: Uint8Array;
  readonly responderCookie: Uint8Array;
  readonly policy: IkePolicySpec | undefined;
  readonly lifetimeSeconds: number;
  /** Monotonic time at which it was made and at which it ends. */
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  readonly natTraversal: boolean;
  readonly deadPeerDetection: boolean;
  readonly peerIdentity: Identity | undefined;
  /** Whose terms the peer has; absent = everybody's. */
  readonly peerProfile?: string | undefined;
  readonly connection: ConnectionId | undefined;
}

export interface SaView extends SaPair {
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The successor is in use; this pair lives on for packets that are under way. */
  readonly superseded: boolean;
}

export interface ConnectionView {
  readonly connection: ConnectionId;
  readonly virtualRouter: string;
  /** In which its L2TP arrives; absent = in the same. */
  readonly insideRouter?: string;
  /** Whose terms the peer has; absent = everybody's. */
  readonly peerProfile?: string;
  readonly flow: Flow;
  readonly encapsulation: "udp" | "esp";
  readonly behindNat: boolean;
  readonly gateway: IpsecGatewaySpec | undefined;
  readonly peerIdentity: Identity;
  /** The peer's L2TP port in the negotiated selector; 0 = any. */
  readonly peerPort: number;
  readonly openedAt: number;
  readonly sas: readonly SaView[];
}

/** What was received, sent and dropped since the machine began, and what came of it. */
export interface IkeCounters {
  receivedPackets: number;
  receivedOctets: number;
  sentPackets: number;
  sentOctets: number;
  /** Phase 1 SAs that were established, by whoever began. */
  phase1Initiated: number;
  phase1Answered: number;
  phase1InitiatorFailures: number;
  phase1ResponderFailures: number;
  quickModes: number;
  /** Offers of the peer that we refused, and quick modes of ours that came to nothing. */
  quickModesRefused: number;
  quickModesFailed: number;
  /** Of a peer that has proven itself. */
  notificationsReceived: number;
  deletesReceived: number;
  // What was not answered, or was refused before it could be logged one by one.
  malformed: number;
  unknownCookies: number;
  unexpected: number;
  notEncrypted: number;
  notAuthentic: number;
  duplicates: number;
  evicted: number;
  lockedOut: number;
  /** Key exchanges that the queue had no room for. */
  crowdedOut: number;
}

/** Connections that are open, and the IKE SAs that belong to none of them. */
export interface IkePeers {
  readonly connections: readonly Pick<ConnectionView, "connection" | "flow" | "openedAt">[];
  readonly sas: readonly Pick<IkeSaView, "id" | "connection" | "flow" | "createdAt" | "state">[];
}

export interface IkeView {
  /** Absent = nobody counted. */
  readonly counters?: Readonly<IkeCounters>;
  readonly sas: readonly IkeSaView[];
  readonly connections: readonly ConnectionView[];
  /** How often a peer's certificate was refused, by reason; all zero = never. */
  readonly certificateFaults: Readonly<Record<string, number>>;
}
