/**
 * Quick mode as responder (RFC 2409 §5.5): the answer to an authentic first message. Refusals are told to the peer under
 * the SA's keys (NO-PROPOSAL-CHOSEN, INVALID-ID-INFORMATION) and logged in plain words.
 */

import type { Agreement } from "../agreement.ts";
import { drawEntropy } from "../crypto/dh.ts";
import { endpointKey } from "../kernel/address.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import { notifyType, writeNotification } from "../wire/isakmp-body.ts";
import { exchangeType } from "../wire/isakmp-header.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { protocolId, readSecurityAssociation, writeSecurityAssociation } from "../wire/isakmp-sa.ts";
import { askToAgree } from "./agreements.ts";
import {
  announceConnection,
  closeConnection,
  connectionFields,
  createConnection,
  installInbound,
  joinConnection,
} from "./connections.ts";
import { schedule } from "./deadlines.ts";
import { transmit } from "./fragments.ts";
import { freshSpi } from "./fresh-spi.ts";
import { identityText } from "./identities.ts";
import { watchPeer } from "./liveness.ts";
import { NONCE_LENGTH, nonceFault } from "./main-mode-parts.ts";
import { bodyOf, type Opened, payloadsOf, sealHashed } from "./message.ts";
import { phase2Head, sendNotification } from "./notices.ts";
import {
  choosePhase2,
  type Phase2Choice,
  type Phase2Terms,
  phase2Sides,
  spiOctets,
  writeLifetime,
} from "./phase2-proposals.ts";
import { encapsulationsOf, keyExchangeFault, makePair, originalAddresses, termsOf } from "./quick-mode-parts.ts";
import { closestReason } from "./refusals.ts";
import { firstRetransmission, NEGOTIATION_TIMEOUT } from "./retransmit.ts";
import { saFields } from "./sas.ts";
import { checkSelectors } from "./selectors.ts";
import type { Connection, IkeContext, IkeSa, QuickMode } from "./state.ts";

const MAX_LOGGED_REFUSALS = 40;
const L2TP_PORT = 1701;

export function answerQuickMode(
  ike: IkeContext,
  sa: IkeSa,
  messageId: number,
  opened: Opened,
  print: string,
  now: Millis,
): void {
  const { payloads } = opened;
  const terms = termsOf(sa, sa.connection);
  if (terms === undefined) return;
  const agreed = agree(ike, sa, terms, payloads);
  if ("reason" in agreed) {
    refuse(ike, sa, agreed, now);
    return;
  }
  const { pfsGroup } = agreed.choice;
  if (pfsGroup === undefined) {
    concludeAnswer(ike, { sa, messageId, terms, opened, agreed, print }, undefined, now);
    return;
  }
  const peerValue = bodyOf(payloads, payloadType.keyExchange);
  askToAgree(ike, sa.flow, {
    work: { group: pfsGroup, own: undefined, entropy: drawEntropy(pfsGroup, ike.random), peerValue },
    isWanted: () => sa.state === "established",
    resume(agreement, later) {
      concludeAnswer(ike, { sa, messageId, terms, opened, agreed, print }, agreement, later);
      return undefined;
    },
    drop: () => void sa.usedMessageIds.delete(messageId),
  });
}

/** A first message that has been found acceptable. */
interface Offer {
  readonly sa: IkeSa;
  readonly messageId: number;
  readonly terms: Phase2Terms;
  readonly opened: Opened;
  readonly agreed: Agreed;
  readonly print: string;
}

