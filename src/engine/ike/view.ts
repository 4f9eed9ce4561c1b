/** What `show` may see of IKE: a copy, in the terms of `events.ts`; and the little of it that a list of all peers shows. */

import { saPair } from "./connections.ts";
import type { ConnectionView, IkePeers, IkeSaView, IkeView, SaView } from "./events.ts";
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

/** Who is connected, and the SAs of those who are not yet: nothing that grows with what each has. */
export function peersOf(ike: IkeContext): IkePeers {
  const connections: IkePeers["connections"][number][] = [];
  for (const { opened, id, flow, openedAt } of ike.connections.values()) {
    if (opened) connections.push({ connection: id, flow, openedAt });
  }
  const sas: IkePeers["sas"][number][] = [];
  for (const { connection, id, flow, createdAt, state } of ike.sas.values()) {
    if (connection?.opened !== true) sas.push({ id, connection: connection?.id, flow, createdAt, state });
  }
  return { connections, sas };
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
