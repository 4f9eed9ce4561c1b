/** Quick mode as initiator (RFC 2409 §5.5): our offer, and what becomes of the peer's answer to it. */

import { generateDhKeyPair } from "../crypto/dh.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import type { EspProposalSpec } from "../spec.ts";
import { notifyType, readNotification, writeIdentification } from "../wire/isakmp-body.ts";
import { exchangeType } from "../wire/isakmp-header.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { readSecurityAssociation, writeSecurityAssociation } from "../wire/isakmp-sa.ts";
import { announceConnection, connectionFields, installInbound, installOutbound } from "./connections.ts";
import { schedule } from "./deadlines.ts";
import { transmit } from "./fragments.ts";
import { freshSpi } from "./fresh-spi.ts";
import { identificationOf } from "./identities.ts";
import { NONCE_LENGTH, nonceFault } from "./main-mode-parts.ts";
import { bodyOf, exchangeIv, type Opened, payloadsOf, sealHashed, sealMessage, thirdHash } from "./message.ts";
import { phase2Head } from "./notices.ts";
import { asProposals } from "./phase1-proposals.ts";
import { choosePhase2, offerPhase2, type Phase2Terms, readLifetime } from "./phase2-proposals.ts";
import { encapsulationsOf, keyExchangeFault, makePair, originalAddresses, termsOf } from "./quick-mode-parts.ts";
import { closestReason } from "./refusals.ts";
import { firstRetransmission, NEGOTIATION_TIMEOUT } from "./retransmit.ts";
import { freshMessageId, saFields, usesUdp } from "./sas.ts";
import type { Connection, IkeContext, IkeSa, Pair, QuickMode } from "./state.ts";

const UDP = 17;
const L2TP_PORT = 1701;

/** Offers a new pair under `sa`; `replaces` is the pair whose place it is to take. */
export function startQuickMode(ike: IkeContext, sa: IkeSa, replaces: Pair | undefined, now: Millis): void {
  const { connection, keys } = sa;
  const base = termsOf(sa, connection);
  if (connection === undefined || keys === undefined || base === undefined) return;
  const terms: Phase2Terms = {
    proposals: successorProposals(base.proposals, replaces?.proposal),
    lifetimeSeconds: base.lifetimeSeconds,
    lifetimeKilobytes: base.lifetimeKilobytes,
    pfsGroup: base.pfsGroup ?? replaces?.pfsGroup,
  };
  if (!connection.opened) {
    connection.encapsulation = usesUdp(sa) ? "udp" : "esp";
  }
  const [localId, remoteId] = identities(sa, connection);
  const messageId = freshMessageId(ike, sa);
  const quick: QuickMode = {
    kind: "quickMode",
    sa,
    messageId,
    initiator: true,
    connection,
    terms,
    localSpi: freshSpi(ike, connection, sa),
    nonce: ike.random.bytes(NONCE_LENGTH),
    keyPair: terms.pfsGroup === undefined ? undefined : generateDhKeyPair(terms.pfsGroup, ike.random),
    localId,
    remoteId,
    replaces,
    state: "sentOffer",
    agreeing: false,
    iv: exchangeIv(keys, sa.iv, messageId),
    peerNonce: new Uint8Array(0),
    pair: undefined,
    lastRequest: "",
    lastAnswer: undefined,
    retransmission: undefined,
    endsAt: now + NEGOTIATION_TIMEOUT,
  };
  const head = phase2Head(sa, exchangeType.quickMode, messageId);
  const sealed = sealHashed(head, keys, quick.iv, new Uint8Array(0), offerPayloads(sa, quick));
  quick.iv = sealed.nextIv;
  quick.retransmission = firstRetransmission(sa.flow, sealed.bytes, now);
  connection.quickModes.add(quick);
  sa.quickModes.set(messageId, quick);
  transmit(ike, sa, sa.flow, sealed.bytes);
  schedule(ike, quick);
  ike.log("ike", "debug", "Quick mode was started", { ...connectionFields(connection), sa: sa.id });
}

/** A successor is like its forerunner, to which the peer has agreed, unless the configuration does not allow that any more. */
function successorProposals(
  allowed: readonly EspProposalSpec[],
  former: EspProposalSpec | undefined,
): readonly EspProposalSpec[] {
  if (former === undefined) return allowed;
  const { cipher, keyBits, integrity } = former;
  const stillAllowed = allowed.some(
    (each) => each.cipher === cipher && each.keyBits === keyBits && each.integrity === integrity,
  );
  return stillAllowed ? [former] : allowed;
}

/** The identities last agreed on, else those of the plan. */
function identities(sa: IkeSa, connection: Connection): readonly [local: Uint8Array, remote: Uint8Array] {
  const { localId, remoteId, plan } = connection;
  if (localId !== undefined && remoteId !== undefined) return [localId, remoteId];
  const own = plan?.quickModeIdentity ?? { type: "address", address: sa.flow.wire.address };
  const peer = { type: "address", address: sa.flow.remote.address } as const;
  return [
    writeIdentification(identificationOf(own, UDP, plan?.localPort ?? L2TP_PORT)),
    writeIdentification(identificationOf(peer, UDP, plan?.remotePort ?? L2TP_PORT)),
  ];
}

