/**
 * Informational exchanges (RFC 2409 §5.7): deletes, notifications, dead peer detection. Accepted only under the keys of
 * the SA they speak through; a delete reaches no further than the connection of that SA. In the clear, only an
 * initiator that has no keys yet listens, and only to errors.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import {
  FIRST_STATUS_NOTIFY,
  type Notification,
  notifyType,
  readDeletion,
  readNotification,
} from "../wire/isakmp-body.ts";
import { payloadType } from "../wire/isakmp-payload.ts";
import { protocolId } from "../wire/isakmp-sa.ts";
import { joinConnection, peerDeleted } from "./connections.ts";
import { clearInformational, informational, payloadFault } from "./exchange-table.ts";
import { answerQuestion, heardFrom, takeAnswer } from "./liveness.ts";
import { failMainMode } from "./main-mode.ts";
import { exchangeIv, hashHolds, isEncrypted, openClear, openSealed, type ReceivedMessage } from "./message.ts";
import { cookiesSpi } from "./notices.ts";
import { spiNumber } from "./phase2-proposals.ts";
import { failQuickMode } from "./quick-mode.ts";
import { saFields, sameHosts, useMessageId } from "./sas.ts";
import type { IkeContext, IkeSa } from "./state.ts";
import { endSa } from "./successors.ts";

const NO_NONCES = new Uint8Array(0);

export function receiveInformational(ike: IkeContext, sa: IkeSa, message: ReceivedMessage, now: Millis): void {
  if (!sameHosts(message.flow, sa.flow)) {
    ike.counters.unexpected += 1;
    return;
  }
  if (!isEncrypted(message)) {
    receiveClear(ike, sa, message, now);
    return;
  }
  const { keys } = sa;
  const { messageId } = message.header;
  if (keys === undefined || sa.state !== "established" || messageId === 0) {
    ike.counters.unexpected += 1;
    return;
  }
  if (sa.usedMessageIds.has(messageId)) {
    ike.counters.duplicates += 1;
    return;
  }
  const opened = openSealed(message, keys.cipher, exchangeIv(keys, sa.iv, messageId));
  if (!opened.ok || !hashHolds(opened.value, keys, messageId, NO_NONCES)) {
    ike.counters.notAuthentic += 1;
    const fields = { ...saFields(sa), message: informational.name };
    ike.strangerLog(now)(
      "ike",
      "notice",
      "Message is not authentic: it does not decrypt or its HASH does not match",
      fields,
    );
    return;
  }
  useMessageId(sa, messageId);
  heardFrom(ike, sa, message.flow, now);
  const fault = payloadFault(informational, opened.value.payloads);
  if (fault !== undefined) {
    ike.counters.malformed += 1;
    ike.refusalLog(now)("ike", "notice", "Informational message was refused", { ...saFields(sa), reason: fault });
    return;
  }
  for (const { type, body } of opened.value.payloads) {
    if (type === payloadType.notification) takeNotification(ike, sa, body, now);
    else if (type === payloadType.delete) takeDeletion(ike, sa, body, now);
    // A delete may have ended the very SA that the rest of the message speaks through.
    if (isGone(sa)) return;
  }
}

function isGone(sa: IkeSa): boolean {
  return sa.state === "deleted";
}

/** Until there are keys an error is a hint worth heeding: off the path nobody knows our cookie. */
function receiveClear(ike: IkeContext, sa: IkeSa, message: ReceivedMessage, now: Millis): void {
  if (!sa.initiator || sa.mainMode === undefined) {
    ike.counters.notEncrypted += 1;
    ike.strangerLog(now)("ike", "notice", "Informational message was not encrypted and should have been", saFields(sa));
    return;
  }
  const opened = openClear(message);
  if (!opened.ok || payloadFault(clearInformational, opened.value) !== undefined) {
    ike.counters.malformed += 1;
    return;
  }
  for (const { type, body } of opened.value) {
    if (type !== payloadType.notification) continue;
    const notification = tryDecode(() => readNotification(body));
    if (!notification.ok || notification.value.type >= FIRST_STATUS_NOTIFY) continue;
    failMainMode(ike, sa, `the peer refused: ${notifyName(notification.value.type)}`, now);
    return;
  }
}