function concludeAnswer(ike: IkeContext, offer: Offer, agreement: Agreement | undefined, now: Millis): void {
  const { sa, messageId, terms, opened, agreed, print } = offer;
  const { keys } = sa;
  if (keys === undefined) return;
  const { payloads } = opened;
  const { choice, peerNonce, localId, remoteId } = agreed;
  const connection = connectionFor(ike, sa, choice, now);
  if (agreed.note !== undefined) {
    const fields = { ...connectionFields(connection), reason: agreed.note };
    ike.log("ipsec", "info", "Selectors were accepted although they differ", fields);
  }
  connection.peerPort = agreed.peerPort;
  connection.localId = localId;
  connection.remoteId = remoteId;

  const localSpi = freshSpi(ike, connection, sa);
  const nonce = ike.random.bytes(NONCE_LENGTH);
  const made = {
    connection,
    choice,
    inboundSpi: localSpi,
    initiatorNonce: peerNonce,
    responderNonce: nonce,
    sharedSecret: agreement?.sharedSecret,
    lifetimeSeconds: choice.lifetimeSeconds,
  };
  const { pair, inboundKeys } = makePair(ike, sa, made, now);
  const quick: QuickMode = {
    kind: "quickMode",
    sa,
    messageId,
    initiator: false,
    connection,
    terms,
    localSpi,
    nonce,
    keyPair: agreement?.own,
    localId,
    remoteId,
    replaces: undefined,
    state: "sentAnswer",
    agreeing: false,
    iv: opened.nextIv,
    peerNonce,
    pair,
    lastRequest: print,
    lastAnswer: undefined,
    retransmission: undefined,
    endsAt: now + NEGOTIATION_TIMEOUT,
  };
  connection.quickModes.add(quick);
  sa.quickModes.set(messageId, quick);
  announceConnection(ike, connection, sa, now);
  installInbound(ike, pair, inboundKeys);

  const asked = payloads.filter(({ type }) => type === sa.dialect?.natOriginalAddress).length;
  const natAddresses = sa.dialect?.originalAddresses === 0 ? 0 : asked;
  const body = answerPayloads(sa, quick, choice, natAddresses);
  const head = phase2Head(sa, exchangeType.quickMode, messageId);
  const sealed = sealHashed(head, keys, opened.nextIv, peerNonce, body);
  quick.iv = sealed.nextIv;
  quick.lastAnswer = sealed.bytes;
  // The peer is authenticated, so its third message may be asked for again.
  quick.retransmission = firstRetransmission(sa.flow, sealed.bytes, now);
  transmit(ike, sa, sa.flow, sealed.bytes);
  schedule(ike, quick);
}

interface Agreed {
  readonly choice: Phase2Choice;
  readonly peerNonce: Uint8Array;
  readonly localId: Uint8Array;
  readonly remoteId: Uint8Array;
  readonly peerPort: number;
  /** What was let pass. */
  readonly note: string | undefined;
}

interface Refused {
  readonly reason: string;
  /** What the peer is told, and the SPI of its offer. */
  readonly notify: number;
  readonly spi: Uint8Array;
  readonly sides?: { readonly offered: string; readonly configured: string };
}

/** Holds the peer's offer against the selectors we serve, our proposals and the rules for nonces and public values. */
function agree(ike: IkeContext, sa: IkeSa, terms: Phase2Terms, payloads: readonly ReceivedPayload[]): Agreed | Refused {
  const proposals = tryDecode(() => readSecurityAssociation(bodyOf(payloads, payloadType.sa)));
  if (!proposals.ok) {
    return { reason: proposals.error.message, notify: notifyType.payloadMalformed, spi: new Uint8Array(0) };
  }
  const spi = proposals.value[0]?.spi ?? new Uint8Array(0);
  const [peerId, ownId] = payloadsOf(payloads, payloadType.identification).map(({ body }) => body.slice());
  const remoteId = peerId ?? new Uint8Array(0);
  const localId = ownId ?? new Uint8Array(0);
  const selectors = checkSelectors(localId, remoteId, {
    flow: sa.flow,
    natFound: sa.localBehindNat || sa.peerBehindNat,
    groupKey: sa.groupKey,
    localPort: sa.connection?.plan?.localPort ?? L2TP_PORT,
    agreedLocal: sa.connection?.plan === undefined ? undefined : sa.connection.localId,
  });
  if (!selectors.ok) return { reason: selectors.reason, notify: notifyType.invalidIdInformation, spi };
  const gateway = sa.connection?.gateway ?? sa.gateway;
  const wanted = gateway?.peerProfile;
  if (wanted !== undefined && sa.peerProfile !== wanted) {
    const reason = `only peers of profile ${wanted} are served, and the peer is of ${sa.peerProfile ?? "none"}`;
    return { reason, notify: notifyType.invalidIdInformation, spi };
  }
  const list = gateway?.matchAddress;
  const local = { address: sa.flow.local.address, port: L2TP_PORT };
  // Behind a NAT the peer's own address means nothing here: the list sees the one that packets come from.
  const remote = { address: sa.flow.remote.address, port: selectors.peerPort === 0 ? L2TP_PORT : selectors.peerPort };
  if (list !== undefined && !ike.configuration.permits(list, local, remote)) {
    const reason = `access list ${list} does not permit UDP from ${endpointKey(local)} to ${endpointKey(remote)}`;
    return { reason, notify: notifyType.invalidIdInformation, spi };
  }

  const { choice, refusals } = choosePhase2(terms, proposals.value, encapsulationsOf(ike, sa));
  for (const { proposal, transform, against, reason } of refusals.slice(0, MAX_LOGGED_REFUSALS)) {
    const fields = { ...saFields(sa), proposal, transform, transformSet: against, reason };
    ike.log("ike", "debug", "Phase 2 transform does not match", fields);
  }
  if (choice === undefined) {
    const reason = `no phase 2 proposal was acceptable: ${closestReason(refusals)}`;
    return { reason, notify: notifyType.noProposalChosen, spi, sides: phase2Sides(terms, proposals.value) };
  }
  const peerNonce = bodyOf(payloads, payloadType.nonce).slice();
  const reason = nonceFault(peerNonce) ?? keyExchangeFault(choice.pfsGroup, payloads);
  if (reason !== undefined) return { reason, notify: notifyType.invalidKeyInformation, spi };
  return { choice, peerNonce, localId, remoteId, peerPort: selectors.peerPort, note: selectors.note };
}

