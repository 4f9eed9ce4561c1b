/**
 * Make before break: new IKE SAs and new pairs of IPsec SAs in good time, from either end, and the end of those whose
 * time is over. The end of an IKE SA does not touch IPsec SAs; where none is left when a pair needs a successor, a new
 * main mode is made first.
 */

import { flowKey } from "../kernel/address.ts";
import type { Millis } from "../kernel/machine.ts";
import { startAggressiveMode } from "./aggressive-mode.ts";
import { closeIfEmpty, connectionFields, joinConnection, newestSa, pairFields, removePair } from "./connections.ts";
import { schedule } from "./deadlines.ts";
import type { InitiatorPlan } from "./events.ts";
import { FRAGMENTATION_VENDOR_ID, transmit } from "./fragments.ts";
import { identityText } from "./identities.ts";
import { checkPeer, watchPeer } from "./liveness.ts";
import { failMainMode } from "./main-mode.ts";
import { startMainMode } from "./main-mode-initiator.ts";
import { DEAD_PEER_DETECTION_VENDOR_ID, natDialects } from "./nat-traversal.ts";
import { sendEspDelete, sendIsakmpDelete } from "./notices.ts";
import { keysUnder, profileNow } from "./peer-profiles.ts";
import { canSign, isSigned } from "./phase1-proof.ts";
import { policiesAt } from "./phase1-proposals.ts";
import { findKeyOfIdentity, findPreSharedKey, keySides } from "./pre-shared-keys.ts";
import { failQuickMode } from "./quick-mode.ts";
import { startQuickMode } from "./quick-mode-initiator.ts";
import { nextRetransmission } from "./retransmit.ts";
import { removeSa, saFields } from "./sas.ts";
import type { Connection, IkeContext, IkeSa, Pair } from "./state.ts";

/** Until a successor is tried for again. */
const RETRY: Millis = 10_000;
/** How long the end that made a new IKE SA keeps the old one. */
const OLD_IKE_SA_LIFE: Millis = 10_000;
const L2TP_PORT = 1701;

/** Phase 1 is done: the SA joins its connection, and quick mode begins where we wanted it for that. */
export function afterPhase1(ike: IkeContext, sa: IkeSa, now: Millis): void {
  ike.log("ike", "info", "Phase 1 was established", {
    ...saFields(sa),
    identity: sa.peerIdentity === undefined ? undefined : identityText(sa.peerIdentity),
    exchange: sa.aggressive ? "aggressive" : "main",
    policy: sa.policy?.priority,
    lifetimeSeconds: sa.lifetimeSeconds,
    natTraversal: sa.dialect?.name ?? "none",
  });
  joinConnection(ike, sa, now);
  const { connection } = sa;
  if (connection === undefined) return;
  watchPeer(ike, sa, now);
  if (!sa.initiator) return;
  for (const older of connection.ikeSas) {
    if (older === sa) continue;
    older.rekeyAt = undefined;
    older.expiresAt = Math.min(older.expiresAt ?? now, now + OLD_IKE_SA_LIFE);
    schedule(ike, older);
  }
  if (connection.wantsPair) requestPair(ike, connection, now);
}

/** Sees to a new pair for a connection, unless one is on its way. */
export function requestPair(ike: IkeContext, connection: Connection, now: Millis): void {
  if (connection.quickModes.size > 0) return;
  const sa = newestSa(connection);
  if (sa === undefined) {
    connection.wantsPair = true;
    startPhase1(ike, connection, now);
    return;
  }
  connection.wantsPair = false;
  startQuickMode(ike, sa, connection.current, now);
}

/** A main mode of ours for a connection, unless one is under way. */
export function startPhase1(ike: IkeContext, connection: Connection, now: Millis): void {
  if (connection.mainMode !== undefined) return;
  const { plan, flow } = connection;
  if (plan !== undefined) {
    const floated = flowKey(flow) !== flowKey(plan.flow);
    const natTraversalFlow = floated ? flow : plan.natTraversalFlow;
    const again = connection.opened ? { flow, natTraversalFlow, sendInitialContact: false } : {};
    start(ike, connection, { ...plan, ...again }, false, now);
    return;
  }
  const made = gatewayPlan(ike, connection);
  if (made === undefined) {
    ike.log(
      "ike",
      "notice",
      "Phase 1 cannot be renewed: no key or gateway serves the peer",
      connectionFields(connection),
    );
    return;
  }
  start(ike, connection, made.plan, made.groupKey, now);
}

function start(ike: IkeContext, connection: Connection, plan: InitiatorPlan, groupKey: boolean, now: Millis): void {
  const inMode = plan.aggressive === true ? startAggressiveMode : startMainMode;
  inMode(ike, connection, plan, groupKey, now);
}

