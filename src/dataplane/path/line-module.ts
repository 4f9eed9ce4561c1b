/**
 * The line module: everything that happens to a packet without asking the engine. It is programmed beforehand
 * (`program`), takes datagrams in (`receive`) and the engine's own messages (`transmit`), and gives datagrams
 * (`pollDatagram`) and what is not data (`pollPunt`). It owns no socket and no clock.
 */

import { newLineModuleCounters, newSaCounters, newSessionCounters } from "../../engine/counters.ts";
import { type CryptoSuite, MOST_LANES } from "../../engine/crypto/suite.ts";
import { nodeSuite } from "../../engine/crypto/suite-node.ts";
import type {
  ConnectionId,
  L2tpPath,
  LineModuleCounters,
  LineModuleStatistics,
  Programming,
  Punt,
  SaCounters,
  SessionCounters,
  SessionId,
  Transmission,
} from "../../engine/forwarding.ts";
import { AccessLists } from "../../engine/ip/access-list.ts";
import type { Endpoint, Flow } from "../../engine/kernel/address.ts";
import { endpointKey } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import type { Random } from "../../engine/kernel/random.ts";
import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import { ESP_HEADER_LENGTH, espSpi } from "../../engine/wire/esp.ts";
import { isL2tpControl } from "../../engine/wire/l2tp-data.ts";
import {
  classifyUdpEncapsulated,
  hasNonIkeMarker,
  NAT_TRAVERSAL_PORT,
  NON_ESP_MARKER_LENGTH,
  NON_IKE_MARKER_LENGTH,
  withNonEspMarker,
} from "../../engine/wire/udp-encap.ts";
import type { HostPacket, OuterDatagram } from "../datagram.ts";
import { Connections } from "./connections.ts";
import { EspIn } from "./esp-in.ts";
import { EspOut, LARGEST_MESSAGE, MESSAGE_AT } from "./esp-out.ts";
import { LineModuleOutputs } from "./events.ts";
import type { Early, FarProgramming, HandOver } from "./far.ts";
import { Filter } from "./filter.ts";
import { Forwarding } from "./forward.ts";
import { L2tpData } from "./l2tp-data.ts";
import { type PathEntry, PathTable } from "./path-table.ts";
import { wirePort } from "./port-demux.ts";
import { normalised, PPP_IP, protocolAt, protocolLength } from "./ppp-data.ts";
import type { Session, SessionPath } from "./session.ts";
import type { PacketTap } from "./tap.ts";

/** What comes in the clear where it must not is told so often at most. */
const CLEAR_TOLD_EVERY = 50;

export interface LineModuleContext {
  readonly random: Random;
  /** The cipher implementation; absent = OpenSSL. */
  readonly suite?: CryptoSuite | undefined;
  /** Which of several line modules it is; absent = the only one. */
  readonly place?: { readonly module: number; readonly count: number } | undefined;
  /** Where it counts; absent = in objects of its own. */
  readonly counters?: CounterSource | undefined;
  /**
   * What `pollDatagram` and `pollHostPacket` give is good until they give nothing more or something is handed in, whichever is first: so a packet leaves nothing to the
   * collector. Absent = it is whoever's asked for it.
   */
  readonly lends?: boolean | undefined;
}

/** Asked for counters at zero when something begins to be counted. */
export interface CounterSource {
  totals(): LineModuleCounters;
  sa(): SaCounters;
  session(): SessionCounters;
}

const OWN_COUNTERS: CounterSource = {
  totals: newLineModuleCounters,
  sa: newSaCounters,
  session: newSessionCounters,
};

const NOTHING = (): void => undefined;

export class LineModule implements LineModuleStatistics {
  readonly #outputs = new LineModuleOutputs();
  readonly #place: LineModuleContext["place"];
  /** Its engine is on another thread. */
  readonly #asksElsewhere: boolean;
  readonly #counters: CounterSource;
  readonly #totals: LineModuleCounters;
  readonly #accessLists = new AccessLists();
  readonly #filter: Filter;
  readonly #paths = new PathTable();
  readonly #espIn: EspIn;
  readonly #espOut: EspOut;
  readonly #l2tp: L2tpData;
  readonly #forwarding: Forwarding;
  readonly #connections: Connections;
  /** By our own end of L2TP in the clear: the same end as peers see it. */
  readonly #clearWires = new Map<string, Endpoint>();
  /** When L2TP in the clear was told of that had to be under IPsec. */
  #clearToldAt = Number.NEGATIVE_INFINITY;

