/**
 * Quick mode (RFC 2409 §5.5), the part both ends share: finding the exchange a message belongs to, duplicates, the
 * chain of vectors, HASH and payload rules. Only what has proved good moves a chain or a state. Refuses message
 * identifiers that were used before.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import type { Millis } from "../kernel/machine.ts";
import { payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { askToAgree } from "./agreements.ts";
import { closeIfEmpty, connectionFields, installOutbound, removePair, removeQuickMode } from "./connections.ts";
import { schedule } from "./deadlines.ts";
import { type MessageRule, payloadFault, quickMode as quickModeTable } from "./exchange-table.ts";
import { transmit } from "./fragments.ts";
import { heardFrom } from "./liveness.ts";
import {
  bodyOf,
  exchangeIv,
  fingerprint,
  hashHolds,
  isEncrypted,
  type Opened,
  openSealed,
  type ReceivedMessage,
  thirdHash,
} from "./message.ts";
import { completeQuickMode } from "./quick-mode-initiator.ts";
import { keyExchangeFault } from "./quick-mode-parts.ts";
import { answerQuickMode } from "./quick-mode-responder.ts";
import { nextRetransmission } from "./retransmit.ts";
import { removeSa, saFields, sameHosts, useMessageId } from "./sas.ts";
import type { IkeContext, IkeSa, QuickMode } from "./state.ts";

/** Quick modes that a peer may have under way under one IKE SA. */
const MAX_QUICK_MODES = 8;
/** Finished ones that are remembered under one IKE SA; the oldest goes. */
const MAX_REMEMBERED = 32;
/** How long a finished exchange is remembered, so that its last message can be repeated. */
const REMEMBER_DONE: Millis = 60_000;

const NO_NONCES = new Uint8Array(0);

export function receiveQuickMode(ike: IkeContext, sa: IkeSa, message: ReceivedMessage, now: Millis): void {
  const { messageId } = message.header;
  const quick = sa.quickModes.get(messageId);
  if (sa.keys === undefined || sa.state !== "established" || messageId === 0) {
    ike.counters.unexpected += 1;
    return;
  }
  if (!isEncrypted(message)) {
    ike.counters.notEncrypted += 1;
    ike.strangerLog(now)("ike", "notice", "Quick mode message was not encrypted and should have been", saFields(sa));
    return;
  }
  if (message.flow.remote.address !== sa.flow.remote.address || !sameHosts(message.flow, sa.flow)) {
    ike.counters.unexpected += 1;
    return;
  }
  const print = fingerprint(message.datagram);
  if (quick !== undefined && print === quick.lastRequest) {
    ike.counters.duplicates += 1;
    if (quick.lastAnswer !== undefined) transmit(ike, sa, sa.flow, quick.lastAnswer);
    return;
  }
  if (quick === undefined) receiveFirst(ike, sa, message, print, now);
  else if (quick.state === "sentOffer") receiveSecond(ike, quick, message, print, now);
  else if (quick.state === "sentAnswer") receiveThird(ike, quick, message, print, now);
  else ike.counters.unexpected += 1;
}

function receiveFirst(ike: IkeContext, sa: IkeSa, message: ReceivedMessage, print: string, now: Millis): void {
  const { keys } = sa;
  const { messageId } = message.header;
  if (keys === undefined) return;
  if (sa.usedMessageIds.has(messageId)) {
    ike.counters.duplicates += 1;
    return;
  }
  const opened = openAuthentic(ike, sa, message, exchangeIv(keys, sa.iv, messageId), NO_NONCES, now);
  if (opened === undefined) return;
  // While our own offer is under way the peer's waits for its repetition, so that both ends agree which pair is newer.
  if (sa.connection?.plan !== undefined && hasOfferUnderWay(sa)) return;
  useMessageId(sa, messageId);
  heardFrom(ike, sa, message.flow, now);
  if (isNotificationOnly(opened.payloads)) {
    ike.log("ike", "debug", "Quick mode message with notifications only was passed over", saFields(sa));
    return;
  }
  const fault = payloadFault(quickModeTable.message1, opened.payloads) ?? identityCountFault(opened.payloads);
  if (fault !== undefined) {
    refused(ike, sa, quickModeTable.message1, fault, now);
    return;
  }
  yieldToPeer(ike, sa);
  if (underWay(sa) < MAX_QUICK_MODES) answerQuickMode(ike, sa, messageId, opened, print, now);
  else refused(ike, sa, quickModeTable.message1, "too many quick modes are under way", now);
}