function offerPayloads(sa: IkeSa, quick: QuickMode): Payload[] {
  const { connection, terms, keyPair, localId, remoteId } = quick;
  const long = connection.plan?.longLifeAttributes ?? true;
  const offer = offerPhase2(terms, quick.localSpi, connection.encapsulation, sa.dialect, long);
  const payloads: Payload[] = [
    { type: payloadType.sa, body: writeSecurityAssociation(asProposals(offer, connection.plan?.proposalPerTransform)) },
    { type: payloadType.nonce, body: quick.nonce },
  ];
  if (keyPair !== undefined) payloads.push({ type: payloadType.keyExchange, body: keyPair.publicValue });
  if (localId.length > 0) {
    payloads.push(
      { type: payloadType.identification, body: localId },
      { type: payloadType.identification, body: remoteId },
    );
  }
  const natAddresses = sa.dialect?.originalAddresses ?? 0;
  if (connection.encapsulation === "udp") payloads.push(...originalAddresses(sa, true, natAddresses));
  return payloads;
}

/** Takes the peer's answer and sends the third message; why it is not acceptable otherwise. */
export function completeQuickMode(
  ike: IkeContext,
  quick: QuickMode,
  opened: Opened,
  sharedSecret: Uint8Array | undefined,
  now: Millis,
): string | undefined {
  const { sa, connection, terms } = quick;
  const { payloads } = opened;
  const proposals = tryDecode(() => readSecurityAssociation(bodyOf(payloads, payloadType.sa)));
  if (!proposals.ok) return proposals.error.message;
  if (proposals.value.length !== 1 || proposals.value[0]?.transforms.length !== 1) {
    return "the answer does not choose one transform";
  }
  const { choice, refusals } = choosePhase2(terms, proposals.value, encapsulationsOf(ike, sa));
  if (choice === undefined) return `the peer chose what was not offered: ${closestReason(refusals)}`;
  if (choice.encapsulation !== connection.encapsulation) return "the peer chose another encapsulation";
  if (choice.pfsGroup !== terms.pfsGroup) return "the peer chose another Diffie-Hellman group";
  const peerNonce = bodyOf(payloads, payloadType.nonce).slice();
  const fault = nonceFault(peerNonce) ?? keyExchangeFault(choice.pfsGroup, payloads);
  if (fault !== undefined || sa.keys === undefined) return fault ?? "there are no keys";
  logForeignIdentities(ike, quick, payloads);
  quick.peerNonce = peerNonce;
  connection.localId = quick.localId;
  connection.remoteId = quick.remoteId;
  connection.peerPort = connection.plan?.remotePort ?? connection.peerPort;
  const made = {
    connection,
    choice,
    inboundSpi: quick.localSpi,
    initiatorNonce: quick.nonce,
    responderNonce: peerNonce,
    sharedSecret,
    lifetimeSeconds: Math.min(choice.lifetimeSeconds, responderLifetime(payloads)),
  };
  const { pair, inboundKeys } = makePair(ike, sa, made, now);
  quick.pair = pair;
  announceConnection(ike, connection, sa, now);
  installInbound(ike, pair, inboundKeys);
  const head = phase2Head(sa, exchangeType.quickMode, quick.messageId);
  const proof = thirdHash(sa.keys, quick.messageId, quick.nonce, peerNonce);
  const sealed = sealMessage(head, sa.keys.cipher, opened.nextIv, [{ type: payloadType.hash, body: proof }]);
  quick.iv = sealed.nextIv;
  quick.lastAnswer = sealed.bytes;
  transmit(ike, sa, sa.flow, sealed.bytes);
  installOutbound(ike, pair, now);
  return undefined;
}

/** Servers differ in the identities they answer with; the SA is for what we asked. */
function logForeignIdentities(ike: IkeContext, quick: QuickMode, payloads: readonly ReceivedPayload[]): void {
  const [own, peer] = payloadsOf(payloads, payloadType.identification).map(({ body }) => Buffer.from(body));
  if (own === undefined || peer === undefined) return;
  if (own.equals(quick.localId) && peer.equals(quick.remoteId)) return;
  ike.log("ike", "debug", "Peer answered quick mode with other identities", saFields(quick.sa));
}

/** A shorter life that the responder told beside its answer, in seconds (RFC 2407 §4.6.3.1). */
function responderLifetime(payloads: readonly ReceivedPayload[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { body } of payloadsOf(payloads, payloadType.notification)) {
    const notification = tryDecode(() => readNotification(body));
    if (!notification.ok || notification.value.type !== notifyType.responderLifetime) continue;
    least = Math.min(least, readLifetime(notification.value.data) ?? least);
  }
  return least;
}
