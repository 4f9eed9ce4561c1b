/**
 * ESP inbound in the order of RFC 4303 §3.4: find the SA, look at the sequence number, authenticate, decrypt, and only
 * then move the window. What is inside must be a UDP datagram between L2TP ports; anything else is a breach of the
 * negotiated selectors and is dropped. Nothing is ever answered: an unknown SPI gets silence (and a count).
 */

import type { OpenFailure } from "../../engine/crypto/esp-transform.ts";
import type { LineModuleCounters, SaCounters } from "../../engine/forwarding.ts";
import type { Address, Flow } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { ESP_HEADER_LENGTH, espSequence, espSpi, NO_NEXT_HEADER } from "../../engine/wire/esp.ts";
import { ipProtocol } from "../../engine/wire/ipv4.ts";
import { u16At } from "../../engine/wire/octets.ts";
import { UDP_HEADER_LENGTH, udpChecksumHolds } from "../../engine/wire/udp.ts";
import type { Arrival, Connection } from "./connection.ts";
import type { LineModuleOutputs } from "./events.ts";
import type { PathTable } from "./path-table.ts";
import type { InboundSa } from "./sa.ts";
import { reportVolume } from "./volume.ts";

/** An L2TP message that came out of ESP, and between whom: `from…to` of `octets`. */
export interface Decapsulated {
  readonly arrival: Arrival;
  readonly octets: Uint8Array;
  readonly from: number;
  readonly to: number;
}

const NO_OCTETS = new Uint8Array(0);

/** Which error counter a packet that cannot be opened raises. */
const failureCounter: Readonly<
  Record<OpenFailure, "authenticationErrors" | "decryptErrors" | "padErrors" | "otherErrors">
> = {
  short: "otherErrors",
  alignment: "decryptErrors",
  authentication: "authenticationErrors",
  padding: "padErrors",
};

export class EspIn {
  readonly #paths: PathTable;
  readonly #outputs: LineModuleOutputs;
  readonly #totals: LineModuleCounters;
  /** By our address, then by SPI as a signed number. */
  readonly #sas = new Map<Address, Map<number, InboundSa>>();
  /** What is given out, again and again. */
  readonly #inside: { arrival: Arrival | undefined; octets: Uint8Array; from: number; to: number } = {
    arrival: undefined,
    octets: NO_OCTETS,
    from: 0,
    to: 0,
  };

  constructor(paths: PathTable, outputs: LineModuleOutputs, totals: LineModuleCounters) {
    this.#paths = paths;
    this.#outputs = outputs;
    this.#totals = totals;
  }

  install(sa: InboundSa): void {
    const address = sa.connection.flow.local.address;
    const sas = this.#sas.get(address) ?? new Map<number, InboundSa>();
    this.#sas.set(address, sas);
    sas.set(sa.spi | 0, sa);
  }

  remove(sa: InboundSa): void {
    const sas = this.#sas.get(sa.connection.flow.local.address);
    if (sas?.get(sa.spi | 0) === sa) sas.delete(sa.spi | 0);
  }

  /** `packet` is about to come in, with others: what can be computed together is. */
  foresee(flow: Flow, packet: Uint8Array): void {
    if (packet.length <= ESP_HEADER_LENGTH) return;
    const sa = this.#find(flow, packet);
    if (sa?.window.isFresh(espSequence(packet)) === true) sa.opener.foresee?.(packet);
  }

  /** A number that is no object to V8: an unsigned one of 32 bits may be. */
  #find(flow: Flow, packet: Uint8Array): InboundSa | undefined {
    return this.#sas.get(flow.local.address)?.get(espSpi(packet) | 0);
  }

  /** `foreseen` = the packet may have been. What is given is good until the next call. */
  receive(
    encapsulation: "udp" | "esp",
    flow: Flow,
    packet: Uint8Array,
    foreseen: boolean,
    now: Millis,
  ): Decapsulated | undefined {
    if (packet.length <= ESP_HEADER_LENGTH) {
      this.#totals.malformed += 1;
      return undefined;
    }
    const sa = this.#find(flow, packet);
    if (sa === undefined) {
      this.#totals.unknownSpi += 1;
      return undefined;
    }
    const { connection, counters } = sa;
    if (connection.encapsulation !== encapsulation) {
      counters.policyErrors += 1;
      return undefined;
    }
    const sequence = espSequence(packet);
    if (!sa.window.isFresh(sequence)) {
      counters.replayErrors += 1;
      return undefined;
    }
    const opened = sa.opener.open(packet, foreseen);
    if (!opened.ok) {
      counters[failureCounter[opened.reason]] += 1;
      return undefined;
    }
    const newest = sa.window.accept(sequence);
    if (newest) {
      counters.lastSequence = sequence;
      // A straggler that took another way does not tell where the peer is now.
      if (connection.noticesMove(flow.remote)) {
        this.#outputs.punt({ type: "peerMoved", connection: connection.id, flow });
      }
    }
    const { truncated } = sa.opener;
    if (truncated !== undefined && truncated !== connection.truncatesIcv) {
      connection.truncateIcv(truncated);
      if (this.#outputs.tap !== undefined) connection.show(this.#outputs.tap);
      this.#outputs.punt({ type: "shortIcv", connection: connection.id, short: truncated });
    }
    this.#outputs.tap?.inner("in", flow, opened.payload);
    counters.packets += 1;
    counters.octets += opened.to - opened.from;
    counters.wireOctets += packet.length;
    counters.lastUsedAt = now;
    if (sa.pair !== undefined) reportVolume(sa.pair, counters.octets, this.#outputs);
    if (opened.nextHeader === NO_NEXT_HEADER) return undefined;
    if (opened.nextHeader !== ipProtocol.udp) {
      counters.policyErrors += 1;
      return undefined;
    }
    return this.#fromUdp(connection, counters, opened.octets, opened.from, opened.to);
  }

  #fromUdp(
    connection: Connection,
    counters: SaCounters,
    octets: Uint8Array,
    from: number,
    to: number,
  ): Decapsulated | undefined {
    const length = to - from < UDP_HEADER_LENGTH ? 0 : u16At(octets, from + 4);
    if (length <= UDP_HEADER_LENGTH || length > to - from) {
      counters.otherErrors += 1;
      return undefined;
    }
    if (connection.verifiesUdpChecksums && !udpChecksumHolds(connection.addressSum, octets, from, from + length)) {
      counters.otherErrors += 1;
      return undefined;
    }
    const arrival =
      u16At(octets, from + 2) === connection.localPort
        ? this.#paths.arrive(connection, u16At(octets, from))
        : undefined;
    if (arrival === undefined) {
      counters.policyErrors += 1;
      return undefined;
    }
    const inside = this.#inside;
    inside.arrival = arrival;
    inside.octets = octets;
    inside.from = from + UDP_HEADER_LENGTH;
    inside.to = from + length;
    return inside as Decapsulated;
  }
}
