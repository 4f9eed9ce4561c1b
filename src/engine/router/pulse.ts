/** What is looked at every second: how much there is of everything, and what each session has carried. No view of anything is made for it. */

import type { SessionCounters, SessionId } from "../forwarding.ts";

export interface Pulse {
  readonly connections: number;
  /** Established ones. */
  readonly tunnels: number;
  readonly sessions: ReadonlyMap<SessionId, Pick<SessionCounters, "rxOctets" | "txOctets">>;
}
