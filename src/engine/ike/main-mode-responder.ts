/**
 * Main mode as responder (RFC 2409 §5.4). The first answer costs little and remembers little; Diffie-Hellman is done
 * only for a peer that has returned our cookie. Nothing is said to a peer that does not know the key.
 */

import { drawEntropy } from "../crypto/dh.ts";
import { type Flow, flowKey, prefixContains } from "../kernel/address.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import type { IpsecGatewaySpec } from "../spec.ts";
import { notifyType, readNotification, writeNotification } from "../wire/isakmp-body.ts";
import { exchangeType, ISAKMP_HEADER_LENGTH } from "../wire/isakmp-header.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { type Proposal, protocolId, readSecurityAssociation, writeSecurityAssociation } from "../wire/isakmp-sa.ts";
import type { InitiatorPlan, Phase1State } from "./events.ts";
import { mainMode as mainModeTable, payloadFault } from "./exchange-table.ts";
import {
  deriveKeys,
  detectNat,
  type MainModeStep,
  mainModeHead,
  NONCE_LENGTH,
  newMainMode,
  type Outcome,
  readKeyExchange,
} from "./main-mode-parts.ts";
import {
  bodyOf,
  clearMessage,
  fingerprint,
  isEncrypted,
  openClear,
  payloadsOf,
  type ReceivedMessage,
  sealMessage,
} from "./message.ts";
import { agreedDialect, DEAD_PEER_DETECTION_VENDOR_ID, hasVendorId, natDetectionPayloads } from "./nat-traversal.ts";
import { canSign, certificateRequests, examineProof, isSigned, noteRequests, ownProof } from "./phase1-proof.ts";
import { choosePhase1, phase1Sides, policiesAt } from "./phase1-proposals.ts";
import { findPreSharedKey } from "./pre-shared-keys.ts";
import { closestReason } from "./refusals.ts";
import { createSa, flowFields, freshCookie, removeSa, saFields } from "./sas.ts";
import type { IkeContext, IkeSa } from "./state.ts";

/** Larger offers than any client's; the body is remembered until phase 1 is done. */
const MAX_SA_BODY = 8192;
/** A first answer is at most this many times as long as its request. */
const MAX_AMPLIFICATION = 3;
const MAX_LOGGED_REFUSALS = 40;

/** The gateway that a flow leads to. */
export function findGateway(ike: IkeContext, flow: Flow): IpsecGatewaySpec | undefined {
  let best: IpsecGatewaySpec | undefined;
  for (const gateway of ike.configuration.gateways) {
    if (gateway.localAddress !== flow.local.address || !prefixContains(gateway.remote, flow.remote.address)) continue;
    if (best === undefined || gateway.remote.length > best.remote.length) best = gateway;
  }
  return best;
}

/** Message 1 of a main mode that is not known yet. */
export function openMainMode(ike: IkeContext, message: ReceivedMessage, now: Millis): void {
  const { flow } = message;
  const offer = readOffer(ike, message, now);
  if ("reason" in offer) {
    const { reason } = offer;
    ike.counters.phase1ResponderFailures += 1;
    ike.strangerLog(now)("ike", "notice", "Main mode was refused", { ...flowFields(flow), reason });
    return;
  }
  const { gateway, plan, payloads, saBody, proposals } = offer;
  const own = policiesAt(ike.configuration.policies, offer.virtualRouter, flow.local.address);
  const { choice, refusals } = choosePhase1(plan?.policies ?? own, proposals, canSign(ike));
  for (const { proposal, transform, against, reason } of refusals.slice(0, MAX_LOGGED_REFUSALS)) {
    const fields = { ...flowFields(flow), proposal, transform, policy: against, reason };
    ike.strangerLog(now)("ike", "debug", "Phase 1 transform does not match policy", fields);
  }
  if (choice === undefined) {
    const reason = `no phase 1 proposal was acceptable: ${closestReason(refusals)}`;
    ike.counters.phase1ResponderFailures += 1;
    const sides = phase1Sides(plan?.policies ?? own, proposals);
    ike.strangerLog(now)("ike", "notice", "Main mode was refused", { ...flowFields(flow), reason, ...sides });
    ike.outputs.push({ type: "failed", connection: undefined, flow, reason });
    ike.outputs.push({ type: "send", flow, bytes: noProposalChosen(ike, message) });
    return;
  }
  const sa = createSa(
    ike,
    {
      initiator: false,
      virtualRouter: offer.virtualRouter,
      flow,
      initiatorCookie: message.header.initiatorCookie.slice(),
      responderCookie: freshCookie(ike),
      gateway,
      mainMode: newMainMode(plan, saBody.slice()),
    },
    now,
  );
  sa.policy = choice.policy;
  sa.lifetimeSeconds = choice.lifetimeSeconds;
  sa.peerAnswersDpd = hasVendorId(payloads, DEAD_PEER_DETECTION_VENDOR_ID);
  const natTraversal = plan !== undefined || ike.configuration.natTraversal.has(offer.virtualRouter);
  sa.dialect = natTraversal ? agreedDialect(payloads, plan?.vendorIds) : undefined;
  sa.state = "sentSa";
  sa.lastRequest = fingerprint(message.datagram);
  const answer = writeSecurityAssociation([choice.proposal]);
  sa.lastAnswer = { flow, bytes: firstAnswer(sa, answer, message.datagram.length) };
  ike.outputs.push({ type: "send", ...sa.lastAnswer });
  ike.strangerLog(now)("ike", "debug", "Phase 1 proposal was accepted", {
    ...saFields(sa),
    policy: choice.policy.priority,
    natTraversal: sa.dialect?.name ?? "none",
  });
  evict(ike, ike.halfOpen.add(sa));
}

