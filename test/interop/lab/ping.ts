/** Pings from a client, at the pace of a video call's signalling rather than of a heartbeat. */

import { expect } from "./command.ts";
import type { Guest } from "./guest.ts";

/** Unless a case asks for another pace. */
const PER_SECOND = 5;

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
  const command = `ping -n -i ${1 / perSecond} -W 2 -c ${count} -s ${payloadBytes} ${address}`;
  // The clock of a guest on a busy machine is not exact.
  const { output } = await guest.run(command, (1.3 * count) / perSecond + 15);
  const [, sent, received] = /(\d+) packets transmitted, (\d+) received/.exec(output) ?? [];
  expect(sent !== undefined, `client ${guest.number}: ping did not run`, output);
  return { sent: Number(sent), received: Number(received), output };
}

/** Every ping must come back. */
export async function pingWithoutLoss(
  guest: Guest,
  address: string,
  count: number,
  options: { readonly payloadBytes?: number; readonly perSecond?: number } = {},
): Promise<void> {
  const result = await ping(guest, address, count, options);
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
