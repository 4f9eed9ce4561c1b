/** Datagrams over the loopback, from one socket of ours to another: CPU time of both ends together, kernel included, for each way of doing it. Half a minute. */

import { setImmediate as turn } from "node:timers/promises";
import { hostSystem } from "../../src/dataplane/io/native/system.ts";
import { type UdpBackend, UdpPorts } from "../../src/dataplane/io/udp.ts";
import { type Figure, type Figures, median } from "./figures.ts";

const LOOPBACK = "127.0.0.1";
const TOGETHER = 32;
const WARM = 20_000;
const PACKETS = 60_000;
const ROUNDS = 5;
const LENGTHS = [1460, 164];
const backends: readonly { readonly name: string; readonly backend: UdpBackend }[] = [
  { name: "koffi: batches, runs (UDP_SEGMENT, UDP_GRO)", backend: "native" },
  { name: "node:dgram", backend: "node" },
];

export async function benchUdp(figures: Figures): Promise<void> {
  const here = backends.filter(({ backend }) => backend === "node" || "system" in hostSystem());
  for (const length of LENGTHS) {
    const compared: Figure[] = [];
    for (const { name, backend } of here) {
      const rounds = await measured(backend, length);
      compared.push({ name, value: median(rounds), unit: "us" });
    }
    figures.compare(`UDP sent and received, ${length} octets, CPU of both`, compared);
  }
}

/** Microseconds for a datagram, a round each. */
async function measured(backend: UdpBackend, length: number): Promise<number[]> {
  const port = (number: number) => ({
    role: "natt" as const,
    local: { address: LOOPBACK, port: number },
    wire: { address: LOOPBACK, port: 0 },
  });
  const [to, from] = [await UdpPorts.open([port(4500)], backend), await UdpPorts.open([port(4501)], backend)];
  let heard = 0;
  to.onDatagrams((datagrams) => {
    heard += datagrams.length;
  });
  const wire = to.wireOf({ address: LOOPBACK, port: 4500 });
  if (wire === undefined) throw new Error("no port");
  const local = { address: LOOPBACK, port: 4501 };
  const datagram = {
    role: "natt" as const,
    flow: { local, remote: wire, wire: local },
    bytes: new Uint8Array(length).fill(7),
  };
  const carry = async (count: number): Promise<void> => {
    for (const end = heard + count; heard < end; ) {
      const before = heard;
      for (let i = 0; i < TOGETHER; i += 1) from.send(datagram);
      // On loopback nothing is lost as long as the queue is short.
      for (let turns = 0; heard < before + TOGETHER && turns < 1000; turns += 1) await turn();
    }
  };
  await carry(WARM);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [first, start] = [heard, process.cpuUsage()];
    await carry(PACKETS / ROUNDS);
    const { user, system } = process.cpuUsage(start);
    rounds.push((user + system) / (heard - first));
  }
  await Promise.all([to.close(), from.close()]);
  return rounds;
}
