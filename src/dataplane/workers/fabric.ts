/**
 * The line modules of a chassis as one: what an engine sees is a single line module, whatever thread a connection lives on. Number 0 is here and does
 * everything that is not ESP: IKE, L2TP in the clear, links to the host. The others are told by messages what is theirs and what is reached by
 * way of whom. One that is lost takes its connections with it; the one in its place is told what the chassis is like and begins empty.
 */

import { addLineModuleCounters, newLineModuleCounters } from "../../engine/counters.ts";
import type { CryptoSuite } from "../../engine/crypto/suite.ts";
import type {
  ConfigureRouter,
  ConnectionId,
  HostLinkCounters,
  InstallSession,
  LineModuleCounters,
  LineModuleStatistics,
  LineModules,
  LineModuleView,
  MoveSession,
  OpenSessionIp,
  Programming,
  Punt,
  SaCounters,
  SessionCounters,
  SessionId,
  Transmission,
} from "../../engine/forwarding.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import type { Random } from "../../engine/kernel/random.ts";
import type { ForwardingPlane } from "../chassis.ts";
import type { HostPacket, OuterDatagram } from "../datagram.ts";
import type { FarProgramming, HandOver } from "../path/far.ts";
import { LineModule } from "../path/line-module.ts";
import type { PacketTap } from "../path/tap.ts";
import { Hearing } from "./hearing.ts";
import type { FromModule } from "./messages.ts";
import { type AddressedMessage, ModuleSlots } from "./module-slots.ts";
import { OWN, Places, type SessionPlace } from "./places.ts";
import { saCounters, sessionCounters } from "./shared-counters.ts";

export interface FabricContext {
  readonly random: Random;
  readonly suite?: CryptoSuite | undefined;
  /** As of a line module. */
  readonly lends?: boolean | undefined;
  /** Line modules beside number 0. */
  readonly count: number;
}

export class Fabric implements ForwardingPlane, LineModuleStatistics, LineModules {
  readonly count: number;
  readonly #own: LineModule;
  readonly #slots: ModuleSlots;
  readonly #places = new Places();
  readonly #hearing: Hearing;
  readonly #routers = new Map<string, ConfigureRouter>();
  #lists: Extract<Programming, { type: "configureAccessLists" }> | undefined;
  #tap: PacketTap | undefined;

  constructor({ random, suite, lends, count }: FabricContext) {
    this.count = count;
    this.#own = new LineModule({ random, suite, lends, place: { module: OWN, count } });
    this.#slots = new ModuleSlots(count);
    this.#hearing = new Hearing(this.#places, this.#slots);
  }

  get working(): readonly number[] {
    return this.#slots.working;
  }

  get cryptoEngineName(): string {
    return this.#own.cryptoEngineName;
  }

  get cryptoEngineLanes(): number {
    return this.#own.cryptoEngineLanes;
  }

  useSuite(suite: CryptoSuite, lends = false): void {
    this.#own.useSuite(suite, lends);
  }

  /** Memory for what a module counts that belongs to no SA and no session. */
  totalsOf(module: number): SharedArrayBuffer {
    return this.#slots.totalsOf(module);
  }

  /** Memory for what a module's thread does. */
  activityOf(module: number): SharedArrayBuffer {
    return this.#slots.activityOf(module);
  }

