/**
 * Whether a peer may have one more tunnel, and of which profile: as the chassis and the destination stand, as many as there
 * are, and once in the life of a connection whose profile is for a single shot. It looks at nothing of a request but its host
 * name, so that a refusal costs little.
 */

import type { ConnectionId, L2tpPath } from "../forwarding.ts";
import { sourceOf } from "../kernel/address.ts";
import type { LnsProfileSpec } from "../l2tp-spec.ts";
import { destinationState, HALF_OPEN, LIVE, type Refusal, requester, selectProfile, TunnelTally } from "./admission.ts";
import type { L2tpContext } from "./context.ts";
import { stop } from "./results.ts";
import { pathKey, type TunnelEntry } from "./tunnel-table.ts";

export class TunnelAdmission {
  readonly #context: Pick<L2tpContext, "system">;
  readonly #halfOpen = new TunnelTally(HALF_OPEN);
  readonly #live = new TunnelTally(LIVE);
  /** Connections that have had their single-shot tunnel. */
  readonly #spent = new Set<ConnectionId>();
  #profiles: readonly LnsProfileSpec[] = [];

  constructor(context: Pick<L2tpContext, "system">) {
    this.#context = context;
  }

  configure(profiles: readonly LnsProfileSpec[]): void {
    this.#profiles = profiles;
  }

  admit(path: L2tpPath, hostName: string): { readonly profile: LnsProfileSpec } | Refusal {
    const { system } = this.#context;
    if (!system.enabled) return { result: stop.notAuthorized, reason: "L2TP is not enabled" };
    if (system.draining === true) {
      return { result: stop.shuttingDown, reason: "L2TP is draining: it accepts no new tunnels" };
    }
    const held = destinationState(system, path);
    if (held !== undefined) return { result: stop.shuttingDown, reason: `the destination is ${held}` };
    if (!this.#halfOpen.hasRoom(pathKey(path), requester(path))) {
      return { result: stop.noResources, reason: "too many tunnels are being set up" };
    }
    if (!this.#live.hasRoom(pathKey(path), sourceOf(path.remote.address))) {
      return { result: stop.noResources, reason: "the peer has as many tunnels as it may" };
    }
    if (path.connection !== undefined && this.#spent.has(path.connection)) {
      return { result: stop.notAuthorized, reason: "the connection has had its single-shot tunnel" };
    }
    return selectProfile(this.#profiles, path, hostName);
  }

  /** Counts a tunnel in; what the entry is given counts it out. */
  enter(entry: TunnelEntry): void {
    const { path, tunnel } = entry;
    entry.leaveHalfOpen = this.#halfOpen.enter(pathKey(path), requester(path));
    entry.leaveLive = this.#live.enter(pathKey(path), sourceOf(path.remote.address));
    const singleShot = tunnel.identity.profile?.singleShot === true;
    if (singleShot && path.connection !== undefined) this.#spent.add(path.connection);
  }

  /** The connection is over, or a new one under its old name. */
  forget(connection: ConnectionId): void {
    this.#spent.delete(connection);
  }
}
