/**
 * Main mode as initiator (RFC 2409 §5.4), after an `InitiatorPlan`: a client opening its connection, either end
 * replacing an IKE SA. Moves to the NAT traversal port with message 5 when a NAT is found (RFC 3947 §4).
 */

import type { Agreement } from "../agreement.ts";
import { generateDhKeyPair } from "../crypto/dh.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import { isZeroCookie } from "../wire/isakmp-header.ts";
import { type Payload, payloadType } from "../wire/isakmp-payload.ts";
import { readSecurityAssociation, writeSecurityAssociation } from "../wire/isakmp-sa.ts";
import type { InitiatorPlan, Phase1State } from "./events.ts";
import { announcesFragments, offersFragments } from "./fragments.ts";
import {
  deriveKeys,
  detectNat,
  initialContact,
  type MainModeStep,
  mainModeHead,
  NONCE_LENGTH,
  newMainMode,
  type Outcome,
  readKeyExchange,
  sendFirst,
} from "./main-mode-parts.ts";
import { bodyOf, clearMessage, sealMessage } from "./message.ts";
import { agreedDialect, DEAD_PEER_DETECTION_VENDOR_ID, hasVendorId, natDetectionPayloads } from "./nat-traversal.ts";
import { canSign, certificateRequests, examineProof, isSigned, noteRequests, ownProof } from "./phase1-proof.ts";
import { asProposals, choosePhase1, offerPhase1 } from "./phase1-proposals.ts";
import { closestReason } from "./refusals.ts";
import { createSa, freshCookie, saFields, usesUdp } from "./sas.ts";
import type { Connection, IkeContext, IkeSa, MainMode } from "./state.ts";

/** Sends message 1 for a connection. */
export function startMainMode(
  ike: IkeContext,
  connection: Connection,
  plan: InitiatorPlan,
  groupKey: boolean,
  now: Millis,
): void {
  const offer = offerPhase1(plan.policies, plan.longLifeAttributes, canSign(ike));
  const saBody = writeSecurityAssociation(asProposals(offer, plan.proposalPerTransform));
  const sa = createSa(
    ike,
    {
      initiator: true,
      virtualRouter: plan.virtualRouter,
      flow: plan.flow,
      initiatorCookie: freshCookie(ike),
      responderCookie: new Uint8Array(8),
      gateway: connection.gateway,
      mainMode: newMainMode(plan, saBody),
    },
    now,
  );
  sa.connection = connection;
  // It is the same peer: what we sign with is chosen before it has said so again.
  sa.peerProfile = connection.peerProfile;
  sa.groupKey = groupKey;
  sa.state = "sentSa";
  connection.mainMode = sa;
  const vendorIds = plan.vendorIds.map((body) => ({ type: payloadType.vendorId, body }));
  const bytes = clearMessage(mainModeHead(sa), [{ type: payloadType.sa, body: saBody }, ...vendorIds]);
  sendFirst(ike, sa, bytes, now);
  ike.log("ike", "info", "Main mode was started", { ...saFields(sa), connection: connection.id });
}

