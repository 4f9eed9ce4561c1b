/** When an SA pair asks for its successor: its volume is used up, or its sequence numbers are (RFC 4303 §3.3.3). */

import type { LineModuleOutputs } from "./events.ts";
import type { OutboundSa } from "./sa.ts";

/** No packet may carry a number above this; the next one would be 0. */
export const LAST_SEQUENCE = 0xffff_ffff;

/** Minutes before the end at any rate that is possible here. */
const SEQUENCE_RESERVE = 0x400_0000;

/** `octets` were carried in one direction of the pair. */
export function reportVolume(sa: OutboundSa, octets: number, outputs: LineModuleOutputs): void {
  if (octets >= sa.softOctets) report(sa, outputs);
}

export function reportSequence(sa: OutboundSa, outputs: LineModuleOutputs): void {
  if (sa.counters.lastSequence >= LAST_SEQUENCE - SEQUENCE_RESERVE) report(sa, outputs);
}

function report(sa: OutboundSa, outputs: LineModuleOutputs): void {
  if (sa.reported) return;
  sa.reported = true;
  outputs.punt({ type: "saVolume", connection: sa.connection.id, spi: sa.spi });
}
