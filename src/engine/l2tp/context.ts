/**
 * What every tunnel of a chassis shares with its neighbours: entropy, the log, the queue of outputs, the counters
 * that `show` adds up, and who a tunnel is.
 */

import type { L2tpPath, SessionCounters, SessionId } from "../forwarding.ts";
import { endpointKey } from "../kernel/address.ts";
import type { Log } from "../kernel/log.ts";
import type { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { L2tpSystemSpec, LnsProfileSpec } from "../l2tp-spec.ts";
import type { L2tpOutput, L2tpView, TunnelKey } from "./events.ts";
import type { RefusalLimit } from "./refusal-limit.ts";
import type { SessionLimits } from "./session-limits.ts";

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

export interface L2tpContext {
  readonly random: Random;
  /** For what is said of the peer on a path. */
  readonly logOf: (path: L2tpPath) => Log;
  readonly allocateSession: () => SessionId;
  /** What a session has carried; `undefined` = nobody counts. */
  readonly carriedBy: (session: SessionId) => Readonly<SessionCounters> | undefined;
  readonly outputs: Outputs<L2tpOutput>;
  readonly totals: Mutable<Omit<L2tpView["totals"], "destinationsTotal" | "destinationsFailed">>;
  /** Whose tunnel a live session is in. */
  readonly tunnelOf: Map<SessionId, TunnelKey>;
  readonly limits: SessionLimits;
  /** How many refusals are told in a second. */
  readonly refusalLimit: RefusalLimit;
  /** The latest configuration: timers of running tunnels follow it. */
  system: L2tpSystemSpec;
}

/** Who a tunnel is; what the peer tells later is filled in. */
export interface TunnelIdentity {
  readonly key: TunnelKey;
  readonly role: "lac" | "lns";
  readonly profile: LnsProfileSpec | undefined;
  readonly localTunnelId: number;
  readonly localHostName: string;
  path: L2tpPath;
  remoteTunnelId: number;
  remoteHostName: string;
  /** An operator lets no new sessions into it. */
  draining?: boolean;
}

/** A host profile's name: destination profiles hold several host profiles under one name. */
export function profileKey(profile: LnsProfileSpec): string {
  return JSON.stringify([profile.virtualRouter, profile.name, profile.remoteHostName ?? null]);
}

export function peerOf(path: L2tpPath): string {
  return endpointKey(path.remote);
}
