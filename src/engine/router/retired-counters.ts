/** What the former SAs of each connection have counted: the line module forgets an SA's counters with it. */

import { addSaCounters, newSaCounters } from "../counters.ts";
import type { ConnectionId, LineModuleStatistics, SaCounters } from "../forwarding.ts";

type Direction = "inbound" | "outbound";

export class RetiredCounters {
  readonly #statistics: LineModuleStatistics;
  readonly #connections = new Map<ConnectionId, Record<Direction, SaCounters>>();

  constructor(statistics: LineModuleStatistics) {
    this.#statistics = statistics;
  }

  /** Before the line module is told to remove the SA. */
  retire(connection: ConnectionId, direction: Direction, spi: number): void {
    const counted =
      direction === "inbound"
        ? this.#statistics.inboundSa(connection, spi)
        : this.#statistics.outboundSa(connection, spi);
    if (counted === undefined) return;
    const kept = this.#connections.get(connection) ?? { inbound: newSaCounters(), outbound: newSaCounters() };
    addSaCounters(kept[direction], counted);
    this.#connections.set(connection, kept);
  }

  forget(connection: ConnectionId): void {
    this.#connections.delete(connection);
  }

  /** `undefined` = every SA of the connection is still there. */
  of(connection: ConnectionId): { readonly inbound: SaCounters; readonly outbound: SaCounters } | undefined {
    return this.#connections.get(connection);
  }
}
