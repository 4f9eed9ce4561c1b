/**
 * All that a show command may see of a running chassis: plain values taken at one moment. Times are monotonic
 * milliseconds; `now` is the moment of the snapshot, so ages and remainders are differences.
 */

import type {
  ConnectionId,
  HostLinkCounters,
  LineModuleCounters,
  LineModuleView,
  SaCounters,
  SessionCounters,
  SessionId,
} from "./forwarding.ts";
import type { ConnectionView, IkeCounters, IkeSaView, SaView } from "./ike/events.ts";
import type { Address } from "./kernel/address.ts";
import type { Millis } from "./kernel/machine.ts";
import type { L2tpView } from "./l2tp/events.ts";
import type { PppView } from "./ppp/events.ts";
import type { PppProfileSpec } from "./ppp-spec.ts";
import type { RouterSpec } from "./spec.ts";

export interface Snapshot {
  readonly now: Millis;
  /** When the chassis started. */
  readonly startedAt: Millis;
  readonly spec: RouterSpec;
  readonly ikeSas: readonly IkeSaView[];
  /** Absent = nobody counted. */
  readonly ike?: Readonly<IkeCounters>;
  readonly connections: readonly ConnectionSnapshot[];
  /** How often a peer's certificate was refused, by reason; absent = nobody counted. */
  readonly certificateFaults?: Readonly<Record<string, number>>;
  readonly l2tp: L2tpView;
  readonly sessions: readonly SessionSnapshot[];
  readonly pools: readonly PoolSnapshot[];
  /** Absent = nobody counted. */
  readonly aaa?: readonly AaaSnapshot[];
  readonly lineModule: Readonly<LineModuleCounters>;
  /** UDP datagrams that came to the engine and left it; what the line modules keep for themselves is not among them. Absent = nobody counted. */
  readonly udp?: { readonly received: number; readonly sent: number };
  /** By the name of the interface; of one that is not named nothing ever came. Absent = nobody counted. */
  readonly ports?: Readonly<Record<string, Readonly<PortCounters>>>;
  /** What passed the ways out to the host, by device; absent = there are none. */
  readonly hostLinks?: Readonly<Record<string, Readonly<HostLinkCounters>>>;
  /** Packets that each entry of a list has decided, in the order of the entries, by the list's name. */
  readonly accessListMatches?: Readonly<Record<string, readonly number[]>>;
  /** Name of the cipher implementation in use: `openssl`, `node` or `noble`. */
  readonly cryptoEngine: string;
  /** Absent = nobody knows. */
  readonly cryptoEngineDetails?: CryptoEngineDetails;
  /** Line modules on threads of their own; absent = there are none. */
  readonly lineModules?: readonly LineModuleView[];
}

export interface CryptoEngineDetails {
  /** Packets that it computes side by side; 1 = one after the other. */
  readonly lanes: number;
  /** What was measured when it was chosen: `openssl 2.3 us, node 4.6 us`; absent = nothing was. */
  readonly measured?: string | undefined;
  /** How packets come to it and leave; absent = nobody knows. */
  readonly descriptors?: readonly DescriptorView[];
}

/** A way of packets between the process and its host. */
export type DescriptorView =
  | {
      readonly kind: "sockets";
      readonly address: Address;
      /** Many datagrams a system call; else Node's own sockets. */
      readonly inBatches: boolean;
      /** The kernel gives datagrams of a peer as one (GRO), and cuts what leaves as one (GSO). */
      readonly receivesRuns: boolean;
      readonly sendsRuns: boolean;
      /** ESP without UDP, or why it is not carried. */
      readonly esp: true | string;
      /** Whether the kernel gives line modules on threads what is theirs, or one hands it to another; absent = there are none. */
      readonly sharedBySpi?: boolean;
    }
  | {
      readonly kind: "device";
      readonly device: string;
      /** Packets that the host leaves together and takes together. */
      readonly runs: "none" | "tcp" | "tcp and udp";
    };

/** What a port carried since the chassis started, in packets and octets of ESP; what was refused counts as an error. */
export interface PortCounters {
  rxPackets: number;
  rxOctets: number;
  rxErrors: number;
  txPackets: number;
  txOctets: number;
  txErrors: number;
  /** Monotonic times of the last good packets; 0 = none yet. */
  lastInputAt: Millis;
  lastOutputAt: Millis;
}

export interface ConnectionSnapshot extends Omit<ConnectionView, "sas"> {
  /** The port that stands for the client (1024, …) where `set nat demux` gave it one. */
  readonly demuxPort: number | undefined;
  /** Counts of its SAs that are no more; absent = every one is still there. */
  readonly retired?: { readonly inbound: Readonly<SaCounters>; readonly outbound: Readonly<SaCounters> };
  readonly sas: readonly (SaView & {
    readonly inbound: Readonly<SaCounters>;
    readonly outbound: Readonly<SaCounters>;
  })[];
}

export interface SessionSnapshot {
  readonly session: SessionId;
  readonly connection: ConnectionId | undefined;
  /** Counts up from 1 and is free again when the session ends: the N of `Virtual-Access2.N`. */
  readonly index: number;
  readonly virtualRouter: string;
  readonly localTunnelId: number;
  readonly localSessionId: number;
  readonly pppProfile: PppProfileSpec | undefined;
  readonly ppp: PppView;
  /** The largest IP packet that is sent to the client in one piece, in octets. */
  readonly mtu: number;
  /** The pool that the peer's address came from. */
  readonly pool: string | undefined;
  readonly openedAt: Millis;
  readonly counters: Readonly<SessionCounters>;
}

export interface PoolSnapshot {
  readonly virtualRouter: string;
  readonly name: string;
  readonly ranges: readonly {
    readonly first: Address;
    readonly last: Address;
    readonly free: number;
    readonly inUse: number;
    /** Came back, and wait until they may be given again; absent = such waiting is not configured. */
    readonly blocked?: number;
  }[];
  readonly group?: string;
  /** Addresses in the order they would be given out next. */
  readonly available: readonly Address[];
  readonly inUse: readonly { readonly address: Address; readonly session: SessionId; readonly user: string }[];
}

/** What a virtual router decided about its users since the chassis started. */
export interface AaaSnapshot {
  readonly virtualRouter: string;
  readonly counters: Readonly<AaaCounters>;
}

export interface AaaCounters {
  accepted: number;
  rejected: number;
  addressesGranted: number;
  addressesRefused: number;
  /** Users that were there at one moment, at most. */
  mostUsers: number;
}
