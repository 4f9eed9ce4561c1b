/**
 * The data path over real sockets and a TUN device, in a network namespace of its own, beside a C program that does the same (root and gcc): CPU time of the gateway's process
 * per packet, kernel included, medians of rounds that take turns, and from which to which. The generator is another process and does not count.
 * About five minutes; WIRE_ROUNDS says how often (9).
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { type Figures, median, valueText } from "./figures.ts";
import { inNamespace, run } from "./namespace.ts";
import { GCM_KEYS, KEYS, plainPackets, sealedPackets } from "./wire/packets.ts";

const HERE = join(import.meta.dirname, "wire");
const PORT = "20000";
const CLIENT_PORT = "20001";
const ROUNDS = Number(process.env.WIRE_ROUNDS ?? 9);
const SECONDS = 0.5;
/** Until V8 has compiled what there is to compile. */
const WARM_SECONDS = 0.7;
/** More for what comes first, on which most is spent. */
const FIRST_WARM_SECONDS = 1.5;
const PACKETS_PER_SECOND = 50_000;
/** Datagrams that a sender on the host gives to its kernel at once. */
const RUN = 40;

interface Traffic {
  readonly title: string;
  readonly direction: "up" | "down";
  readonly length: number;
  readonly run: number;
}

const TRAFFIC: readonly Traffic[] = [
  { title: "ESP to TUN, IP packets of 1400 octets", direction: "up", length: 1400, run: 1 },
  { title: "TUN to ESP, IP packets of 1400 octets", direction: "down", length: 1400, run: 1 },
  { title: `TUN to ESP, runs of ${RUN} such packets`, direction: "down", length: 1400, run: RUN },
  { title: "ESP to TUN, IP packets of 100 octets", direction: "up", length: 100, run: 1 },
  { title: "TUN to ESP, IP packets of 100 octets", direction: "down", length: 100, run: 1 },
];

interface Contender {
  readonly name: string;
  readonly device: string;
  readonly command: readonly string[];
  /** Another suite than AES-128 with SHA-1, and only with large packets. */
  readonly gcm?: boolean;
}

interface Round {
  readonly contender: string;
  readonly traffic: Traffic;
  readonly micros: number;
}

export function benchWire(figures: Figures): Promise<void> {
  return inNamespace("wire", "root, unshare and gcc", figures, async () => {
    const directory = mkdtempSync(join(tmpdir(), "lnsh-bench-"));
    try {
      told(figures, await measureAll(directory));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
}

async function measureAll(directory: string): Promise<Round[]> {
  const compiled = (name: string): string => join(directory, name);
  for (const name of ["gateway", "generator"]) {
    run("gcc", "-O2", "-o", compiled(name), join(HERE, `${name}.c`), ...(name === "gateway" ? ["-lcrypto"] : []));
  }
  run("ip", "link", "set", "lo", "up");
  const node = [process.execPath, join(HERE, "gateway.ts")];
  const contenders: Contender[] = [
    { name: "C", device: "bench0", command: [compiled("gateway"), "bench0", PORT, CLIENT_PORT] },
    { name: "lnsh, koffi", device: "bench1", command: [...node, "bench1", PORT, CLIENT_PORT, "native"] },
    {
      name: "lnsh, koffi, AES-128-GCM",
      device: "bench3",
      command: [...node, "bench3", PORT, CLIENT_PORT, "native", "gcm"],
      gcm: true,
    },
    { name: "lnsh, npm alone", device: "bench2", command: [...node, "bench2", PORT, CLIENT_PORT, "node"] },
  ];
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contender of contenders) rounds.push(...(await measured(contender, directory)));
  }
  return rounds;
}

/** A fresh process for each round, so that none has the luck of an earlier one. */
async function measured({ name, device, command, gcm }: Contender, directory: string): Promise<Round[]> {
  const [program = "", ...args] = command;
  const gateway = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const answer = lineReader(gateway);
  await answer();
  run("ip", "addr", "add", "10.9.0.1/24", "dev", device);
  run("ip", "link", "set", device, "up");
  run("ip", "route", "add", "20.0.0.0/24", "dev", device);
  const counts = async (): Promise<number[]> => {
    gateway.stdin?.write("\n");
    return (await answer()).split(" ").map(Number);
  };
  const rounds: Round[] = [];
  for (const traffic of TRAFFIC) {
    const { direction, length } = traffic;
    if (gcm === true && length < 1000) continue;
    const file = join(directory, `${direction}-${length}`);
    const keys = gcm === true ? GCM_KEYS : KEYS;
    writeFileSync(file, direction === "up" ? sealedPackets(length, keys) : plainPackets(length));
    const from = direction === "up" ? ["127.0.0.1", CLIENT_PORT] : ["10.9.0.1", "7000"];
    const to = direction === "up" ? ["127.0.0.1", PORT] : ["20.0.0.1", "9"];
    const generate = (seconds: number, rate = PACKETS_PER_SECOND) =>
      spawn(join(directory, "generator"), [file, ...from, ...to, `${rate}`, `${seconds}`, `${traffic.run}`]);
    // On the way down somebody must have the client's port, who reads nothing.
    const idle = ["127.0.0.1", CLIENT_PORT, "127.0.0.1", PORT, "0", `${WARM_SECONDS + SECONDS + 1}`, "1"];
    const sink = direction === "down" ? spawn(join(directory, "generator"), [file, ...idle]) : undefined;
    await once(generate(rounds.length === 0 ? FIRST_WARM_SECONDS : WARM_SECONDS, 2 * PACKETS_PER_SECOND), "exit");
    const before = await counts();
    await once(generate(SECONDS), "exit");
    await after(50);
    const [up = 0, down = 0, micros = 0] = (await counts()).map((count, i) => count - (before[i] ?? 0));
    rounds.push({ contender: name, traffic, micros: micros / (direction === "up" ? up : down) });
    sink?.kill();
    if (sink !== undefined) await once(sink, "exit");
  }
  gateway.stdin?.end();
  await once(gateway, "exit");
  return rounds;
}

/** Gives the lines that a process says, one at a time. */
function lineReader(child: ChildProcess): () => Promise<string> {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let rest = "";
  child.stdout?.on("data", (data: Buffer) => {
    const parts = (rest + data.toString()).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) (waiting.shift() ?? ((text) => lines.push(text)))(line);
  });
  return () => {
    const line = lines.shift();
    return line === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(line);
  };
}

function told(figures: Figures, rounds: readonly Round[]): void {
  const names = [...new Set(rounds.map(({ contender }) => contender))];
  for (const traffic of TRAFFIC) {
    const own = rounds.filter((one) => one.traffic === traffic);
    figures.compare(
      traffic.title,
      names.flatMap((name) => {
        const micros = own.filter(({ contender }) => contender === name).map((round) => round.micros);
        if (micros.length === 0) return [];
        const more = `${valueText(Math.min(...micros))} to ${valueText(Math.max(...micros))}`;
        return [{ name, value: median(micros), unit: "us" as const, more }];
      }),
    );
  }
}
