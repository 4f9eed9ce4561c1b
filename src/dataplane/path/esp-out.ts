/**
 * ESP outbound (RFC 4303 §3.3): an L2TP message is given its inner UDP header and leaves through the newest SA of the
 * connection that owns the path. Sequence numbers never wrap: an SA that used the last one is dead. Where several packets at once are cheaper,
 * they are finished when somebody asks for datagrams, and stand in their place in the queue meanwhile.
 */

import type { SealLanes } from "../../engine/crypto/esp-lanes.ts";
import { SEAL_HEADROOM, SEAL_TAILROOM } from "../../engine/crypto/esp-transform.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { ipProtocol } from "../../engine/wire/ipv4.ts";
import { putU16 } from "../../engine/wire/octets.ts";
import { putUdpHeader, UDP_HEADER_LENGTH, udpChecksum } from "../../engine/wire/udp.ts";
import { NAT_TRAVERSAL_PORT, withNonIkeMarker } from "../../engine/wire/udp-encap.ts";
import type { Connection } from "./connection.ts";
import type { LineModuleOutputs } from "./events.ts";
import type { OutboundSa } from "./sa.ts";
import { LAST_SEQUENCE, reportSequence, reportVolume } from "./volume.ts";

/** Where an L2TP message is to be put into `EspOut.frame`. */
export const MESSAGE_AT = SEAL_HEADROOM + UDP_HEADER_LENGTH;

/** The largest message that still fits one outer IPv4 packet with any suite around it. */
export const LARGEST_MESSAGE = 65_535 - 20 - UDP_HEADER_LENGTH - 8 - 16 - SEAL_TAILROOM - UDP_HEADER_LENGTH - 16;

export class EspOut {
  /** The one buffer in which outgoing messages are composed. */
  readonly frame = new Uint8Array(MESSAGE_AT + LARGEST_MESSAGE + SEAL_TAILROOM);
  readonly #outputs: LineModuleOutputs;
  /** The first `#unfinishedCount`: whose packets in the queue are not finished yet. */
  readonly #unfinished: (SealLanes | undefined)[] = [];
  #unfinishedCount = 0;

  constructor(outputs: LineModuleOutputs) {
    this.#outputs = outputs;
  }

  /** Sends the `length` octets at `MESSAGE_AT`. False when the connection has no SA that can carry them. */
  send(connection: Connection, localPort: number, remotePort: number, length: number, now: Millis): boolean {
    const sa = connection.activeOutbound;
    if (sa === undefined) return false;
    const { counters } = sa;
    if (counters.lastSequence === LAST_SEQUENCE) {
      counters.otherErrors += 1;
      return false;
    }
    const udpLength = UDP_HEADER_LENGTH + length;
    putUdpHeader(this.frame, SEAL_HEADROOM, localPort, remotePort, udpLength);
    if (connection.sendsUdpChecksums) {
      const end = SEAL_HEADROOM + udpLength;
      const sum = udpChecksum(connection.addressSum, this.frame, SEAL_HEADROOM, end);
      putU16(this.frame, SEAL_HEADROOM + 6, sum);
    }
    this.#outputs.tap?.inner("out", connection.flow, this.frame.subarray(SEAL_HEADROOM, SEAL_HEADROOM + udpLength));
    const packet = this.#seal(sa, connection, udpLength, counters.lastSequence + 1);
    counters.lastSequence += 1;
    counters.packets += 1;
    counters.octets += udpLength;
    counters.wireOctets += packet.length;
    counters.lastUsedAt = now;
    this.#send(connection, packet);
    reportVolume(sa, counters.octets, this.#outputs);
    reportSequence(sa, this.#outputs);
    return true;
  }

  /** Everything in the queue is whole from now on. */
  finish(): void {
    for (let i = 0; i < this.#unfinishedCount; i += 1) {
      this.#unfinished[i]?.finish();
      this.#unfinished[i] = undefined;
    }
    this.#unfinishedCount = 0;
  }

  /** Who watches, and who needs a copy, gets whole packets at once. */
  #seal({ sealer }: OutboundSa, connection: Connection, length: number, sequence: number): Uint8Array {
    const { lanes } = sealer;
    const later = connection.encapsulation === "esp" || connection.flow.local.port === NAT_TRAVERSAL_PORT;
    if (lanes === undefined || !later || this.#outputs.tap !== undefined) {
      return sealer.seal(this.frame, length, sequence, ipProtocol.udp);
    }
    if (lanes.waiting === 0) {
      this.#unfinished[this.#unfinishedCount] = lanes;
      this.#unfinishedCount += 1;
    }
    return lanes.prepare(this.frame, length, sequence, ipProtocol.udp);
  }

  /** A peer that knows the first drafts of NAT traversal only stays on the port of IKE. */
  #send({ encapsulation, flow }: Connection, packet: Uint8Array): void {
    if (encapsulation === "esp") this.#outputs.send("esp", flow, packet);
    else if (flow.local.port === NAT_TRAVERSAL_PORT) this.#outputs.send("natt", flow, packet);
    else this.#outputs.send("ike", flow, withNonIkeMarker(packet));
  }
}
