/** Counters at zero, for what has not carried a packet yet, and sums of them. */

import type { HostLinkCounters, LineModuleCounters, SaCounters, SessionCounters } from "./forwarding.ts";

export function newSaCounters(): SaCounters {
  return {
    packets: 0,
    octets: 0,
    wireOctets: 0,
    lastSequence: 0,
    authenticationErrors: 0,
    replayErrors: 0,
    policyErrors: 0,
    decryptErrors: 0,
    padErrors: 0,
    otherErrors: 0,
    lastUsedAt: 0,
  };
}

/** Adds what an SA that is no more has counted; its sequence numbers end with it. */
export function addSaCounters(sum: SaCounters, more: Readonly<SaCounters>): void {
  sum.packets += more.packets;
  sum.octets += more.octets;
  sum.wireOctets += more.wireOctets;
  sum.authenticationErrors += more.authenticationErrors;
  sum.replayErrors += more.replayErrors;
  sum.policyErrors += more.policyErrors;
  sum.decryptErrors += more.decryptErrors;
  sum.padErrors += more.padErrors;
  sum.otherErrors += more.otherErrors;
  sum.lastUsedAt = Math.max(sum.lastUsedAt, more.lastUsedAt);
}

export function newSessionCounters(): SessionCounters {
  return {
    rxPackets: 0,
    rxOctets: 0,
    txPackets: 0,
    txOctets: 0,
    spoofed: 0,
    rxDiscards: 0,
    txDiscards: 0,
    filtered: 0,
    rxOutOfOrder: 0,
  };
}

export function newHostLinkCounters(): HostLinkCounters {
  return { ...newSessionCounters(), lastInputAt: 0, lastOutputAt: 0 };
}

export function newLineModuleCounters(): LineModuleCounters {
  return {
    unknownSpi: 0,
    malformed: 0,
    keepalives: 0,
    clearRefused: 0,
    noSession: 0,
    noRoute: 0,
    filtered: 0,
    icmpErrors: 0,
    reassembled: 0,
    reassemblyTimeouts: 0,
    reassemblyFailures: 0,
    fragmented: 0,
    fragments: 0,
    fragmentationRefused: 0,
  };
}

export function addLineModuleCounters(sum: LineModuleCounters, more: Readonly<LineModuleCounters>): void {
  for (const name of Object.keys(sum) as (keyof LineModuleCounters)[]) sum[name] += more[name];
}
