/**
 * What each port carried: its live SAs, which the line module counts, those that are no more, and those of connections that are no more.
 * So a port's counters only grow, whoever comes and goes.
 */

import type { SaCounters } from "../forwarding.ts";
import type { PortCounters } from "../snapshot.ts";

export class PortTotals {
  readonly #ports = new Map<string, PortCounters>();

  add(port: string, direction: "inbound" | "outbound", counted: Readonly<SaCounters>): void {
    const total = this.#ports.get(port) ?? newPortCounters();
    this.#ports.set(port, total);
    if (direction === "inbound") {
      total.rxPackets += counted.packets;
      total.rxOctets += counted.wireOctets;
      total.rxErrors += counted.authenticationErrors + counted.replayErrors + counted.decryptErrors;
      total.lastInputAt = Math.max(total.lastInputAt, counted.lastUsedAt);
    } else {
      total.txPackets += counted.packets;
      total.txOctets += counted.wireOctets;
      total.txErrors += counted.otherErrors;
      total.lastOutputAt = Math.max(total.lastOutputAt, counted.lastUsedAt);
    }
  }

  copy(): PortTotals {
    const copy = new PortTotals();
    for (const [port, total] of this.#ports) copy.#ports.set(port, { ...total });
    return copy;
  }

  get byName(): Readonly<Record<string, PortCounters>> {
    return Object.fromEntries(this.#ports);
  }
}

function newPortCounters(): PortCounters {
  return {
    rxPackets: 0,
    rxOctets: 0,
    rxErrors: 0,
    txPackets: 0,
    txOctets: 0,
    txErrors: 0,
    lastInputAt: 0,
    lastOutputAt: 0,
  };
}
