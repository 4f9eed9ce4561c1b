/**
 * Where the tunnels of a chassis are found: by their key, by our identifier, by path and the peer's identifier (which
 * is how a repeated SCCRQ is known), and by connection. Lookups are maps; nothing scans.
 */

import type { ConnectionId, L2tpPath } from "../forwarding.ts";
import { endpointKey, sameEndpoint } from "../kernel/address.ts";
import { DestinationCounts } from "./destination-counts.ts";
import type { TunnelKey } from "./events.ts";
import type { Tunnel } from "./tunnel.ts";

export interface TunnelEntry {
  readonly tunnel: Tunnel;
  /** What it is counted under. */
  readonly destination: string;
  /** The path it is found by. */
  path: L2tpPath;
  /** The peer's older tunnel under the same identifier: once this one stands, the peer has forgotten that one. */
  replaces: TunnelEntry | undefined;
  /** It has been established, or has failed: what it stands in for is decided. */
  settled: boolean;
  /** Counts it out of the half-open ones. */
  leaveHalfOpen: (() => void) | undefined;
  /** Counts it out of those that are not over. */
  leaveLive: (() => void) | undefined;
  /** It is over, and waits to be forgotten. */
  retired: boolean;
  /** The connection under it has been given up, or was not its to give up. */
  released: boolean;
}

export function pathKey(path: L2tpPath): string {
  const { virtualRouter, local, remote, connection } = path;
  // A name may hold anything, so it is last.
  return `${local.address} ${endpointKey(remote)} ${connection ?? "-"} ${virtualRouter}`;
}

/**
 * Whether a message on `path` may be for a tunnel on `known`. The same connection is the same peer, whatever its port
 * has become. The same address and port is the same peer after a complete new IKE negotiation (Apple), or, with
 * separation `none`, whoever took the first one's place. What came in the clear is never for a tunnel under IPsec.
 */
export function isSamePeer(known: L2tpPath, path: L2tpPath): boolean {
  if (known.virtualRouter !== path.virtualRouter) return false;
  if (known.connection !== undefined && known.connection === path.connection) return true;
  if ((known.connection === undefined) !== (path.connection === undefined)) return false;
  if (known.exclusive === true || path.exclusive === true) return false;
  return known.local.address === path.local.address && sameEndpoint(known.remote, path.remote);
}

export class TunnelTable {
  readonly destinations = new DestinationCounts();
  /** In the order they were made. */
  readonly byKey = new Map<TunnelKey, TunnelEntry>();
  readonly byLocalId = new Map<number, TunnelEntry>();
  readonly #byPeer = new Map<string, TunnelEntry>();
  readonly #byConnection = new Map<ConnectionId, Set<TunnelEntry>>();

  /** A tunnel whose path and remote identifier are known takes the place of an older one with the same. */
  add(tunnel: Tunnel): TunnelEntry {
    const { key, localTunnelId, path } = tunnel.identity;
    const { remoteTunnelId } = tunnel.identity;
    const replaces = remoteTunnelId === 0 ? undefined : this.ofPeer(path, remoteTunnelId);
    const entry: TunnelEntry = {
      tunnel,
      destination: this.destinations.enter(path),
      path,
      replaces,
      settled: false,
      leaveHalfOpen: undefined,
      leaveLive: undefined,
      retired: false,
      released: false,
    };
    this.byKey.set(key, entry);
    this.byLocalId.set(localTunnelId, entry);
    this.#index(entry);
    return entry;
  }

  ofPeer(path: L2tpPath, remoteTunnelId: number): TunnelEntry | undefined {
    return this.#byPeer.get(peerKey(path, remoteTunnelId));
  }

  /** Tunnels over a connection, those included that are over and not forgotten. */
  ofConnection(connection: ConnectionId): readonly TunnelEntry[] {
    return [...(this.#byConnection.get(connection) ?? [])];
  }

  /**
   * The older tunnels that a new one stands in for, once, when the new one is established: one under the same identifier at
   * the peer, because a hello or a goodbye to it would be taken for one to the newer; and with single-shot tunnels every
   * other one of the connection, which carries one in its life.
   */
  takeReplaced(entry: TunnelEntry): readonly TunnelEntry[] {
    const { replaces, tunnel, settled } = entry;
    if (settled || tunnel.state === "waitControlConnected") return [];
    entry.replaces = undefined;
    entry.settled = true;
    if (tunnel.state !== "established") return [];
    const { connection } = entry.path;
    const only = tunnel.identity.profile?.singleShot === true && connection !== undefined;
    const others = only ? this.ofConnection(connection) : replaces === undefined ? [] : [replaces];
    return others.filter((other) => other !== entry && !other.retired);
  }

  /** Follows a tunnel whose path has changed. */
  follow(entry: TunnelEntry): void {
    if (entry.path === entry.tunnel.identity.path) return;
    this.#unindex(entry);
    entry.path = entry.tunnel.identity.path;
    this.#index(entry);
  }

  /** It is over: the next request of its peer is a new one. */
  retire(entry: TunnelEntry): void {
    entry.retired = true;
    this.#unindexPeer(entry);
  }

  forget(entry: TunnelEntry): void {
    this.#unindex(entry);
    this.byKey.delete(entry.tunnel.identity.key);
    this.byLocalId.delete(entry.tunnel.identity.localTunnelId);
    this.destinations.leave(entry.destination, entry.tunnel.wasEstablished);
  }

  #index(entry: TunnelEntry): void {
    const { remoteTunnelId } = entry.tunnel.identity;
    const { connection } = entry.path;
    if (remoteTunnelId !== 0) this.#byPeer.set(peerKey(entry.path, remoteTunnelId), entry);
    if (connection === undefined) return;
    const sharing = this.#byConnection.get(connection);
    if (sharing === undefined) this.#byConnection.set(connection, new Set([entry]));
    else sharing.add(entry);
  }

  #unindexPeer(entry: TunnelEntry): void {
    const peer = peerKey(entry.path, entry.tunnel.identity.remoteTunnelId);
    if (this.#byPeer.get(peer) === entry) this.#byPeer.delete(peer);
  }

  #unindex(entry: TunnelEntry): void {
    this.#unindexPeer(entry);
    const { connection } = entry.path;
    if (connection === undefined) return;
    const sharing = this.#byConnection.get(connection);
    sharing?.delete(entry);
    if (sharing?.size === 0) this.#byConnection.delete(connection);
  }
}

function peerKey(path: L2tpPath, remoteTunnelId: number): string {
  return `${remoteTunnelId} ${pathKey(path)}`;
}
