/**
 * Clients that come: a gateway and the load generator (`lnsh client`) as processes of their own over loopback, without any right. Time to be up and to
 * the first ping, CPU and memory of the gateway for each session, and how long it takes to show them all.
 */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";

const LNSH = join(import.meta.dirname, "../../src/cli/bin.js");
const CONFIG = join(import.meta.dirname, "setup.cfg");
const PORTS = ["--ike-port", "20500", "--natt-port", "24500"];
/** At once, and as a crowd that stays while it is looked at. */
const CROWDS = [
  { count: 50, rate: 1000 },
  { count: 1000, rate: 40 },
] as const;
const HOLD_SECONDS = 6;
const TICKS_PER_SECOND = 100;

export async function benchSetup(): Promise<void> {
  for (const crowd of CROWDS) await benchCrowd(crowd.count, crowd.rate);
}

async function benchCrowd(count: number, rate: number): Promise<void> {
  const listen = ["--listen", "127.0.0.1", "--l2tp-port", "21701"];
  const gateway = spawn(process.execPath, [LNSH, "run", "--config", CONFIG, ...listen, ...PORTS]);
  try {
    await said(gateway, /listening on/);
    const before = usageOf(gateway.pid ?? 0);
    const [clients, middle] = await crowd(gateway, count, rate);
    const outcomes = clients.filter(({ upAfterMillis }) => upAfterMillis !== undefined);
    const ups = outcomes.map(({ upAfterMillis }) => upAfterMillis ?? 0).sort((a, b) => a - b);
    const pings = outcomes
      .flatMap(({ firstPingAfterMillis: at }) => (at === undefined ? [] : [at]))
      .sort((a, b) => a - b);
    const at = (sorted: readonly number[], share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0);
    const lines = [
      ["clients, and how many begin each second", `${count}, ${rate}`],
      ["up", `${outcomes.length}`],
      ["up after, p50 and p99", `${at(ups, 0.5)} ms, ${at(ups, 0.99)} ms`],
      ["first ping answered after, p50 and p99", `${at(pings, 0.5)} ms, ${at(pings, 0.99)} ms`],
      ["CPU of the gateway for each, DH included", `${((1000 * (middle.cpu - before.cpu)) / count).toFixed(2)} ms`],
      ["memory of the gateway for each", `${((middle.rss - before.rss) / count / 1000).toFixed(0)} kB`],
      ["memory of the gateway", `${(middle.rss / 1e6).toFixed(0)} MB`],
      ["all of them shown (show crypto session brief)", `${middle.showMillis.toFixed(0)} ms`],
    ];
    process.stdout.write("\nset-up over loopback, IKE with modp2048, AES-128 SHA-1\n");
    for (const [name = "", value = ""] of lines) process.stdout.write(`  ${name.padEnd(46)} ${value}\n`);
  } finally {
    gateway.kill();
  }
}

interface Outcome {
  readonly upAfterMillis?: number;
  readonly firstPingAfterMillis?: number;
}

interface Usage {
  /** Seconds. */
  readonly cpu: number;
  /** Octets. */
  readonly rss: number;
}

/** What became of the clients, and what the gateway had used while all of them were there. */
async function crowd(
  gateway: ChildProcessWithoutNullStreams,
  count: number,
  rate: number,
): Promise<[Outcome[], Usage & { readonly showMillis: number }]> {
  const to = ["--connect", "127.0.0.1", ...PORTS, "--user", "fred", "--ping", "12.0.0.8", "--pings", "1"];
  const many = ["--count", `${count}`, "--rate", `${rate}`, "--hold", `${HOLD_SECONDS}`, "--json"];
  const client = spawn(process.execPath, [LNSH, "client", ...to, ...many], {
    env: { ...process.env, LNSH_PSK: "secret", LNSH_PASSWORD: "fredPw" },
  });
  let output = "";
  client.stdout.on("data", (data: Buffer) => {
    output += data;
  });
  const ended = new Promise((resolve) => client.once("exit", resolve));
  const last = usageOf(gateway.pid ?? 0);
  let usage = last;
  // The crowd is whole when the gateway has nothing more to do.
  const start = performance.now();
  for (let calm = 0; calm < 2 && client.exitCode === null; ) {
    await after(1000);
    const now = usageOf(gateway.pid ?? 0);
    const over = performance.now() - start > (1000 * count) / rate;
    calm = over && now.cpu - usage.cpu < 0.2 ? calm + 1 : 0;
    usage = now;
  }
  const asked = performance.now();
  gateway.stdin.write("show crypto session brief\nshow clock\n");
  await said(gateway, /\d\d:\d\d:\d\d\.\d{3} UTC/);
  const showMillis = performance.now() - asked;
  await ended;
  return [outcomesIn(output), { ...usage, showMillis }];
}

function usageOf(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ")
    .map(Number);
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return { cpu: ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_PER_SECOND, rss: kilobytes * 1024 };
}

function said(child: ChildProcessWithoutNullStreams, what: RegExp): Promise<void> {
  return new Promise((resolve) => {
    let text = "";
    const look = (data: Buffer): void => {
      text += data;
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
