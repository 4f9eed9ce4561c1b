/**
 * What stands between the route processor (`engine`) and the line module (`dataplane/path`): the messages that
 * program the line module, the packets it punts, and the counters it keeps. The data path never asks the engine
 * anything per packet; everything it needs arrives here beforehand.
 */

import type { AccessGroups, AccessListEntrySpec, AccessListSpec } from "./access-list-spec.ts";
import type { AgreementAnswer, AgreementQuestion } from "./agreement.ts";
import type { Address, Endpoint, Flow, Prefix } from "./kernel/address.ts";
import type { Millis } from "./kernel/machine.ts";
import type { ClientSeparation, EspCipher, EspIntegrity } from "./spec.ts";

/** One remote IPsec peer: all SAs, old and new, between it and us. Unique in a chassis, never reused. */
export type ConnectionId = number;

/** One PPP session over L2TP. Unique in a chassis, never reused. */
export type SessionId = number;

/**
 * Between whom L2TP speaks, as L2TP sees it. Under ESP `local` and `remote` are the addresses of the decrypted packet
 * after port demultiplexing: `remote.port` is the translated port (1024, 1025, …) where `set nat demux` gave one.
 */
export interface L2tpPath {
  readonly virtualRouter: string;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** The connection the packet came through; `undefined` = L2TP in the clear. */
  readonly connection: ConnectionId | undefined;
  /**
   * The gateway tells peers apart by `connection` alone (`perConnection`): an equal address and port is not proof of
   * the same peer. Absent = false.
   */
  readonly exclusive?: boolean;
}

/** ESP keys of one direction. The line module copies them; the giver wipes its own. */
export interface EspKeys {
  readonly cipher: EspCipher;
  /** With AES-GCM the four octets of salt are its end (RFC 4106 §8.1). */
  readonly encryptionKey: Uint8Array;
  readonly integrity: EspIntegrity | undefined;
  readonly integrityKey: Uint8Array;
  /** Absent = as long as the algorithm has it. */
  readonly icvOctets?: number;
}

interface SaProgramming {
  readonly connection: ConnectionId;
  readonly spi: number;
  readonly keys: EspKeys;
}

/** A new inbound SA: packets with this SPI to `flow.local` are accepted from now on. */
export interface InstallInboundSa extends SaProgramming {
  readonly type: "installInboundSa";
  /** Packets; 0 = replay is not checked. */
  readonly replayWindow: number;
}

/** A new outbound SA: from now on everything to the connection leaves through it. */
export interface InstallOutboundSa extends SaProgramming {
  readonly type: "installOutboundSa";
  /** Report `saVolume` once after this many octets in either direction of the pair; absent = never. */
  readonly softOctets: number | undefined;
}

export interface RemoveSa {
  readonly type: "removeSa";
  readonly connection: ConnectionId;
  readonly direction: "inbound" | "outbound";
  readonly spi: number;
}

/**
 * Both ends as the peer sees them, who speaks IPv6 while we see IPv4: a translator stands between us (NAT64). What he says of it decides
 * nothing but checksums and sizes.
 */
export interface SeenAs {
  readonly local: Address;
  readonly remote: Address;
}

export interface OpenConnection {
  readonly type: "openConnection";
  readonly connection: ConnectionId;
  readonly virtualRouter: string;
  readonly flow: Flow;
  readonly encapsulation: "udp" | "esp";
  readonly separation: ClientSeparation;
  /** The port that stands for this client with `portDemux`, when it is behind a NAT. */
  readonly demuxPort: number | undefined;
  /** The peer's own L2TP port, until a packet tells otherwise; absent = 1701. */
  readonly peerPort?: number;
  readonly ignoreUdpChecksums: boolean;
  /** Absent = the peer sees the addresses of the flow. */
  readonly seenAs?: SeenAs;
  /** The line module in which it lives; absent = the only one. */
  readonly module?: number;
}

/**
 * Line modules beside number 0, which is the engine's neighbour: 1 to `count`. A connection lives in one of them, with all it
 * carries, and every inbound SPI of it tells in which: 1 + SPI mod `count`.
 */
export interface LineModules {
  readonly count: number;
  /** Where new connections may live; empty = anywhere. */
  readonly working: readonly number[];
  views(): LineModuleView[];
}

/** A line module beside the engine's neighbour. */
export interface LineModuleView {
  /** From 1 upward. */
  readonly module: number;
  readonly isWorking: boolean;
  /** How many there were in its place that ended unexpectedly. */
  readonly losses: number;
  readonly connections: number;
  readonly sessions: number;
  /** Time that its thread had a processor. */
  readonly cpuMillis: number;
  /** Datagrams that it was given by the network. */
  readonly datagrams: number;
  /** Packets that it passed to other line modules. */
  readonly handedOver: number;
  /** Packets that it could not pass on because others did not keep up, or that number 0 could not pass to it. */
  readonly handOversDropped: number;
}