function takeNotification(ike: IkeContext, sa: IkeSa, body: Uint8Array, now: Millis): void {
  const notification = tryDecode(() => readNotification(body));
  if (!notification.ok) {
    ike.refusalLog(now)("ike", "notice", "Notification was refused", {
      ...saFields(sa),
      reason: notification.error.message,
    });
    return;
  }
  const { type, data } = notification.value;
  ike.counters.notificationsReceived += 1;
  ike.log("ike", "debug", "Notification was received", { ...saFields(sa), notification: notifyName(type) });
  if (type < FIRST_STATUS_NOTIFY) takeError(ike, sa, notification.value, now);
  else if (type === notifyType.initialContact) takeInitialContact(ike, sa, now);
  else if (data.length === 4 && type === notifyType.areYouThere) answerQuestion(ike, sa, spiNumber(data));
  else if (data.length === 4 && type === notifyType.areYouThereAck) takeAnswer(ike, sa, spiNumber(data));
}

/** An error ends the quick mode it names, or the only one that is waiting. */
function takeError(ike: IkeContext, sa: IkeSa, { type, spi }: Notification, now: Millis): void {
  const waiting = [...sa.quickModes.values()].filter(({ state }) => state === "sentOffer");
  const named = waiting.find(({ localSpi }) => spi.length === 4 && localSpi === spiNumber(spi));
  const quick = named ?? (waiting.length === 1 ? waiting[0] : undefined);
  if (quick !== undefined) failQuickMode(ike, quick, `the peer refused: ${notifyName(type)}`, now);
}

/** Some peers announce it after phase 1 instead of inside; later it would only destroy what they have just made. */
function takeInitialContact(ike: IkeContext, sa: IkeSa, now: Millis): void {
  if (sa.completedQuickModes > 0 || sa.quickModes.size > 0 || sa.initiator) return;
  const { connection } = sa;
  if (connection !== undefined) {
    connection.ikeSas.delete(sa);
    sa.connection = undefined;
  }
  sa.initialContact = true;
  joinConnection(ike, sa, now);
}

function takeDeletion(ike: IkeContext, sa: IkeSa, body: Uint8Array, now: Millis): void {
  const deletion = tryDecode(() => readDeletion(body));
  if (!deletion.ok) {
    ike.refusalLog(now)("ike", "notice", "Delete was refused", { ...saFields(sa), reason: deletion.error.message });
    return;
  }
  const { protocol, spis } = deletion.value;
  ike.counters.deletesReceived += 1;
  if (protocol === protocolId.esp) deletePairs(ike, sa, spis, now);
  else if (protocol === protocolId.isakmp) deleteSas(ike, sa, spis, now);
  else ike.log("ike", "debug", "Delete for an unknown protocol was passed over", { ...saFields(sa), protocol });
}

/** The SPIs are those the peer receives on: our outbound ones (RFC 2408 §3.15). */
function deletePairs(ike: IkeContext, sa: IkeSa, spis: readonly Uint8Array[], now: Millis): void {
  const named = new Set(spis.filter(({ length }) => length === 4).map(spiNumber));
  for (const pair of [...(sa.connection?.pairs ?? [])]) {
    if (named.has(pair.outboundSpi) && !pair.connection.closed) peerDeleted(ike, pair, now);
  }
}

/** This SA, or another of the same connection. IPsec SAs stay. */
function deleteSas(ike: IkeContext, sa: IkeSa, spis: readonly Uint8Array[], now: Millis): void {
  const candidates = new Set([sa, ...(sa.connection?.ikeSas ?? [])]);
  for (const candidate of candidates) {
    if (!spis.some((spi) => equalBytes(spi, cookiesSpi(candidate)))) continue;
    ike.log("ike", "info", "Peer deleted the phase 1 SA", saFields(candidate));
    endSa(ike, candidate, "the peer deleted the IKE SA", now);
  }
}

const names = new Map<number, string>(
  Object.entries(notifyType).map(([name, type]) => [type, name.replace(/([A-Z])/g, "-$1").toUpperCase()]),
);

function notifyName(type: number): string {
  return names.get(type) ?? `notification ${type}`;
}
