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
  InstallSession,
  L2tpPath,
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
import { type Flow, flowKey } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { Outputs } from "../../engine/kernel/outputs.ts";
import type { Random } from "../../engine/kernel/random.ts";
import { NAT_TRAVERSAL_PORT } from "../../engine/wire/udp-encap.ts";
import type { ForwardingPlane } from "../chassis.ts";
import type { HostPacket, OuterDatagram } from "../datagram.ts";
import type { Early, FarProgramming, HandOver } from "../path/far.ts";
import { LineModule } from "../path/line-module.ts";
import { isIp } from "../path/ppp-data.ts";
import type { PacketTap } from "../path/tap.ts";
import type { FromModule, ToModule } from "./messages.ts";
import { moduleActivity, moduleCounters, saCounters, sessionCounters } from "./shared-counters.ts";

export interface FabricContext {
  readonly random: Random;
  readonly suite?: CryptoSuite | undefined;
  /** Line modules beside number 0. */
  readonly count: number;
}

type Rows = Map<number, SharedArrayBuffer>;

interface Place {
  readonly module: number;
  flow: Flow;
  readonly inbound: Rows;
  readonly outbound: Rows;
}

interface SessionPlace {
  readonly module: number;
  readonly install: InstallSession;
  readonly counters: SharedArrayBuffer | undefined;
  ip: OpenSessionIp | undefined;
}

/** A line module beside number 0, as far as it is known here. */
interface Slot {
  readonly module: number;
  readonly totals: SharedArrayBuffer;
  readonly activity: SharedArrayBuffer;
  isWorking: boolean;
  /** How many there were before this one. */
  losses: number;
  /** Packets from number 0 that it did not get. */
  dropped: number;
  /** What its access lists decided, and what those before it did. */
  matches: Readonly<Record<string, readonly number[]>>;
  earlier: Readonly<Record<string, readonly number[]>>;
}

/** What the engine has not heard yet. */
interface Heard {
  readonly module: number;
  readonly message: Extract<FromModule, { type: "punt" | "early" }>;
}

export interface AddressedMessage {
  readonly module: number;
  readonly message: ToModule;
}

const OWN = 0;

export class Fabric implements ForwardingPlane, LineModuleStatistics, LineModules {
  readonly count: number;
  readonly #own: LineModule;
  readonly #slots: readonly Slot[];
  readonly #messages = new Outputs<AddressedMessage>();
  readonly #heard = new Outputs<Heard>();
  readonly #connections = new Map<ConnectionId, Place>();
  readonly #sessions = new Map<SessionId, SessionPlace>();
  /** Whose the NAT-T flows are. */
  readonly #byFlow = new Map<string, ConnectionId>();
  readonly #routers = new Map<string, ConfigureRouter>();
  #lists: Extract<Programming, { type: "configureAccessLists" }> | undefined;
  #tap: PacketTap | undefined;

