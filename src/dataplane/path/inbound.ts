/**
 * What comes from outside, by the socket it came by: IKE is punted, ESP is opened, and what is inside or came in the clear is L2TP control, which is
 * punted too, or a session's. What no session takes is looked at once more where it may only have come too early.
 */

import type { L2tpPath, LineModuleCounters } from "../../engine/forwarding.ts";
import type { Flow } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import { ESP_HEADER_LENGTH, espSpi } from "../../engine/wire/esp.ts";
import { isL2tpControl } from "../../engine/wire/l2tp-data.ts";
import {
  classifyUdpEncapsulated,
  hasNonIkeMarker,
  NON_ESP_MARKER_LENGTH,
  NON_IKE_MARKER_LENGTH,
} from "../../engine/wire/udp-encap.ts";
import type { OuterDatagram } from "../datagram.ts";
import type { EspIn } from "./esp-in.ts";
import type { LineModuleOutputs } from "./events.ts";
import type { Early, HandOver } from "./far.ts";
import type { Filter } from "./filter.ts";
import type { Forwarding } from "./forward.ts";
import type { L2tpData } from "./l2tp-data.ts";
import type { LineModuleContext } from "./line-module-context.ts";
import type { PathEntry } from "./path-table.ts";
import { normalised, PPP_IP, protocolAt, protocolLength } from "./ppp-data.ts";
import type { Session } from "./session.ts";
import type { SessionPaths } from "./session-paths.ts";

/** What comes in the clear where it must not is told so often at most. */
const CLEAR_TOLD_EVERY = 50;

export interface InboundContext {
  readonly place: LineModuleContext["place"];
  readonly outputs: LineModuleOutputs;
  readonly totals: LineModuleCounters;
  readonly filter: Filter;
  readonly espIn: EspIn;
  readonly l2tp: L2tpData;
  readonly forwarding: Forwarding;
  readonly sessionPaths: SessionPaths;
}

export class Inbound {
  readonly #place: LineModuleContext["place"];
  /** Its engine is on another thread. */
  readonly #asksElsewhere: boolean;
  readonly #outputs: LineModuleOutputs;
  readonly #totals: LineModuleCounters;
  readonly #filter: Filter;
  readonly #espIn: EspIn;
  readonly #l2tp: L2tpData;
  readonly #forwarding: Forwarding;
  readonly #sessionPaths: SessionPaths;
  /** When L2TP in the clear was told of that had to be under IPsec. */
  #clearToldAt = Number.NEGATIVE_INFINITY;

  constructor({ place, outputs, totals, filter, espIn, l2tp, forwarding, sessionPaths }: InboundContext) {
    this.#place = place;
    this.#asksElsewhere = (place?.module ?? 0) > 0;
    this.#outputs = outputs;
    this.#totals = totals;
    this.#filter = filter;
    this.#espIn = espIn;
    this.#l2tp = l2tp;
    this.#forwarding = forwarding;
    this.#sessionPaths = sessionPaths;
  }

  /** `foreseen` = its ICV may have been computed with others. */
  receive(datagram: OuterDatagram, foreseen: boolean, now: Millis): void {
    const { role, flow, bytes } = datagram;
    this.#outputs.tap?.outer("in", datagram);
    const list = this.#forwarding.filterAt(flow.local.address);
    if (list !== undefined && !this.#filter.passesDatagram(list, flow)) {
      this.#totals.filtered += 1;
      return;
    }
    switch (role) {
      case "ike":
        if (bytes.length === 0) this.#totals.malformed += 1;
        else if (hasNonIkeMarker(bytes))
          this.#receiveEsp("udp", flow, bytes.subarray(NON_IKE_MARKER_LENGTH), false, now);
        else this.#outputs.punt({ type: "ike", flow, bytes });
        return;
      case "natt":
        this.#receiveEncapsulated(flow, bytes, foreseen, now);
        return;
      case "esp":
        this.#receiveEsp("esp", flow, bytes, foreseen, now);
        return;
      case "l2tp":
        this.#receiveClear(flow, bytes, now);
        return;
    }
  }

  /** What another line module has for this one. */
  receiveHandedOver(handOver: HandOver, now: Millis): void {
    if (handOver.type === "esp")
      this.#receiveEsp(handOver.encapsulation, handOver.flow, handOver.bytes, false, now, true);
    else this.#forwarding.receiveHandedOver(handOver, now);
  }