function hasOfferUnderWay(sa: IkeSa): boolean {
  for (const quick of sa.connection?.quickModes ?? []) if (quick.state === "sentOffer") return true;
  return false;
}

/** The end that did not open the connection gives up its own rekeying for the peer's. */
function yieldToPeer(ike: IkeContext, sa: IkeSa): void {
  const { connection } = sa;
  if (connection === undefined || connection.plan !== undefined) return;
  for (const quick of connection.quickModes) if (quick.state === "sentOffer") removeQuickMode(ike, quick);
}

function underWay(sa: IkeSa): number {
  let count = 0;
  for (const quick of sa.quickModes.values()) if (quick.state !== "done") count += 1;
  return count;
}

/** Windows servers announce INITIAL-CONTACT in a quick mode that negotiates nothing. */
function isNotificationOnly(payloads: readonly ReceivedPayload[]): boolean {
  return payloads.slice(1).every(({ type }) => type === payloadType.notification);
}

/** Identities come in pairs or not at all. */
function identityCountFault(payloads: readonly ReceivedPayload[]): string | undefined {
  const count = payloads.filter(({ type }) => type === payloadType.identification).length;
  return count === 1 ? "it has one ID payload instead of two" : undefined;
}

function receiveSecond(ike: IkeContext, quick: QuickMode, message: ReceivedMessage, print: string, now: Millis): void {
  const { sa } = quick;
  if (quick.agreeing) {
    ike.counters.duplicates += 1;
    return;
  }
  const opened = openAuthentic(ike, sa, message, quick.iv, quick.nonce, now);
  if (opened === undefined) return;
  heardFrom(ike, sa, message.flow, now);
  const fault = payloadFault(quickModeTable.message2, opened.payloads) ?? identityCountFault(opened.payloads);
  if (fault !== undefined) {
    refused(ike, sa, quickModeTable.message2, fault, now);
    return;
  }
  const { keyPair: own, terms } = quick;
  if (own === undefined || keyExchangeFault(terms.pfsGroup, opened.payloads) !== undefined) {
    takeAnswer(ike, quick, opened, undefined, print, now);
    return;
  }
  const peerValue = bodyOf(opened.payloads, payloadType.keyExchange);
  quick.agreeing = true;
  askToAgree(ike, message.flow, {
    work: { group: own.group, own, entropy: new Uint8Array(0), peerValue },
    isWanted: () => quick.agreeing && sa.quickModes.get(quick.messageId) === quick,
    resume(agreement, later) {
      quick.agreeing = false;
      takeAnswer(ike, quick, opened, agreement.sharedSecret, print, later);
      return undefined;
    },
    drop: () => {
      quick.agreeing = false;
    },
  });
}

function takeAnswer(
  ike: IkeContext,
  quick: QuickMode,
  opened: Opened,
  sharedSecret: Uint8Array | undefined,
  print: string,
  now: Millis,
): void {
  const failure = completeQuickMode(ike, quick, opened, sharedSecret, now);
  if (failure === undefined) finish(ike, quick, print, now);
  else failQuickMode(ike, quick, failure, now);
}

function receiveThird(ike: IkeContext, quick: QuickMode, message: ReceivedMessage, print: string, now: Millis): void {
  const { sa, pair } = quick;
  if (sa.keys === undefined || pair === undefined) return;
  const opened = openSealed(message, sa.keys.cipher, quick.iv);
  const payloads = opened.ok ? opened.value.payloads : [];
  const expected = thirdHash(sa.keys, quick.messageId, quick.peerNonce, quick.nonce);
  if (!opened.ok || !equalBytes(bodyOf(payloads, payloadType.hash), expected)) {
    notAuthentic(ike, sa, quickModeTable.message3, now);
    return;
  }
  heardFrom(ike, sa, message.flow, now);
  installOutbound(ike, pair, now);
  finish(ike, quick, print, now);
}

