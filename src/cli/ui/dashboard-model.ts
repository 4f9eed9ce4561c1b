/**
 * What the dashboard knows: the clients of a gateway as rows, their rates over the last minutes, and what was said about each. It is
 * fed with rosters and log events; it draws nothing. What it keeps of the past is bounded.
 */

import type { ConnectionId } from "../../engine/forwarding.ts";
import { type Endpoint, endpointKey } from "../../engine/kernel/address.ts";
import type { LogEvent } from "../../engine/kernel/log.ts";
import type { Roster } from "../../engine/router/roster.ts";
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

/** What is known of a session from before, and texts that need not be made anew. */
interface Known {
  rxOctets: number;
  txOctets: number;
  received: number;
  sent: number;
  readonly history: number[];
  peerName: string;
  user: string;
}

export class DashboardModel {
  #known = new Map<number, Known>();
  /** Texts of endpoints: an endpoint is the same object as long as its peer stays there. */
  readonly #peers = new WeakMap<Endpoint, string>();
  readonly #received: number[] = [];
  readonly #sent: number[] = [];
  #events: TimedLog[] = [];
  #rows: readonly ClientRow[] = [];
  #roster: Roster | undefined;
  #at: number | undefined;

  get rows(): readonly ClientRow[] {
    return this.#rows;
  }

  get roster(): Roster | undefined {
    return this.#roster;
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

  /** Takes note of how things stand. `roster.now` tells how much time has passed since the last one. */
  observe(roster: Roster): void {
    const seconds = this.#at === undefined ? 0 : (roster.now - this.#at) / 1000;
    this.#at = roster.now;
    this.#roster = roster;
    let received = 0;
    let sent = 0;
    const known = new Map<number, Known>();
    for (const each of roster.sessions) {
      const one = carriedOn(this.#known.get(each.session), each, seconds);
      known.set(each.session, one);
      received += one.received;
      sent += one.sent;
    }
    this.#known = known;
    if (seconds > 0) {
      keep(this.#received, received);
      keep(this.#sent, sent);
    }
    const rows = rowsOf(roster, known, (endpoint) => this.#textOf(endpoint));
    this.#rows = rows.length > KEPT_CLIENTS ? rows.slice(0, KEPT_CLIENTS) : rows;
  }

  #textOf(endpoint: Endpoint): string {
    const text = this.#peers.get(endpoint) ?? endpointKey(endpoint);
    this.#peers.set(endpoint, text);
    return text;
  }
}

function carriedOn(known: Known | undefined, { ppp, counters }: Roster["sessions"][number], seconds: number): Known {
  const { rxOctets, txOctets } = counters;
  const { peerName } = ppp;
  if (known === undefined) {
    return { rxOctets, txOctets, received: 0, sent: 0, history: [], peerName, user: printable(peerName) };
  }
  if (seconds > 0) {
    known.received = (Math.max(0, rxOctets - known.rxOctets) * 8) / seconds;
    known.sent = (Math.max(0, txOctets - known.txOctets) * 8) / seconds;
    keep(known.history, known.received + known.sent);
  }
  known.rxOctets = rxOctets;
  known.txOctets = txOctets;
  if (known.peerName !== peerName) {
    known.peerName = peerName;
    known.user = printable(peerName);
  }
  return known;
}

function keep(samples: number[], value: number): void {
  samples.push(value);
  if (samples.length > KEPT_SAMPLES) samples.shift();
}

/** Every session, then tunnels without one, then connections without a tunnel, then phase 1 that is under way. */
function rowsOf(
  roster: Roster,
  known: ReadonlyMap<number, Known>,
  textOf: (endpoint: Endpoint) => string,
): ClientRow[] {
  const { now, connections, l2tp, ikeSas } = roster;
  const quiet = { received: 0, sent: 0, history: [] } as const;
  const outer = new Map(connections.map(({ connection, flow }) => [connection, flow.remote]));
  // By number: to look for ten thousand new texts in a set takes longer than all the rest.
  const served = new Set<ConnectionId>();
  const rows: ClientRow[] = [];
  const clear = new Map(l2tp.tunnels.map(({ localTunnelId, path }) => [localTunnelId, path.remote]));
  const tunnelsUsed = new Set<number>();
  for (const state of roster.sessions) {
    const { session, ppp, connection, localTunnelId } = state;
    const remote = (connection === undefined ? undefined : outer.get(connection)) ?? clear.get(localTunnelId);
    if (connection !== undefined) served.add(connection);
    tunnelsUsed.add(localTunnelId);
    const of = known.get(session);
    const isUp = ppp.ipcp === "opened";
    rows.push({
      key: `s${session}`,
      user: of?.user ?? "",
      address: ppp.peerAddress ?? "",
      peer: remote === undefined ? "" : textOf(remote),
      state: isUp ? "up" : "tunnel",
      progress: isUp ? "up" : `${ppp.phase}`,
      tunnel: `${localTunnelId}/${state.localSessionId}`,
      ids: { session, tunnel: localTunnelId, call: state.localSessionId },
      ageSeconds: (now - state.openedAt) / 1000,
      received: of?.received ?? 0,
      sent: of?.sent ?? 0,
      history: of?.history ?? [],
    });
  }
  for (const tunnel of l2tp.tunnels) {
    if (tunnelsUsed.has(tunnel.localTunnelId)) continue;
    const { connection, remote } = tunnel.path;
    const peer = textOf((connection === undefined ? undefined : outer.get(connection)) ?? remote);
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
    const peer = textOf(connection.flow.remote);
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
