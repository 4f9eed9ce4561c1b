/** Pings from a client, at the pace of a video call's signalling rather than of a heartbeat. */

import { expect } from "./command.ts";
import type { Guest } from "./guest.ts";

/** Unless a case asks for another pace. */
const PER_SECOND = 5;
/** Behind this many seconds nothing comes back any more. */
const PATIENCE_SECONDS = 120;

export interface PingResult {
  readonly sent: number;
  readonly received: number;
  readonly output: string;
}

export async function ping(
  guest: Guest,
  address: string,
  count: number,
  { payloadBytes = 56, perSecond = PER_SECOND } = {},
): Promise<PingResult> {
  return await pinged(guest, count, `-i ${1 / perSecond} -W 2 -s ${payloadBytes} ${address}`);
}

async function pinged(guest: Guest, count: number, options: string): Promise<PingResult> {
  const { output } = await guest.run(`ping -n -c ${count} ${options}`, PATIENCE_SECONDS + count);
  expect(/\d+ packets transmitted, /.test(output), `client ${guest.number}: ping did not run`, output);
  const numbers = new Set(
    [...output.matchAll(/bytes from .* icmp_seq=(\d+)/g)].map(([, sequence]) => Number(sequence)),
  );
  return { sent: count, received: [...numbers].filter((number) => number <= count).length, output };
}

/**
 * Every ping must come back, however late. `ping` gives its last one no longer than twice what others took, unless it has a deadline: then it goes on until so many
 * came back. They come in order, so that the first ones are among them if none was lost.
 */
export async function pingWithoutLoss(
  guest: Guest,
  address: string,
  count: number,
  options: { readonly payloadBytes?: number; readonly perSecond?: number } = {},
): Promise<void> {
  const { payloadBytes = 56, perSecond = PER_SECOND } = options;
  const result = await pinged(guest, count, `-i ${1 / perSecond} -w ${PATIENCE_SECONDS} -s ${payloadBytes} ${address}`);
  const lost = result.sent - result.received;
  expect(lost === 0, `client ${guest.number}: ${lost} of ${result.sent} pings to ${address} lost`, missing(result));
}

export function pingForSeconds(guest: Guest, address: string, seconds: number, perSecond = PER_SECOND): Promise<void> {
  return pingWithoutLoss(guest, address, seconds * perSecond, { perSecond });
}

/** Which sequence numbers did not come back: a burst tells another story than a scatter. */
function missing(result: PingResult): string {
  const came = new Set([...result.output.matchAll(/icmp_seq=(\d+)/g)].map(([, sequence]) => Number(sequence)));
  const numbers = Array.from({ length: result.sent }, (_, index) => index + 1).filter((number) => !came.has(number));
  return `missing icmp_seq: ${numbers.join(" ")}`;
}
