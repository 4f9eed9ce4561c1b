/**
 * Aggressive mode with a pre-shared key (RFC 2409 §5.4): three messages, in which the initiator names itself before there are
 * keys, so that its name can decide on the key. The price is a hash that whoever knows a name can have and attack off line:
 * only policies that say so accept it. A name without a key is answered like any other, with a proof under a key that nobody
 * has, so that names cannot be tried. Refuses signatures.
 */

import type { Agreement } from "../agreement.ts";
import { equalBytes } from "../crypto/constant-time.ts";
import { drawEntropy, generateDhKeyPair } from "../crypto/dh.ts";
import { type Flow, sameEndpoint } from "../kernel/address.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import { Secret } from "../kernel/secret.ts";
import { readIdentification, writeIdentification } from "../wire/isakmp-body.ts";
import { isZeroCookie } from "../wire/isakmp-header.ts";
import { type Payload, payloadType } from "../wire/isakmp-payload.ts";
import { readSecurityAssociation, writeSecurityAssociation } from "../wire/isakmp-sa.ts";
import type { Identity, InitiatorPlan, Phase1State } from "./events.ts";
import { announcesFragments, FRAGMENTATION_VENDOR_ID, offersFragments } from "./fragments.ts";
import { identificationOf, identityOf, identityText } from "./identities.ts";
import {
  announcesInitialContact,
  deriveKeys,
  initialContact,
  type MainModeStep,
  mainModeHead,
  NONCE_LENGTH,
  newMainMode,
  type Outcome,
  proofHash,
  readKeyExchange,
  sendFirst,
} from "./main-mode-parts.ts";
import { bodyOf, clearMessage, sealMessage } from "./message.ts";
import {
  agreedDialect,
  DEAD_PEER_DETECTION_VENDOR_ID,
  findNat,
  hasVendorId,
  natDetectionPayloads,
} from "./nat-traversal.ts";
import { chooseProfile, keysUnder, profileNow } from "./peer-profiles.ts";
import type { Opening } from "./phase1-opening.ts";
import { examineProof, ownProof } from "./phase1-proof.ts";
import { asProposals, choosePhase1, offerPhase1 } from "./phase1-proposals.ts";
import { findKeyOfIdentity, keyPeers, keySides } from "./pre-shared-keys.ts";
import { closestReason } from "./refusals.ts";
import { createSa, flowFields, freshCookie, saFields, setResponderCookie, usesUdp } from "./sas.ts";
import type { Connection, IkeContext, IkeSa, MainMode } from "./state.ts";

type Settled = Exclude<Outcome, { type: "agree" }>;

const NO_COOKIE = new Uint8Array(8);
const DECOY_OCTETS = 32;

/** Sends message 1 for a connection. Its one public value fits one group: only policies with the first one's are offered. */
export function startAggressiveMode(
  ike: IkeContext,
  connection: Connection,
  plan: InitiatorPlan,
  groupKey: boolean,
  now: Millis,
): void {
  const shared = plan.policies.filter(({ authentication }) => authentication === "preShared");
  const group = shared[0]?.group ?? 2;
  const policies = shared.filter((policy) => policy.group === group);
  const offer = offerPhase1(policies, plan.longLifeAttributes);
  const saBody = writeSecurityAssociation(asProposals(offer, plan.proposalPerTransform));
  const mainMode = newMainMode({ ...plan, policies }, saBody);
  const sa = createSa(
    ike,
    {
      initiator: true,
      aggressive: true,
      virtualRouter: plan.virtualRouter,
      flow: plan.flow,
      initiatorCookie: freshCookie(ike),
      responderCookie: NO_COOKIE,
      gateway: connection.gateway,
      mainMode,
    },
    now,
  );
  sa.connection = connection;
  sa.groupKey = groupKey;
  sa.state = "sentSa";
  connection.mainMode = sa;
  mainMode.nonce = ike.random.bytes(NONCE_LENGTH);
  mainMode.keyPair = generateDhKeyPair(group, ike.random);
  mainMode.peerId = writeIdentification(identificationOf(plan.identity, 0, 0));
  const bytes = clearMessage(mainModeHead(sa), [
    { type: payloadType.sa, body: saBody },
    { type: payloadType.keyExchange, body: mainMode.keyPair.publicValue },
    { type: payloadType.nonce, body: mainMode.nonce },
    { type: payloadType.identification, body: mainMode.peerId },
    ...plan.vendorIds.map((body) => ({ type: payloadType.vendorId, body })),
  ]);
  sendFirst(ike, sa, bytes, now);
  ike.log("ike", "info", "Aggressive mode was started", { ...saFields(sa), connection: connection.id });
}

