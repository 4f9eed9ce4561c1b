/**
 * What we tell a peer outside of a negotiation: authenticated informational messages with notifications and deletes
 * (RFC 2409 §5.7). Each has a message identifier of its own and is sent once.
 */

import { notifyType, writeDeletion, writeNotification } from "../wire/isakmp-body.ts";
import { exchangeType } from "../wire/isakmp-header.ts";
import { type Payload, payloadType } from "../wire/isakmp-payload.ts";
import { protocolId } from "../wire/isakmp-sa.ts";
import { transmit } from "./fragments.ts";
import { exchangeIv, type MessageHead, sealHashed } from "./message.ts";
import { spiOctets } from "./phase2-proposals.ts";
import { freshMessageId } from "./sas.ts";
import type { IkeContext, IkeSa } from "./state.ts";

const NO_NONCES = new Uint8Array(0);

export function phase2Head(sa: IkeSa, exchange: number, messageId: number): MessageHead {
  return { initiatorCookie: sa.initiatorCookie, responderCookie: sa.responderCookie, exchange, messageId };
}

/** Says nothing where the SA has no keys. */
export function sendInformational(ike: IkeContext, sa: IkeSa, payloads: readonly Payload[]): void {
  if (sa.keys === undefined || sa.state !== "established") return;
  const messageId = freshMessageId(ike, sa);
  const head = phase2Head(sa, exchangeType.informational, messageId);
  const iv = exchangeIv(sa.keys, sa.iv, messageId);
  const { bytes } = sealHashed(head, sa.keys, iv, NO_NONCES, payloads);
  transmit(ike, sa, sa.flow, bytes);
}

export function sendNotification(
  ike: IkeContext,
  sa: IkeSa,
  type: number,
  protocol: number,
  spi: Uint8Array,
  data: Uint8Array = new Uint8Array(0),
): void {
  const body = writeNotification({ protocol, type, spi, data });
  sendInformational(ike, sa, [{ type: payloadType.notification, body }]);
}

/** Tells the peer which of its outbound ESP SAs we no longer accept, by the SPIs that we chose. */
export function sendEspDelete(ike: IkeContext, sa: IkeSa, inboundSpis: readonly number[]): void {
  if (inboundSpis.length === 0) return;
  const body = writeDeletion({ protocol: protocolId.esp, spis: inboundSpis.map(spiOctets) });
  sendInformational(ike, sa, [{ type: payloadType.delete, body }]);
}

/** Both cookies, which stand for an ISAKMP SA where an SPI is wanted (RFC 2408 §2.5.3). */
export function cookiesSpi(sa: IkeSa): Uint8Array {
  const spi = new Uint8Array(16);
  spi.set(sa.initiatorCookie);
  spi.set(sa.responderCookie, 8);
  return spi;
}

export function sendIsakmpDelete(ike: IkeContext, sa: IkeSa): void {
  const body = writeDeletion({ protocol: protocolId.isakmp, spis: [cookiesSpi(sa)] });
  sendInformational(ike, sa, [{ type: payloadType.delete, body }]);
}

/** R-U-THERE or its acknowledgement (RFC 3706 §5.2). */
export function sendDpd(ike: IkeContext, sa: IkeSa, isAck: boolean, sequence: number): void {
  const type = isAck ? notifyType.areYouThereAck : notifyType.areYouThere;
  sendNotification(ike, sa, type, protocolId.isakmp, cookiesSpi(sa), spiOctets(sequence));
}
