/**
 * `set nat demux`: behind the router's back every client of a NAT speaks from 1701, before L2TP each has a port of its
 * own. On the way in the connection's arrival names that port (`path-table.ts`); on the way out the client's own port
 * is put back, because its UDP stack knows no other.
 */

import type { Connection } from "./connection.ts";

/** The inner destination port of a message to `connection` that L2TP addressed to `pathPort`. */
export function wirePort(connection: Connection, pathPort: number): number {
  return connection.demuxPort === pathPort ? connection.peerPort : pathPort;
}
