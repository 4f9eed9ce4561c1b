/**
 * What the host dropped before the process came to read it, because a queue was full: of sockets (Linux /proc/net/udp and /proc/net/raw, last column) and of
 * devices (/proc/net/dev). IPv4 alone. Read when somebody asks; where there is no such file, nothing is known and 0 is given.
 */

import { readFileSync } from "node:fs";
import { type Endpoint, ipv4ToNumber } from "../../engine/kernel/address.ts";

const DROPS_COLUMN = 12;
/** Behind the device's name: eight columns of what it received, then octets, packets, errors and drops of what was sent to it. */
const SENT_DROPS_COLUMN = 11;

/** Of all sockets that are bound there, those of other threads as well. `endpoints` of `raw` bear the protocol in place of the port. */
export function socketDrops(kind: "udp" | "raw", endpoints: readonly Endpoint[]): number {
  return dropsIn(textOf(`/proc/net/${kind}`), endpoints);
}

/** Packets of the host for the device. */
export function deviceDrops(device: string): number {
  return deviceDropsIn(textOf("/proc/net/dev"), device);
}

/** `table` as the kernel prints it, as below. */
export function deviceDropsIn(table: string, device: string): number {
  const row = table.split("\n").find((line) => line.trimStart().startsWith(`${device}:`));
  const numbers =
    row
      ?.slice(row.indexOf(":") + 1)
      .trim()
      .split(/\s+/) ?? [];
  return Number(numbers[SENT_DROPS_COLUMN] ?? 0) || 0;
}

export function dropsIn(table: string, endpoints: readonly Endpoint[]): number {
  const wanted = new Set(endpoints.filter(({ address }) => !address.includes(":")).map(kernelName));
  let drops = 0;
  for (const row of table.split("\n")) {
    const columns = row.trim().split(/\s+/);
    if (wanted.has(columns[1] ?? "")) drops += Number(columns[DROPS_COLUMN] ?? 0) || 0;
  }
  return drops;
}

/** 127.0.0.1 port 500 is `0100007F:01F4`: the address as a little-endian machine reads it. */
function kernelName({ address, port }: Endpoint): string {
  const octets = new DataView(new ArrayBuffer(4));
  octets.setUint32(0, ipv4ToNumber(address));
  const hex = (number: number, length: number): string => number.toString(16).toUpperCase().padStart(length, "0");
  return `${hex(octets.getUint32(0, true), 8)}:${hex(port, 4)}`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
