/** What `show` may see of IKE: a copy, in the terms of `events.ts`. */

import { saPair } from "./connections.ts";
import type { ConnectionView, IkeSaView, IkeView, SaView } from "./events.ts";
import type { Connection, IkeContext, IkeSa, Pair } from "./state.ts";

export function viewOf(ike: IkeContext): IkeView {
  const connections = [...ike.connections.values()].filter(({ opened }) => opened);
  return {
    counters: { ...ike.counters },
    sas: [...ike.sas.values()].map(saView),
    connections: connections.map(connectionView),
    certificateFaults: { ...ike.certificateFaults },
  };
}

function saView(sa: IkeSa): IkeSaView {
  return {
    id: sa.id,
    virtualRouter: sa.virtualRouter,
    flow: sa.flow,
    initiator: sa.initiator,
    state: sa.state,
    aggressive: sa.aggressive,
    initiatorCookie: sa.initiatorCookie,
    responderCookie: sa.responderCookie,
    policy: sa.policy,
    lifetimeSeconds: sa.lifetimeSeconds,
    createdAt: sa.createdAt,
    expiresAt: sa.expiresAt,
    natTraversal: sa.dialect !== undefined,
    deadPeerDetection: sa.peerAnswersDpd,
    peerIdentity: sa.peerIdentity,
    peerProfile: sa.peerProfile,
    connection: sa.connection?.id,
  };
}

function connectionView(connection: Connection): ConnectionView {
  const { flow, virtualRouter, insideRouter, peerProfile, encapsulation, behindNat, gateway, peerPort, openedAt } =
    connection;
  return {
    connection: connection.id,
    virtualRouter,
    ...(insideRouter === virtualRouter ? {} : { insideRouter }),
    ...(peerProfile === undefined ? {} : { peerProfile }),
    flow,
    encapsulation,
    behindNat,
    gateway,
    peerIdentity: connection.peerIdentity ?? { type: "address", address: flow.remote.address },
    peerPort,
    openedAt,
    sas: [...connection.pairs].map(pairView),
  };
}

function pairView(pair: Pair): SaView {
  const { createdAt, expiresAt, supersededAt } = pair;
  return { ...saPair(pair), createdAt, expiresAt, superseded: supersededAt !== undefined };
}
