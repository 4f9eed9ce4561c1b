/** The pings of a client: echo requests it sent and which of them were answered (RFC 792). */

import { tryDecode } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import { icmpEcho, icmpType } from "../wire/icmp.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../wire/ipv4.ts";

export interface PingResult {
  readonly sequence: number;
  readonly sentAt: Millis;
  /** Absent = not answered (yet). */
  readonly answeredAt: Millis | undefined;
}

/** Of all pings, however many are forgotten. */
export interface PingTotals {
  readonly sent: number;
  readonly answered: number;
  /** From the first ping to the first answer there was; absent = there is none yet. */
  readonly firstAnswerMillis: Millis | undefined;
}

/** Older requests are forgotten, so that a client can ping for days. */
const KEPT = 1000;
const PAYLOAD = new Uint8Array(56).map((_, index) => index);

export class Pings {
  readonly #identifier: number;
  readonly #results = new Map<number, PingResult>();
  #sequence = 0;
  #sent = 0;
  #answered = 0;
  #firstSentAt: Millis | undefined;
  #firstAnswerMillis: Millis | undefined;

  constructor(identifier: number) {
    this.#identifier = identifier;
  }

  /** The next echo request as an IP packet; `again` = the last one once more, which is answered once. */
  request(source: number, destination: number, again: boolean, now: Millis): Uint8Array {
    if (!again || this.#sent === 0) this.#begin(now);
    const sequence = this.#sequence;
    const payload = icmpEcho.encode({
      type: icmpType.echoRequest,
      identifier: this.#identifier,
      sequence,
      data: PAYLOAD,
    });
    return ipv4Packet.encode(simplePacket({ protocol: ipProtocol.icmp, source, destination, payload }));
  }

  /** Takes note of a reply; anything else is not for us. */
  receive(packet: Uint8Array, now: Millis): void {
    const decoded = tryDecode(() => icmpEcho.decode(ipv4Packet.decode(packet).payload));
    if (!decoded.ok || decoded.value.type !== icmpType.echoReply) return;
    if (decoded.value.identifier !== this.#identifier) return;
    const sent = this.#results.get(decoded.value.sequence);
    if (sent === undefined || sent.answeredAt !== undefined) return;
    this.#results.set(sent.sequence, { ...sent, answeredAt: now });
    this.#answered += 1;
    this.#firstAnswerMillis ??= now - (this.#firstSentAt ?? now);
  }

  get totals(): PingTotals {
    return { sent: this.#sent, answered: this.#answered, firstAnswerMillis: this.#firstAnswerMillis };
  }

  results(): PingResult[] {
    return [...this.#results.values()];
  }

  #begin(now: Millis): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#results.set(this.#sequence, { sequence: this.#sequence, sentAt: now, answeredAt: undefined });
    if (this.#results.size > KEPT) this.#results.delete(this.#results.keys().next().value ?? 0);
    this.#sent += 1;
    this.#firstSentAt ??= now;
  }
}