/** The peer's outer address or port changed (NAT rebinding). */
export interface MoveConnection {
  readonly type: "moveConnection";
  readonly connection: ConnectionId;
  readonly flow: Flow;
}

/** Forgets the connection and every SA of it. */
export interface CloseConnection {
  readonly type: "closeConnection";
  readonly connection: ConnectionId;
}

/** An L2TP session is established: its data messages carry PPP frames from now on. */
export interface InstallSession {
  readonly type: "installSession";
  readonly session: SessionId;
  readonly path: L2tpPath;
  readonly localTunnelId: number;
  readonly localSessionId: number;
  readonly remoteTunnelId: number;
  readonly remoteSessionId: number;
  /** We number our data messages (RFC 2661 §5.4). */
  readonly sequencing: boolean;
  /** A LAC: we number ours as long as the peer numbers its own. */
  readonly followsPeer?: boolean;
  /** A numbered message that is older than one that has come already is dropped. */
  readonly dropsLate?: boolean;
}

/** The session's client has come to another path and goes on there. */
export interface MoveSession {
  readonly type: "moveSession";
  readonly session: SessionId;
  readonly path: L2tpPath;
}

/** IPCP opened: IP packets flow between `peerAddress` and the virtual router. */
export interface OpenSessionIp {
  readonly type: "openSessionIp";
  readonly session: SessionId;
  readonly virtualRouter: string;
  readonly localAddress: Address;
  readonly peerAddress: Address;
  /** Largest IP packet we may send, in octets. */
  readonly mtu: number;
  /** Drop what does not come from `peerAddress` (an LNS does; a client does not). */
  readonly checkSource: boolean;
  /** The client's end: everything that is not its own goes to the peer. */
  readonly defaultRoute: boolean;
  /** PPP headers that the peer accepts from us: protocol and address fields compressed. */
  readonly compressProtocol: boolean;
  readonly compressAddress: boolean;
  /** Larger maximum segment sizes that TCP announces through the session are lowered to this; absent = left as they are. */
  readonly tcpMss?: number;
  /** What comes from the peer and what goes to it must pass these lists. */
  readonly accessGroups?: AccessGroups;
}

export interface CloseSessionIp {
  readonly type: "closeSessionIp";
  readonly session: SessionId;
}

export interface RemoveSession {
  readonly type: "removeSession";
  readonly session: SessionId;
}

/** The addresses, routes and clear-text rules of a virtual router; replaces what was known before. */
export interface ConfigureRouter {
  readonly type: "configureRouter";
  readonly virtualRouter: string;
  /** Our own addresses: the router answers pings on them. */
  readonly addresses: readonly Address[];
  /** Static routes. They act where the next hop is a session's address: the networks behind a client. */
  readonly routes: readonly { readonly prefix: Prefix; readonly nextHop: Address }[];
  /** Addresses where L2TP in the clear is dropped. */
  readonly ipsecOnly: readonly Address[];
  /** Addresses at which outer packets must pass a list; absent = none. */
  readonly filters?: readonly { readonly address: Address; readonly list: string }[];
  /** Ways out to the host; absent = none. */
  readonly hostLinks?: readonly HostLink[];
}

/** An interface whose other end is the host. What is for `networks` and for no session leaves by it. */
export interface HostLink {
  /** The host's name for it; unique in a chassis. */
  readonly device: string;
  /** Our address on it; absent = it is unnumbered and any address of ours stands for it. */
  readonly address: Address | undefined;
  /** Largest IP packet we may send, in octets. */
  readonly mtu: number;
  readonly networks: readonly Prefix[];
  /** What comes from the host and what goes to it must pass these lists. */
  readonly accessGroups?: AccessGroups;
}

/** Every access list; replaces what was known before. Lists that stayed the same keep their counts. */
export interface ConfigureAccessLists {
  readonly type: "configureAccessLists";
  readonly lists: readonly AccessListSpec[];
}

/** Counts of a list (absent: of all) start again at zero. */
export interface ClearAccessLists {
  readonly type: "clearAccessLists";
  readonly list: string | undefined;
}

export interface RemoveRouter {
  readonly type: "removeRouter";
  readonly virtualRouter: string;
}

export type Programming =
  | OpenConnection
  | MoveConnection
  | CloseConnection
  | InstallInboundSa
  | InstallOutboundSa
  | RemoveSa
  | InstallSession
  | MoveSession
  | OpenSessionIp
  | CloseSessionIp
  | RemoveSession
  | ConfigureRouter
  | RemoveRouter
  | ConfigureAccessLists
  | ClearAccessLists;

