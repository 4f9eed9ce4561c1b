/** Over SSH on loopback: from the TCP connection to the prompt, and from a typed line to the prompt behind its answer; alone and among a hundred. */

import type { Client, ClientChannel } from "ssh2";
import { access, SshBench, vtyLines } from "../support/ssh.ts";
import { at, type Figure, type Figures, median } from "./figures.ts";

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

function spread(name: string, times: readonly number[]): Figure {
  const more = `95 % ${at(times, 0.95).toFixed(1)} ms, worst ${at(times, 1).toFixed(1)} ms`;
  return { name, value: median(times), unit: "ms", more };
}

async function type({ answer }: Typed, line: string): Promise<number[]> {
  const times: number[] = [];
  for (let command = 0; command < COMMANDS; command += 1) times.push(await timed(() => answer(line)));
  return times;
}

export async function benchSsh(figures: Figures): Promise<void> {
  await using bench = await new SshBench(access({ lines: vtyLines(SESSIONS) })).start();
  const connects: number[] = [];
  for (let connect = 0; connect < CONNECTS; connect += 1) {
    connects.push(await timed(async () => (await arrive(bench)).client.end()));
  }
  const alone = await arrive(bench);
  const privilege = await type(alone, "show privilege");
  const running = await type(alone, "show running-config");
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
  figures.list("SSH on loopback, client and server in one process", [
    spread("from the TCP connection to the prompt", connects),
    spread("show privilege, one session", privilege),
    spread("show running-config, one session", running),
    spread(`show privilege, ${SESSIONS} sessions at once`, times.flat()),
    { name: `commands of ${SESSIONS} sessions`, value: (SESSIONS * COMMANDS) / seconds, unit: "1/s" },
  ]);
}
