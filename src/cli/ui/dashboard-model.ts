/**
 * What the dashboard knows: the clients of a gateway as rows, their rates over the last minutes, and what was said about each. It is
 * fed with snapshots and log events; it draws nothing. What it keeps of the past is bounded.
 */

import type { ConnectionId } from "../../engine/forwarding.ts";
import { endpointKey } from "../../engine/kernel/address.ts";
import type { LogEvent } from "../../engine/kernel/log.ts";
import type { Snapshot } from "../../engine/snapshot.ts";
import { printable } from "./cells.ts";

/** Samples that are kept of every rate. */
const KEPT_SAMPLES = 240;
const KEPT_EVENTS = 2000;
/** A client that ended stays to be looked at while the dashboard is open. */
const KEPT_CLIENTS = 10_000;

export type ClientState = "negotiating" | "ipsec" | "tunnel" | "up" | "gone";

export interface ClientIds {
  readonly session?: number;
  /** The ids of its tunnel and of its L2TP session that the gateway chose. */
  readonly tunnel?: number;
  readonly call?: number;
}

export interface ClientRow {
  /** Outer address and port; several sessions of one tunnel have one row each. */
  readonly key: string;
  readonly user: string;
  readonly address: string;
  readonly peer: string;
  readonly state: ClientState;
  /** How far it has come, in the words of its protocols. */
  readonly progress: string;
  readonly tunnel: string;
  /** By what the log names it. */
  readonly ids: ClientIds;
  readonly ageSeconds: number;
  /** Bit/s, from the client and to it. */
  readonly received: number;
  readonly sent: number;
  readonly history: readonly number[];
}

export interface TimedLog {
  readonly at: Date;
  readonly event: LogEvent;
}

interface Rates {
  rxOctets: number;
  txOctets: number;
  received: number;
  sent: number;
  readonly history: number[];
}

export class DashboardModel {
  readonly #rates = new Map<number, Rates>();
  readonly #received: number[] = [];
  readonly #sent: number[] = [];
  #events: TimedLog[] = [];
  #rows: readonly ClientRow[] = [];
  #snapshot: Snapshot | undefined;
  #at: number | undefined;

