/** What a script may wait for: tunnels and sessions, the same whatever router the gateway speaks like. */

import type { Snapshot } from "../engine/snapshot.ts";

export interface GatewayState {
  readonly tunnels: readonly Party[];
  readonly sessions: readonly Party[];
}

export interface Party {
  /** The host name of a tunnel's other end, the user of a session. */
  readonly name: string;
  /** Where a tunnel's other end is, the address a session's user was given; empty = none so far. */
  readonly address: string;
  readonly isUp: boolean;
}

export function stateOf({ l2tp, sessions }: Snapshot): GatewayState {
  return {
    tunnels: l2tp.tunnels.map(({ remoteHostName, path, state }) => ({
      name: remoteHostName,
      address: path.remote.address,
      isUp: state === "established",
    })),
    sessions: sessions.map(({ ppp }) => ({
      name: ppp.peerName,
      address: ppp.peerAddress ?? "",
      isUp: ppp.ipcp === "opened",
    })),
  };
}
