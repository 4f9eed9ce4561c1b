/**
 * What goes into the L2TP machine and what comes out of it: tunnels and calls as LNS and as LAC (RFC 2661). PPP frames
 * are not its business; data messages never reach it.
 */

import type { ConnectionId, L2tpPath, SessionCounters, SessionId } from "../forwarding.ts";
import type { Secret } from "../kernel/secret.ts";
import type { L2tpSystemSpec, LnsProfileSpec } from "../l2tp-spec.ts";

export interface L2tpConfiguration {
  readonly system: L2tpSystemSpec;
  readonly profiles: readonly LnsProfileSpec[];
}

/** Chassis-wide name of a tunnel. Unique, never reused (tunnel identifiers on the wire are). */
export type TunnelKey = number;

/** How a LAC opens a tunnel: data, so that a persona can be written down. */
export interface LacPlan {
  readonly hostName: string;
  readonly vendorName: string;
  readonly firmwareRevision: number | undefined;
  /** Windows always says 1; absent = drawn at random. */
  readonly assignedTunnelId: number | undefined;
  readonly framingCapabilities: number;
  readonly bearerCapabilities: number | undefined;
  readonly receiveWindow: number;
  readonly tunnelPassword: Secret | undefined;
  readonly hidesAttributes?: boolean;
  /** A hello after so long without a word of the LNS; absent = none. */
  readonly helloSeconds?: number;
  /** Eight octets by which two tunnels that were opened towards each other become one (RFC 2661 §4.4.3); absent = none. */
  readonly tieBreaker?: Uint8Array;
  /** Data messages must be numbered, both ways; absent = as the LNS does it. */
  readonly sequencingRequired?: boolean;
}

/** RFC 2661 §4.4.5: the values of these attributes as they stand in ICCN. */
export interface ProxyAvps {
  readonly initialReceivedLcp?: Uint8Array;
  readonly lastSentLcp?: Uint8Array;
  readonly lastReceivedLcp?: Uint8Array;
  readonly proxyAuthenType?: Uint8Array;
  readonly proxyAuthenName?: Uint8Array;
  readonly proxyAuthenChallenge?: Uint8Array;
  readonly proxyAuthenId?: Uint8Array;
  readonly proxyAuthenResponse?: Uint8Array;
}

/** RFC 2661 §4.4.2 result code, with the error code and message that may follow it. */
export interface Result {
  readonly code: number;
  readonly error: number | undefined;
  readonly message: string | undefined;
}

export type L2tpInput =
  | { readonly type: "configure"; readonly configuration: L2tpConfiguration }
  | { readonly type: "control"; readonly path: L2tpPath; readonly bytes: Uint8Array }
  /** A LAC opens a tunnel with one session in it. */
  | { readonly type: "open"; readonly path: L2tpPath; readonly session: SessionId; readonly plan: LacPlan }
  | { readonly type: "closeSession"; readonly session: SessionId; readonly result: Result }
  /** PPP knows who is at the other end of a session. */
  | { readonly type: "userKnown"; readonly session: SessionId; readonly user: string }
  | { readonly type: "closeTunnel"; readonly tunnel: TunnelKey; readonly result: Result }
  /** A tunnel takes no new sessions, or takes them again; what was said ends with the tunnel. */
  | { readonly type: "drainTunnel"; readonly tunnel: TunnelKey; readonly draining: boolean }
  /** Everything goes, with a StopCCN for each tunnel: the gateway shuts down. */
  | { readonly type: "closeAll"; readonly result: Result }
  /** The peer has begun anew with IKE: it may have lost its tunnels. */
  | { readonly type: "connectionRenewed"; readonly connection: ConnectionId }
  /** The tunnel's client has come to another path and goes on there. */
  | { readonly type: "moveTunnel"; readonly tunnel: TunnelKey; readonly path: L2tpPath }
  /** The IPsec connection is gone: its tunnels end without a word on the wire. */
  | { readonly type: "connectionClosed"; readonly connection: ConnectionId };

