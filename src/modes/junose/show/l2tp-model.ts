/** Destinations, tunnels and sessions as plain values, for programs that read `show l2tp … | json`. */

import { controlTraffic, dataTraffic, sessionCounts, tunnelCounts } from "./l2tp-counters.ts";
import { type Destination, type NamedSession, type NamedTunnel, shownState } from "./l2tp-names.ts";

export function destinationModel(destination: Destination) {
  const { name, virtualRouter, localAddress, peerAddress, tunnels } = destination;
  return {
    name,
    virtualRouter,
    localAddress,
    peerAddress,
    tunnels: tunnelCounts(tunnels),
    sessions: sessionCounts(tunnels),
    control: controlTraffic(tunnels),
    data: dataTraffic(tunnels.flatMap((tunnel) => tunnel.sessions)),
  };
}

export function tunnelModel(tunnel: NamedTunnel) {
  const { view } = tunnel;
  const { path } = view;
  return {
    name: tunnel.name,
    state: shownState(view.state),
    virtualRouter: path.virtualRouter,
    localAddress: path.local.address,
    localPort: path.local.port,
    peerAddress: path.remote.address,
    peerPort: path.remote.port,
    transportInterface: path.connection,
    profile: view.profile?.name,
    initiatedBy: view.localInitiated ? "local" : "remote",
    localTunnelId: view.localTunnelId,
    peerTunnelId: view.remoteTunnelId,
    localHostName: view.localHostName,
    peerHostName: view.remoteHostName,
    peerVendorName: view.remoteVendorName,
    singleShot: view.singleShot,
    lastResult: view.lastResult,
    control: { ...controlTraffic([tunnel]), channel: view.counters },
    data: dataTraffic(tunnel.sessions),
    sessionCounts: sessionCounts([tunnel]),
    sessions: tunnel.sessions.map((session) => session.name),
  };
}

/** Who proved himself in it, also when it is over; `undefined` = nobody did, or is asked to. */
export function userOf({ call, ppp }: NamedSession): string | undefined {
  return ppp?.ppp.peerName || call.user;
}

export function sessionModel(session: NamedSession) {
  const { call, ppp } = session;
  return {
    name: session.name,
    state: shownState(call.state),
    localSessionId: call.localSessionId,
    peerSessionId: call.remoteSessionId,
    callSerialNumber: call.callSerialNumber,
    txConnectSpeed: call.txSpeed,
    rxConnectSpeed: call.rxSpeed,
    sequencing: call.sequencing,
    lastResult: call.lastResult,
    userName: userOf(session),
    virtualRouter: ppp?.virtualRouter,
    address: ppp?.ppp.peerAddress,
    data: dataTraffic([session]),
  };
}
