/**
 * The data path over real sockets and a TUN device, in a network namespace of its own, beside a C program that does the same (root and gcc): CPU time of the gateway's process
 * per packet, kernel included, medians of rounds that take turns. The generator is another process and does not count.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { plainPackets, sealedPackets } from "./wire/packets.ts";
import { plotOf } from "./wire/plot.ts";

const HERE = join(import.meta.dirname, "wire");
const INSIDE = "LNSH_BENCH_NAMESPACE";
const PORT = "20000";
const CLIENT_PORT = "20001";
const ROUNDS = 5;
const SECONDS = 1.2;
/** Until V8 has compiled what there is to compile. */
const WARM_SECONDS = 2;
const PACKETS_PER_SECOND = 50_000;
const LENGTHS = [1400, 100];

interface Contender {
  readonly name: string;
  readonly device: string;
  readonly command: readonly string[];
}

interface Round {
  readonly contender: string;
  readonly direction: "up" | "down";
  readonly length: number;
  readonly micros: number;
  readonly packets: number;
}

export interface WireFigure {
  readonly contender: string;
  readonly direction: "up" | "down";
  readonly ipLength: number;
  readonly cpuMicrosPerPacket: number;
  readonly ratioToC: number;
}

/** `asJson`: nothing but the figures as JSON. With LNSH_BENCH_PLOT the picture is written there as well. */
export async function benchWire(asJson: boolean): Promise<void> {
  if (process.env[INSIDE] === undefined) {
    const again = ["-n", process.execPath, join(import.meta.dirname, "run.ts"), "wire", ...(asJson ? ["--json"] : [])];
    const { status } = spawnSync("unshare", again, { stdio: "inherit", env: { ...process.env, [INSIDE]: "1" } });
    if (status !== 0) process.stderr.write("wire: needs root, unshare and gcc\n");
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), "lnsh-bench-"));
  try {
    const figures = figuresOf(await measureAll(directory));
    const plot = process.env.LNSH_BENCH_PLOT;
    if (plot !== undefined) writeFileSync(plot, plotOf(figures));
    if (asJson) process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
    else printed(figures);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
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
    { name: "lnsh, npm alone", device: "bench2", command: [...node, "bench2", PORT, CLIENT_PORT, "node"] },
  ];
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contender of contenders) {
      for (const length of LENGTHS) rounds.push(...(await measured(contender, length, directory)));
    }
  }
  return rounds;
}

/** A fresh process for each round, so that none has the luck of an earlier one. */
async function measured({ name, device, command }: Contender, length: number, directory: string): Promise<Round[]> {
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
  for (const direction of ["up", "down"] as const) {
    const file = join(directory, `${direction}-${length}`);
    writeFileSync(file, direction === "up" ? sealedPackets(length) : plainPackets(length));
    const from = direction === "up" ? ["127.0.0.1", CLIENT_PORT] : ["10.9.0.1", "7000"];
    const to = direction === "up" ? ["127.0.0.1", PORT] : ["20.0.0.1", "9"];
    const generate = (seconds: number) =>
      spawn(join(directory, "generator"), [file, ...from, ...to, `${PACKETS_PER_SECOND}`, `${seconds}`]);
    // On the way down somebody must have the client's port, who reads nothing.
    const idle = ["127.0.0.1", CLIENT_PORT, "127.0.0.1", PORT, "0", `${WARM_SECONDS + SECONDS + 1}`];
    const sink = direction === "down" ? spawn(join(directory, "generator"), [file, ...idle]) : undefined;
    await once(generate(WARM_SECONDS), "exit");
    const before = await counts();
    await once(generate(SECONDS), "exit");
    await after(50);
    const [up = 0, down = 0, micros = 0] = (await counts()).map((count, i) => count - (before[i] ?? 0));
    const packets = direction === "up" ? up : down;
    rounds.push({ contender: name, direction, length, packets, micros: micros / packets });
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

function figuresOf(rounds: readonly Round[]): WireFigure[] {
  const names = [...new Set(rounds.map(({ contender }) => contender))];
  const medianOf = (name: string, direction: string, length: number): number => {
    const own = rounds.filter((one) => one.contender === name && one.direction === direction && one.length === length);
    return own.map(({ micros }) => micros).sort((a, b) => a - b)[own.length >> 1] ?? Number.NaN;
  };
  return LENGTHS.flatMap((ipLength) =>
    (["up", "down"] as const).flatMap((direction) =>
      names.map((contender) => {
        const cpuMicrosPerPacket = medianOf(contender, direction, ipLength);
        const ratioToC = cpuMicrosPerPacket / medianOf("C", direction, ipLength);
        return { contender, direction, ipLength, cpuMicrosPerPacket, ratioToC };
      }),
    ),
  );
}

function printed(figures: readonly WireFigure[]): void {
  process.stdout.write("\nUDP to TUN and back, AES-128 SHA-1: CPU per packet with the kernel's part, median\n");
  for (const { contender, direction, ipLength, cpuMicrosPerPacket, ratioToC } of figures) {
    const what = `${direction.padEnd(5)}${String(ipLength).padStart(5)} octets  ${contender}`;
    process.stdout.write(
      `  ${what.padEnd(44)} ${cpuMicrosPerPacket.toFixed(2).padStart(7)} us  x ${ratioToC.toFixed(2)}\n`,
    );
  }
}
