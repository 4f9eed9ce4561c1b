/** A crowd of clients on loopback: a gateway and the load generator (`lnsh client`) as processes of their own, without any right. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";

const LNSH = join(import.meta.dirname, "../../src/cli/bin.js");
const CONFIG = join(import.meta.dirname, "setup.cfg");
const PORTS = ["--ike-port", "20520", "--natt-port", "24520"];
const HOLD_SECONDS = 6;
const TICKS_PER_SECOND = 100;
const TEXT_KEPT = 1000;
/** Seconds of each second that one client costs when nothing happens. */
const KEEPALIVE_CPU = 20e-6;
/** Of a client that is among the last of very many. */
const PATIENCE_SECONDS = 120;

/** What came of a crowd, while all of it was there. Times in milliseconds, memory in octets. */
export interface CrowdOutcome {
  readonly ups: readonly number[];
  readonly firstPings: readonly number[];
  /** Processor time of the gateway for each client: its main thread's, and all of it. */
  readonly mainThread: number;
  readonly process: number;
  readonly memory: number;
  readonly memoryOfEach: number;
  /** Until each command was answered. */
  readonly shown: readonly { readonly command: string; readonly millis: number }[];
}

/** `count` clients, of which `rate` begin each second; when all are there, `commands` are typed on the gateway's console. */
export async function loopbackCrowd(count: number, rate: number, commands: readonly string[]): Promise<CrowdOutcome> {
  const listen = ["--listen", "127.0.0.1", "--l2tp-port", "21720"];
  const gateway = spawn(process.execPath, [LNSH, "run", "--config", CONFIG, ...listen, ...PORTS]);
  try {
    await said(gateway, /listening on/);
    const before = usageOf(gateway.pid ?? 0);
    const { outcomes, usage, shown } = await crowd(gateway, count, rate, commands);
    const perClient = (seconds: number): number => (1000 * seconds) / count;
    return {
      ups: outcomes.flatMap(({ upAfterMillis }) => upAfterMillis ?? []),
      firstPings: outcomes.flatMap(({ firstPingAfterMillis }) => firstPingAfterMillis ?? []),
      mainThread: perClient(usage.mainThread - before.mainThread),
      process: perClient(usage.cpu - before.cpu),
      memory: usage.rss,
      memoryOfEach: (usage.rss - before.rss) / count,
      shown,
    };
  } finally {
    gateway.kill();
  }
}

interface Outcome {
  readonly upAfterMillis?: number;
  readonly firstPingAfterMillis?: number;
}

interface Usage {
  /** Seconds, of all threads. */
  readonly cpu: number;
  readonly mainThread: number;
  /** Octets. */
  readonly rss: number;
}

async function crowd(
  gateway: ChildProcessWithoutNullStreams,
  count: number,
  rate: number,
  commands: readonly string[],
): Promise<{ readonly outcomes: readonly Outcome[]; readonly usage: Usage; readonly shown: CrowdOutcome["shown"] }> {
  const to = ["--connect", "127.0.0.1", ...PORTS, "--user", "fred", "--ping", "12.0.0.8", "--pings", "1"];
  const many = ["--count", `${count}`, "--rate", `${rate}`, "--hold", `${HOLD_SECONDS}`, "--json"];
  const client = spawn(process.execPath, [LNSH, "client", ...to, ...many, "--timeout", `${PATIENCE_SECONDS}`], {
    env: { ...process.env, LNSH_PSK: "secret", LNSH_PASSWORD: "fredPw" },
  });
  let output = "";
  client.stdout.on("data", (data: Buffer) => {
    output += data;
  });
  const ended = new Promise((resolve) => client.once("exit", resolve));
  let usage = usageOf(gateway.pid ?? 0);
  // The crowd is whole when what the gateway does is keepalives and no more.
  const start = performance.now();
  for (let calm = 0; calm < 2 && client.exitCode === null; ) {
    await after(1000);
    const now = usageOf(gateway.pid ?? 0);
    const over = performance.now() - start > (1000 * count) / rate;
    calm = over && now.cpu - usage.cpu < 0.2 + count * KEEPALIVE_CPU ? calm + 1 : 0;
    usage = now;
  }
  const shown: { command: string; millis: number }[] = [];
  for (const command of commands) {
    const asked = performance.now();
    gateway.stdin.write(`${command}\nshow clock\n`);
    await said(gateway, /\d\d:\d\d:\d\d\.\d{3} UTC/);
    shown.push({ command, millis: performance.now() - asked });
  }
  await ended;
  return { outcomes: outcomesIn(output), usage, shown };
}

function usageOf(pid: number): Usage {
  const secondsOf = (file: string): number => {
    const fields = readFileSync(file, "utf8")
      .replace(/^.*\) /, "")
      .split(" ")
      .map(Number);
    return ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_PER_SECOND;
  };
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return {
    cpu: secondsOf(`/proc/${pid}/stat`),
    mainThread: secondsOf(`/proc/${pid}/task/${pid}/stat`),
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
