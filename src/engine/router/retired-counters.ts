/** What the former SAs of each connection have counted: the line module forgets an SA's counters with it. */

import { addSaCounters, newSaCounters } from "../counters.ts";
import type { ConnectionId, LineModuleStatistics, SaCounters } from "../forwarding.ts";
import { PortTotals } from "./port-counters.ts";

type Direction = "inbound" | "outbound";

export class RetiredCounters {
  readonly #statistics: LineModuleStatistics;
  readonly #ports = new PortTotals();
  readonly #connections = new Map<ConnectionId, Record<Direction, SaCounters>>();

  constructor(statistics: LineModuleStatistics) {
    this.#statistics = statistics;
  }

  /** Before the line module is told to remove the SA. */
  retire(connection: ConnectionId, direction: Direction, spi: number, port?: string): void {
    const counted =
      direction === "inbound"
        ? this.#statistics.inboundSa(connection, spi)
        : this.#statistics.outboundSa(connection, spi);
    if (counted === undefined) return;
    const kept = this.#connections.get(connection) ?? { inbound: newSaCounters(), outbound: newSaCounters() };
    addSaCounters(kept[direction], counted);
    if (port !== undefined) this.#ports.add(port, direction, counted);
    this.#connections.set(connection, kept);
  }

  forget(connection: ConnectionId): void {
    this.#connections.delete(connection);
  }

  /** What SAs that are no more carried, also those of connections that are no more. */
  portTotals(): PortTotals {
    return this.#ports.copy();
  }

  /** `undefined` = every SA of the connection is still there. */
  of(connection: ConnectionId): { readonly inbound: SaCounters; readonly outbound: SaCounters } | undefined {
    return this.#connections.get(connection);
  }
}