interface Offer {
  readonly virtualRouter: string;
  readonly gateway: IpsecGatewaySpec | undefined;
  /** Under which we opened the connection that the peer now renews. */
  readonly plan: InitiatorPlan | undefined;
  readonly payloads: readonly ReceivedPayload[];
  readonly saBody: Uint8Array;
  readonly proposals: readonly Proposal[];
}

/** What a first message offers and to which gateway, or why it is not even looked at. */
function readOffer(ike: IkeContext, message: ReceivedMessage, now: Millis): Offer | { readonly reason: string } {
  const gateway = findGateway(ike, message.flow);
  const plan = ike.connectionsByFlow.get(flowKey(message.flow))?.plan;
  const virtualRouter = plan?.virtualRouter ?? gateway?.virtualRouter;
  if (virtualRouter === undefined) {
    ike.counters.unexpected += 1;
    return { reason: "no IPsec gateway is configured for this address and peer" };
  }
  if (ike.guesses.refuses(message.flow, ike.connectionsByFlow.has(flowKey(message.flow)), now)) {
    ike.counters.lockedOut += 1;
    return { reason: "too many failures to authenticate: the peer is locked out for a while" };
  }
  const malformed = (reason: string): { readonly reason: string } => {
    ike.counters.malformed += 1;
    return { reason };
  };
  if (message.header.messageId !== 0 || isEncrypted(message)) return malformed("it has the header of a later message");
  const opened = openClear(message);
  if (!opened.ok) return malformed(opened.error.message);
  const fault = payloadFault(mainModeTable.responder.initial, opened.value);
  if (fault !== undefined) return malformed(fault);
  const saBody = bodyOf(opened.value, payloadType.sa);
  if (saBody.length > MAX_SA_BODY) return malformed("the SA payload is too long");
  const proposals = tryDecode(() => readSecurityAssociation(saBody));
  if (!proposals.ok) return malformed(proposals.error.message);
  return { virtualRouter, gateway, plan, payloads: opened.value, saBody, proposals: proposals.value };
}

function evict(ike: IkeContext, sa: IkeSa | undefined): void {
  if (sa === undefined) return;
  ike.counters.evicted += 1;
  removeSa(ike, sa);
}

/** Optional payloads are left out of an answer that would amplify. */
function firstAnswer(sa: IkeSa, saBody: Uint8Array, requestLength: number): Uint8Array {
  const payloads: Payload[] = [{ type: payloadType.sa, body: saBody }];
  const optional = [sa.dialect?.vendorId, DEAD_PEER_DETECTION_VENDOR_ID];
  let length = ISAKMP_HEADER_LENGTH + 4 + saBody.length;
  for (const body of optional) {
    if (body === undefined || length + 4 + body.length > MAX_AMPLIFICATION * requestLength) continue;
    length += 4 + body.length;
    payloads.push({ type: payloadType.vendorId, body });
  }
  return clearMessage(mainModeHead(sa), payloads);
}

/** Sent in the clear, under a cookie that leads nowhere: there are no keys and no state. */
function noProposalChosen(ike: IkeContext, { header }: ReceivedMessage): Uint8Array {
  const notification = {
    protocol: protocolId.isakmp,
    type: notifyType.noProposalChosen,
    spi: new Uint8Array(0),
    data: new Uint8Array(0),
  };
  const head = {
    initiatorCookie: header.initiatorCookie,
    responderCookie: freshCookie(ike),
    exchange: exchangeType.informational,
    messageId: 0,
  };
  return clearMessage(head, [{ type: payloadType.notification, body: writeNotification(notification) }]);
}