  /** A line module is there and knows nothing: it is told what the chassis is like. */
  begin(module: number): void {
    this.#slots.begin(module);
    if (this.#lists !== undefined) this.#slots.tell(module, { type: "program", operation: this.#lists });
    for (const router of this.#routers.values()) this.#tellRouter(module, router);
    for (const place of this.#places.sessions) {
      if (place.module !== module && place.ip !== undefined) this.#tellFar(module, place, place.ip);
    }
    if (this.#tap !== undefined) this.#slots.tell(module, { type: "watch", on: true });
  }

  /** A line module is gone, with everything in it: the connections that must be ended now. */
  lost(module: number): ConnectionId[] {
    this.#slots.lose(module);
    return this.#places.connectionsIn(module);
  }

  /** What a line module beside number 0 tells. */
  receiveFrom(module: number, message: FromModule): void {
    switch (message.type) {
      case "punt":
      case "early":
        this.#hearing.say(module, message);
        return;
      case "accessLists":
        this.#slots.setMatches(module, message.matches);
        return;
      case "outer":
        this.#tap?.outer(message.direction, message.datagram);
        return;
      case "inner":
        this.#tap?.inner(message.direction, message.flow, message.datagram);
        return;
      case "host":
        this.#tap?.host(message.direction, message.localAddress, message.packet);
        return;
      case "sa":
        this.#tap?.sa(message.direction, message.flow, message.spi, message.keys);
        return;
    }
  }

  /** What another line module has for number 0. */
  receiveHandedOver(handOver: HandOver, now: Millis): void {
    this.#own.receiveHandedOver(handOver, now);
  }

  /** From number 0 to another. */
  pollHandOver(): HandOver | undefined {
    return this.#own.pollHandOver();
  }

  /** Packets for a module that does not keep up, or is not there. */
  dropHandOvers(module: number, packets: number): void {
    this.#slots.drop(module, packets);
  }

  pollMessage(): AddressedMessage | undefined {
    return this.#slots.pollMessage();
  }

  watch(tap: PacketTap | undefined): void {
    this.#tap = tap;
    this.#own.watch(tap);
    this.#slots.tellAll({ type: "watch", on: tap !== undefined });
  }

  receiveAll(datagrams: readonly OuterDatagram[], now: Millis, punted: () => void): void {
    this.#own.receiveAll(datagrams, now, punted);
  }

  receiveFromHost(device: string, bytes: Uint8Array, now: Millis): void {
    this.#own.receiveFromHost(device, bytes, now);
  }

  pollDatagram(): OuterDatagram | undefined {
    return this.#own.pollDatagram();
  }

  pollHostPacket(): HostPacket | undefined {
    return this.#own.pollHostPacket();
  }

  pollPunt(): Punt | undefined {
    return this.#hearing.poll() ?? this.#own.pollPunt();
  }

  transmit(transmission: Transmission, now: Millis): void {
    const module = this.#moduleFor(transmission);
    if (module === OWN) this.#own.transmit(transmission, now);
    else if ("bytes" in transmission) {
      this.#slots.tell(module, {
        type: "transmit",
        transmission: { ...transmission, bytes: transmission.bytes.slice() },
      });
    }
  }

  program(operation: Programming): void {
    switch (operation.type) {
      case "openConnection":
        this.#programAt(this.#places.openConnection(operation), operation);
        return;
      case "moveConnection":
        this.#programAt(this.#places.moveConnection(operation.connection, operation.flow), operation);
        return;
      case "closeConnection":
        this.#programAt(this.#places.closeConnection(operation.connection), operation);
        this.#hearing.forget(operation.connection);
        return;
      case "installInboundSa":
      case "installOutboundSa": {
        const { type, connection, spi } = operation;
        const counters = this.#places.addSa(connection, type === "installInboundSa" ? "inbound" : "outbound", spi);
        this.#programAt(this.#places.moduleOf(connection), operation, counters);
        if (type === "installOutboundSa") this.#hearing.answerable(connection);
        return;
      }
      case "removeSa":
        this.#places.removeSa(operation);
        this.#programAt(this.#places.moduleOf(operation.connection), operation);
        return;
      case "installSession":
        this.#installSession(operation, undefined);
        return;
      case "moveSession":
        this.#moveSession(operation);
        return;
      case "openSessionIp":
        this.#openSessionIp(operation);
        return;
      case "closeSessionIp":
        this.#closeSessionIp(operation.session);
        this.#programAt(this.#places.session(operation.session)?.module, operation);
        return;
      case "removeSession":
        this.#closeSessionIp(operation.session);
        this.#programAt(this.#places.session(operation.session)?.module, operation);
        this.#places.removeSession(operation.session);
        return;
      case "configureRouter":
        this.#routers.set(operation.virtualRouter, operation);
        this.#own.program(operation);
        for (const module of this.#slots.modules) this.#tellRouter(module, operation);
        return;
      case "removeRouter":
        this.#routers.delete(operation.virtualRouter);
        this.#everywhere(operation);
        return;
      case "configureAccessLists":
        this.#lists = operation;
        this.#everywhere(operation);
        return;
      case "clearAccessLists":
        this.#slots.clearMatches(operation.list);
        this.#everywhere(operation);
        return;
    }
  }

  inboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined {
    if (this.#isElsewhere(connection)) return this.#sa(connection, "inbound", spi);
    return this.#own.inboundSa(connection, spi);
  }

  outboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined {
    if (this.#isElsewhere(connection)) return this.#sa(connection, "outbound", spi);
    return this.#own.outboundSa(connection, spi);
  }

  session(session: SessionId): Readonly<SessionCounters> | undefined {
    const memory = this.#places.session(session)?.counters;
    return memory === undefined ? this.#own.session(session) : sessionCounters.read(memory);
  }

  hostLink(device: string): Readonly<HostLinkCounters> | undefined {
    return this.#own.hostLink(device);
  }

  totals(): Readonly<LineModuleCounters> {
    const sum = newLineModuleCounters();
    addLineModuleCounters(sum, this.#own.totals());
    this.#slots.addTotals(sum);
    return sum;
  }

  accessList(name: string): readonly number[] | undefined {
    const own = this.#own.accessList(name);
    return own === undefined ? undefined : this.#slots.addMatches(name, own);
  }

  /** The line modules beside number 0, with what lives in them. */
  views(): LineModuleView[] {
    return this.#slots.views(this.#places.connectionCounts(), this.#places.sessionCounts());
  }

  /** IKE goes by the module that its connection lives in, so that it neither overtakes what was programmed before it nor what L2TP said. */
  #moduleFor(transmission: Transmission): number {
    const module = this.#places.moduleFor(transmission);
    return transmission.type === "ike" && module !== OWN && !this.#slots.isWorking(module) ? OWN : module;
  }

  #isElsewhere(connection: ConnectionId): boolean {
    return (this.#places.moduleOf(connection) ?? OWN) !== OWN;
  }

  #sa(connection: ConnectionId, direction: "inbound" | "outbound", spi: number): SaCounters | undefined {
    const memory = this.#places.sa(connection, direction, spi);
    return memory === undefined ? undefined : saCounters.read(memory);
  }

  #installSession(install: InstallSession, counters: SharedArrayBuffer | undefined): void {
    const place = this.#places.addSession(install, counters);
    this.#programAt(place.module, install, place.counters);
  }

  /** To a connection that may live elsewhere: then the session begins anew there, and goes on counting. */
  #moveSession(move: MoveSession): void {
    const place = this.#places.session(move.session);
    if (place === undefined) return;
    if (this.#places.moduleOfPath(move.path) === place.module) {
      this.#programAt(place.module, move);
      return;
    }
    const { install, ip, counters, module } = place;
    this.#closeSessionIp(move.session);
    this.#programAt(module, { type: "removeSession", session: move.session });
    this.#installSession({ ...install, path: move.path }, counters);
    if (ip !== undefined) this.#openSessionIp(ip);
  }

  #openSessionIp(open: OpenSessionIp): void {
    const place = this.#places.session(open.session);
    if (place === undefined) return;
    this.#closeSessionIp(open.session);
    place.ip = open;
    this.#programAt(place.module, open);
    for (const module of [OWN, ...this.#slots.modules]) {
      if (module !== place.module) this.#tellFar(module, place, open);
    }
  }

  #closeSessionIp(session: SessionId): void {
    const place = this.#places.session(session);
    if (place?.ip === undefined) return;
    place.ip = undefined;
    const operation: FarProgramming = { type: "closeFar", session, identifiers: identifiersOf(place.install) };
    if (place.module !== OWN) this.#own.programFar(operation);
    for (const module of this.#slots.modules) {
      if (module !== place.module) this.#slots.tell(module, { type: "far", operation });
    }
  }

