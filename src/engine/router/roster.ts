/**
 * Everybody who is there, with what a list of clients shows of each: what is looked at every second with ten thousand of them. A `Snapshot` tells the same and all
 * the rest, SAs, options and queues, and takes many times as long.
 */

import type { IkePeers } from "../ike/events.ts";
import type { TunnelBrief } from "../l2tp/events.ts";
import type { Snapshot } from "../snapshot.ts";
import type { RouterSpec } from "../spec.ts";
import type { SessionBrief } from "./session-state.ts";

/** To be looked at at once: its counters go on counting. */
export interface Roster extends Pick<Snapshot, "now" | "startedAt"> {
  readonly spec: Pick<RouterSpec, "hostname">;
  readonly connections: IkePeers["connections"];
  /** At least those that belong to no connection of the list. */
  readonly ikeSas: IkePeers["sas"];
  readonly l2tp: { readonly tunnels: readonly TunnelBrief[] };
  readonly sessions: readonly SessionBrief[];
}
