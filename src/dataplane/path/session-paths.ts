/** Where the messages of a session come from and go to: through a connection, or in the clear between the ends that peers have been seen at. */

import type { L2tpPath } from "../../engine/forwarding.ts";
import { type Endpoint, endpointKey, type Flow, isIpv6 } from "../../engine/kernel/address.ts";
import type { Connections } from "./connections.ts";
import type { PathTable } from "./path-table.ts";
import type { SessionPath } from "./session.ts";

export class SessionPaths {
  readonly #connections: Connections;
  readonly #paths: PathTable;
  /** By our own end of L2TP in the clear: the same end as peers see it. */
  readonly #clearWires = new Map<string, Endpoint>();

  constructor(connections: Connections, paths: PathTable) {
    this.#connections = connections;
    this.#paths = paths;
  }

  /** Something came in the clear. */
  learn(flow: Flow): void {
    this.#clearWires.set(clearKey(flow), flow.wire);
  }

  /** An engine that opens tunnels of its own is seen as the configuration names it, until a datagram says otherwise. */
  clearFlow(path: L2tpPath): Flow {
    const wire = this.#clearWires.get(clearKey(path)) ?? path.local;
    return { local: path.local, remote: path.remote, wire };
  }

  /** The path of a session, as the engine names it. */
  of(path: L2tpPath): SessionPath {
    if (path.connection === undefined) return { type: "clear", flow: this.clearFlow(path) };
    const connection = this.#connections.get(path.connection);
    if (connection === undefined) return { type: "nowhere" };
    this.#paths.setLocalPort(connection, path.local.port);
    const entry = this.#paths.find(connection, path);
    return entry === undefined ? { type: "nowhere" } : { type: "esp", entry };
  }
}

/** Ends of either family may stand for one address of ours. */
function clearKey({ local, remote }: Pick<Flow, "local" | "remote">): string {
  return `${isIpv6(remote.address) ? 6 : 4} ${endpointKey(local)}`;
}