/** The step for the message that each state waits for. */
export const responderSteps: Readonly<Partial<Record<Phase1State, MainModeStep>>> = {
  /** Message 3: public value, nonce, NAT-D. */
  sentSa(ike, sa, mainMode, { payloads, flow }, now) {
    const { policy } = sa;
    const received = readKeyExchange(sa, payloads);
    if ("reason" in received) return { type: "ignored", reason: received.reason };
    if (policy === undefined) return { type: "failed", reason: "no policy was chosen" };
    const key = isSigned(sa)
      ? { key: undefined, group: false }
      : mainMode.plan === undefined
        ? findPreSharedKey(ike.configuration.preSharedKeys, sa.virtualRouter, flow)
        : { key: mainMode.plan.preSharedKey, group: false };
    if (key === undefined) return { type: "failed", reason: "no pre-shared key is configured for this peer" };
    evict(ike, ike.halfOpen.confirm(sa));
    if (sa.state === "deleted") return { type: "ignored", reason: "there are too many negotiations" };
    noteRequests(mainMode, payloads);
    mainMode.peerNonce = received.nonce;
    mainMode.peerPublic = received.publicValue;
    mainMode.nonce = ike.random.bytes(NONCE_LENGTH);
    sa.groupKey = key.group;
    detectNat(sa, flow, payloads);
    logNat(ike, sa, now);
    const { group, hash } = policy;
    const entropy = drawEntropy(group, ike.random);
    return {
      type: "agree",
      work: { group, own: undefined, entropy, peerValue: received.publicValue },
      resume(agreement) {
        deriveKeys(sa, mainMode, key.key, agreement);
        const answer: Payload[] = [
          { type: payloadType.keyExchange, body: agreement.own.publicValue },
          { type: payloadType.nonce, body: mainMode.nonce },
          ...certificateRequests(ike, sa),
        ];
        if (sa.dialect !== undefined) {
          sa.udpForced = ike.configuration.udpEncapsulationOnly && !sa.peerBehindNat && !sa.localBehindNat;
          const seen = sa.udpForced ? { ...flow, remote: { ...flow.remote, port: 0 } } : flow;
          answer.push(...natDetectionPayloads(sa.dialect, hash, sa, seen));
        }
        return { type: "answer", flow, bytes: clearMessage(mainModeHead(sa), answer) };
      },
    };
  },

  /** Message 5: who the peer is, and the proof. */
  sentKe(ike, sa, mainMode, { payloads, flow, nextIv }, now) {
    const { keys } = sa;
    if (keys === undefined) return { type: "failed", reason: "there are no keys" };
    const floated = flow.local.port !== sa.flow.local.port;
    if (floated && sa.dialect === undefined)
      return { type: "ignored", reason: "the port changed without NAT traversal" };
    noteRequests(mainMode, payloads);
    const peer = examineProof(ike, sa, mainMode, keys, payloads, now);
    if ("reason" in peer) return { type: "unproven", reason: peer.reason };
    sa.peerIdentity = peer.identity;
    sa.initialContact = announcesInitialContact(payloads);
    ike.guesses.authenticated(sa.flow);
    const ours = mainMode.plan?.identity ?? { type: "address", address: flow.wire.address };
    const proof = ownProof(ike, sa, mainMode, keys, ours);
    const sealed = sealMessage(mainModeHead(sa), keys.cipher, nextIv, proof);
    sa.iv = sealed.nextIv;
    return { type: "answer", flow, bytes: sealed.bytes } satisfies Outcome;
  },
};

function logNat(ike: IkeContext, sa: IkeSa, now: Millis): void {
  const { peerBehindNat, localBehindNat } = sa;
  const fields = { ...saFields(sa), peerBehindNat, localBehindNat, natTraversal: sa.dialect?.name ?? "none" };
  ike.strangerLog(now)("ike", "debug", "NAT detection is done", fields);
}

/** INITIAL-CONTACT counts only inside an authenticated message (RFC 2407 §4.6.3.3). */
export function announcesInitialContact(payloads: readonly ReceivedPayload[]): boolean {
  return payloadsOf(payloads, payloadType.notification).some(({ body }) => {
    const notification = tryDecode(() => readNotification(body));
    return notification.ok && notification.value.type === notifyType.initialContact;
  });
}
