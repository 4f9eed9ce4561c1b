/** What the line module is told when a session may carry IP: what IPCP agreed on, within the sizes and lists of its profile. */

import type { OpenSessionIp, SessionId } from "../forwarding.ts";
import type { PppOutput } from "../ppp/events.ts";
import type { PppProfileSpec } from "../ppp-spec.ts";
import { largestSegment } from "./sizes.ts";

export interface SessionIpTerms {
  readonly session: SessionId;
  readonly virtualRouter: string;
  readonly profile: PppProfileSpec;
  /** The largest packet that crosses the tunnel in one piece, in octets. */
  readonly tunnelMtu: number;
}

/** The largest IP packet that is sent in one piece. */
export function sessionMtu(peerMru: number, tunnelMtu: number, profile: PppProfileSpec): number {
  return Math.min(peerMru, tunnelMtu, profile.ipMtu ?? Number.POSITIVE_INFINITY);
}

export function openSessionIp(
  opened: Extract<PppOutput, { type: "opened" }>,
  { session, virtualRouter, profile, tunnelMtu }: SessionIpTerms,
): OpenSessionIp {
  const mtu = sessionMtu(opened.peerMru, tunnelMtu, profile);
  return {
    type: "openSessionIp",
    session,
    virtualRouter,
    localAddress: opened.localAddress,
    peerAddress: opened.peerAddress,
    mtu,
    checkSource: true,
    defaultRoute: false,
    compressProtocol: opened.compressProtocol,
    compressAddress: opened.compressAddress,
    // Ends that never hear how narrow the tunnel is would send segments that have to be cut, or are lost.
    tcpMss: Math.min(profile.tcpMss ?? Number.POSITIVE_INFINITY, largestSegment(mtu)),
    ...(profile.accessGroups === undefined ? {} : { accessGroups: profile.accessGroups }),
  };
}