/** What the line module hands up because it is not data. Bytes are views; who keeps them copies them. */
export type Punt =
  /** An IKE message; the non-ESP marker is already gone. */
  | { readonly type: "ike"; readonly flow: Flow; readonly bytes: Uint8Array }
  /** An L2TP control message. */
  | { readonly type: "l2tp"; readonly path: L2tpPath; readonly bytes: Uint8Array }
  /** An L2TP control message in the clear, dropped because its interface takes L2TP under IPsec alone; few of many are told. */
  | { readonly type: "clearRefused"; readonly flow: Flow }
  /** A PPP frame (from its protocol field on) that is not IP, or is IP before IPCP opened. */
  | { readonly type: "ppp"; readonly session: SessionId; readonly bytes: Uint8Array }
  /** A PPP frame under the identifiers of a session that came through another connection than the session's; it goes no further. */
  | { readonly type: "stray"; readonly session: SessionId; readonly path: L2tpPath; readonly bytes: Uint8Array }
  /** An IP packet to one of our own addresses that the line module does not answer itself. */
  | { readonly type: "ip"; readonly virtualRouter: string; readonly bytes: Uint8Array }
  /** An SA pair has carried the soft volume that was programmed with it, or nears the end of its sequence numbers. */
  | { readonly type: "saVolume"; readonly connection: ConnectionId; readonly spi: number }
  /** An entry with `log` decided for a packet; `packets` = how many it has since it last told. */
  | {
      readonly type: "filterLog";
      readonly list: string;
      readonly entry: AccessListEntrySpec;
      readonly packets: number;
      readonly protocol: number;
      readonly source: Endpoint;
      readonly destination: Endpoint;
    }
  /** Authenticated packets showed that the peer cuts SHA-256 to 96 bits, or does not after all; it is answered likewise. */
  | { readonly type: "shortIcv"; readonly connection: ConnectionId; readonly short: boolean }
  /** Authenticated traffic arrived from another outer endpoint than the connection's. */
  | { readonly type: "peerMoved"; readonly connection: ConnectionId; readonly flow: Flow };

/** What the engine wants on the wire or on its way through the line module. */
export type Transmission =
  /** Leaves from `flow.local` to `flow.remote`; the line module adds the non-ESP marker on the NAT-T port. */
  | { readonly type: "ike"; readonly flow: Flow; readonly bytes: Uint8Array }
  | { readonly type: "l2tp"; readonly path: L2tpPath; readonly bytes: Uint8Array }
  | { readonly type: "ppp"; readonly session: SessionId; readonly bytes: Uint8Array }
  /** Routed like any other packet of that virtual router. */
  | { readonly type: "ip"; readonly virtualRouter: string; readonly bytes: Uint8Array };

/** What an engine asks of whoever runs it, and is told. */
export type EngineQuestion = AgreementQuestion;
export type EngineAnswer = AgreementAnswer;

export type EngineInput = Punt | EngineAnswer;
export type EngineOutput = Programming | Transmission | EngineQuestion;

/** Counters of one SA, kept by the line module. Octets count the decrypted packet from its UDP header on. */
export interface SaCounters {
  packets: number;
  octets: number;
  /** Octets on the wire: the ESP packet. */
  wireOctets: number;
  lastSequence: number;
  authenticationErrors: number;
  replayErrors: number;
  policyErrors: number;
  decryptErrors: number;
  padErrors: number;
  otherErrors: number;
  /** Monotonic time of the last good packet; 0 = none yet. */
  lastUsedAt: number;
}

/** Of a session, in frames; of a host link, in IP packets. */
export interface SessionCounters {
  rxPackets: number;
  rxOctets: number;
  txPackets: number;
  txOctets: number;
  /** Packets whose source was not the session's own address. */
  spoofed: number;
  rxDiscards: number;
  txDiscards: number;
  /** Packets that an access list denied, in either direction. */
  filtered: number;
  /** Numbered data messages that came after one that was sent later; with `dropsLate` they were dropped. */
  rxOutOfOrder: number;
}

/** Of a link to the host. */
export interface HostLinkCounters extends SessionCounters {
  /** Monotonic times of the last packets that passed; 0 = none yet. */
  lastInputAt: Millis;
  lastOutputAt: Millis;
}

export interface LineModuleCounters {
  unknownSpi: number;
  malformed: number;
  keepalives: number;
  clearRefused: number;
  noSession: number;
  noRoute: number;
  /** Outer packets that an access list denied. */
  filtered: number;
  /** ICMP errors sent to clients. */
  icmpErrors: number;
  /** Packets for ourselves that came in pieces and were put together; those whose last piece did not come; those that were given up. */
  reassembled: number;
  reassemblyTimeouts: number;
  reassemblyFailures: number;
  /** Packets that were cut, the pieces they became, and packets that were too large and must not be cut. */
  fragmented: number;
  fragments: number;
  fragmentationRefused: number;
}

/** What the line module can be asked between packets. */
export interface LineModuleStatistics {
  inboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined;
  outboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined;
  session(session: SessionId): Readonly<SessionCounters> | undefined;
  totals(): Readonly<LineModuleCounters>;
  /** What passed a host link, by its device. */
  hostLink?(device: string): Readonly<HostLinkCounters> | undefined;
  /** Packets decided by each entry of a list; absent = there is no such list. */
  accessList?(name: string): readonly number[] | undefined;
}