/** How a gateway opens phase 1 to a peer that it knows: after its own configuration. */
function gatewayPlan(
  ike: IkeContext,
  connection: Connection,
): { readonly plan: InitiatorPlan; readonly groupKey: boolean } | undefined {
  const { virtualRouter, flow, gateway } = connection;
  const preSharedKeys = keysUnder(ike.configuration.preSharedKeys, profileNow(ike, connection));
  const { aggressive, peerIdentity } = connection;
  const key =
    aggressive && peerIdentity !== undefined
      ? findKeyOfIdentity(preSharedKeys, virtualRouter, flow, peerIdentity, false)
      : findPreSharedKey(preSharedKeys, virtualRouter, flow);
  if ((key === undefined && !canSign(ike)) || gateway === undefined) return undefined;
  const natTraversal = ike.configuration.natTraversal.has(virtualRouter) ? natDialects : [];
  const plan: InitiatorPlan = {
    virtualRouter,
    flow,
    natTraversalFlow: flow,
    policies: policiesAt(ike.configuration.policies, virtualRouter, flow.local.address).filter(
      ({ authentication }) => key !== undefined || authentication === "rsaSignature",
    ),
    preSharedKey: key?.key,
    identity: { type: "address", address: flow.wire.address },
    vendorIds: [
      ...natTraversal.map(({ vendorId }) => vendorId),
      DEAD_PEER_DETECTION_VENDOR_ID,
      ...(ike.configuration.fragmentation === true ? [FRAGMENTATION_VENDOR_ID] : []),
    ],
    proposals: gateway.proposals,
    lifetimeSeconds: gateway.lifetimeSeconds,
    lifetimeKilobytes: gateway.lifetimeKilobytes,
    pfsGroup: gateway.pfsGroup,
    quickModeIdentity: undefined,
    localPort: L2TP_PORT,
    remotePort: L2TP_PORT,
    sendInitialContact: false,
    longLifeAttributes: true,
    aggressive,
  };
  return { plan, groupKey: key?.group ?? false };
}

export function saTimeout(ike: IkeContext, sa: IkeSa, now: Millis): void {
  if (isDue(sa.negotiationEndsAt, now)) {
    giveUp(ike, sa, now);
    return;
  }
  if (sa.retransmission !== undefined && isDue(sa.retransmission.at, now)) {
    const { flow, bytes } = sa.retransmission;
    transmit(ike, sa, flow, bytes);
    sa.retransmission = nextRetransmission(sa.retransmission, now);
  }
  if (isDue(sa.expiresAt, now)) {
    expireSa(ike, sa, now);
    return;
  }
  if (isDue(sa.rekeyAt, now)) {
    sa.rekeyAt = undefined;
    const { connection } = sa;
    if (connection !== undefined && newestSa(connection) === sa && connection.pairs.size > 0) {
      startPhase1(ike, connection, now);
    }
  }
  if (isDue(sa.dpd.at, now)) checkPeer(ike, sa, now);
  if (sa.state !== "deleted") schedule(ike, sa);
}

function isDue(at: Millis | undefined, now: Millis): boolean {
  return at !== undefined && now >= at;
}

const lastSent = { sentSa: 1, sentKe: 3, sentId: 5 } as const;
const LAST_AWAITED = { main: "main mode message 5", aggressive: "aggressive mode message 3" } as const;

function giveUp(ike: IkeContext, sa: IkeSa, now: Millis): void {
  const { state } = sa;
  if (!sa.initiator && state === "sentSa") {
    // Nobody has shown to be there at all.
    removeSa(ike, sa);
    return;
  }
  const number = state === "sentSa" || state === "sentKe" || state === "sentId" ? lastSent[state] : 0;
  const why = state === "sentId" && !isSigned(sa) ? " (the pre-shared keys differ, probably)" : "";
  const silence = sa.initiator
    ? `the peer did not answer ${sa.aggressive ? "aggressive" : "main"} mode message ${number}${why}`
    : `the peer did not send ${LAST_AWAITED[sa.aggressive ? "aggressive" : "main"]}`;
  const failure = sa.mainMode?.failure;
  failMainMode(ike, sa, failure ?? silence, now, failure === undefined ? undefined : keySides(sa).sides);
}

/** The only IKE SA of a live connection goes without a word: some peers drop IPsec SAs along with it. */
function expireSa(ike: IkeContext, sa: IkeSa, now: Millis): void {
  const { connection } = sa;
  ike.log("ike", "info", "Phase 1 SA reached the end of its life", saFields(sa));
  const isLast = connection !== undefined && newestSa(connection) === sa && connection.pairs.size > 0;
  if (!isLast) sendIsakmpDelete(ike, sa);
  endSa(ike, sa, "the IKE SA reached the end of its life", now);
}

/** An established SA goes, and what was being negotiated under it fails. */
export function endSa(ike: IkeContext, sa: IkeSa, reason: string, now: Millis): void {
  const { connection } = sa;
  removeSa(ike, sa);
  for (const quick of sa.quickModes.values()) if (quick.state !== "done") failQuickMode(ike, quick, reason, now);
  if (connection !== undefined) closeIfEmpty(ike, connection, reason);
}

export function pairTimeout(ike: IkeContext, pair: Pair, now: Millis): void {
  const { connection } = pair;
  // An old pair receives for its while even past its life: its successor was made in time, and packets are under way.
  const expired = pair.removeAt === undefined && isDue(pair.expiresAt, now);
  if (expired || isDue(pair.removeAt, now)) {
    ike.log("ipsec", "info", expired ? "IPsec SA pair expired" : "Old IPsec SA pair was removed", pairFields(pair));
    const speaker = newestSa(connection);
    if (speaker !== undefined) sendEspDelete(ike, speaker, [pair.inboundSpi]);
    removePair(ike, pair);
    closeIfEmpty(ike, connection, "the last IPsec SA reached the end of its life");
    return;
  }
  if (isDue(pair.rekeyAt, now)) {
    pair.rekeyAt = now + RETRY;
    if (connection.current === pair) requestPair(ike, connection, now);
  }
  schedule(ike, pair);
}
