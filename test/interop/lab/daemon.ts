/**
 * A program that runs until it is told to stop: gateway, guest, packet capture. Its output is kept, in memory for the
 * cases and in a file for the reader. Each one has its own process group, and only that group is ever signalled.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { eventually } from "./command.ts";

const running = new Set<Daemon>();

export interface DaemonOptions {
  readonly logFile: string;
  readonly cwd?: string;
  /** Called with what comes on standard output. */
  readonly onOutput?: (text: string) => void;
}

export class Daemon {
  readonly #child: ChildProcess;
  readonly #log: WriteStream;
  #output = "";
  #ended = false;
  #closed = false;
  #error: string | undefined;

  constructor(program: string, args: readonly string[], options: DaemonOptions) {
    this.#log = createWriteStream(options.logFile);
    this.#child = spawn(program, args, {
      cwd: options.cwd,
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    running.add(this);
    const keep = (text: string) => {
      this.#output += text;
      this.#log.write(text);
    };
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      keep(text);
      options.onOutput?.(text);
    });
    this.#child.stderr?.setEncoding("utf8").on("data", keep);
    // A program that has ended closes its end of the pipe; `exit` reports it.
    this.#child.stdin?.on("error", (error) => keep(`[standard input: ${error.message}]\n`));
    this.#child.once("error", (error) => {
      this.#error = error.message;
      this.#end();
    });
    this.#child.once("exit", () => this.#end());
    this.#child.once("close", () => {
      this.#closed = true;
      this.#log.end();
    });
  }

  /** Everything the program has printed, on both outputs, as it came. */
  get output(): string {
    return this.#output;
  }

  /** Of the process; 0 = it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** How it ended, for a report. */
  get ending(): string {
    if (this.#error !== undefined) return this.#error;
    if (!this.#ended) return "still running";
    return this.#child.signalCode ?? `exit ${this.#child.exitCode}`;
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined || this.#ended) return;
    process.kill(-this.#child.pid, signal);
  }

  /** Waits for the end and for the last of the output; false when it is still running after that many seconds. */
  async waitForEnd(seconds: number): Promise<boolean> {
    return await eventually(seconds, () => this.#ended && (this.#closed || this.#error !== undefined));
  }

  /** Asks, waits, and kills what did not listen. */
  async stop(signal: NodeJS.Signals, patienceSeconds: number): Promise<void> {
    this.signal(signal);
    if (await this.waitForEnd(patienceSeconds)) return;
    this.signal("SIGKILL");
    await this.waitForEnd(2);
  }

  #end(): void {
    this.#ended = true;
    running.delete(this);
  }
}

/** The last resort, when the runner itself is told to stop. */
export function killEverything(): void {
  for (const daemon of running) daemon.signal("SIGKILL");
}
