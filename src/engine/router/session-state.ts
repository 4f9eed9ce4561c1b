/** What is known of a PPP session at its beginning, and what a snapshot tells of it later. */

import type { ConnectionId, SessionCounters, SessionId } from "../forwarding.ts";
import type { Endpoint } from "../kernel/address.ts";
import type { Millis } from "../kernel/machine.ts";
import type { PppView, ProxyLink } from "../ppp/events.ts";
import type { PppProfileSpec } from "../ppp-spec.ts";
import type { Carrier } from "./sizes.ts";

/** What is known of a session before PPP starts in it. */
export interface SessionOpening {
  readonly session: SessionId;
  readonly connection: ConnectionId | undefined;
  readonly localTunnelId: number;
  readonly localSessionId: number;
  readonly profileName: string;
  /** The other end of the tunnel, as L2TP knows it. */
  readonly remote: Endpoint;
  readonly carrier: Carrier;
  /** Its data messages bear sequence numbers. */
  readonly numbered: boolean;
  /** LCP as a LAC has negotiated it; absent = it is ours to negotiate. */
  readonly proxy?: ProxyLink | undefined;
}

/** What a session runs over, and changes when its client moves to another connection. */
export type SessionPlace = Pick<SessionOpening, "connection" | "remote" | "carrier">;

/** One session as the snapshot sees it, without counters. */
export interface SessionState extends SessionOpening {
  readonly index: number;
  readonly virtualRouter: string;
  readonly profile: PppProfileSpec;
  readonly openedAt: Millis;
  readonly view: PppView;
  readonly mtu: number;
  readonly pool: string | undefined;
}

/** One session as a list of all of them shows it. */
export interface SessionBrief
  extends Pick<SessionOpening, "session" | "connection" | "localTunnelId" | "localSessionId"> {
  readonly openedAt: Millis;
  readonly ppp: Pick<PppView, "phase" | "ipcp" | "peerName" | "peerAddress">;
  readonly counters: Readonly<Pick<SessionCounters, "rxOctets" | "txOctets">>;
}
