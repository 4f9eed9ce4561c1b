/**
 * Connections: which IPsec SAs a peer at an endpoint has, old and new, and when the line module hears of them. A new
 * pair carries what we send as soon as it is complete; its forerunner still receives for a while. A connection ends
 * when nothing is left of it and nothing is being negotiated for it.
 */

import type { EspKeys } from "../forwarding.ts";
import { endpointKey, type Flow, flowKey, sameEndpoint } from "../kernel/address.ts";
import type { LogFields } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import { schedule, unschedule } from "./deadlines.ts";
import type { SaPair } from "./events.ts";
import { identityText, sameIdentity } from "./identities.ts";
import { sendEspDelete, sendIsakmpDelete } from "./notices.ts";
import { profileNow } from "./peer-profiles.ts";
import { flowFields, moveSa, removeSa, saFields } from "./sas.ts";
import { endsAsNamed } from "./selectors.ts";
import type { Connection, IkeContext, IkeSa, Pair, QuickMode } from "./state.ts";

/** How long a superseded inbound SA still receives: packets may be under way, or the peer slow to change over. */
const OLD_INBOUND_LIFE: Millis = 30_000;
/** The end that opened the connection clears away first; the other only where that did not happen. */
const CLEARING_DELAY = { initiator: 5_000, responder: 15_000 } as const;

const MAX_PAIRS = 16;

export type NewConnection = Pick<Connection, "virtualRouter" | "flow" | "gateway" | "plan" | "peerIdentity">;

export function createConnection(
  ike: IkeContext,
  id: number | undefined,
  made: NewConnection,
  now: Millis,
): Connection {
  const connection: Connection = {
    ...made,
    id: id ?? ike.nextConnectionId,
    insideRouter: made.virtualRouter,
    peerProfile: undefined,
    encapsulation: "esp",
    behindNat: false,
    aggressive: false,
    peerPort: 0,
    module: undefined,
    opened: false,
    openedAt: now,
    closed: false,
    pairs: new Set(),
    current: undefined,
    ikeSas: new Set(),
    mainMode: undefined,
    wantsPair: false,
    quickModes: new Set(),
    localId: undefined,
    remoteId: undefined,
    heardAt: now,
    sentAt: 0,
  };
  ike.nextConnectionId = Math.max(ike.nextConnectionId, connection.id + 1);
  ike.connections.set(connection.id, connection);
  return connection;
}

/**
 * Phase 1 is done: the SA joins the connection at its endpoint. Another identity at that endpoint means that a NAT has
 * given the port to someone else, and INITIAL-CONTACT that the peer has forgotten what it had; either ends the old
 * connection, and only that one: neighbours behind the same NAT have other ports.
 */
export function joinConnection(ike: IkeContext, sa: IkeSa, now: Millis): void {
  const found = ike.connectionsByFlow.get(flowKey(sa.flow));
  if (found !== undefined) {
    if (!isSamePeer(found, sa)) closeConnection(ike, found, "another peer has taken over its endpoint", "forgetAll");
    else if (sa.initialContact) closeConnection(ike, found, "the peer started anew (INITIAL-CONTACT)", "forgetAll");
    else sa.connection ??= found;
  }
  // It is about what the peer had before: what it makes under this SA stays.
  sa.initialContact = false;
  const { connection } = sa;
  if (connection === undefined || connection.closed) {
    sa.connection = undefined;
    return;
  }
  // Of the peer's own accord: whether to renew what was there or because it has lost it, is not to be seen.
  if (connection.opened && !sa.initiator) ike.outputs.push({ type: "phase1Renewed", connection: connection.id });
  if (connection.mainMode === sa) connection.mainMode = undefined;
  connection.peerIdentity ??= sa.peerIdentity;
  connection.peerProfile = sa.peerProfile;
  connection.ikeSas.add(sa);
  connection.aggressive = sa.aggressive;
  connection.heardAt = now;
  if (connection.opened) moveConnection(ike, connection, sa.flow);
  else takeFlow(ike, connection, sa.flow);
}

function isSamePeer(connection: Connection, { peerIdentity }: IkeSa): boolean {
  if (connection.peerIdentity === undefined || peerIdentity === undefined) return true;
  return sameIdentity(connection.peerIdentity, peerIdentity);
}

/** The IKE SA to speak through: the newest. */
export function newestSa(connection: Connection): IkeSa | undefined {
  let newest: IkeSa | undefined;
  for (const sa of connection.ikeSas) newest = sa;
  return newest;
}

function takeFlow(ike: IkeContext, connection: Connection, flow: Flow): void {
  const key = flowKey(connection.flow);
  if (ike.connectionsByFlow.get(key) === connection) ike.connectionsByFlow.delete(key);
  connection.flow = flow;
  ike.connectionsByFlow.set(flowKey(flow), connection);
}

