/**
 * Who lives where: the line module of every connection and session of a chassis, the flow that leads to a connection, and the memory that their SAs and sessions
 * are counted in. It knows of line modules by number only and tells them nothing.
 */

import type {
  ConnectionId,
  InstallSession,
  L2tpPath,
  OpenConnection,
  OpenSessionIp,
  RemoveSa,
  SessionId,
  Transmission,
} from "../../engine/forwarding.ts";
import { type Flow, flowKey } from "../../engine/kernel/address.ts";
import { NAT_TRAVERSAL_PORT } from "../../engine/wire/udp-encap.ts";
import { saCounters, sessionCounters } from "./shared-counters.ts";

/** The line module on the engine's own thread. */
export const OWN = 0;

type Rows = Map<number, SharedArrayBuffer>;

interface Place {
  readonly module: number;
  flow: Flow;
  readonly inbound: Rows;
  readonly outbound: Rows;
}

export interface SessionPlace {
  readonly module: number;
  readonly install: InstallSession;
  /** Absent = number 0 counts for itself. */
  readonly counters: SharedArrayBuffer | undefined;
  ip: OpenSessionIp | undefined;
}

export class Places {
  readonly #connections = new Map<ConnectionId, Place>();
  readonly #sessions = new Map<SessionId, SessionPlace>();
  /** Whose the NAT-T flows are. */
  readonly #byFlow = new Map<string, ConnectionId>();

  /** Gives its line module. */
  openConnection({ connection, flow, module = OWN }: OpenConnection): number {
    this.#connections.set(connection, { module, flow, inbound: new Map(), outbound: new Map() });
    this.#byFlow.set(flowKey(flow), connection);
    return module;
  }

  /** Gives its line module; `undefined` = there is no such connection, and nothing was done. */
  moveConnection(connection: ConnectionId, flow: Flow): number | undefined {
    const place = this.#connections.get(connection);
    if (place === undefined) return undefined;
    this.#forgetFlow(connection, place);
    place.flow = flow;
    this.#byFlow.set(flowKey(flow), connection);
    return place.module;
  }

  /** Gives the line module it lived in; `undefined` = there is no such connection. */
  closeConnection(connection: ConnectionId): number | undefined {
    const place = this.#connections.get(connection);
    if (place === undefined) return undefined;
    this.#forgetFlow(connection, place);
    this.#connections.delete(connection);
    return place.module;
  }

  /** Memory for what a new SA counts. */
  addSa(connection: ConnectionId, direction: RemoveSa["direction"], spi: number): SharedArrayBuffer {
    const counters = saCounters.memory();
    this.#connections.get(connection)?.[direction].set(spi, counters);
    return counters;
  }

  removeSa({ connection, direction, spi }: RemoveSa): void {
    this.#connections.get(connection)?.[direction].delete(spi);
  }

  sa(connection: ConnectionId, direction: RemoveSa["direction"], spi: number): SharedArrayBuffer | undefined {
    return this.#connections.get(connection)?.[direction].get(spi);
  }

  /** Its peer can be heard and not be answered. */
  isOneWay(connection: ConnectionId): boolean {
    const place = this.#connections.get(connection);
    return place !== undefined && place.inbound.size > 0 && place.outbound.size === 0;
  }

  moduleOf(connection: ConnectionId): number | undefined {
    return this.#connections.get(connection)?.module;
  }

  connectionsIn(module: number): ConnectionId[] {
    return [...this.#connections].filter(([, place]) => place.module === module).map(([id]) => id);
  }

  /** Where it belongs; number 0 = nobody else is known to have it. */
  moduleFor(transmission: Transmission): number {
    switch (transmission.type) {
      case "l2tp":
        return this.moduleOfPath(transmission.path);
      case "ppp":
        return this.#sessions.get(transmission.session)?.module ?? OWN;
      case "ike":
        return this.#moduleOfFlow(transmission.flow);
      default:
        return OWN;
    }
  }

  moduleOfPath({ connection }: L2tpPath): number {
    return connection === undefined ? OWN : (this.moduleOf(connection) ?? OWN);
  }

  /** With `counters` it goes on counting there. */
  addSession(install: InstallSession, counters: SharedArrayBuffer | undefined): SessionPlace {
    const module = this.moduleOfPath(install.path);
    const memory = module === OWN ? undefined : (counters ?? sessionCounters.memory());
    const place: SessionPlace = { module, install, counters: memory, ip: undefined };
    this.#sessions.set(install.session, place);
    return place;
  }

  session(session: SessionId): SessionPlace | undefined {
    return this.#sessions.get(session);
  }

  get sessions(): Iterable<SessionPlace> {
    return this.#sessions.values();
  }

  removeSession(session: SessionId): void {
    this.#sessions.delete(session);
  }

  /** How many live in each line module; where none do, it is absent. */
  connectionCounts(): ReadonlyMap<number, number> {
    return countsByModule(this.#connections.values());
  }

  sessionCounts(): ReadonlyMap<number, number> {
    return countsByModule(this.#sessions.values());
  }

  #moduleOfFlow(flow: Flow): number {
    if (flow.local.port !== NAT_TRAVERSAL_PORT) return OWN;
    const connection = this.#byFlow.get(flowKey(flow));
    return connection === undefined ? OWN : (this.moduleOf(connection) ?? OWN);
  }

  #forgetFlow(connection: ConnectionId, { flow }: Place): void {
    const key = flowKey(flow);
    if (this.#byFlow.get(key) === connection) this.#byFlow.delete(key);
  }
}

function countsByModule(places: Iterable<{ readonly module: number }>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { module } of places) counts.set(module, (counts.get(module) ?? 0) + 1);
  return counts;
}
