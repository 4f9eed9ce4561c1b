/** A crowd of clients on loopback: a gateway and the load generator (`lnsh client`) as processes of their own, without any right. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";

const LNSH = join(import.meta.dirname, "../../src/cli/bin.js");
const CONFIG = join(import.meta.dirname, "setup.cfg");
const PORTS = ["--ike-port", "20520", "--natt-port", "24520"];
const HOLD_SECONDS = 6;
const NANOSECONDS = 1e9;
const TEXT_KEPT = 1000;
/** Each command may take so much longer: the listing of all is many megabytes in a pipe. */
const HOLD_SECONDS_FOR_EACH = 8;
const LOOK_MILLIS = 200;
/** Nobody else comes up: the commands are typed while those who did are held. */
const STANDSTILL_MILLIS = 20_000;
const CARRIES_IP = /LINEPROTO-5-UPDOWN: .* to up/;
/** Of a client that is among the last of very many. */
const PATIENCE_SECONDS = 120;

/** What came of a crowd, while all of it was there. Times in milliseconds, memory in octets. */
export interface CrowdOutcome {
  readonly ups: readonly number[];
  readonly firstPings: readonly number[];
  /** Why others did not come up. */
  readonly reasons: readonly string[];
  /** Processor time of the gateway for each client, in milliseconds: its main thread's, that of the threads that agree on keys, and all of it. */
  readonly mainThread: number;
  readonly agreements: number;
  readonly process: number;
  /** Processor time of the load generator for each, in milliseconds. */
  readonly generator: number;
  /** How many came up each second. */
  readonly rate: number;
  readonly memory: number;
  readonly memoryOfEach: number;
  /** Until each command was answered. */
  readonly shown: readonly { readonly command: string; readonly millis: number }[];
}

export interface CrowdShape {
  readonly count: number;
  /** How many begin each second. */
  readonly rate: number;
  /** How many may be on their way: where less can be had than is asked for, more would only wait for each other. */
  readonly atOnce: number;
  /** Processor time and rate are counted from when so many are up: before that V8 is still compiling. */
  readonly warm?: number;
}

/** When all are there, `commands` are typed on the gateway's console. */
export async function loopbackCrowd(shape: CrowdShape, commands: readonly string[]): Promise<CrowdOutcome> {
  const listen = ["--listen", "127.0.0.1", "--l2tp-port", "21720"];
  const gateway = spawn(process.execPath, [LNSH, "run", "--config", CONFIG, ...listen, ...PORTS]);
  try {
    await said(gateway, /listening on/);
    const resident = usageOf(gateway.pid ?? 0).rss;
    const { outcomes, begun, ended, shown } = await crowd(gateway, shape, commands);
    const ups = outcomes.flatMap(({ upAfterMillis }) => upAfterMillis ?? []);
    const [before, usage] = [begun.gateway, ended.gateway];
    const counted = ended.up - begun.up;
    const perClient = (seconds: number): number => (1000 * seconds) / counted;
    return {
      ups,
      reasons: [
        ...new Set(
          outcomes.flatMap(({ upAfterMillis, reason }) => (upAfterMillis === undefined ? (reason ?? []) : [])),
        ),
      ],
      firstPings: outcomes.flatMap(({ firstPingAfterMillis }) => firstPingAfterMillis ?? []),
      mainThread: perClient(usage.mainThread - before.mainThread),
      agreements: perClient(usage.agreements - before.agreements),
      process: perClient(usage.cpu - before.cpu),
      generator: perClient(ended.generator - begun.generator),
      rate: (1000 * counted) / (ended.at - begun.at),
      memory: usage.rss,
      memoryOfEach: (usage.rss - resident) / ups.length,
      shown,
    };
  } finally {
    gateway.kill();
  }
}

interface Outcome {
  readonly upAfterMillis?: number;
  readonly firstPingAfterMillis?: number;
  readonly reason?: string;
}

interface Usage {
  /** Seconds, of all threads. */
  readonly cpu: number;
  readonly mainThread: number;
  readonly agreements: number;
  /** Octets. */
  readonly rss: number;
}

/** How things stood when so many were up. */
interface Mark {
  readonly up: number;
  readonly at: number;
  readonly gateway: Usage;
  /** Seconds. */
  readonly generator: number;
}