  #tellFar(
    to: number,
    { install, module }: SessionPlace,
    { session, virtualRouter, peerAddress }: OpenSessionIp,
  ): void {
    const identifiers = identifiersOf(install);
    const operation: FarProgramming = {
      type: "openFar",
      session,
      virtualRouter,
      address: peerAddress,
      identifiers,
      module,
    };
    if (to === OWN) this.#own.programFar(operation);
    else this.#slots.tell(to, { type: "far", operation });
  }

  /** Links to the host are number 0's: the others reach what is behind them by way of it. */
  #tellRouter(module: number, router: ConfigureRouter): void {
    const { hostLinks = [], ...rest } = router;
    this.#slots.tell(module, { type: "program", operation: rest });
    const networks = hostLinks.flatMap((link) => link.networks);
    const { virtualRouter } = router;
    this.#slots.tell(module, { type: "far", operation: { type: "farNetworks", virtualRouter, networks, module: OWN } });
  }

  #everywhere(operation: Programming): void {
    this.#own.program(operation);
    this.#slots.tellAll({ type: "program", operation });
  }

  #programAt(module: number | undefined, operation: Programming, counters?: SharedArrayBuffer): void {
    if (module === undefined) return;
    if (module === OWN) this.#own.program(operation);
    else this.#slots.tell(module, { type: "program", operation, ...(counters === undefined ? {} : { counters }) });
  }
}

function identifiersOf({ localTunnelId, localSessionId }: InstallSession): number {
  return localTunnelId * 0x1_0000 + localSessionId;
}
