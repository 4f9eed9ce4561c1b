/**
 * What the steps of main mode are made of at both ends (RFC 2409 §5, §5.4): the outcome of a step, the checks on
 * nonces and public values, the keys, the search for a NAT, and the hashes that prove possession of the key or are signed.
 */

import type { Agreement, AgreementWork } from "../agreement.ts";
import { equalBytes } from "../crypto/constant-time.ts";
import { publicValueFault } from "../crypto/dh.ts";
import { derivePhase1Keys, type Phase1Keys } from "../crypto/keymat.ts";
import { prf } from "../crypto/prf.ts";
import type { Flow } from "../kernel/address.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Sides } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import type { Secret } from "../kernel/secret.ts";
import { notifyType, readNotification, writeNotification } from "../wire/isakmp-body.ts";
import { exchangeType } from "../wire/isakmp-header.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { protocolId } from "../wire/isakmp-sa.ts";
import { schedule } from "./deadlines.ts";
import type { InitiatorPlan } from "./events.ts";
import { bodyOf, type MessageHead, payloadsOf } from "./message.ts";
import { findNat } from "./nat-traversal.ts";
import { firstRetransmission } from "./retransmit.ts";
import type { IkeContext, IkeSa, MainMode } from "./state.ts";

/** A message in order, opened. */
export interface MainModeInput {
  readonly payloads: readonly ReceivedPayload[];
  readonly flow: Flow;
  readonly nextIv: Uint8Array;
  readonly encrypted: boolean;
}

export type Outcome =
  | { readonly type: "answer"; readonly flow: Flow; readonly bytes: Uint8Array }
  /** A shared secret is needed first. What `resume` keeps of the message is its own. */
  | {
      readonly type: "agree";
      readonly work: AgreementWork;
      resume(agreement: Agreement, now: Millis): Exclude<Outcome, { type: "agree" }>;
    }
  /** Phase 1 is done and there is nothing to say. */
  | { readonly type: "done" }
  /** It does not decrypt, or does not prove possession of the key. The negotiation goes on, but not for ever. */
  | { readonly type: "unproven"; readonly reason: string; readonly sides?: Sides }
  /** The message is not believed; the negotiation goes on. */
  | { readonly type: "ignored"; readonly reason: string }
  /** The negotiation cannot succeed. */
  | { readonly type: "failed"; readonly reason: string; readonly sides?: Sides };

export type MainModeStep = (
  ike: IkeContext,
  sa: IkeSa,
  mainMode: MainMode,
  input: MainModeInput,
  now: Millis,
) => Outcome;

export const NONCE_LENGTH = 32;
const MIN_NONCE = 8;
const MAX_NONCE = 256;

export const WRONG_KEY = "message could not be decrypted: the pre-shared keys differ (probable)";

export function newMainMode(plan: InitiatorPlan | undefined, saBody: Uint8Array): MainMode {
  const nothing = new Uint8Array(0);
  return {
    plan,
    saBody,
    nonce: nothing,
    peerNonce: nothing,
    keyPair: undefined,
    ownPublic: nothing,
    peerPublic: nothing,
    peerId: nothing,
    agreeing: false,
    wantedAuthorities: [],
    failures: 0,
    lastFailure: "",
    failure: undefined,
    resends: 0,
  };
}

/** The first message of a phase 1 that we begin: repeated until something comes back. */
export function sendFirst(ike: IkeContext, sa: IkeSa, bytes: Uint8Array, now: Millis): void {
  ike.outputs.push({ type: "send", flow: sa.flow, bytes });
  sa.retransmission = firstRetransmission(sa.flow, bytes, now);
  schedule(ike, sa);
}

export function mainModeHead(sa: IkeSa): MessageHead {
  const { initiatorCookie, responderCookie, aggressive } = sa;
  const exchange = aggressive ? exchangeType.aggressiveMode : exchangeType.mainMode;
  return { initiatorCookie, responderCookie, exchange, messageId: 0 };
}

/** The peer's nonce and public value, or why they are refused. */
export function readKeyExchange(
  sa: IkeSa,
  payloads: readonly ReceivedPayload[],
): { readonly nonce: Uint8Array; readonly publicValue: Uint8Array } | { readonly reason: string } {
  const nonce = bodyOf(payloads, payloadType.nonce).slice();
  const publicValue = bodyOf(payloads, payloadType.keyExchange).slice();
  const reason = nonceFault(nonce) ?? (sa.policy && publicValueFault(sa.policy.group, publicValue));
  return reason === undefined ? { nonce, publicValue } : { reason };
}

