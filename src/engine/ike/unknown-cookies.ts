/**
 * What is said to messages whose cookies name no SA of ours: nothing, or, where a gateway is told to, an INVALID-COOKIE
 * notification (RFC 2408 §3.14.1), so that a peer that outlived our restart need not wait for its own timers. Anyone can make
 * cookies up, so the answer is never longer than the question, at most so many go out in a second, and notifications are never
 * answered: two ends could quarrel for ever.
 */

import type { Millis } from "../kernel/machine.ts";
import { notifyType, writeNotification } from "../wire/isakmp-body.ts";
import { exchangeType } from "../wire/isakmp-header.ts";
import { payloadType } from "../wire/isakmp-payload.ts";
import { protocolId } from "../wire/isakmp-sa.ts";
import { findGateway } from "./gateways.ts";
import { clearMessage, type ReceivedMessage } from "./message.ts";
import type { IkeContext } from "./state.ts";

const PER_SECOND = 20;

export class UnknownCookies {
  #since: Millis = Number.NEGATIVE_INFINITY;
  #answered = 0;

  receive(ike: IkeContext, message: ReceivedMessage, now: Millis): void {
    ike.counters.unknownCookies += 1;
    const { header, flow } = message;
    if (header.exchange === exchangeType.informational) return;
    if (findGateway(ike, flow)?.answersUnknownCookies !== true) return;
    const { initiatorCookie, responderCookie } = header;
    const spi = new Uint8Array([...initiatorCookie, ...responderCookie]);
    const body = writeNotification({
      protocol: protocolId.isakmp,
      type: notifyType.invalidCookie,
      spi,
      data: new Uint8Array(0),
    });
    const head = { initiatorCookie, responderCookie, exchange: exchangeType.informational, messageId: 0 };
    const bytes = clearMessage(head, [{ type: payloadType.notification, body }]);
    if (bytes.length > message.datagram.length || !this.#mayAnswer(now)) return;
    ike.outputs.push({ type: "send", flow, bytes });
  }

  #mayAnswer(now: Millis): boolean {
    if (now - this.#since >= 1000) {
      this.#since = now;
      this.#answered = 0;
    }
    this.#answered += 1;
    return this.#answered <= PER_SECOND;
  }
}