interface Course {
  readonly outcomes: readonly Outcome[];
  readonly begun: Mark;
  readonly ended: Mark;
  readonly shown: CrowdOutcome["shown"];
}

async function crowd(
  gateway: ChildProcessWithoutNullStreams,
  { count, rate, atOnce, warm = 0 }: CrowdShape,
  commands: readonly string[],
): Promise<Course> {
  const to = ["--connect", "127.0.0.1", ...PORTS, "--user", "fred", "--ping", "12.0.0.8", "--pings", "1"];
  const many = [
    "--count",
    `${count}`,
    "--rate",
    `${rate}`,
    "--at-once",
    `${atOnce}`,
    "--hold",
    `${HOLD_SECONDS + commands.length * HOLD_SECONDS_FOR_EACH}`,
    "--json",
  ];
  const client = spawn(process.execPath, [LNSH, "client", ...to, ...many, "--timeout", `${PATIENCE_SECONDS}`], {
    env: { ...process.env, LNSH_PSK: "secret", LNSH_PASSWORD: "fredPw" },
  });
  let output = "";
  client.stdout.on("data", (data: Buffer) => {
    output += data;
  });
  const ended = new Promise((resolve) => client.once("exit", resolve));
  let told = 0;
  let rest = "";
  const mark = (): Mark => {
    const generator = client.exitCode === null ? usageOf(client.pid ?? 0).cpu : 0;
    return { up: told, at: performance.now(), gateway: usageOf(gateway.pid ?? 0), generator };
  };
  let begun = mark();
  const listen = (data: Buffer): void => {
    const lines = (rest + data.toString()).split("\n");
    rest = lines.pop() ?? "";
    const before = told;
    told += lines.filter((line) => CARRIES_IP.test(line)).length;
    if (before < warm && told >= warm) begun = mark();
  };
  gateway.stdout.on("data", listen);
  // What the gateway has spent when its log has told of the last one: not what it does with them afterwards.
  let last = begun;
  for (let seen = 0; seen < count && performance.now() - last.at < STANDSTILL_MILLIS; await after(LOOK_MILLIS)) {
    if (told > seen) last = mark();
    seen = told;
  }
  gateway.stdout.off("data", listen);
  const shown: { command: string; millis: number }[] = [];
  for (const command of commands) {
    const asked = performance.now();
    gateway.stdin.write(`${command}\nshow clock\n`);
    await said(gateway, /\d\d:\d\d:\d\d\.\d{3} UTC/);
    shown.push({ command, millis: performance.now() - asked });
  }
  await ended;
  return { outcomes: outcomesIn(output), begun, ended: last, shown };
}

function usageOf(pid: number): Usage {
  const tasks = `/proc/${pid}/task`;
  const threads = readdirSync(tasks).flatMap((id) => {
    try {
      const [ran = "0"] = readFileSync(`${tasks}/${id}/schedstat`, "utf8").split(" ");
      const name = readFileSync(`${tasks}/${id}/comm`, "utf8").trim();
      return { id: Number(id), name, seconds: Number(ran) / NANOSECONDS };
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
  const secondsOf = (which: (thread: (typeof threads)[number]) => boolean): number =>
    threads.filter(which).reduce((sum, { seconds }) => sum + seconds, 0);
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return {
    cpu: secondsOf(() => true),
    mainThread: secondsOf(({ id }) => id === pid),
    // OpenSSL's own threads serve the first few, until those of the gateway are there.
    agreements: secondsOf(({ name }) => name === "agreements" || name === "libuv-worker"),
    rss: kilobytes * 1024,
  };
}

function said(child: ChildProcessWithoutNullStreams, what: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", () => reject(new Error(`the gateway has ended: ${text.slice(-300)}`)));
    const look = (data: Buffer): void => {
      // A listing of all may be many megabytes; what is waited for is at its end.
      text = (text + data.toString()).slice(-TEXT_KEPT);
      if (!what.test(text)) return;
      for (const stream of [child.stdout, child.stderr]) stream.off("data", look);
      resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.on("data", look);
  });
}

function outcomesIn(output: string): Outcome[] {
  const parsed: unknown = JSON.parse(output);
  const { clients } = parsed as { readonly clients: Outcome[] };
  return clients;
}
