/** What the L2TP and PPP show commands tell, as plain values for programs. */

import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { type CallFilter, interfaceOf, liveCalls, liveTunnels, type TunnelFilter } from "./vpdn.ts";
import { virtualAccess } from "./words.ts";

export function tunnelModel(snapshot: Snapshot, filter: TunnelFilter = {}) {
  return liveTunnels(snapshot, filter).map((tunnel) => ({
    localTunnelId: tunnel.localTunnelId,
    remoteTunnelId: tunnel.remoteTunnelId,
    state: tunnel.state,
    secondsInState: Math.floor((snapshot.now - tunnel.changedAt) / 1000),
    localName: tunnel.localHostName,
    remoteName: tunnel.remoteHostName,
    local: tunnel.path.local,
    remote: tunnel.path.remote,
    group: tunnel.profile?.name ?? null,
    localWindow: tunnel.localWindow,
    remoteWindow: tunnel.remoteWindow,
    counters: { ...tunnel.counters },
  }));
}

export function callModel(snapshot: Snapshot, filter: CallFilter = {}) {
  return liveCalls(snapshot, filter).map(({ tunnel, call, session }) => ({
    localSessionId: call.localSessionId,
    remoteSessionId: call.remoteSessionId,
    localTunnelId: tunnel.localTunnelId,
    state: call.state,
    secondsInState: Math.floor((snapshot.now - call.changedAt) / 1000),
    user: session?.ppp.peerName ?? null,
    interface: session === undefined ? null : interfaceOf(session),
    sequencing: call.sequencing,
    uniqueId: call.session,
    counters: session === undefined ? null : { ...session.counters },
  }));
}

export function pppModel(snapshot: Snapshot, sessions: readonly SessionSnapshot[] = snapshot.sessions) {
  return sessions.map(({ index, ppp, pool, pppProfile, openedAt, counters, virtualRouter }) => ({
    interface: virtualAccess(index).long,
    user: ppp.peerName,
    phase: ppp.phase,
    lcp: ppp.lcp,
    ipcp: ppp.ipcp,
    authentication: ppp.authentication ?? null,
    localAddress: ppp.localAddress ?? null,
    peerAddress: ppp.peerAddress ?? null,
    pool: pool ?? null,
    template: pppProfile?.name ?? null,
    virtualRouter,
    uptimeSeconds: Math.floor((snapshot.now - openedAt) / 1000),
    counters: { ...counters },
  }));
}
