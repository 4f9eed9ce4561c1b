/**
 * Retransmission of the last message of an exchange by the side that waits (RFC 2408 §5.1): pauses double from one
 * second. Only messages whose peer has already answered something, or that open an exchange of ours, are repeated on
 * a timer; the first answer to a stranger never is.
 */

import type { Flow } from "../kernel/address.ts";
import type { Millis } from "../kernel/machine.ts";

/** A negotiation that is not done after this is given up. */
export const NEGOTIATION_TIMEOUT: Millis = 30_000;

const FIRST_PAUSE: Millis = 1_000;
const LONGEST_PAUSE: Millis = 8_000;

export interface Retransmission {
  readonly flow: Flow;
  readonly bytes: Uint8Array;
  readonly pause: Millis;
  readonly at: Millis;
}

export function firstRetransmission(flow: Flow, bytes: Uint8Array, now: Millis): Retransmission {
  return { flow, bytes, pause: FIRST_PAUSE, at: now + FIRST_PAUSE };
}

export function nextRetransmission(last: Retransmission, now: Millis): Retransmission {
  const pause = Math.min(last.pause * 2, LONGEST_PAUSE);
  return { ...last, pause, at: now + pause };
}