/** The exchange is remembered for a while for the sake of its last message; its connection no longer waits for it. */
function finish(ike: IkeContext, quick: QuickMode, print: string, now: Millis): void {
  quick.state = "done";
  quick.lastRequest = print;
  quick.retransmission = undefined;
  quick.endsAt = now + REMEMBER_DONE;
  quick.sa.completedQuickModes += 1;
  ike.counters.quickModes += 1;
  quick.connection.quickModes.delete(quick);
  if (!quick.initiator) quick.lastAnswer = undefined;
  schedule(ike, quick);
  for (const oldest of quick.sa.quickModes.values()) {
    if (quick.sa.quickModes.size <= MAX_REMEMBERED) break;
    if (oldest.state === "done") removeQuickMode(ike, oldest);
  }
}

/** Decrypts and checks the HASH; says nothing to whoever sent something else. */
function openAuthentic(
  ike: IkeContext,
  sa: IkeSa,
  message: ReceivedMessage,
  iv: Uint8Array,
  nonces: Uint8Array,
  now: Millis,
): Opened | undefined {
  if (sa.keys === undefined) return undefined;
  const opened = openSealed(message, sa.keys.cipher, iv);
  if (opened.ok && hashHolds(opened.value, sa.keys, message.header.messageId, nonces)) return opened.value;
  notAuthentic(ike, sa, quickModeTable.message1, now);
  return undefined;
}

function notAuthentic(ike: IkeContext, sa: IkeSa, rule: MessageRule, now: Millis): void {
  ike.counters.notAuthentic += 1;
  const fields = { ...saFields(sa), message: rule.name };
  ike.strangerLog(now)(
    "ike",
    "notice",
    "Message is not authentic: it does not decrypt or its HASH does not match",
    fields,
  );
}

function refused(ike: IkeContext, sa: IkeSa, rule: MessageRule, reason: string, now: Millis): void {
  ike.counters.malformed += 1;
  ike.refusalLog(now)("ike", "notice", "Quick mode message was refused", {
    ...saFields(sa),
    message: rule.name,
    reason,
  });
}

/** Ends a quick mode without result. */
export function failQuickMode(ike: IkeContext, quick: QuickMode, reason: string, now: Millis): void {
  const { connection, pair, sa } = quick;
  ike.counters.quickModesFailed += 1;
  removeQuickMode(ike, quick);
  if (pair !== undefined && !pair.outboundInstalled) removePair(ike, pair);
  ike.refusalLog(now)("ike", "notice", "Quick mode failed", { ...connectionFields(connection), sa: sa.id, reason });
  ike.outputs.push({ type: "failed", connection: connection.id, flow: sa.flow, reason });
  closeIfEmpty(ike, connection, reason);
}

/** True where the quick mode ended for want of an answer to our offer: its IKE SA is of no use any more. */
export function quickModeTimeout(ike: IkeContext, quick: QuickMode, now: Millis): boolean {
  if (now >= quick.endsAt) {
    if (quick.state === "done") {
      removeQuickMode(ike, quick);
      return false;
    }
    const unanswered = quick.state === "sentOffer";
    if (unanswered) removeSa(ike, quick.sa);
    failQuickMode(ike, quick, `the peer did not answer quick mode message ${unanswered ? 1 : 2}`, now);
    return unanswered;
  }
  const { retransmission } = quick;
  if (retransmission !== undefined && now >= retransmission.at) {
    const { sa } = quick;
    // Nothing was to come back for the last message of aggressive mode: it may be what was lost.
    if (sa.aggressive && sa.initiator && sa.completedQuickModes === 0 && sa.lastAnswer !== undefined) {
      transmit(ike, sa, sa.lastAnswer.flow, sa.lastAnswer.bytes);
    }
    transmit(ike, sa, sa.flow, retransmission.bytes);
    quick.retransmission = nextRetransmission(retransmission, now);
  }
  schedule(ike, quick);
  return false;
}
