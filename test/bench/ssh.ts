/** Over SSH on loopback: from the TCP connection to the prompt, and from a typed line to the prompt behind its answer; alone and among a hundred. */

import type { Client, ClientChannel } from "ssh2";
import { access, SshBench, vtyLines } from "../support/ssh.ts";

const SESSIONS = 100;
const CONNECTS = 30;
const COMMANDS = 50;
const AT_THE_DOOR = 20;

interface Typed {
  readonly client: Client;
  answer(line: string): Promise<void>;
}

async function arrive(bench: SshBench): Promise<Typed> {
  const client = await bench.connect();
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.shell({ rows: 0, cols: 0 }, (error, opened) => (error === undefined ? resolve(opened) : reject(error)));
  });
  let text = "";
  let done: (() => void) | undefined;
  const look = (): void => {
    if (done === undefined || !text.endsWith("#")) return;
    text = "";
    const tell = done;
    done = undefined;
    tell();
  };
  channel.on("data", (octets: Buffer) => {
    text += octets.toString();
    look();
  });
  const answer = (line: string): Promise<void> => {
    if (line !== "") channel.write(`${line}\r`);
    return new Promise((resolve) => {
      done = resolve;
      look();
    });
  };
  await answer("");
  await answer("terminal length 0");
  return { client, answer };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function report(name: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1).padStart(8);
  console.log(`  ${name.padEnd(44)} median ${at(0.5)} ms  95% ${at(0.95)} ms  worst ${at(1)} ms`);
}

async function type({ answer }: Typed, line: string): Promise<number[]> {
  const times: number[] = [];
  for (let command = 0; command < COMMANDS; command += 1) times.push(await timed(() => answer(line)));
  return times;
}

export async function benchSsh(): Promise<void> {
  console.log("\nSSH on loopback, client and server in one process");
  await using bench = await new SshBench(access({ lines: vtyLines(SESSIONS) })).start();
  const connects: number[] = [];
  for (let connect = 0; connect < CONNECTS; connect += 1) {
    connects.push(await timed(async () => (await arrive(bench)).client.end()));
  }
  report("from the TCP connection to the prompt", connects);
  const alone = await arrive(bench);
  report("show privilege, one session", await type(alone, "show privilege"));
  report("show running-config, one session", await type(alone, "show running-config"));
  const all = [alone];
  while (all.length < SESSIONS) {
    const few = Math.min(AT_THE_DOOR, SESSIONS - all.length);
    all.push(...(await Promise.all(Array.from({ length: few }, () => arrive(bench)))));
  }
  let times: number[][] = [];
  const seconds =
    (await timed(async () => {
      times = await Promise.all(all.map((one) => type(one, "show privilege")));
    })) / 1000;
  report(`show privilege, ${SESSIONS} sessions at once`, times.flat());
  console.log(
    `  ${SESSIONS * COMMANDS} commands in ${seconds.toFixed(1)} s: ${Math.round((SESSIONS * COMMANDS) / seconds)} a second`,
  );
}
