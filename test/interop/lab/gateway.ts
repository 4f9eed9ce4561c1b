/** The gateway under test: the project's own command, in the foreground, with its console on a pipe. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually, expect, Failure } from "./command.ts";
import { Daemon } from "./daemon.ts";
import { SERVER_NAMESPACE } from "./network.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const configs = new URL("../configs/", import.meta.url);

const START_SECONDS = 15;
const ANSWER_SECONDS = 10;
const STOP_SECONDS = 10;
/** On a line of its own; log lines may follow it before anyone looks. */
const PROMPT = /(?:^|\n)[\w.:-]+(?:\([\w-]+\))?[>#] ?\r?(?:\n|$)/;

export class Gateway {
  readonly #daemon: Daemon;
  #console = "";
  #stopped = false;
  /** The console answers one command at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  readonly #state: string;

  constructor(config: string, directory: string) {
    this.#state = join(directory, "state");
    const args = ["netns", "exec", SERVER_NAMESPACE, process.execPath, "src/cli/main.ts", "run"];
    const file = fileURLToPath(new URL(config, configs));
    this.#daemon = new Daemon("ip", [...args, "--config", file, "--state", this.#state], {
      cwd: project,
      logFile: join(directory, "gateway.log"),
      onOutput: (text) => {
        this.#console += text;
      },
    });
  }

  /** Everything it has printed: answers, log, debug. */
  get log(): string {
    return this.#daemon.output;
  }

  /** Where a file of `flash:` lies on the host. */
  flash(name: string): string {
    return join(this.#state, "flash", name);
  }

  /** A case has told it to stop: only its recording is left. */
  get stopped(): boolean {
    return this.#stopped;
  }

  get ended(): boolean {
    return this.#daemon.ended;
  }

  get ending(): string {
    return this.#daemon.ending;
  }

  /** Waits until the console answers. */
  async ready(): Promise<void> {
    try {
      await this.show("show version", START_SECONDS);
    } catch (error) {
      if (error instanceof Failure) throw new Failure(`the gateway did not start: ${error.message}`, this.log);
      throw error;
    }
  }

  /** Runs an exec command on the live gateway and gives what it printed, without the prompt. */
  async show(command: string, patienceSeconds = ANSWER_SECONDS): Promise<string> {
    const answer = this.#turn.then(() => this.#ask(command, patienceSeconds));
    // A command that failed must not fail the next one too.
    this.#turn = answer.catch(() => undefined);
    return await answer;
  }

  async #ask(command: string, patienceSeconds: number): Promise<string> {
    expect(!this.#daemon.ended, `the gateway has ended (${this.#daemon.ending})`, this.log);
    const start = this.#console.length;
    this.#daemon.write(`${command}\n`);
    const answer = () => this.#console.slice(start);
    const answered = await eventually(patienceSeconds, () => PROMPT.test(answer()) || this.#daemon.ended);
    expect(!this.#daemon.ended, `the gateway has ended (${this.#daemon.ending})`, this.log);
    expect(answered, `no prompt came back after "${command}"`, answer());
    const text = answer();
    return `${text.slice(0, text.search(PROMPT))}\n`.replaceAll("\r\n", "\n");
  }

  /** What the gateway prints from now on: `since()` gives it. */
  watch(): { since(): string } {
    const start = this.log.length;
    return { since: () => this.log.slice(start) };
  }

  /** Tells it to stop and waits; true when it went by itself with exit code 0. */
  async stop(): Promise<boolean> {
    this.#stopped = true;
    await this.#daemon.stop("SIGTERM", STOP_SECONDS);
    return this.#daemon.ending === "exit 0";
  }
}