  constructor({ random, suite = nodeSuite, place, counters = OWN_COUNTERS, lends = false }: LineModuleContext) {
    if (lends) this.#outputs.lend();
    this.#filter = new Filter(this.#accessLists, this.#outputs);
    this.#espOut = new EspOut(this.#outputs);
    this.#place = place;
    this.#asksElsewhere = (place?.module ?? 0) > 0;
    this.#counters = counters;
    this.#totals = counters.totals();
    this.#espIn = new EspIn(this.#paths, this.#outputs, this.#totals);
    this.#l2tp = new L2tpData(this.#espOut, this.#outputs, this.#totals);
    this.#forwarding = new Forwarding(this.#l2tp, this.#outputs, this.#totals, this.#filter);
    this.#connections = new Connections({
      random,
      suite,
      paths: this.#paths,
      espIn: this.#espIn,
      outputs: this.#outputs,
      newCounters: counters.sa,
    });
  }

  /** SAs that come from now on are computed by `suite`; `lends` as when it was made. */
  useSuite(suite: CryptoSuite, lends = false): void {
    this.#connections.suite = suite;
    if (lends) this.#outputs.lend();
  }

  get cryptoEngineName(): string {
    return this.#connections.suite.name;
  }

  /** Packets that it computes side by side. */
  get cryptoEngineLanes(): number {
    return this.#connections.suite.lanes?.width ?? 1;
  }

  /** From now on `tap` sees what passes, and the SAs in use; `undefined` = nobody does. */
  watch(tap: PacketTap | undefined): void {
    this.#outputs.tap = tap;
    if (tap !== undefined) this.#connections.show(tap);
  }

  /**
   * Several datagrams that came together, in their order. The same as `receive` of one after the other, in less time; their octets stay as
   * they are until it returns. `punted` is called before what follows a punt is looked at: the session of the next message may begin with it.
   */
  receiveAll(datagrams: readonly OuterDatagram[], now: Millis, punted: () => void = NOTHING): void {
    for (let first = 0; first < datagrams.length; first += MOST_LANES) {
      const some = datagrams.length <= MOST_LANES ? datagrams : datagrams.slice(first, first + MOST_LANES);
      const several = some.length > 1;
      if (several) {
        for (const { role, flow, bytes } of some) {
          if (role === "esp" || role === "natt") this.#espIn.foresee(flow, bytes);
        }
      }
      for (const datagram of some) {
        this.#receive(datagram, several, now);
        if (!this.#outputs.punts.isEmpty) punted();
      }
    }
  }

  receive(datagram: OuterDatagram, now: Millis): void {
    this.#receive(datagram, false, now);
  }

  /** `foreseen` = its ICV may have been computed with others. */
  #receive(datagram: OuterDatagram, foreseen: boolean, now: Millis): void {
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

  /** An IP packet that the host sent to one of our devices. */
  receiveFromHost(device: string, bytes: Uint8Array, now: Millis): void {
    this.#forwarding.receiveFromHost(device, bytes, now);
  }

  transmit(transmission: Transmission, now: Millis): void {
    switch (transmission.type) {
      case "ike":
        this.#transmitIke(transmission.flow, transmission.bytes);
        return;
      case "l2tp":
        this.#transmitL2tp(transmission.path, transmission.bytes, now);
        return;
      case "ppp": {
        const session = this.#l2tp.get(transmission.session);
        if (session === undefined) this.#totals.noSession += 1;
        else this.#l2tp.sendFrame(session, transmission.bytes, now);
        return;
      }
      case "ip":
        this.#forwarding.originate(transmission.virtualRouter, transmission.bytes, now);
        return;
    }
  }

  program(operation: Programming): void {
    switch (operation.type) {
      case "openConnection":
        this.#connections.open(operation);
        return;
      case "moveConnection": {
        const connection = this.#connections.get(operation.connection);
        if (connection !== undefined) connection.flow = operation.flow;
        return;
      }
      case "closeConnection":
        this.#connections.close(operation.connection);
        return;
      case "installInboundSa":
        this.#connections.installInbound(operation);
        return;
      case "installOutboundSa":
        this.#connections.installOutbound(operation);
        return;
      case "removeSa":
        this.#connections.remove(operation);
        return;
      case "installSession":
        this.#removeSession(operation.session);
        this.#l2tp.install(operation, this.#sessionPath(operation.path), this.#counters.session());
        return;
      case "moveSession":
        this.#l2tp.move(operation, this.#sessionPath(operation.path));
        return;
      case "removeSession":
        this.#removeSession(operation.session);
        return;
      case "openSessionIp": {
        const session = this.#l2tp.get(operation.session);
        if (session !== undefined) this.#forwarding.open(session, operation);
        return;
      }
      case "closeSessionIp": {
        const session = this.#l2tp.get(operation.session);
        if (session !== undefined) this.#forwarding.close(session);
        return;
      }
      case "configureRouter":
        this.#forwarding.configure(operation);
        return;
      case "removeRouter":
        this.#forwarding.remove(operation.virtualRouter);
        return;
      case "configureAccessLists":
        this.#accessLists.configure(operation.lists);
        return;
      case "clearAccessLists":
        this.#accessLists.clear(operation.list);
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
    const from = this.#sessionPath(path);
    // As it was counted the first time.
    this.#totals.noSession -= 1;
    if (from.type !== "esp") this.#totals.noSession += 1;
    else if (!this.#receiveData(bytes, 0, bytes.length, from.entry, now)) this.#puntStray(bytes, path);
  }

  pollEarly(): Early | undefined {
    return this.#outputs.early.poll();
  }

  /** What it is told about those beside it. */
  programFar(operation: FarProgramming): void {
    this.#forwarding.configureFar(operation);
    this.#l2tp.configureFar(operation);
  }

  /** For another line module. */
  pollHandOver(): HandOver | undefined {
    return this.#outputs.handOvers.poll();
  }

  pollDatagram(): OuterDatagram | undefined {
    this.#espOut.finish();
    return this.#outputs.datagrams.poll();
  }

  pollHostPacket(): HostPacket | undefined {
    return this.#outputs.hostPackets.poll();
  }

  pollPunt(): Punt | undefined {
    return this.#outputs.punts.poll();
  }

  inboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined {
    return this.#connections.get(connection)?.inbound.get(spi)?.counters;
  }

  outboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined {
    return this.#connections.get(connection)?.outbound.find((sa) => sa.spi === spi)?.counters;
  }

  session(session: SessionId): Readonly<SessionCounters> | undefined {
    return this.#l2tp.get(session)?.counters;
  }

  hostLink(device: string): Readonly<SessionCounters> | undefined {
    return this.#forwarding.hostLink(device)?.counters;
  }

  totals(): Readonly<LineModuleCounters> {
    return this.#totals;
  }

  accessList(name: string): readonly number[] | undefined {
    return this.#accessLists.get(name)?.matches;
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
    this.#clearWires.set(endpointKey(flow.local), flow.wire);
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

  #transmitIke(flow: Flow, bytes: Uint8Array): void {
    if (flow.local.port === NAT_TRAVERSAL_PORT) this.#outputs.send("natt", flow, withNonEspMarker(bytes));
    else this.#outputs.send("ike", flow, bytes);
  }

  #transmitL2tp(path: L2tpPath, bytes: Uint8Array, now: Millis): void {
    if (path.connection === undefined) {
      this.#outputs.send("l2tp", this.#clearFlow(path), bytes);
      return;
    }
    const connection = this.#connections.get(path.connection);
    if (connection === undefined || bytes.length > LARGEST_MESSAGE) {
      this.#totals.noRoute += 1;
      return;
    }
    this.#paths.setLocalPort(connection, path.local.port);
    const owner = this.#paths.find(connection, path)?.owner;
    if (owner === undefined) {
      this.#totals.noRoute += 1;
      return;
    }
    this.#espOut.frame.set(bytes, MESSAGE_AT);
    const sent = this.#espOut.send(owner, path.local.port, wirePort(owner, path.remote.port), bytes.length, now);
    if (!sent) this.#totals.noRoute += 1;
  }

  /** An engine that opens tunnels of its own is seen as the configuration names it, until a datagram says otherwise. */
  #clearFlow(path: L2tpPath): Flow {
    const wire = this.#clearWires.get(endpointKey(path.local)) ?? path.local;
    return { local: path.local, remote: path.remote, wire };
  }

  #sessionPath(path: L2tpPath): SessionPath {
    if (path.connection === undefined) return { type: "clear", flow: this.#clearFlow(path) };
    const connection = this.#connections.get(path.connection);
    if (connection === undefined) return { type: "nowhere" };
    this.#paths.setLocalPort(connection, path.local.port);
    const entry = this.#paths.find(connection, path);
    return entry === undefined ? { type: "nowhere" } : { type: "esp", entry };
  }

  #removeSession(id: SessionId): void {
    const session = this.#l2tp.remove(id);
    if (session !== undefined) this.#forwarding.close(session);
  }
}