export const aggressiveInitiatorSteps: Readonly<Partial<Record<Phase1State, MainModeStep>>> = {
  /** Message 2: everything of the responder's, its proof too. */
  sentSa(ike, sa, mainMode, { payloads }) {
    const { plan, keyPair: own } = mainMode;
    if (plan === undefined || own === undefined) return { type: "failed", reason: "there is no plan" };
    if (isZeroCookie(sa.responderCookie)) return { type: "ignored", reason: "the responder cookie is 0" };
    const proposals = tryDecode(() => readSecurityAssociation(bodyOf(payloads, payloadType.sa)));
    if (!proposals.ok) return { type: "ignored", reason: proposals.error.message };
    if (proposals.value.length !== 1 || proposals.value[0]?.transforms.length !== 1) {
      return { type: "ignored", reason: "the answer does not choose one transform" };
    }
    const { choice, refusals } = choosePhase1(plan.policies, proposals.value);
    if (choice === undefined) {
      return { type: "failed", reason: `the peer chose what was not offered: ${closestReason(refusals)}` };
    }
    sa.policy = choice.policy;
    sa.lifetimeSeconds = choice.lifetimeSeconds;
    const received = readKeyExchange(sa, payloads);
    if ("reason" in received) return { type: "ignored", reason: received.reason };
    const kept = payloads.map((payload) => ({ ...payload, body: payload.body.slice() }));
    return {
      type: "agree",
      work: { group: own.group, own, entropy: new Uint8Array(0), peerValue: received.publicValue },
      resume(agreement, later) {
        mainMode.peerNonce = received.nonce;
        mainMode.peerPublic = received.publicValue;
        deriveKeys(sa, mainMode, plan.preSharedKey, agreement);
        const { keys } = sa;
        if (keys === undefined) return { type: "failed", reason: "there are no keys" };
        const peer = examineProof(ike, sa, mainMode, keys, kept, later);
        if ("reason" in peer) {
          // The true answer may still come, under another cookie.
          setResponderCookie(ike, sa, NO_COOKIE);
          return { type: "unproven", ...peer };
        }
        sa.peerIdentity = peer.identity;
        sa.peerAnswersDpd = hasVendorId(kept, DEAD_PEER_DETECTION_VENDOR_ID);
        sa.takesFragments = offersFragments(plan) && announcesFragments(kept);
        sa.dialect = agreedDialect(kept, plan.vendorIds);
        const hash = choice.policy.hash;
        const found = sa.dialect && findNat(hash, sa, sa.flow, kept);
        if (found === undefined) sa.dialect = undefined;
        sa.localBehindNat = found?.localBehindNat ?? false;
        sa.peerBehindNat = found?.peerBehindNat ?? false;
        return proveOurselves(sa, mainMode, plan);
      },
    };
  },
};

/** Message 3, from the NAT traversal port where there is a NAT. */
function proveOurselves(sa: IkeSa, mainMode: MainMode, plan: InitiatorPlan): Settled {
  const { keys, policy } = sa;
  if (keys === undefined || policy === undefined) return { type: "failed", reason: "there are no keys" };
  sa.udpForced = plan.forceEncapsulation === true;
  if (usesUdp(sa) && sa.dialect?.floats === true) sa.flow = plan.natTraversalFlow;
  const body = proofHash(sa, mainMode, keys, true, mainMode.peerId);
  const payloads: Payload[] = [{ type: payloadType.hash, body }];
  if (sa.dialect !== undefined) {
    const told = sa.udpForced ? { ...sa.flow, wire: { ...sa.flow.wire, port: 0 } } : sa.flow;
    payloads.push(...natDetectionPayloads(sa.dialect, policy.hash, sa, told));
  }
  if (plan.provesInClear === true) {
    return { type: "answer", flow: sa.flow, bytes: clearMessage(mainModeHead(sa), payloads) };
  }
  if (plan.sendInitialContact) payloads.push(initialContact(sa));
  const sealed = sealMessage(mainModeHead(sa), keys.cipher, sa.iv, payloads);
  sa.iv = sealed.nextIv;
  return { type: "answer", flow: sa.flow, bytes: sealed.bytes };
}

/** Message 1, whose offer has been found good: who it is from, and the answer with our proof. */
export function answerAggressiveMode(ike: IkeContext, opening: Opening, flow: Flow, now: Millis): Outcome {
  const { sa, mainMode, payloads, choice } = opening;
  const { group } = choice.policy;
  const received = readKeyExchange(sa, payloads);
  if ("reason" in received) return { type: "failed", reason: received.reason };
  mainMode.peerId = bodyOf(payloads, payloadType.identification).slice();
  const idBody = tryDecode(() => readIdentification(mainMode.peerId));
  const identity = idBody.ok ? identityOf(idBody.value) : undefined;
  if (identity === undefined) return { type: "failed", reason: "the peer's identity is malformed" };
  sa.peerIdentity = identity;
  chooseProfile(ike, sa, identity, undefined);
  const key = keyFor(ike, sa, mainMode, flow, identity, now);
  mainMode.peerNonce = received.nonce;
  mainMode.peerPublic = received.publicValue;
  mainMode.nonce = ike.random.bytes(NONCE_LENGTH);
  const entropy = drawEntropy(group, ike.random);
  return {
    type: "agree",
    work: { group, own: undefined, entropy, peerValue: received.publicValue },
    resume: (agreement) => answerWhole(ike, opening, flow, key, agreement),
  };
}