  /** What came too early the first time. */
  receiveAgain(early: Early, now: Millis): void {
    if (early.type === "frame") {
      const session = this.#l2tp.get(early.session);
      if (session === undefined) this.#totals.noSession += 1;
      else this.#receiveFrame(session, early.bytes, 0, early.bytes.length, now);
      return;
    }
    const { path, bytes } = early;
    const from = this.#sessionPaths.of(path);
    // As it was counted the first time.
    this.#totals.noSession -= 1;
    if (from.type !== "esp") this.#totals.noSession += 1;
    else if (!this.#receiveData(bytes, 0, bytes.length, from.entry, now)) this.#puntStray(bytes, path);
  }

  #receiveEncapsulated(flow: Flow, bytes: Uint8Array, foreseen: boolean, now: Millis): void {
    switch (classifyUdpEncapsulated(bytes)) {
      case "esp":
        this.#receiveEsp("udp", flow, bytes, foreseen, now);
        return;
      case "ike":
        this.#outputs.punt({ type: "ike", flow, bytes: bytes.subarray(NON_ESP_MARKER_LENGTH) });
        return;
      case "keepalive":
        this.#totals.keepalives += 1;
        return;
      case "malformed":
        this.#totals.malformed += 1;
        return;
    }
  }

  /** `handed` = it came by another line module, and stays. */
  #receiveEsp(
    encapsulation: "udp" | "esp",
    flow: Flow,
    bytes: Uint8Array,
    foreseen: boolean,
    now: Millis,
    handed = false,
  ): void {
    const place = this.#place;
    if (place !== undefined && !handed && bytes.length > ESP_HEADER_LENGTH) {
      const module = 1 + (espSpi(bytes) % place.count);
      if (module !== place.module) {
        this.#outputs.handOvers.push({ type: "esp", module, encapsulation, flow, bytes: bytes.slice() });
        return;
      }
    }
    const inside = this.#espIn.receive(encapsulation, flow, bytes, foreseen, now);
    if (inside === undefined) return;
    const { arrival, octets, from, to } = inside;
    if (isL2tpControl(octets, from)) {
      this.#outputs.punt({ type: "l2tp", path: arrival.path, bytes: octets.slice(from, to) });
    } else if (!this.#receiveData(octets, from, to, arrival.entry, now)) {
      this.#misplaced(octets.subarray(from, to), arrival.path);
    }
  }

  /** Nobody takes it; but the engine may know by now what it has not told yet. */
  #misplaced(message: Uint8Array, path: L2tpPath): void {
    if (this.#asksElsewhere && this.#l2tp.isUnknown(message)) {
      this.#outputs.early.push({ type: "message", path, bytes: message.slice() });
    } else this.#puntStray(message, path);
  }

  #receiveClear(flow: Flow, bytes: Uint8Array, now: Millis): void {
    const router = this.#forwarding.ownerOf(flow.local.address);
    if (router?.ipsecOnly.has(flow.local.address)) {
      this.#totals.clearRefused += 1;
      if (isL2tpControl(bytes) && now - this.#clearToldAt >= CLEAR_TOLD_EVERY) {
        this.#clearToldAt = now;
        this.#outputs.punt({ type: "clearRefused", flow });
      }
      return;
    }
    if (bytes.length === 0) {
      this.#totals.malformed += 1;
      return;
    }
    if (!isL2tpControl(bytes)) {
      this.#receiveData(bytes, 0, bytes.length, flow, now);
      return;
    }
    this.#sessionPaths.learn(flow);
    const path: L2tpPath = {
      virtualRouter: router?.name ?? DEFAULT_ROUTER,
      local: flow.local,
      remote: flow.remote,
      connection: undefined,
    };
    this.#outputs.punt({ type: "l2tp", path, bytes });
  }

  /** A client that has made IPsec anew goes on with the session it has: the engine finds out whether it is the same one. */
  #puntStray(message: Uint8Array, path: L2tpPath): void {
    const strayed = this.#l2tp.strayed(message);
    if (strayed === undefined) return;
    const { session, frame } = strayed;
    const at = protocolAt(frame, 0, frame.length);
    const length = protocolLength(frame, at, frame.length);
    if (length === 0) return;
    this.#outputs.punt({ type: "stray", session, path, bytes: normalised(frame, at, frame.length, length) });
  }

  /** False = no session takes it. */
  #receiveData(octets: Uint8Array, from: number, end: number, source: PathEntry | Flow, now: Millis): boolean {
    const received = this.#l2tp.receive(octets, from, end, source);
    if (received === undefined) return false;
    this.#receiveFrame(received.session, octets, received.from, received.to, now);
    return true;
  }

  #receiveFrame(session: Session, octets: Uint8Array, from: number, to: number, now: Millis): void {
    const at = protocolAt(octets, from, to);
    const length = protocolLength(octets, at, to);
    if (length === 0) {
      session.counters.rxDiscards += 1;
      return;
    }
    const carriesIp = octets[at + length - 1] === PPP_IP && (length === 1 || octets[at] === 0);
    if (carriesIp && session.ip !== undefined) {
      this.#forwarding.receive(session, this.#outputs.hostPackets.room.part(octets, at + length, to), now);
    } else this.#outputs.punt({ type: "ppp", session: session.id, bytes: normalised(octets, at, to, length) });
  }
}
