/**
 * What passed each interface of the configuration: a port is a UDP socket, whose SAs stand for its counters, and may be plugged into the host by a
 * TUN device, whose packets count as well.
 */

import type { Snapshot } from "../../engine/snapshot.ts";

export interface InterfaceCounts {
  readonly rxPackets: number;
  readonly rxOctets: number;
  readonly rxErrors: number;
  readonly txPackets: number;
  readonly txOctets: number;
  readonly txErrors: number;
}

export const NOTHING_CARRIED: InterfaceCounts = {
  rxPackets: 0,
  rxOctets: 0,
  rxErrors: 0,
  txPackets: 0,
  txOctets: 0,
  txErrors: 0,
};

/** By the interface's name; all of them are there. */
export function portTraffic(snapshot: Snapshot): ReadonlyMap<string, InterfaceCounts> {
  return new Map(
    snapshot.spec.virtualRouters
      .flatMap(({ interfaces }) => interfaces)
      .map(({ name, loopback, hostDevice }) => [
        name,
        loopback ? NOTHING_CARRIED : added(snapshot.ports?.[name] ?? NOTHING_CARRIED, exchanged(snapshot, hostDevice)),
      ]),
  );
}

/** What passed between the router and the host over a wire of its own. */
function exchanged({ hostLinks }: Snapshot, device: string | undefined): InterfaceCounts {
  const counters = device === undefined ? undefined : hostLinks?.[device];
  if (counters === undefined) return NOTHING_CARRIED;
  const { rxPackets, rxOctets, rxDiscards, spoofed, txPackets, txOctets, txDiscards } = counters;
  return { rxPackets, rxOctets, rxErrors: rxDiscards + spoofed, txPackets, txOctets, txErrors: txDiscards };
}

function added(one: InterfaceCounts, other: InterfaceCounts): InterfaceCounts {
  return {
    rxPackets: one.rxPackets + other.rxPackets,
    rxOctets: one.rxOctets + other.rxOctets,
    rxErrors: one.rxErrors + other.rxErrors,
    txPackets: one.txPackets + other.txPackets,
    txOctets: one.txOctets + other.txOctets,
    txErrors: one.txErrors + other.txErrors,
  };
}
