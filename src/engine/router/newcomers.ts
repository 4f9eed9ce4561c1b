/**
 * Sessions that have not carried IP yet. Each of them costs memory and time and may be anybody's, so a tunnel can have only so
 * many at once, and so can the chassis.
 */

import type { SessionId } from "../forwarding.ts";

/** A LAC that starts again brings its subscribers at once, so this is not small. */
const PER_TUNNEL_MAX = 1024;
const TOTAL_MAX = 16384;

export class Newcomers {
  readonly #tunnels = new Map<SessionId, number>();
  readonly #counts = new Map<number, number>();

  /** False = the tunnel has as many as it may, or the chassis has. */
  enter(session: SessionId, localTunnelId: number): boolean {
    const count = this.#counts.get(localTunnelId) ?? 0;
    if (count >= PER_TUNNEL_MAX || this.#tunnels.size >= TOTAL_MAX) return false;
    this.#tunnels.set(session, localTunnelId);
    this.#counts.set(localTunnelId, count + 1);
    return true;
  }

  /** It carries IP now, or is gone. */
  leave(session: SessionId): void {
    const tunnel = this.#tunnels.get(session);
    if (tunnel === undefined) return;
    this.#tunnels.delete(session);
    const count = (this.#counts.get(tunnel) ?? 0) - 1;
    if (count > 0) this.#counts.set(tunnel, count);
    else this.#counts.delete(tunnel);
  }
}