/** RFC 2409 §5: 8 to 256 octets. */
export function nonceFault(nonce: Uint8Array): string | undefined {
  if (nonce.length >= MIN_NONCE && nonce.length <= MAX_NONCE) return undefined;
  return `the nonce has ${nonce.length} octets`;
}

/** Both nonces are known: derives the keys of phase 1. */
export function deriveKeys(
  sa: IkeSa,
  mainMode: MainMode,
  preSharedKey: Secret | undefined,
  agreement: Agreement,
): void {
  const { policy } = sa;
  if (policy === undefined) return;
  mainMode.keyPair = undefined;
  mainMode.ownPublic = agreement.own.publicValue;
  const own = { nonce: mainMode.nonce, publicValue: mainMode.ownPublic };
  const peer = { nonce: mainMode.peerNonce, publicValue: mainMode.peerPublic };
  const [initiator, responder] = sa.initiator ? [own, peer] : [peer, own];
  sa.keys = derivePhase1Keys({
    policy,
    preSharedKey: preSharedKey === undefined ? undefined : new TextEncoder().encode(preSharedKey.reveal()),
    initiatorNonce: initiator.nonce,
    responderNonce: responder.nonce,
    initiatorPublic: initiator.publicValue,
    responderPublic: responder.publicValue,
    sharedSecret: agreement.sharedSecret,
    initiatorCookie: sa.initiatorCookie,
    responderCookie: sa.responderCookie,
  });
  sa.iv = sa.keys.firstIv;
}

/** Looks for a NAT in the peer's NAT-D payloads; a peer that sends none does without NAT traversal. */
export function detectNat(sa: IkeSa, flow: Flow, payloads: readonly ReceivedPayload[]): void {
  if (sa.dialect === undefined || sa.policy === undefined) return;
  const findings = findNat(sa.policy.hash, sa, flow, payloads);
  if (findings === undefined) sa.dialect = undefined;
  sa.localBehindNat = findings?.localBehindNat ?? false;
  sa.peerBehindNat = findings?.peerBehindNat ?? false;
}

/**
 * HASH_I or HASH_R (RFC 2409 §5): prf(SKEYID, own public | other public | own cookie | other cookie | SAi_b | ID_b) of
 * the side that `byInitiator` names.
 */
export function proofHash(
  sa: IkeSa,
  mainMode: MainMode,
  keys: Phase1Keys,
  byInitiator: boolean,
  id: Uint8Array,
): Uint8Array {
  const own = mainMode.ownPublic;
  const [gi, gr] = sa.initiator ? [own, mainMode.peerPublic] : [mainMode.peerPublic, own];
  const publics = byInitiator ? [gi, gr] : [gr, gi];
  const cookies = [sa.initiatorCookie, sa.responderCookie];
  if (!byInitiator) cookies.reverse();
  return prf(keys.hash, keys.skeyid, ...publics, ...cookies, mainMode.saBody, id);
}

/** Whether the peer's ID and HASH prove that it holds the key. */
export function proofHolds(sa: IkeSa, mainMode: MainMode, keys: Phase1Keys, payloads: readonly Payload[]): boolean {
  const id = bodyOf(payloads, payloadType.identification);
  return equalBytes(bodyOf(payloads, payloadType.hash), proofHash(sa, mainMode, keys, !sa.initiator, id));
}

export function initialContact(sa: IkeSa): Payload {
  const spi = Buffer.concat([sa.initiatorCookie, sa.responderCookie]);
  const value = { protocol: protocolId.isakmp, type: notifyType.initialContact, spi, data: new Uint8Array(0) };
  return { type: payloadType.notification, body: writeNotification(value) };
}

/** INITIAL-CONTACT counts only inside an authenticated message (RFC 2407 §4.6.3.3). */
export function announcesInitialContact(payloads: readonly ReceivedPayload[]): boolean {
  return payloadsOf(payloads, payloadType.notification).some(({ body }) => {
    const notification = tryDecode(() => readNotification(body));
    return notification.ok && notification.value.type === notifyType.initialContact;
  });
}