/** Authenticated traffic came from elsewhere: everything follows. */
export function moveConnection(ike: IkeContext, connection: Connection, flow: Flow): void {
  if (sameEndpoint(connection.flow.remote, flow.remote) && sameEndpoint(connection.flow.local, flow.local)) return;
  ike.log("ike", "info", "Peer has moved to another endpoint", {
    ...connectionFields(connection),
    newPeer: endpointKey(flow.remote),
  });
  takeFlow(ike, connection, flow);
  for (const sa of connection.ikeSas) moveSa(ike, sa, flow);
  if (connection.opened) ike.outputs.push({ type: "connectionMoved", connection: connection.id, flow });
}

/** The line module is told of a connection once, before its first SA. */
export function announceConnection(ike: IkeContext, connection: Connection, sa: IkeSa, now: Millis): void {
  if (connection.opened) return;
  connection.opened = true;
  connection.openedAt = now;
  connection.behindNat = sa.peerBehindNat;
  connection.peerIdentity ??= sa.peerIdentity;
  connection.insideRouter = profileNow(ike, sa)?.virtualRouter ?? connection.virtualRouter;
  takeFlow(ike, connection, sa.flow);
  const { id, insideRouter, flow, encapsulation, behindNat, gateway, peerPort } = connection;
  const peerIdentity = connection.peerIdentity ?? { type: "address", address: flow.remote.address };
  const seenAs = endsAsNamed(flow, connection.localId, connection.remoteId);
  ike.outputs.push({
    type: "connectionOpened",
    connection: id,
    virtualRouter: insideRouter,
    flow,
    encapsulation,
    behindNat,
    gateway,
    peerIdentity,
    peerPort,
    ...(seenAs === undefined ? {} : { seenAs }),
    ...(connection.module === undefined ? {} : { module: connection.module }),
  });
  ike.log("ipsec", "info", "Connection was opened", {
    ...connectionFields(connection),
    identity: identityText(peerIdentity),
    encapsulation,
    behindNat,
  });
}

export function installInbound(ike: IkeContext, pair: Pair, keys: EspKeys): void {
  const { connection } = pair;
  connection.pairs.add(pair);
  pair.inboundInstalled = true;
  const replayWindow = connection.gateway?.replayWindow ?? DEFAULT_REPLAY_WINDOW;
  ike.outputs.push({
    type: "inboundSa",
    connection: connection.id,
    pair: saPair(pair),
    keys,
    replayWindow,
  });
  schedule(ike, pair);
}

const DEFAULT_REPLAY_WINDOW = 64;

/** The pair is complete: what we send goes through it from now on, and older pairs only receive. */
export function installOutbound(ike: IkeContext, pair: Pair, now: Millis): void {
  const { connection, outboundKeys: keys } = pair;
  if (keys === undefined || !connection.pairs.has(pair)) return;
  pair.outboundKeys = undefined;
  pair.outboundInstalled = true;
  connection.current = pair;
  ike.outputs.push({
    type: "outboundSa",
    connection: connection.id,
    pair: saPair(pair),
    keys,
  });
  ike.log("ipsec", "info", "IPsec SA pair was installed", pairFields(pair));
  const delay = connection.plan === undefined ? CLEARING_DELAY.responder : CLEARING_DELAY.initiator;
  for (const older of connection.pairs) {
    if (older === pair || older.supersededAt !== undefined || !older.outboundInstalled) continue;
    older.supersededAt = now;
    older.rekeyAt = undefined;
    older.removeAt = now + OLD_INBOUND_LIFE + delay;
    schedule(ike, older);
  }
  // A peer that makes pair after pair keeps the newest only.
  for (const oldest of connection.pairs) {
    if (connection.pairs.size <= MAX_PAIRS) break;
    if (oldest.supersededAt !== undefined) removePair(ike, oldest);
  }
}

export function saPair(pair: Pair): SaPair {
  const { inboundSpi, outboundSpi, proposal, lifetimeSeconds, lifetimeKilobytes, pfsGroup } = pair;
  return { inboundSpi, outboundSpi, proposal, lifetimeSeconds, lifetimeKilobytes, pfsGroup };
}

/**
 * The peer no longer accepts what we would send through a pair. With a successor the inbound side lives on for a
 * while, because a delete overtakes packets; without one the pair goes at once.
 */
export function peerDeleted(ike: IkeContext, pair: Pair, now: Millis): void {
  const { connection } = pair;
  ike.log("ipsec", "info", "Peer deleted an IPsec SA", pairFields(pair));
  if (connection.current === pair) useAnswered(ike, connection, now);
  const others = [...connection.pairs].some((other) => other !== pair && other.outboundInstalled);
  if (!others) {
    removePair(ike, pair);
    closeIfEmpty(ike, connection, "the peer deleted its last IPsec SA");
    return;
  }
  removeOutbound(ike, pair);
  pair.supersededAt ??= now;
  pair.rekeyAt = undefined;
  pair.removeAt = Math.min(pair.removeAt ?? Number.POSITIVE_INFINITY, now + OLD_INBOUND_LIFE);
  schedule(ike, pair);
}