  constructor({ random, suite, count }: FabricContext) {
    this.count = count;
    this.#own = new LineModule({ random, suite, place: { module: OWN, count } });
    this.#slots = Array.from({ length: count }, (_, index) => ({
      module: index + 1,
      totals: moduleCounters.memory(),
      activity: moduleActivity.memory(),
      isWorking: false,
      losses: 0,
      dropped: 0,
      matches: {},
      earlier: {},
    }));
  }

  get working(): readonly number[] {
    return this.#slots.filter(({ isWorking }) => isWorking).map(({ module }) => module);
  }

  get cryptoEngineName(): string {
    return this.#own.cryptoEngineName;
  }

  useSuite(suite: CryptoSuite): void {
    this.#own.useSuite(suite);
  }

  /** Memory for what a module counts that belongs to no SA and no session. */
  totalsOf(module: number): SharedArrayBuffer {
    return this.#slot(module).totals;
  }

  /** Memory for what a module's thread does. */
  activityOf(module: number): SharedArrayBuffer {
    return this.#slot(module).activity;
  }

  /** A line module is there and knows nothing: it is told what the chassis is like. */
  begin(module: number): void {
    this.#slot(module).isWorking = true;
    if (this.#lists !== undefined) this.#tell(module, { type: "program", operation: this.#lists });
    for (const router of this.#routers.values()) this.#tellRouter(module, router);
    for (const place of this.#sessions.values()) {
      if (place.module !== module && place.ip !== undefined) this.#tellFar(module, place, place.ip);
    }
    if (this.#tap !== undefined) this.#tell(module, { type: "watch", on: true });
  }

  /** A line module is gone, with everything in it: the connections that must be ended now. */
  lost(module: number): ConnectionId[] {
    const slot = this.#slot(module);
    slot.isWorking = false;
    slot.losses += 1;
    slot.earlier = sumOfMatches(slot.earlier, slot.matches);
    slot.matches = {};
    return [...this.#connections].filter(([, place]) => place.module === module).map(([id]) => id);
  }

  /** What a line module beside number 0 tells. */
  receiveFrom(module: number, message: FromModule): void {
    switch (message.type) {
      case "punt":
      case "early":
        this.#heard.push({ module, message });
        return;
      case "accessLists":
        this.#slot(module).matches = message.matches;
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
    this.#slot(module).dropped += packets;
  }

  pollMessage(): AddressedMessage | undefined {
    return this.#messages.poll();
  }

  watch(tap: PacketTap | undefined): void {
    this.#tap = tap;
    this.#own.watch(tap);
    this.#tellAll({ type: "watch", on: tap !== undefined });
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
    for (let heard = this.#heard.poll(); heard !== undefined; heard = this.#heard.poll()) {
      const { module, message } = heard;
      const early = message.type === "early" ? message.early : this.#earlyIn(message.punt);
      if (message.type === "punt" && early === undefined) return message.punt;
      // What the engine made of everything before it is on its way there already.
      if (early !== undefined) this.#tell(module, { type: "again", early });
    }
    return this.#own.pollPunt();
  }

  /** An IP packet that was punted before the module knew that IP is open. */
  #earlyIn(punt: Punt): Early | undefined {
    if (punt.type !== "ppp" || !isIp(punt.bytes)) return undefined;
    const { session, bytes } = punt;
    return this.#sessions.get(session)?.ip === undefined ? undefined : { type: "frame", session, bytes };
  }

  transmit(transmission: Transmission, now: Millis): void {
    const module = this.#moduleFor(transmission);
    if (module === OWN) this.#own.transmit(transmission, now);
    else if ("bytes" in transmission) {
      this.#tell(module, { type: "transmit", transmission: { ...transmission, bytes: transmission.bytes.slice() } });
    }
  }

  program(operation: Programming): void {
    switch (operation.type) {
      case "openConnection": {
        const { connection, flow, module = OWN } = operation;
        this.#connections.set(connection, { module, flow, inbound: new Map(), outbound: new Map() });
        this.#byFlow.set(flowKey(flow), connection);
        this.#programAt(module, operation);
        return;
      }
      case "moveConnection": {
        const place = this.#connections.get(operation.connection);
        if (place === undefined) return;
        this.#forgetFlow(operation.connection, place);
        place.flow = operation.flow;
        this.#byFlow.set(flowKey(operation.flow), operation.connection);
        this.#programAt(place.module, operation);
        return;
      }
      case "closeConnection": {
        const place = this.#connections.get(operation.connection);
        if (place === undefined) return;
        this.#forgetFlow(operation.connection, place);
        this.#connections.delete(operation.connection);
        this.#programAt(place.module, operation);
        return;
      }
      case "installInboundSa":
      case "installOutboundSa": {
        const place = this.#connections.get(operation.connection);
        if (place === undefined) return;
        const counters = saCounters.memory();
        place[operation.type === "installInboundSa" ? "inbound" : "outbound"].set(operation.spi, counters);
        this.#programAt(place.module, operation, counters);
        return;
      }
      case "removeSa": {
        const place = this.#connections.get(operation.connection);
        place?.[operation.direction].delete(operation.spi);
        this.#programAt(place?.module, operation);
        return;
      }
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
        this.#programAt(this.#sessions.get(operation.session)?.module, operation);
        return;
      case "removeSession":
        this.#closeSessionIp(operation.session);
        this.#programAt(this.#sessions.get(operation.session)?.module, operation);
        this.#sessions.delete(operation.session);
        return;
      case "configureRouter":
        this.#routers.set(operation.virtualRouter, operation);
        this.#own.program(operation);
        for (const { module } of this.#slots) this.#tellRouter(module, operation);
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
        for (const slot of this.#slots) {
          slot.matches = without(slot.matches, operation.list);
          slot.earlier = without(slot.earlier, operation.list);
        }
        this.#everywhere(operation);
        return;
    }
  }

  inboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined {
    const place = this.#connections.get(connection);
    if (place === undefined || place.module === OWN) return this.#own.inboundSa(connection, spi);
    const memory = place.inbound.get(spi);
    return memory === undefined ? undefined : saCounters.read(memory);
  }

  outboundSa(connection: ConnectionId, spi: number): Readonly<SaCounters> | undefined {
    const place = this.#connections.get(connection);
    if (place === undefined || place.module === OWN) return this.#own.outboundSa(connection, spi);
    const memory = place.outbound.get(spi);
    return memory === undefined ? undefined : saCounters.read(memory);
  }

  session(session: SessionId): Readonly<SessionCounters> | undefined {
    const memory = this.#sessions.get(session)?.counters;
    return memory === undefined ? this.#own.session(session) : sessionCounters.read(memory);
  }

  hostLink(device: string): Readonly<SessionCounters> | undefined {
    return this.#own.hostLink(device);
  }

  totals(): Readonly<LineModuleCounters> {
    const sum = newLineModuleCounters();
    addLineModuleCounters(sum, this.#own.totals());
    for (const { totals } of this.#slots) addLineModuleCounters(sum, moduleCounters.read(totals));
    return sum;
  }

  accessList(name: string): readonly number[] | undefined {
    const own = this.#own.accessList(name);
    const others = this.#slots.flatMap(({ matches, earlier }) => [matches[name] ?? [], earlier[name] ?? []]);
    return own?.map((matches, entry) => others.reduce((sum, more) => sum + (more[entry] ?? 0), matches));
  }

  /** The line modules beside number 0, with what lives in them. */
  views(): LineModuleView[] {
    const connections = this.#slots.map(() => 0);
    const sessions = this.#slots.map(() => 0);
    const count = (numbers: number[], module: number) => {
      if (module !== OWN) numbers[module - 1] = (numbers[module - 1] ?? 0) + 1;
    };
    for (const { module } of this.#connections.values()) count(connections, module);
    for (const { module } of this.#sessions.values()) count(sessions, module);
    return this.#slots.map(({ module, isWorking, losses, dropped, activity }, index) => {
      const { cpuMicros, datagrams, handedOver, handOversDropped } = moduleActivity.read(activity);
      return {
        module,
        isWorking,
        losses,
        connections: connections[index] ?? 0,
        sessions: sessions[index] ?? 0,
        cpuMillis: cpuMicros / 1000,
        datagrams,
        handedOver,
        handOversDropped: handOversDropped + dropped,
      };
    });
  }

  #moduleFor(transmission: Transmission): number {
    switch (transmission.type) {
      case "l2tp":
        return this.#moduleOf(transmission.path);
      case "ppp":
        return this.#sessions.get(transmission.session)?.module ?? OWN;
      case "ike":
        return this.#moduleForIke(transmission.flow);
      default:
        return OWN;
    }
  }

  /** By the module that its connection lives in, so that it neither overtakes what was programmed before it nor what L2TP said. */
  #moduleForIke(flow: Flow): number {
    if (flow.local.port !== NAT_TRAVERSAL_PORT) return OWN;
    const connection = this.#byFlow.get(flowKey(flow));
    const module = connection === undefined ? OWN : (this.#connections.get(connection)?.module ?? OWN);
    return module !== OWN && this.#slot(module).isWorking ? module : OWN;
  }

  #forgetFlow(connection: ConnectionId, { flow }: Place): void {
    const key = flowKey(flow);
    if (this.#byFlow.get(key) === connection) this.#byFlow.delete(key);
  }

  #moduleOf({ connection }: L2tpPath): number {
    return connection === undefined ? OWN : (this.#connections.get(connection)?.module ?? OWN);
  }

  #installSession(install: InstallSession, counters: SharedArrayBuffer | undefined): void {
    const module = this.#moduleOf(install.path);
    const place = { module, install, counters: module === OWN ? undefined : (counters ?? sessionCounters.memory()) };
    this.#sessions.set(install.session, { ...place, ip: undefined });
    this.#programAt(module, install, place.counters);
  }

  /** To a connection that may live elsewhere: then the session begins anew there, and goes on counting. */
  #moveSession(move: MoveSession): void {
    const place = this.#sessions.get(move.session);
    if (place === undefined) return;
    if (this.#moduleOf(move.path) === place.module) {
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
    const place = this.#sessions.get(open.session);
    if (place === undefined) return;
    this.#closeSessionIp(open.session);
    place.ip = open;
    this.#programAt(place.module, open);
    for (const module of [OWN, ...this.#slots.map((slot) => slot.module)]) {
      if (module !== place.module) this.#tellFar(module, place, open);
    }
  }

  #closeSessionIp(session: SessionId): void {
    const place = this.#sessions.get(session);
    if (place?.ip === undefined) return;
    place.ip = undefined;
    const operation: FarProgramming = { type: "closeFar", session, identifiers: identifiersOf(place.install) };
    if (place.module !== OWN) this.#own.programFar(operation);
    for (const { module } of this.#slots) if (module !== place.module) this.#tell(module, { type: "far", operation });
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
    else this.#tell(to, { type: "far", operation });
  }

  /** Links to the host are number 0's: the others reach what is behind them by way of it. */
  #tellRouter(module: number, router: ConfigureRouter): void {
    const { hostLinks = [], ...rest } = router;
    this.#tell(module, { type: "program", operation: rest });
    const networks = hostLinks.flatMap((link) => link.networks);
    const { virtualRouter } = router;
    this.#tell(module, { type: "far", operation: { type: "farNetworks", virtualRouter, networks, module: OWN } });
  }

  #everywhere(operation: Programming): void {
    this.#own.program(operation);
    this.#tellAll({ type: "program", operation });
  }

  #programAt(module: number | undefined, operation: Programming, counters?: SharedArrayBuffer): void {
    if (module === undefined) return;
    if (module === OWN) this.#own.program(operation);
    else this.#tell(module, { type: "program", operation, ...(counters === undefined ? {} : { counters }) });
  }

  #tellAll(message: ToModule): void {
    for (const { module } of this.#slots) this.#tell(module, message);
  }

  /** What is told to nobody is told again when there is somebody. */
  #tell(module: number, message: ToModule): void {
    if (this.#slot(module).isWorking) this.#messages.push({ module, message });
  }

  #slot(module: number): Slot {
    const slot = this.#slots[module - 1];
    if (slot === undefined) throw new RangeError(`there is no line module ${module}`);
    return slot;
  }
}

function identifiersOf({ localTunnelId, localSessionId }: InstallSession): number {
  return localTunnelId * 0x1_0000 + localSessionId;
}

type Matches = Readonly<Record<string, readonly number[]>>;

function sumOfMatches(a: Matches, b: Matches): Matches {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [one = [], other = []] = [a[name], b[name]];
      const length = Math.max(one.length, other.length);
      return [name, Array.from({ length }, (_, entry) => (one[entry] ?? 0) + (other[entry] ?? 0))];
    }),
  );
}

function without(matches: Matches, list: string | undefined): Matches {
  return list === undefined ? {} : Object.fromEntries(Object.entries(matches).filter(([name]) => name !== list));
}
