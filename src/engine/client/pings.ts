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

/** Older requests are forgotten, so that a client can ping for days. */
const KEPT = 1000;
const PAYLOAD = new Uint8Array(56).map((_, index) => index);

export class Pings {
  readonly #identifier: number;
  readonly #results = new Map<number, PingResult>();
  #sequence = 0;

  constructor(identifier: number) {
    this.#identifier = identifier;
  }

  /** The next echo request as an IP packet. */
  request(source: number, destination: number, now: Millis): Uint8Array {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const sequence = this.#sequence;
    this.#results.set(sequence, { sequence, sentAt: now, answeredAt: undefined });
    if (this.#results.size > KEPT) this.#results.delete(this.#results.keys().next().value ?? 0);
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
    if (sent !== undefined && sent.answeredAt === undefined) {
      this.#results.set(sent.sequence, { ...sent, answeredAt: now });
    }
  }

  results(): PingResult[] {
    return [...this.#results.values()];
  }
}