/**
 * Windows deletes the old SA before the third message of the quick mode that replaced it is seen: it has our
 * answer, so the new pair is complete.
 */
function useAnswered(ike: IkeContext, connection: Connection, now: Millis): void {
  let answered: QuickMode | undefined;
  for (const quick of connection.quickModes) if (quick.state === "sentAnswer") answered = quick;
  if (answered?.pair !== undefined) installOutbound(ike, answered.pair, now);
}

function removeOutbound(ike: IkeContext, pair: Pair): void {
  if (!pair.outboundInstalled) return;
  const { connection } = pair;
  pair.outboundInstalled = false;
  ike.outputs.push({ type: "saRemoved", connection: connection.id, direction: "outbound", spi: pair.outboundSpi });
  if (connection.current !== pair) return;
  connection.current = undefined;
  // The line module goes back to the SA before; that pair then is no longer an old one.
  for (const other of connection.pairs) if (other.outboundInstalled) connection.current = other;
  const { current } = connection;
  if (current === undefined) return;
  current.supersededAt = undefined;
  current.removeAt = undefined;
  schedule(ike, current);
}

/** Takes both directions out of the line module. */
export function removePair(ike: IkeContext, pair: Pair): void {
  const { connection } = pair;
  connection.pairs.delete(pair);
  unschedule(ike, pair);
  for (const quick of connection.quickModes) if (quick.pair === pair) removeQuickMode(ike, quick);
  // Keys that the line module never got.
  pair.outboundKeys?.encryptionKey.fill(0);
  pair.outboundKeys?.integrityKey.fill(0);
  removeOutbound(ike, pair);
  ike.inboundSpis.delete(pair.inboundSpi);
  if (!pair.inboundInstalled) return;
  pair.inboundInstalled = false;
  ike.outputs.push({ type: "saRemoved", connection: connection.id, direction: "inbound", spi: pair.inboundSpi });
}

export function removeQuickMode(ike: IkeContext, quick: QuickMode): void {
  quick.sa.quickModes.delete(quick.messageId);
  quick.connection.quickModes.delete(quick);
  unschedule(ike, quick);
  if (quick.pair === undefined) ike.inboundSpis.delete(quick.localSpi);
}

export function closeIfEmpty(ike: IkeContext, connection: Connection, reason: string): void {
  if (connection.pairs.size > 0 || connection.quickModes.size > 0 || connection.mainMode !== undefined) return;
  closeConnection(ike, connection, reason, "silently");
}

/**
 * Forgets a connection. `tellPeer` deletes its SAs at the peer as well and ends its IKE SAs; `silently`, a responder
 * keeps the IKE SAs, under which the peer may come back.
 */
export function closeConnection(
  ike: IkeContext,
  connection: Connection,
  reason: string,
  how: "tellPeer" | "silently" | "forgetAll",
): void {
  if (connection.closed) return;
  connection.closed = true;
  const speaker = newestSa(connection);
  if (how === "tellPeer" && speaker !== undefined) {
    const spis = [...connection.pairs].filter((pair) => pair.inboundInstalled).map((pair) => pair.inboundSpi);
    sendEspDelete(ike, speaker, spis);
  }
  for (const quick of connection.quickModes) removeQuickMode(ike, quick);
  // Nothing is to fall back to another pair now.
  connection.current = undefined;
  for (const pair of connection.pairs) {
    ike.log("ipsec", "debug", "IPsec SA pair was deleted", pairFields(pair));
    removePair(ike, pair);
  }
  const keepSas = how === "silently" && connection.plan === undefined;
  for (const sa of [...connection.ikeSas]) {
    sa.dpd.at = undefined;
    if (!keepSas) {
      ike.log("ike", "debug", "Phase 1 SA was deleted", { ...saFields(sa), initiator: sa.initiator, reason });
      if (how !== "forgetAll") sendIsakmpDelete(ike, sa);
      removeSa(ike, sa);
    } else schedule(ike, sa);
    sa.connection = undefined;
  }
  connection.ikeSas.clear();
  if (connection.mainMode !== undefined) removeSa(ike, connection.mainMode);
  ike.connections.delete(connection.id);
  if (ike.connectionsByFlow.get(flowKey(connection.flow)) === connection) {
    ike.connectionsByFlow.delete(flowKey(connection.flow));
  }
  if (!connection.opened) return;
  ike.log("ipsec", "info", "Connection was closed", { ...connectionFields(connection), reason });
  ike.outputs.push({ type: "connectionClosed", connection: connection.id, reason });
}

export function connectionFields(connection: Connection): LogFields {
  return { ...flowFields(connection.flow), connection: connection.id };
}

export function pairFields(pair: Pair): LogFields {
  return {
    ...connectionFields(pair.connection),
    inboundSpi: pair.inboundSpi,
    outboundSpi: pair.outboundSpi,
    proposal: pair.proposal.label,
    lifetimeSeconds: pair.lifetimeSeconds,
  };
}
