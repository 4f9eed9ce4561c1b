/** What computes ciphers, and the threads that line modules have. */

import { expect, test } from "vitest";
import type { LineModuleView } from "../../../../src/engine/forwarding.ts";
import type { DescriptorView } from "../../../../src/engine/snapshot.ts";
import { showCryptoEngineBrief } from "../../../../src/modes/ios/show/crypto-engine.ts";
import { showProcesses } from "../../../../src/modes/ios/show/processes.ts";
import { nothing, snapshotOf } from "./snapshots.ts";

const LOAD = { fiveSeconds: 12.34, oneMinute: 5, fiveMinutes: 1, bySecond: [], byMinute: [], byHour: [] };
const USAGE = {
  pid: 4711,
  uptimeMillis: 60_000,
  residentBytes: 0,
  heapTotalBytes: 0,
  heapUsedBytes: 0,
  machineBytes: 0,
  machineFreeBytes: 0,
  userMillis: 3000,
  systemMillis: 1000,
  load: LOAD,
};

function lineModule(module: number, cpuMillis: number, datagrams: number): LineModuleView {
  const none = { losses: 0, connections: 1, sessions: 1, handedOver: 0, handOversDropped: 0 };
  return { module, isWorking: true, cpuMillis, datagrams, ...none };
}

test("the threads of line modules are listed under the process, with their time for each datagram", () => {
  const alone = showProcesses(USAGE);
  const [, , process = "", first = "", second = ""] = showProcesses(USAGE, [
    lineModule(1, 250, 50_000),
    lineModule(2, 0, 0),
  ]);
  expect(alone).toHaveLength(3);
  expect(process).toBe(alone[2]);
  expect(first.trim().split(/ +/)).toEqual(["4711", "250", "50000", "5", "-", "-", "-", "0", "line", "module", "1"]);
  expect(second.trim().split(/ +/).slice(1, 4)).toEqual(["0", "0", "0"]);
  for (const row of [first, second]) expect(row.indexOf("line")).toBe(process.indexOf("lnsh"));
});

test("the crypto engine says how many packets it takes side by side and what was measured when it was chosen", () => {
  const details = (lanes: number) => ({ lanes, measured: "openssl 1.9 us, node 3.5 us" });
  const told = showCryptoEngineBrief(snapshotOf({ ...nothing, cryptoEngineDetails: details(8) }));
  expect(told).toContain("        crypto engine lanes:  8 packets side by side");
  expect(told).toContain("        crypto engine measured:  openssl 1.9 us, node 3.5 us");
  expect(showCryptoEngineBrief(snapshotOf({ ...nothing, cryptoEngineDetails: details(1) }))).toContain(
    "        crypto engine lanes:  none",
  );
});

test("the crypto engine says how packets come and leave, and what the kernel refused", () => {
  const sockets = { kind: "sockets", inBatches: true, receivesRuns: true, sendsRuns: false } as const;
  const descriptors: readonly DescriptorView[] = [
    { ...sockets, address: "203.0.113.1", esp: true, sharedBySpi: true },
    { ...sockets, address: "203.0.113.2", inBatches: false, esp: "koffi is not installed" },
    { kind: "device", device: "lnsh0", runs: "tcp and udp" },
    { kind: "device", device: "lnsh1", runs: "none" },
  ];
  const told = showCryptoEngineBrief(snapshotOf({ ...nothing, cryptoEngineDetails: { lanes: 1, descriptors } }));
  expect(told.slice(-4).map((line) => line.trim())).toEqual([
    "crypto engine sockets of 203.0.113.1:  batches, runs in (GRO), no runs out (GSO), ESP without UDP, shared out by SPI in the kernel",
    "crypto engine sockets of 203.0.113.2:  Node.js, one by one, no ESP without UDP: koffi is not installed",
    "crypto engine device lnsh0:  runs of TCP and UDP, checksums left open",
    "crypto engine device lnsh1:  packets one by one: the kernel refused runs",
  ]);
});
