/**
 * Connection numbers of IPsec SAs, as `show crypto ipsec sa` and `show crypto engine connections active` both print
 * them: the older SA has the lower pair, and of a pair the inbound SA is odd. No two SAs of one moment share a number.
 */

import type { ConnectionSnapshot, Snapshot } from "../../../engine/snapshot.ts";

export type LiveSa = ConnectionSnapshot["sas"][number];

/** The number of each inbound SA; that of its outbound SA is one more. */
export function inboundNumbers(snapshot: Snapshot): ReadonlyMap<LiveSa, number> {
  const sas = snapshot.connections
    .flatMap((connection) => connection.sas)
    .toSorted((a, b) => a.createdAt - b.createdAt);
  return new Map(sas.map((sa, index) => [sa, 2 * index + 1]));
}
