/** The gateway of a soak: `lnsh run` as a process of its own, with as much heap as it is given, that can be killed and begun again. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const LNSH = join(import.meta.dirname, "../../src/cli/bin.js");
const CONFIG = join(import.meta.dirname, "soak.cfg");
const ADDRESS = "127.0.0.1";
const TEXT_KEPT = 100_000;
/** A machine may be slow, and busy with the clients. */
const ANSWER_MILLIS = 60_000;

export const IKE_PORT = 20_510;
export const NATT_PORT = 24_510;

export class SoakGateway {
  readonly #heapMegabytes: number;
  #process: ChildProcessWithoutNullStreams | undefined;
  #said = "";

  /** `heapMegabytes` is `--max-old-space-size`. */
  constructor(heapMegabytes: number) {
    this.#heapMegabytes = heapMegabytes;
  }

  get address(): string {
    return ADDRESS;
  }

  /** It has ended without being told to: the reason, and its last words. */
  get failure(): string | undefined {
    const { exitCode, signalCode } = this.#process ?? {};
    if (typeof exitCode !== "number" && typeof signalCode !== "string") return undefined;
    return `the gateway ended with ${exitCode ?? signalCode}: ${this.#said.slice(-600)}`;
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const heap = `--max-old-space-size=${this.#heapMegabytes}`;
    const ports = ["--ike-port", `${IKE_PORT}`, "--natt-port", `${NATT_PORT}`, "--l2tp-port", "21710"];
    const child = spawn(process.execPath, [heap, LNSH, "run", "--config", CONFIG, "--listen", ADDRESS, ...ports]);
    this.#process = child;
    this.#said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data: Buffer) => {
        this.#said = (this.#said + data.toString()).slice(-TEXT_KEPT);
      });
    }
    while (!this.#said.includes("listening on")) {
      if (this.failure !== undefined) throw new Error(this.failure);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Octets; `undefined` = it does not run. */
  get memory(): number | undefined {
    const { pid } = this.#process ?? {};
    if (pid === undefined) return undefined;
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }

  /** Tunnels and sessions that it believes in. */
  async counts(): Promise<string> {
    this.#said = "";
    this.#process?.stdin.write("show l2tp | include Total tunnels|No active\n");
    for (let waited = 0; waited < ANSWER_MILLIS; waited += 50) {
      const found = /Total tunnels (\d+) sessions (\d+)/.exec(this.#said);
      if (found !== null) return `${found[1]} tunnels, ${found[2]} sessions`;
      if (this.#said.includes("%No active")) return "0 tunnels, 0 sessions";
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return "no answer";
  }

  /** Without a word to anybody. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    this.#process = undefined;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
}
