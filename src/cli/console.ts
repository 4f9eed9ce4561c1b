/**
 * The console of a gateway in the foreground: a byte-exact terminal line where there is a terminal, one command a line
 * where there is a pipe. A pipe's end leaves the gateway running; `exit` on a terminal ends it.
 */

import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Gateway } from "./gateway.ts";
import { LineRunner } from "./line-runner.ts";
import { Session } from "./session.ts";
import { Vty } from "./vty.ts";

/** A terminal as the process has it. */
export interface TerminalInput extends Readable {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

export interface TerminalOutput extends Writable {
  readonly columns?: number;
  readonly rows?: number;
}

const LINE_END = "\r\n";

/** Resolves when the user has logged out. A login that ended otherwise gives way to a new one when Return is typed. */
export function terminalConsole(gateway: Gateway, input: TerminalInput, output: TerminalOutput): Promise<void> {
  const write = together(output).now;
  const size = (): readonly [number, number] => [output.columns ?? 0, output.rows ?? 0];
  input.setRawMode?.(true);
  return new Promise((resolve) => {
    let login: ConsoleLogin | undefined;
    const begin = (): void => {
      login = new ConsoleLogin(gateway, write, size(), () => {
        login = undefined;
        const host = gateway.dialect.hostname(gateway.store);
        const lines = ["", "", `${host} con0 is now available`, "", "", "Press RETURN to get started.", ""];
        write(lines.join(LINE_END));
      });
    };
    const resize = (): void => login?.vty.resize(...size());
    const finish = (): void => {
      login?.leave();
      input.off("data", feed);
      input.off("end", finish);
      output.off("resize", resize);
      input.setRawMode?.(false);
      input.pause();
      resolve();
    };
    const feed = (keys: Uint8Array): void => {
      if (login !== undefined) login.feed(keys);
      else if (keys.includes(13) || keys.includes(10)) begin();
      if (login?.loggedOut) finish();
    };
    begin();
    input.on("data", feed);
    input.on("end", finish);
    output.on("resize", resize);
  });
}

/** https://no-color.org, and terminals that say they are dumb. */
export function hasColour(): boolean {
  const { NO_COLOR, TERM } = process.env;
  return (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
}

/** Drawing needs a terminal that can, and somebody who sees it. */
export function canDraw(input: NodeJS.ReadStream, output: NodeJS.WriteStream): boolean {
  const { TERM, INK_SCREEN_READER } = process.env;
  return input.isTTY && output.isTTY && TERM !== "dumb" && INK_SCREEN_READER !== "true";
}

/** One login at the console, with the timer of its idleness. */
class ConsoleLogin {
  readonly vty: Vty;
  readonly #session: Session;
  readonly #stopListening: () => void;
  readonly #ended: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** `ended`: the login was ended, and not by its user. */
  constructor(
    gateway: Gateway,
    write: (text: string) => void,
    [columns, rows]: readonly [number, number],
    ended: () => void,
  ) {
    this.#ended = ended;
    this.#session = new Session(gateway, { line: "con 0", paged: true, monitor: true, colour: hasColour() });
    this.vty = new Vty(this.#session, write, () => performance.now());
    this.#stopListening = gateway.logs.listen((timed) => {
      const lines = this.#session.logLines(timed);
      if (lines.length > 0) this.vty.interject(lines);
      // How long the console may idle may have changed.
      if (timed.event.category === "config") this.#watch();
    });
    this.#session.onMessage((lines) => this.vty.interject(lines));
    this.#session.onEnd(() => {
      if (!this.#isOver) this.#stop();
    });
    this.vty.resize(columns, rows);
    this.vty.start();
    this.#watch();
  }

  get loggedOut(): boolean {
    return !this.#isOver && this.#session.ended;
  }

  feed(keys: Uint8Array): void {
    this.vty.feed(keys);
    this.#watch();
  }

  leave(): void {
    this.#isOver = true;
    this.#clean();
    this.#session.close();
  }

  #stop(): void {
    this.#isOver = true;
    this.#clean();
    this.#ended();
  }

  #clean(): void {
    this.#stopListening();
    clearTimeout(this.#timer);
    this.vty.close();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const { deadline } = this.vty;
    if (deadline === undefined || this.#isOver) return;
    const wait = Math.min(Math.max(0, deadline - performance.now()), LONGEST_TIMER);
    this.#timer = setTimeout(() => {
      this.vty.tick();
      this.#watch();
    }, wait);
    // A console that idles keeps no process alive.
    this.#timer.unref();
  }
}

/** What a timer of the platform can count. */
const LONGEST_TIMER = 0x7fff_ffff;

/** Longer than hundreds of clients take to say something each, and too short to be seen. */
const LOG_WAITS_MILLIS = 10;

interface Gathered {
  /** With what else is said in this turn of the event loop. */
  now(text: string): void;
  /** With what else is said, or a moment later. */
  soon(text: string): void;
}

/** Writes what is said together at once, in its order: each line would be a call of the kernel, and would wake who reads it. */
function together(output: Writable): Gathered {
  let waiting = "";
  let asked = false;
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    asked = false;
    const all = waiting;
    waiting = "";
    output.write(all);
  };
  return {
    now(text) {
      waiting += text;
      if (asked) return;
      asked = true;
      process.nextTick(write);
    },
    soon(text) {
      waiting += text;
      if (!asked) timer ??= setTimeout(write, LOG_WAITS_MILLIS);
    },
  };
}

/** Reads commands line by line; after each one's output the prompt stands on a line of its own. */
export function pipeConsole(gateway: Gateway, input: Readable, output: Writable): void {
  const session = new Session(gateway, { line: "con 0", paged: false, monitor: true });
  const write = together(output);
  const print = (lines: readonly string[]): void => {
    for (const line of lines) write.now(`${line}\n`);
  };
  gateway.logs.listen((timed) => {
    for (const line of session.logLines(timed)) write.soon(`${line}\n`);
  });
  session.onMessage(print);
  const runner = new LineRunner(session, {
    say: write.now,
    done: () => print([session.prompt()]),
    finished: () => undefined,
  });
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  reader.on("line", (line) => runner.submit(line));
  reader.on("close", () => runner.close());
}