function answerPayloads(sa: IkeSa, quick: QuickMode, choice: Phase2Choice, natAddresses: number): Payload[] {
  const answer = { ...choice.answer, spi: spiOctets(quick.localSpi) };
  const payloads: Payload[] = [
    { type: payloadType.sa, body: writeSecurityAssociation([answer]) },
    { type: payloadType.nonce, body: quick.nonce },
  ];
  if (quick.keyPair !== undefined) payloads.push({ type: payloadType.keyExchange, body: quick.keyPair.publicValue });
  if (quick.remoteId.length > 0) {
    payloads.push(
      { type: payloadType.identification, body: quick.remoteId },
      { type: payloadType.identification, body: quick.localId },
    );
  }
  payloads.push(...originalAddresses(sa, false, natAddresses));
  if (choice.shortened) payloads.push({ type: payloadType.notification, body: responderLifetime(quick, choice) });
  return payloads;
}

/** RFC 2407 §4.6.3.1: the transform goes back unchanged, so a shorter life is told beside it. */
function responderLifetime(quick: QuickMode, choice: Phase2Choice): Uint8Array {
  return writeNotification({
    protocol: protocolId.esp,
    type: notifyType.responderLifetime,
    spi: spiOctets(quick.localSpi),
    data: writeLifetime(choice.lifetimeSeconds),
  });
}

/** The connection the SA belongs to; where it belongs to none, a new one at its endpoint. */
function connectionFor(ike: IkeContext, sa: IkeSa, choice: Phase2Choice, now: Millis): Connection {
  joinConnection(ike, sa, now);
  if (sa.connection !== undefined && sa.connection.encapsulation !== choice.encapsulation && sa.connection.opened) {
    closeConnection(ike, sa.connection, "the peer changed its encapsulation", "silently");
  }
  if (sa.connection === undefined) {
    const { virtualRouter, flow, gateway, peerIdentity } = sa;
    sa.connection = createConnection(
      ike,
      undefined,
      { virtualRouter, flow, gateway, plan: undefined, peerIdentity },
      now,
    );
    joinConnection(ike, sa, now);
    watchPeer(ike, sa, now);
  }
  if (!sa.connection.opened) sa.connection.encapsulation = choice.encapsulation;
  return sa.connection;
}

function refuse(ike: IkeContext, sa: IkeSa, { reason, notify, spi, sides }: Refused, now: Millis): void {
  const identity = sa.peerIdentity === undefined ? undefined : identityText(sa.peerIdentity);
  ike.counters.quickModesRefused += 1;
  ike.refusalLog(now)("ike", "notice", "Quick mode was refused", { ...saFields(sa), identity, reason, ...sides });
  ike.outputs.push({ type: "failed", connection: sa.connection?.id, flow: sa.flow, reason });
  sendNotification(ike, sa, notify, protocolId.esp, spi);
}
