/**
 * `show version`: the lines that automation looks for, with what is true of this process in them, and a line that says
 * plainly what this is.
 */

import type { Snapshot } from "../../../engine/snapshot.ts";
import type { ProcessUsage } from "../../common/process-usage.ts";
import { SERIAL_NUMBER } from "./inventory.ts";

type Memory = Pick<ProcessUsage, "machineBytes" | "residentBytes">;

const UNITS = [
  ["week", 7 * 24 * 60],
  ["day", 24 * 60],
  ["hour", 60],
] as const;

/** `1 day, 2 hours, 3 minutes`. */
function uptime(millis: number): string {
  let minutes = Math.floor(millis / 60_000);
  const parts: string[] = [];
  for (const [name, size] of UNITS) {
    const count = Math.floor(minutes / size);
    minutes -= count * size;
    if (count > 0 || parts.length > 0) parts.push(plural(count, name));
  }
  return [...parts, plural(minutes, "minute")].join(", ");
}

function plural(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

export function showVersion(snapshot: Snapshot, version: string, memory: Memory): string[] {
  const kilobytes = (octets: number): number => Math.round(octets / 1024);
  const [free, held] = [memory.machineBytes - memory.residentBytes, memory.residentBytes].map(kilobytes);
  return [
    "Cisco IOS Software, 7200 Software (C7200-LNSH-M), Version 12.4(25g), RELEASE SOFTWARE (fc1)",
    `This is lnsh ${version}, which speaks as an IOS LNS does and contains none of it`,
    "",
    "ROM: lnsh, a process and not a router",
    "",
    `${snapshot.spec.hostname} uptime is ${uptime(snapshot.now - snapshot.startedAt)}`,
    "System returned to ROM by power-on",
    'System image file is "disk0:lnsh"',
    "",
    `Cisco 7206VXR (lnsh) processor (revision A) with ${free}K/${held}K bytes of memory.`,
    `Processor board ID ${SERIAL_NUMBER}`,
    `${snapshot.sessions.length} Virtual Private Network (VPN) session(s) here now`,
    "",
    "Configuration register is 0x2102",
    "",
  ];
}
