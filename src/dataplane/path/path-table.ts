/**
 * Which connection the way out to an L2TP peer leads through. Under `perConnection` a path is its connection's own.
 * Otherwise a path is addresses and port alone: connections that share it lay claim to it, and the one with the newest
 * outbound SA has it. With `portDemux` the port tells clients apart, so nobody else claims; with `none` every client
 * behind a NAT claims the same path, and the last one takes it, as the Cisco document describes.
 */

import type { L2tpPath } from "../../engine/forwarding.ts";
import type { Arrival, Connection } from "./connection.ts";

/** A path; sessions and arrivals hold it, so that per packet identity is all that is compared. */
export class PathEntry {
  readonly key: string;
  readonly #claims = new Set<Connection>();
  #owner: Connection | undefined;

  constructor(key: string) {
    this.key = key;
  }

  get owner(): Connection | undefined {
    return this.#owner;
  }

  /** Lays claim, or renews one after a new SA. */
  claim(connection: Connection): void {
    this.#claims.add(connection);
    if (this.#owner === undefined || connection.precedence >= this.#owner.precedence) this.#owner = connection;
  }

  /** True when nobody is left. */
  release(connection: Connection): boolean {
    this.#claims.delete(connection);
    if (this.#owner === connection) {
      this.#owner = undefined;
      for (const claim of this.#claims) this.claim(claim);
    }
    return this.#claims.size === 0;
  }
}

/** Bounds what an authenticated peer can make us keep by changing its inner port. */
const MAX_PORTS_PER_CONNECTION = 32;

export class PathTable {
  readonly #entries = new Map<string, PathEntry>();
  #precedence = 0;

  /** A connection has a new outbound SA: its paths lead to it from now on. */
  renew(connection: Connection): void {
    this.#precedence += 1;
    connection.precedence = this.#precedence;
    if (connection.arrivals.size === 0) this.arrive(connection, connection.peerPort);
    for (const arrival of connection.arrivals.values()) arrival.entry.claim(connection);
  }

  /** How packets from the peer's inner port `port` reach L2TP; `undefined` = the peer uses too many ports. */
  arrive(connection: Connection, port: number): Arrival | undefined {
    if (connection.arrival !== undefined && connection.peerPort === port) return connection.arrival;
    const seen = connection.demuxPort ?? port;
    let arrival = connection.arrivals.get(seen);
    if (arrival === undefined) {
      if (connection.arrivals.size >= MAX_PORTS_PER_CONNECTION) return undefined;
      arrival = this.#newArrival(connection, seen);
      connection.arrivals.set(seen, arrival);
    }
    connection.peerPort = port;
    connection.arrival = arrival;
    return arrival;
  }

  /** Our end speaks from another inner port than before: paths are named anew. */
  setLocalPort(connection: Connection, port: number): void {
    if (connection.localPort === port) return;
    connection.localPort = port;
    this.forget(connection);
    this.arrive(connection, connection.peerPort);
  }

  /** The way out to `path`, whose connection is `connection`; `undefined` = no connection leads there. */
  find(connection: Connection, path: L2tpPath): PathEntry | undefined {
    return this.#entries.get(keyOf(connection, path.local.address, path.remote.port));
  }

  forget(connection: Connection): void {
    for (const { entry } of connection.arrivals.values()) {
      if (entry.release(connection)) this.#entries.delete(entry.key);
    }
    connection.arrivals.clear();
    connection.arrival = undefined;
  }

  #newArrival(connection: Connection, port: number): Arrival {
    const { virtualRouter, peerAddress, localPort, id, separation } = connection;
    const local = connection.flow.local.address;
    const key = keyOf(connection, local, port);
    const entry = this.#entries.get(key) ?? new PathEntry(key);
    this.#entries.set(key, entry);
    entry.claim(connection);
    return {
      entry,
      path: {
        virtualRouter,
        local: { address: local, port: localPort },
        remote: { address: peerAddress, port },
        connection: id,
        ...(separation === "perConnection" ? { exclusive: true } : {}),
      },
    };
  }
}

function keyOf(connection: Connection, local: string, port: number): string {
  if (connection.separation === "perConnection") return `#${connection.id}`;
  return `${connection.virtualRouter} ${local} ${connection.peerAddress} ${port}`;
}