  get rows(): readonly ClientRow[] {
    return this.#rows;
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** Bit/s of all sessions together, the newest last. */
  get received(): readonly number[] {
    return this.#received;
  }

  get sent(): readonly number[] {
    return this.#sent;
  }

  get events(): readonly TimedLog[] {
    return this.#events;
  }

  hear(event: LogEvent, at: Date): void {
    const { category, severity, text, fields } = event;
    this.#events.push({ event: { category, severity, text, fields }, at });
    if (this.#events.length > KEPT_EVENTS * 2) this.#events = this.#events.slice(-KEPT_EVENTS);
  }

  /** Takes note of how things stand. `snapshot.now` tells how much time has passed since the last one. */
  observe(snapshot: Snapshot): void {
    const seconds = this.#at === undefined ? 0 : (snapshot.now - this.#at) / 1000;
    this.#at = snapshot.now;
    this.#snapshot = snapshot;
    let received = 0;
    let sent = 0;
    const live = new Set<number>();
    for (const { session, counters } of snapshot.sessions) {
      live.add(session);
      const rates = this.#ratesOf(session, counters.rxOctets, counters.txOctets, seconds);
      received += rates.received;
      sent += rates.sent;
    }
    for (const session of this.#rates.keys()) if (!live.has(session)) this.#rates.delete(session);
    if (seconds > 0) {
      keep(this.#received, received);
      keep(this.#sent, sent);
    }
    this.#rows = rowsOf(snapshot, (session) => this.#rates.get(session)).slice(0, KEPT_CLIENTS);
  }

  #ratesOf(session: number, rxOctets: number, txOctets: number, seconds: number): Rates {
    const known = this.#rates.get(session);
    if (known === undefined) {
      const rates: Rates = { rxOctets, txOctets, received: 0, sent: 0, history: [] };
      this.#rates.set(session, rates);
      return rates;
    }
    if (seconds > 0) {
      known.received = (Math.max(0, rxOctets - known.rxOctets) * 8) / seconds;
      known.sent = (Math.max(0, txOctets - known.txOctets) * 8) / seconds;
      keep(known.history, known.received + known.sent);
    }
    known.rxOctets = rxOctets;
    known.txOctets = txOctets;
    return known;
  }
}

function keep(samples: number[], value: number): void {
  samples.push(value);
  if (samples.length > KEPT_SAMPLES) samples.shift();
}

/** Every session, then tunnels without one, then connections without a tunnel, then phase 1 that is under way. */
function rowsOf(snapshot: Snapshot, ratesOf: (session: number) => Rates | undefined): ClientRow[] {
  const { now, connections, l2tp, ikeSas } = snapshot;
  const quiet = { received: 0, sent: 0, history: [] } as const;
  const outer = new Map(connections.map((each) => [each.connection, endpointKey(each.flow.remote)]));
  // By number: to look for ten thousand new texts in a set takes longer than all the rest.
  const served = new Set<ConnectionId>();
  const rows: ClientRow[] = [];
  const tunnels = new Map(l2tp.tunnels.map((tunnel) => [tunnel.localTunnelId, tunnel]));
  const tunnelsUsed = new Set<number>();
  for (const state of snapshot.sessions) {
    const { session, ppp, connection, localTunnelId } = state;
    const tunnel = tunnels.get(localTunnelId);
    const clear = tunnel === undefined ? "" : endpointKey(tunnel.path.remote);
    const peer = (connection === undefined ? undefined : outer.get(connection)) ?? clear;
    if (connection !== undefined) served.add(connection);
    tunnelsUsed.add(localTunnelId);
    const rates = ratesOf(session);
    rows.push({
      key: `s${session}`,
      user: printable(ppp.peerName),
      address: ppp.peerAddress ?? "",
      peer,
      state: ppp.ipcp === "opened" ? "up" : "tunnel",
      progress: ppp.ipcp === "opened" ? "up" : `${ppp.phase}`,
      tunnel: `${localTunnelId}/${state.localSessionId}`,
      ids: { session, tunnel: localTunnelId, call: state.localSessionId },
      ageSeconds: (now - state.openedAt) / 1000,
      received: rates?.received ?? 0,
      sent: rates?.sent ?? 0,
      history: rates?.history ?? [],
    });
  }
  for (const tunnel of l2tp.tunnels) {
    if (tunnelsUsed.has(tunnel.localTunnelId)) continue;
    const { connection, remote } = tunnel.path;
    const peer = (connection === undefined ? undefined : outer.get(connection)) ?? endpointKey(remote);
    if (connection !== undefined) served.add(connection);
    rows.push({
      ...quiet,
      key: `t${tunnel.localTunnelId}`,
      user: printable(tunnel.remoteHostName),
      address: "",
      peer,
      state: tunnel.state === "down" || tunnel.state === "disconnecting" ? "gone" : "tunnel",
      progress: `tunnel ${tunnel.state}`,
      tunnel: `${tunnel.localTunnelId}/-`,
      ids: { tunnel: tunnel.localTunnelId },
      ageSeconds: (now - tunnel.changedAt) / 1000,
    });
  }
  for (const connection of connections) {
    if (served.has(connection.connection)) continue;
    served.add(connection.connection);
    const peer = endpointKey(connection.flow.remote);
    const ageSeconds = (now - connection.openedAt) / 1000;
    rows.push({
      ...quiet,
      key: `c${connection.connection}`,
      user: "",
      address: "",
      peer,
      state: "ipsec",
      progress: "IPsec up",
      tunnel: "",
      ids: {},
      ageSeconds,
    });
  }
  let peers: Set<string> | undefined;
  for (const sa of ikeSas) {
    if (sa.connection !== undefined && served.has(sa.connection)) continue;
    const peer = endpointKey(sa.flow.remote);
    peers ??= new Set(rows.map((row) => row.peer));
    if (peers.has(peer)) continue;
    peers.add(peer);
    const ageSeconds = (now - sa.createdAt) / 1000;
    const state = sa.state === "deleted" ? "gone" : "negotiating";
    rows.push({
      ...quiet,
      key: `i${sa.id}`,
      user: "",
      address: "",
      peer,
      state,
      progress: `IKE ${sa.state}`,
      tunnel: "",
      ids: {},
      ageSeconds,
    });
  }
  return rows;
}
