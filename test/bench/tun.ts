/**
 * A TUN device of ours, in a network namespace (root, `unshare`, gcc): CPU time for each packet that is written to the host and read from it, with the kernel's part, packet by packet
 * and in runs (IFF_VNET_HDR). What is written is dropped for want of a route. Half a minute.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { TunDevice } from "../../src/dataplane/io/native/tun.ts";
import { type Figures, median } from "./figures.ts";
import { inNamespace, run } from "./namespace.ts";
import { innerPacket, plainPackets } from "./wire/packets.ts";

const LENGTH = 1400;
const TOGETHER = 64;
const ROUNDS = 5;
const WRITES = 12_800;
const READ_SECONDS = 0.8;
const RATE = 50_000;
const RUN = 40;

interface Way {
  readonly name: string;
  readonly offload: boolean;
}

const ways: readonly Way[] = [
  { name: "packet by packet", offload: false },
  { name: "in runs where there are some", offload: true },
];

export function benchTun(figures: Figures): Promise<void> {
  return inNamespace("tun", "root, unshare, gcc and koffi", figures, async () => {
    const directory = mkdtempSync(join(tmpdir(), "lnsh-bench-"));
    try {
      run("gcc", "-O2", "-o", join(directory, "generator"), join(import.meta.dirname, "wire", "generator.c"));
      writeFileSync(join(directory, "packets"), plainPackets(LENGTH));
      const rounds = ways.map((way) => ({
        ...way,
        writes: [] as number[],
        singles: [] as number[],
        runs: [] as number[],
      }));
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const way of rounds) {
          const [write, single, inRuns] = await measured(way.offload, `bench${round}`, directory);
          // The first is for V8 to compile.
          if (round === 0) continue;
          way.writes.push(write);
          way.singles.push(single);
          way.runs.push(inRuns);
        }
      }
      const told = (title: string, of: (way: (typeof rounds)[number]) => number[]) =>
        figures.compare(
          title,
          rounds.map((way) => ({ name: way.name, value: median(of(way)), unit: "us" as const })),
        );
      told(`TUN, ${LENGTH} octets written, of one flow`, ({ writes }) => writes);
      told(`TUN, ${LENGTH} octets read, sent one by one`, ({ singles }) => singles);
      told(`TUN, ${LENGTH} octets read, sent in runs of ${RUN}`, ({ runs }) => runs);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
}

/** Microseconds for a packet: written, read, read of runs. */
async function measured(offload: boolean, device: string, directory: string): Promise<[number, number, number]> {
  let heard = 0;
  const tun = TunDevice.open(
    device,
    (packets) => {
      heard += packets.length;
    },
    offload,
  );
  run("ip", "addr", "add", "10.9.0.1/24", "dev", device);
  run("ip", "link", "set", device, "up");
  run("ip", "route", "add", "20.0.0.0/24", "dev", device);
  const packets = Array.from({ length: TOGETHER }, (_, i) => innerPacket(LENGTH, i));
  const micros = async (work: () => Promise<number>): Promise<number> => {
    const start = process.cpuUsage();
    const count = await work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / count;
  };
  const written = await micros(async () => {
    for (let i = 0; i < WRITES; i += TOGETHER) {
      for (const packet of packets) tun.write(packet);
      await turn();
    }
    return WRITES;
  });
  const read = async (length: number): Promise<number> =>
    micros(async () => {
      const before = heard;
      const words = [join(directory, "packets"), "10.9.0.1", "7000", "20.0.0.1", "9", RATE, READ_SECONDS, length];
      await once(spawn(join(directory, "generator"), words.map(String)), "exit");
      await turn();
      return heard - before;
    });
  const figures: [number, number, number] = [written, await read(1), await read(RUN)];
  tun.close();
  await turn();
  return figures;
}
