/**
 * Main mode as responder (RFC 2409 §5.4). The first answer costs little and remembers little; Diffie-Hellman is done
 * only for a peer that has returned our cookie. Nothing is said to a peer that does not know the key.
 */

import { drawEntropy } from "../crypto/dh.ts";
import type { Millis } from "../kernel/machine.ts";
import { type Payload, payloadType } from "../wire/isakmp-payload.ts";
import { writeSecurityAssociation } from "../wire/isakmp-sa.ts";
import type { Phase1State } from "./events.ts";
import { FRAGMENTATION_VENDOR_ID } from "./fragments.ts";
import {
  announcesInitialContact,
  deriveKeys,
  detectNat,
  type MainModeStep,
  mainModeHead,
  NONCE_LENGTH,
  type Outcome,
  readKeyExchange,
} from "./main-mode-parts.ts";
import { clearMessage, fingerprint, type ReceivedMessage, sealMessage } from "./message.ts";
import { DEAD_PEER_DETECTION_VENDOR_ID, natDetectionPayloads } from "./nat-traversal.ts";
import { evict, openPhase1 } from "./phase1-opening.ts";
import { certificateRequests, examineProof, isSigned, noteRequests, ownProof } from "./phase1-proof.ts";
import { findPreSharedKey, keyPeers } from "./pre-shared-keys.ts";
import { saFields } from "./sas.ts";
import type { IkeContext, IkeSa } from "./state.ts";

/** Message 1 of a main mode that is not known yet. */
export function openMainMode(ike: IkeContext, message: ReceivedMessage, now: Millis): void {
  const opening = openPhase1(ike, message, "main", now);
  if (opening === undefined) return;
  const { sa, choice } = opening;
  sa.state = "sentSa";
  sa.lastRequest = fingerprint(message.datagram);
  const answer = writeSecurityAssociation([choice.proposal]);
  sa.lastAnswer = { flow: message.flow, bytes: firstAnswer(sa, answer) };
  ike.outputs.push({ type: "send", ...sa.lastAnswer });
}

/** One transform of those that were offered, and at most one vendor ID (that of dead peer detection) that answers none of the peer's. */
function firstAnswer(sa: IkeSa, saBody: Uint8Array): Uint8Array {
  const fragmentation = sa.takesFragments ? FRAGMENTATION_VENDOR_ID : undefined;
  const vendorIds = [sa.dialect?.vendorId, DEAD_PEER_DETECTION_VENDOR_ID, fragmentation].filter(
    (body) => body !== undefined,
  );
  return clearMessage(mainModeHead(sa), [
    { type: payloadType.sa, body: saBody },
    ...vendorIds.map((body) => ({ type: payloadType.vendorId, body })),
  ]);
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
      ? { key: undefined, peer: undefined, group: false, label: undefined }
      : mainMode.plan === undefined
        ? findPreSharedKey(ike.configuration.preSharedKeys, sa.virtualRouter, flow)
        : { key: mainMode.plan.preSharedKey, peer: undefined, group: false, label: undefined };
    if (key === undefined) {
      const configured = keyPeers(ike.configuration.preSharedKeys, sa.virtualRouter);
      const sides = { offered: `a key for ${flow.remote.address}`, configured };
      return { type: "failed", reason: "no pre-shared key is configured for this peer", sides };
    }
    evict(ike, ike.halfOpen.confirm(sa));
    if (sa.state === "deleted") return { type: "ignored", reason: "there are too many negotiations" };
    noteRequests(mainMode, payloads);
    mainMode.peerNonce = received.nonce;
    mainMode.peerPublic = received.publicValue;
    mainMode.nonce = ike.random.bytes(NONCE_LENGTH);
    sa.groupKey = key.group;
    sa.keyLabel = key.label;
    sa.keyPeer = key.peer;
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
    if ("reason" in peer) return { type: "unproven", ...peer };
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