export const aggressiveResponderSteps: Readonly<Partial<Record<Phase1State, MainModeStep>>> = {
  /** Message 3: the initiator's proof, and what it sees of NATs. */
  sentKe(ike, sa, mainMode, { payloads, flow, nextIv, encrypted }) {
    const { keys, policy, dialect } = sa;
    if (keys === undefined || policy === undefined) return { type: "failed", reason: "there are no keys" };
    const floated = !sameEndpoint(flow.local, sa.flow.local);
    if (floated && dialect === undefined) return { type: "ignored", reason: "the port changed without NAT traversal" };
    const proof = proofHash(sa, mainMode, keys, true, mainMode.peerId);
    if (!equalBytes(bodyOf(payloads, payloadType.hash), proof)) {
      return {
        type: "unproven",
        reason: "HASH_I does not match: the pre-shared keys differ, or the offer was altered",
        ...keySides(sa),
      };
    }
    // Some hash the port that the exchange began on, some the one that they have moved to.
    const found = dialect && [sa.flow, flow].flatMap((seen) => findNat(policy.hash, sa, seen, payloads) ?? []);
    if (found === undefined || found.length === 0) sa.dialect = undefined;
    sa.localBehindNat = found?.length === 2 && found.every(({ localBehindNat }) => localBehindNat);
    sa.peerBehindNat = found?.length === 2 && found.every(({ peerBehindNat }) => peerBehindNat);
    // HASH_I covers no notifications.
    sa.initialContact = encrypted && announcesInitialContact(payloads);
    ike.guesses.authenticated(sa.flow);
    sa.lastAnswer = undefined;
    sa.iv = nextIv;
    return { type: "done" };
  },
};

function keyFor(
  ike: IkeContext,
  sa: IkeSa,
  { plan }: MainMode,
  flow: Flow,
  identity: Identity,
  now: Millis,
): Secret | undefined {
  if (plan !== undefined) return plan.preSharedKey;
  const namedOnly = sa.policy?.aggressiveMode === "named";
  const keys = keysUnder(ike.configuration.preSharedKeys, profileNow(ike, sa));
  const key = findKeyOfIdentity(keys, sa.virtualRouter, flow, identity, namedOnly);
  if (key !== undefined) {
    sa.groupKey = key.group;
    sa.keyPeer = key.peer;
    return key.key;
  }
  const reason = `no pre-shared key is configured for ${identityText(identity)}`;
  const sides = { offered: `a key for ${identityText(identity)}`, configured: keyPeers(keys, sa.virtualRouter) };
  ike.strangerLog(now)("ike", "notice", "Aggressive mode was refused", { ...flowFields(flow), reason, ...sides });
  return new Secret(Buffer.from(ike.random.bytes(DECOY_OCTETS)).toString("hex"));
}

/** Message 2. It holds little that the peer's message did not, so it is far from three times as long. */
function answerWhole(
  ike: IkeContext,
  { sa, mainMode, choice }: Opening,
  flow: Flow,
  key: Secret | undefined,
  agreement: Agreement,
): Settled {
  deriveKeys(sa, mainMode, key, agreement);
  const { keys, policy, dialect } = sa;
  if (keys === undefined || policy === undefined) return { type: "failed", reason: "there are no keys" };
  const ours = mainMode.plan?.identity ?? { type: "address", address: flow.wire.address };
  const vendorIds = [
    DEAD_PEER_DETECTION_VENDOR_ID,
    ...(dialect === undefined ? [] : [dialect.vendorId]),
    ...(sa.takesFragments ? [FRAGMENTATION_VENDOR_ID] : []),
  ];
  const answer: Payload[] = [
    { type: payloadType.sa, body: writeSecurityAssociation([choice.proposal]) },
    { type: payloadType.keyExchange, body: agreement.own.publicValue },
    { type: payloadType.nonce, body: mainMode.nonce },
    ...ownProof(ike, sa, mainMode, keys, ours),
    ...vendorIds.map((body) => ({ type: payloadType.vendorId, body })),
  ];
  if (dialect !== undefined) {
    // Whether there is a NAT is known with the next message only.
    sa.udpForced = ike.configuration.udpEncapsulationOnly;
    const seen = sa.udpForced ? { ...flow, remote: { ...flow.remote, port: 0 } } : flow;
    answer.push(...natDetectionPayloads(dialect, policy.hash, sa, seen));
  }
  return { type: "answer", flow, bytes: clearMessage(mainModeHead(sa), answer) };
}
