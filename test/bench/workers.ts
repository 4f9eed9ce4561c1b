/**
 * What line modules on threads of their own cost and spare: clients send to each other through a gateway of 0, 1 and 2 workers, ESP in and ESP out, over loopback
 * sockets and without any right. CPU time of the gateway's process for each packet that it carried, kernel included, all threads and the main one;
 * medians of rounds that take turns. The rate is the same for all, so of two workers each has half of it, and less comes to it at once. What a gateway carries at most
 * is not measured: the clients would need cores of their own. They are this process and do not count. A little more than a
 * minute. WORKERS_RATE sets how many packets a second there are of all clients (20000).
 */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { hostSystem } from "../../src/dataplane/io/native/system.ts";
import { UdpPorts } from "../../src/dataplane/io/udp.ts";
import type { Endpoint } from "../../src/engine/kernel/address.ts";
import { type Figures, median } from "./figures.ts";
import { clientPeer, HOST, sealedFor } from "./workers/clients.ts";
import type { Done } from "./workers/gateway.ts";

const WORKERS = [0, 1, 2];
const CLIENTS = 4;
const ROUNDS = 3;
/** Until V8 has compiled what there is to compile, in each of the threads. */
const FIRST_WARM_SECONDS = 2.5;
const WARM_SECONDS = 0.6;
const SECONDS = 0.8;
const PACKETS_PER_SECOND = Number(process.env.WORKERS_RATE ?? 20_000);
/** In so long something is carried where there is something to carry. */
const REST_MILLIS = 50;

interface Traffic {
  readonly title: string;
  readonly length: number;
  /** Of two workers, an even one is in the same line module. */
  readonly distance: 1 | 2;
}

const TRAFFIC: readonly Traffic[] = [
  { title: "1400 octets, to a client of the same line module", length: 1400, distance: 2 },
  { title: "1400 octets, to a client of another one where there are two", length: 1400, distance: 1 },
  { title: "100 octets, to a client of the same line module", length: 100, distance: 2 },
];

interface Round {
  readonly workers: number;
  readonly traffic: Traffic;
  readonly cpu: number;
  readonly mainThread: number;
  readonly carried: number;
  readonly handedOver: number;
}

export async function benchWorkers(figures: Figures): Promise<void> {
  const found = hostSystem();
  if ("reason" in found) {
    figures.note(`workers: ${found.reason}`);
    return;
  }
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const workers of WORKERS) rounds.push(...(await measured(workers)));
  }
  for (const traffic of TRAFFIC) {
    const mediansOf = (value: (round: Round) => number) =>
      WORKERS.map((workers) =>
        median(rounds.filter((one) => one.traffic === traffic && one.workers === workers).map(value)),
      );
    const compare = (title: string, values: readonly number[], more: (index: number) => string) =>
      figures.compare(
        `${traffic.title}: ${title}`,
        values.map((value, i) => ({ name: `${WORKERS[i]} workers`, value, unit: "us" as const, more: more(i) })),
      );
    const carried = mediansOf((round) => 100 * round.carried);
    const handedOver = mediansOf((round) => 100 * round.handedOver);
    const detail = (i: number) =>
      `${carried[i]?.toFixed(0)} % of packets carried, ${handedOver[i]?.toFixed(0)} % handed over`;
    const cpu = mediansOf((round) => round.cpu);
    const mainThread = mediansOf((round) => round.mainThread);
    compare("CPU per packet", cpu, detail);
    compare("of that the main thread's", mainThread, () => "");
  }
}

/** A fresh process for each round, so that none has the luck of an earlier one. */
async function measured(workers: number): Promise<Round[]> {
  const locals = Array.from({ length: CLIENTS }, (_, index) => ({ address: HOST, port: 4501 + index }));
  const own = await UdpPorts.open(
    locals.map((local) => ({ role: "natt" as const, local, wire: { address: HOST, port: 0 } })),
  );
  const ports = locals.map((local) => own.wireOf(local)?.port ?? 0);
  const gateway = fork(join(import.meta.dirname, "workers", "gateway.ts"), [workers, ...ports].map(String));
  const [port] = (await heard(gateway)) as [number];
  const remote = { address: HOST, port };
  const counts = async (): Promise<Done> => {
    gateway.send("counts");
    const [done] = (await heard(gateway)) as [Done];
    return done;
  };
  /** When nothing is under way any more. */
  const settled = async (): Promise<Done> => {
    for (let last = await counts(); ; ) {
      await after(REST_MILLIS);
      const now = await counts();
      if (now.packets === last.packets) return now;
      last = now;
    }
  };
  const rounds: Round[] = [];
  for (const traffic of TRAFFIC) {
    const peers = ports.map((own, index) => clientPeer({ program: () => undefined }, index + 1, own, workers));
    const packets = peers.map((peer, index) => {
      const to = 1 + ((index + traffic.distance) % CLIENTS);
      return sealedFor(peer, index + 1, to, traffic.length);
    });
    const warm = rounds.length === 0 ? FIRST_WARM_SECONDS : WARM_SECONDS;
    await sent(own, locals, remote, packets, warm, 2 * PACKETS_PER_SECOND);
    const before = await settled();
    const count = await sent(own, locals, remote, packets, SECONDS, PACKETS_PER_SECOND);
    const then = await settled();
    const carried = then.packets - before.packets;
    rounds.push({
      workers,
      traffic,
      cpu: (then.cpu - before.cpu) / carried,
      mainThread: (then.mainThread - before.mainThread) / carried,
      carried: carried / count,
      handedOver: (then.handedOver - before.handedOver) / carried,
    });
  }
  gateway.disconnect();
  await once(gateway, "exit");
  await own.close();
  return rounds;
}

/** Each client sends its packet over and over, all together at the rate; how many there were. */
async function sent(
  own: UdpPorts,
  locals: readonly Endpoint[],
  remote: Endpoint,
  packets: readonly Uint8Array[],
  seconds: number,
  rate: number,
): Promise<number> {
  const datagrams = packets.flatMap((bytes, index) => {
    const local = locals[index];
    return local === undefined ? [] : [{ role: "natt" as const, flow: { local, remote, wire: local }, bytes }];
  });
  const begun = performance.now();
  let count = 0;
  for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - begun) / 1000) {
    for (; count < elapsed * rate; count += datagrams.length) {
      for (const datagram of datagrams) own.send(datagram);
    }
    await after(1);
  }
  return count;
}

/** The next message; rejects when the gateway has ended. */
async function heard(gateway: ChildProcess): Promise<unknown[]> {
  const ended = new AbortController();
  const onExit = (): void => ended.abort(new Error("the gateway has ended"));
  gateway.once("exit", onExit);
  try {
    return await once(gateway, "message", { signal: ended.signal });
  } finally {
    gateway.off("exit", onExit);
  }
}
