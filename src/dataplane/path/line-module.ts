/**
 * The line module: everything that happens to a packet without asking the engine. It is programmed beforehand
 * (`program`), takes datagrams in (`receive`) and the engine's own messages (`transmit`), and gives datagrams
 * (`pollDatagram`) and what is not data (`pollPunt`). It owns no socket and no clock.
 */

import { type CryptoSuite, MOST_LANES } from "../../engine/crypto/suite.ts";
import { nodeSuite } from "../../engine/crypto/suite-node.ts";
import type {
  ConnectionId,
  HostLinkCounters,
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
import type { Millis } from "../../engine/kernel/machine.ts";
import type { HostPacket, OuterDatagram } from "../datagram.ts";
import { Connections } from "./connections.ts";
import { EspIn } from "./esp-in.ts";
import { EspOut } from "./esp-out.ts";
import { LineModuleOutputs } from "./events.ts";
import type { Early, FarProgramming, HandOver } from "./far.ts";
import { Filter } from "./filter.ts";
import { Forwarding } from "./forward.ts";
import { Inbound } from "./inbound.ts";
import { L2tpData } from "./l2tp-data.ts";
import { type CounterSource, type LineModuleContext, OWN_COUNTERS } from "./line-module-context.ts";
import { Outbound } from "./outbound.ts";
import { PathTable } from "./path-table.ts";
import { SessionPaths } from "./session-paths.ts";
import type { PacketTap } from "./tap.ts";

const NOTHING = (): void => undefined;

export class LineModule implements LineModuleStatistics {
  readonly #outputs = new LineModuleOutputs();
  readonly #counters: CounterSource;
  readonly #totals: LineModuleCounters;
  readonly #accessLists = new AccessLists();
  readonly #espIn: EspIn;
  readonly #espOut: EspOut;
  readonly #l2tp: L2tpData;
  readonly #forwarding: Forwarding;
  readonly #connections: Connections;
  readonly #sessionPaths: SessionPaths;
  readonly #inbound: Inbound;
  readonly #outbound: Outbound;

  constructor({ random, suite = nodeSuite, place, counters = OWN_COUNTERS, lends = false }: LineModuleContext) {
    const outputs = this.#outputs;
    if (lends) outputs.lend();
    this.#counters = counters;
    const totals = counters.totals();
    const paths = new PathTable();
    const filter = new Filter(this.#accessLists, outputs);
    const espOut = new EspOut(outputs);
    const espIn = new EspIn(paths, outputs, totals);
    const l2tp = new L2tpData(espOut, outputs, totals);
    const forwarding = new Forwarding(l2tp, outputs, totals, filter);
    const connections = new Connections({ random, suite, paths, espIn, outputs, newCounters: counters.sa });
    const sessionPaths = new SessionPaths(connections, paths);
    this.#inbound = new Inbound({ place, outputs, totals, filter, espIn, l2tp, forwarding, sessionPaths });
    this.#outbound = new Outbound({ outputs, totals, connections, paths, espOut, l2tp, forwarding, sessionPaths });
    this.#totals = totals;
    this.#espIn = espIn;
    this.#espOut = espOut;
    this.#l2tp = l2tp;
    this.#forwarding = forwarding;
    this.#connections = connections;
    this.#sessionPaths = sessionPaths;
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
      // A single one too: its SA need not have a digest of its own, which costs as much as a packet and would be cold.
      for (const { role, flow, bytes } of some) {
        if (role === "esp" || role === "natt") this.#espIn.foresee(flow, bytes);
      }
      for (const datagram of some) {
        this.#inbound.receive(datagram, true, now);
        if (!this.#outputs.punts.isEmpty) punted();
      }
    }
  }

  receive(datagram: OuterDatagram, now: Millis): void {
    this.#inbound.receive(datagram, false, now);
  }

  /** An IP packet that the host sent to one of our devices. */
  receiveFromHost(device: string, bytes: Uint8Array, now: Millis): void {
    this.#forwarding.receiveFromHost(device, bytes, now);
  }

  transmit(transmission: Transmission, now: Millis): void {
    this.#outbound.transmit(transmission, now);
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
        this.#l2tp.install(operation, this.#sessionPaths.of(operation.path), this.#counters.session());
        return;
      case "moveSession":
        this.#l2tp.move(operation, this.#sessionPaths.of(operation.path));
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
    this.#inbound.receiveHandedOver(handOver, now);
  }

  /** What came too early the first time. */
  receiveAgain(early: Early, now: Millis): void {
    this.#inbound.receiveAgain(early, now);
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

  hostLink(device: string): Readonly<HostLinkCounters> | undefined {
    return this.#forwarding.hostLink(device)?.counters;
  }

  totals(): Readonly<LineModuleCounters> {
    return this.#totals;
  }

  accessList(name: string): readonly number[] | undefined {
    return this.#accessLists.get(name)?.matches;
  }

  #removeSession(id: SessionId): void {
    const session = this.#l2tp.remove(id);
    if (session !== undefined) this.#forwarding.close(session);
  }
}
