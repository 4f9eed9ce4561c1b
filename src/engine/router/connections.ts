/**
 * The connections of a chassis as the join needs them: the port that stands for each client behind a NAT, what its sessions
 * run over, and when its peer was last heard and spoken to. The rest is IKE's.
 */

import type { EspAlgorithms } from "../crypto/esp-transform.ts";
import type { ConnectionId, LineModuleStatistics, OpenConnection, SaCounters } from "../forwarding.ts";
import type { IkeOutput } from "../ike/events.ts";
import { type Address, isIpv6 } from "../kernel/address.ts";
import { DeadlineQueue } from "../kernel/deadline-queue.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { DemuxPorts } from "./demux-ports.ts";
import type { PortTotals } from "./port-counters.ts";
import { type Carrier, clearCarrier } from "./sizes.ts";

interface Connection extends Carrier {
  /** Our address and the NAT's, for the port table. */
  readonly nat: string;
  readonly demuxPort: number | undefined;
  /** The interface that it came in by. */
  readonly port: string | undefined;
  /** SPIs of its live SAs. */
  readonly inbound: Set<number>;
  readonly outbound: Set<number>;
  /** Of the newest outbound SA. */
  algorithms: EspAlgorithms | undefined;
}

export interface Activity {
  readonly connection: ConnectionId;
  readonly heardAt: Millis;
  readonly sentAt: Millis;
}

export class Connections {
  readonly #statistics: LineModuleStatistics;
  readonly #connections = new Map<ConnectionId, Connection>();
  readonly #demuxPorts = new DemuxPorts();
  /** When each connection's activity is next told to IKE, for dead peer detection. */
  readonly #activity = new DeadlineQueue<ConnectionId>();
  #intervalSeconds: number | undefined;

  constructor(statistics: LineModuleStatistics) {
    this.#statistics = statistics;
  }

  /** `intervalSeconds` is that of the most frequent dead peer detection; `undefined` = there is none. */
  configure(intervalSeconds: number | undefined, now: Millis): void {
    this.#intervalSeconds = intervalSeconds;
    for (const connection of this.#connections.keys()) this.#schedule(connection, now);
  }

  portOf(id: ConnectionId): string | undefined {
    return this.#connections.get(id)?.port;
  }

  /** Adds what its live SAs have counted to the totals of the ports. */
  addTo(totals: PortTotals): void {
    for (const [id, { port, inbound, outbound }] of this.#connections) {
      if (port === undefined) continue;
      for (const spi of inbound) addCounted(totals, port, "inbound", this.#statistics.inboundSa(id, spi));
      for (const spi of outbound) addCounted(totals, port, "outbound", this.#statistics.outboundSa(id, spi));
    }
  }

  get count(): number {
    return this.#connections.size;
  }

  keys(): ConnectionId[] {
    return [...this.#connections.keys()];
  }

  open(opened: Extract<IkeOutput, { type: "connectionOpened" }>, now: Millis): OpenConnection {
    const { connection, flow, gateway, encapsulation, virtualRouter, peerPort, module, seenAs } = opened;
    const nat = `${virtualRouter} ${flow.local.address} ${flow.remote.address}`;
    const demuxed = gateway?.separation === "portDemux" && opened.behindNat;
    const demuxPort = demuxed ? this.#demuxPorts.allocate(nat) : undefined;
    this.#connections.set(connection, {
      encapsulation,
      nat,
      demuxPort,
      port: gateway?.interfaceName,
      inbound: new Set(),
      outbound: new Set(),
      algorithms: undefined,
      overIpv6: seenAs !== undefined || isIpv6(flow.remote.address),
    });
    this.#schedule(connection, now);
    return {
      type: "openConnection",
      connection,
      virtualRouter,
      flow,
      encapsulation,
      separation: gateway?.separation ?? "perConnection",
      demuxPort,
      ...(peerPort !== 0 && { peerPort }),
      ignoreUdpChecksums: gateway?.ignoreUdpChecksums ?? false,
      ...(seenAs === undefined ? {} : { seenAs }),
      ...(module === undefined ? {} : { module }),
    };
  }

  close(id: ConnectionId): void {
    const closed = this.#connections.get(id);
    if (closed?.demuxPort !== undefined) this.#demuxPorts.release(closed.nat, closed.demuxPort);
    this.#connections.delete(id);
    this.#activity.set(id, undefined);
  }

  /** What L2TP over the connection runs over, where its sender takes another suite from now on. */
  addSa(added: Extract<IkeOutput, { type: "inboundSa" | "outboundSa" }>): Carrier | undefined {
    const connection = this.#connections.get(added.connection);
    if (connection === undefined) return undefined;
    const { inboundSpi, outboundSpi, proposal } = added.pair;
    if (added.type === "inboundSa") {
      connection.inbound.add(inboundSpi);
      return undefined;
    }
    connection.outbound.add(outboundSpi);
    const before = connection.algorithms;
    connection.algorithms = proposal;
    return before === undefined || before === proposal ? undefined : connection;
  }

  removeSa({ connection, direction, spi }: Extract<IkeOutput, { type: "saRemoved" }>): void {
    this.#connections.get(connection)?.[direction].delete(spi);
  }

  /** When its ESP was last good; 0 = never. */
  heardAt(id: ConnectionId): Millis {
    return this.#lastUse(id).heardAt;
  }

  demuxPortOf(id: ConnectionId): number | undefined {
    return this.#connections.get(id)?.demuxPort;
  }

  /** What L2TP over the connection runs over; without one that is there: in the clear to this address. */
  carrierOf(id: ConnectionId | undefined, remote: Address): Carrier {
    const connection = id === undefined ? undefined : this.#connections.get(id);
    return connection ?? clearCarrier(remote);
  }

  /** IKE does not see ESP: the next connection about which it is to be told. */
  takeActivity(now: Millis): Activity | undefined {
    const connection = this.#activity.takeDue(now);
    if (connection === undefined) return undefined;
    this.#schedule(connection, now);
    return { connection, ...this.#lastUse(connection) };
  }

  pollTimeout(): Deadline | undefined {
    return this.#activity.peek();
  }

  #schedule(connection: ConnectionId, now: Millis): void {
    const seconds = this.#intervalSeconds;
    const next = seconds === undefined ? undefined : { at: now + seconds * 500, why: "peer activity" };
    this.#activity.set(connection, next);
  }

  #lastUse(id: ConnectionId): { heardAt: Millis; sentAt: Millis } {
    const connection = this.#connections.get(id);
    let heardAt = 0;
    let sentAt = 0;
    for (const spi of connection?.inbound ?? []) {
      heardAt = Math.max(heardAt, this.#statistics.inboundSa(id, spi)?.lastUsedAt ?? 0);
    }
    for (const spi of connection?.outbound ?? []) {
      sentAt = Math.max(sentAt, this.#statistics.outboundSa(id, spi)?.lastUsedAt ?? 0);
    }
    return { heardAt, sentAt };
  }
}

function addCounted(
  totals: PortTotals,
  port: string,
  direction: "inbound" | "outbound",
  counted: Readonly<SaCounters> | undefined,
): void {
  if (counted !== undefined) totals.add(port, direction, counted);
}