/** The step for the message that each state waits for. */
export const initiatorSteps: Readonly<Partial<Record<Phase1State, MainModeStep>>> = {
  /** Message 2: the chosen transform, vendor IDs. */
  sentSa(ike, sa, mainMode, { payloads }) {
    const { plan } = mainMode;
    if (plan === undefined) return { type: "failed", reason: "there is no plan" };
    if (isZeroCookie(sa.responderCookie)) return { type: "ignored", reason: "the responder cookie is 0" };
    const proposals = tryDecode(() => readSecurityAssociation(bodyOf(payloads, payloadType.sa)));
    if (!proposals.ok) return { type: "ignored", reason: proposals.error.message };
    if (proposals.value.length !== 1 || proposals.value[0]?.transforms.length !== 1) {
      return { type: "ignored", reason: "the answer does not choose one transform" };
    }
    const { choice, refusals } = choosePhase1(plan.policies, proposals.value, canSign(ike));
    if (choice === undefined) {
      return { type: "failed", reason: `the peer chose what was not offered: ${closestReason(refusals)}` };
    }
    sa.policy = choice.policy;
    sa.lifetimeSeconds = choice.lifetimeSeconds;
    sa.dialect = agreedDialect(payloads, plan.vendorIds);
    sa.peerAnswersDpd = hasVendorId(payloads, DEAD_PEER_DETECTION_VENDOR_ID);
    sa.takesFragments = offersFragments(plan) && announcesFragments(payloads);
    mainMode.nonce = ike.random.bytes(NONCE_LENGTH);
    mainMode.keyPair = generateDhKeyPair(choice.policy.group, ike.random);
    const answer: Payload[] = [
      { type: payloadType.keyExchange, body: mainMode.keyPair.publicValue },
      { type: payloadType.nonce, body: mainMode.nonce },
      ...certificateRequests(ike, sa),
    ];
    if (sa.dialect !== undefined) {
      const { flow } = sa;
      const told = plan.forceEncapsulation === true ? { ...flow, wire: { ...flow.wire, port: 0 } } : flow;
      answer.push(...natDetectionPayloads(sa.dialect, choice.policy.hash, sa, told));
    }
    return { type: "answer", flow: sa.flow, bytes: clearMessage(mainModeHead(sa), answer) };
  },

  /** Message 4: public value, nonce, NAT-D. */
  sentKe(ike, sa, mainMode, { payloads }) {
    const { plan } = mainMode;
    const received = readKeyExchange(sa, payloads);
    if ("reason" in received) return { type: "ignored", reason: received.reason };
    if (plan === undefined) return { type: "failed", reason: "there is no plan" };
    mainMode.peerNonce = received.nonce;
    mainMode.peerPublic = received.publicValue;
    noteRequests(mainMode, payloads);
    const { keyPair: own } = mainMode;
    if (own === undefined) return { type: "failed", reason: "there is no key pair" };
    detectNat(sa, sa.flow, payloads);
    return {
      type: "agree",
      work: { group: own.group, own, entropy: new Uint8Array(0), peerValue: received.publicValue },
      resume: (agreement) => proveOurselves(ike, sa, mainMode, plan, agreement),
    };
  },

  /** Message 6: who the peer is, and the proof. */
  sentId(ike, sa, mainMode, { payloads, nextIv }, now) {
    const { keys } = sa;
    if (keys === undefined) return { type: "failed", reason: "there are no keys" };
    const peer = examineProof(ike, sa, mainMode, keys, payloads, now);
    if ("reason" in peer) return { type: "unproven", reason: peer.reason };
    sa.peerIdentity = peer.identity;
    sa.iv = nextIv;
    return { type: "done" };
  },
};

/** Message 5, once there are keys: who we are and the proof, from the NAT traversal port where there is a NAT. */
function proveOurselves(
  ike: IkeContext,
  sa: IkeSa,
  mainMode: MainMode,
  plan: InitiatorPlan,
  agreement: Agreement,
): Exclude<Outcome, { type: "agree" }> {
  deriveKeys(sa, mainMode, isSigned(sa) ? undefined : plan.preSharedKey, agreement);
  const { peerBehindNat, localBehindNat, keys } = sa;
  if (keys === undefined) return { type: "failed", reason: "there are no keys" };
  sa.udpForced = plan.forceEncapsulation === true;
  if (usesUdp(sa) && sa.dialect?.floats === true) sa.flow = plan.natTraversalFlow;
  ike.log("ike", "debug", "NAT detection is done", { ...saFields(sa), peerBehindNat, localBehindNat });
  const answer = ownProof(ike, sa, mainMode, keys, plan.identity);
  if (plan.sendInitialContact) answer.push(initialContact(sa));
  const sealed = sealMessage(mainModeHead(sa), keys.cipher, sa.iv, answer);
  sa.iv = sealed.nextIv;
  return { type: "answer", flow: sa.flow, bytes: sealed.bytes };
}