export type L2tpOutput =
  | { readonly type: "send"; readonly path: L2tpPath; readonly bytes: Uint8Array }
  | {
      readonly type: "tunnelOpened";
      readonly tunnel: TunnelKey;
      readonly path: L2tpPath;
      readonly profile: LnsProfileSpec | undefined;
    }
  | { readonly type: "tunnelClosed"; readonly tunnel: TunnelKey; readonly path: L2tpPath; readonly reason: string }
  /** ICCN came (LNS) or was sent (LAC): PPP may start. */
  | {
      readonly type: "sessionOpened";
      readonly session: SessionId;
      readonly tunnel: TunnelKey;
      readonly path: L2tpPath;
      readonly localTunnelId: number;
      readonly localSessionId: number;
      readonly remoteTunnelId: number;
      readonly remoteSessionId: number;
      readonly sequencing: boolean;
      /** A LAC numbers its data messages while the LNS numbers its own (RFC 2661 §5.4). */
      readonly followsPeer: boolean;
      /** What a LAC has agreed with its client already; absent = nothing, or nothing that is to be used. */
      readonly proxy: ProxyAvps | undefined;
      readonly profile: LnsProfileSpec | undefined;
    }
  | { readonly type: "sessionClosed"; readonly session: SessionId; readonly reason: string }
  /** A single-shot tunnel is over: the connection under it must go (JunosE, Table 19). */
  | { readonly type: "releaseConnection"; readonly connection: ConnectionId; readonly reason: string }
  /** A control message for a tunnel on `known` came along `path`, and was dropped. */
  | { readonly type: "stray"; readonly tunnel: TunnelKey; readonly known: L2tpPath; readonly path: L2tpPath }
  /** A tunnel or call was refused; also logged. */
  | { readonly type: "refused"; readonly path: L2tpPath; readonly reason: string };

export type TunnelState =
  | "idle"
  | "waitControlReply"
  | "waitControlConnected"
  | "established"
  | "disconnecting"
  | "down";
export type CallState = "idle" | "waitReply" | "waitConnect" | "established" | "disconnecting" | "down";

export interface ControlCounters {
  txPackets: number;
  txOctets: number;
  rxPackets: number;
  rxOctets: number;
  txZlb: number;
  rxZlb: number;
  retransmissions: number;
  rxOutOfSequence: number;
  rxOutOfWindow: number;
  discards: number;
  authenticationFailures: number;
}

export type TunnelBrief = Pick<TunnelView, "path" | "localTunnelId" | "remoteHostName" | "state" | "changedAt">;

export interface TunnelView {
  readonly tunnel: TunnelKey;
  readonly path: L2tpPath;
  readonly profile: LnsProfileSpec | undefined;
  readonly localInitiated: boolean;
  readonly state: TunnelState;
  readonly changedAt: number;
  readonly localTunnelId: number;
  readonly remoteTunnelId: number;
  readonly localHostName: string;
  readonly remoteHostName: string;
  readonly remoteVendorName: string;
  readonly remoteFirmware: number | undefined;
  readonly remoteFraming: number;
  readonly remoteBearer: number;
  readonly ns: number;
  readonly nr: number;
  readonly localWindow: number;
  readonly remoteWindow: number;
  readonly congestionWindow: number;
  readonly resendQueue: number;
  readonly resendQueueMax: number;
  readonly unsentQueue: number;
  readonly unsentQueueMax: number;
  readonly retransmitSeconds: number;
  readonly counters: Readonly<ControlCounters>;
  /** Attempted, failed and now active sessions. */
  readonly sessionsTotal: number;
  readonly sessionsFailed: number;
  readonly singleShot: boolean;
  /** An operator lets no new sessions into it. */
  readonly draining?: boolean;
  readonly lastResult: Result | undefined;
  readonly sessions: readonly CallView[];
}

export interface CallView {
  readonly session: SessionId;
  readonly state: CallState;
  readonly changedAt: number;
  readonly localSessionId: number;
  readonly remoteSessionId: number;
  readonly callSerialNumber: number;
  readonly txSpeed: number;
  readonly rxSpeed: number;
  readonly framingType: number;
  readonly bearerType: number;
  readonly sequencing: boolean;
  /** The LAC brought what it had negotiated with its client. */
  readonly proxyLcp?: boolean;
  /** How the LAC authenticated its client, as it says (Proxy Authen Type, RFC 2661 §4.4.5); absent = it says nothing. */
  readonly proxyAuthenticationType?: number | undefined;
  /** The LAC's latest counts of errors on its line, by what went wrong; absent = it never told. */
  readonly errors?: Readonly<Record<string, number>> | undefined;
  /** Who proved himself in it; absent = nobody did. */
  readonly user?: string | undefined;
  /** What it carried, where it is over and somebody counted. */
  readonly carried?: Readonly<SessionCounters> | undefined;
  /** What the LNS wants escaped on the line; absent = it never told. */
  readonly accm?: { readonly send: number; readonly receive: number } | undefined;
  readonly lastResult: Result | undefined;
}

export interface L2tpView {
  /** Tunnels that are up or coming up, then those kept for the destruct timeout. */
  readonly tunnels: readonly TunnelView[];
  readonly totals: {
    /** Peers that there have been, and those that never had a tunnel that stood. */
    readonly destinationsTotal: number;
    readonly destinationsFailed: number;
    readonly tunnelsTotal: number;
    readonly tunnelsFailed: number;
    readonly sessionsTotal: number;
    readonly sessionsFailed: number;
    readonly authenticationErrors: number;
  };
}
