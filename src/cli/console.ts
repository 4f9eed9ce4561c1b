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

/** Resolves when the user has logged out. */
export function terminalConsole(gateway: Gateway, input: TerminalInput, output: TerminalOutput): Promise<void> {
  const session = new Session(gateway, { line: "con 0", paged: true, monitor: true, colour: hasColour() });
  const vty = new Vty(
    session,
    (text) => void output.write(text),
    () => performance.now(),
  );
  const stopListening = gateway.logs.listen((timed) => {
    const lines = session.logLines(timed);
    if (lines.length > 0) vty.interject(lines);
  });
  input.setRawMode?.(true);
  const resize = (): void => vty.resize(output.columns ?? 0, output.rows ?? 0);
  resize();
  vty.start();
  return new Promise((resolve) => {
    const finish = (): void => {
      stopListening();
      vty.close();
      input.off("data", feed);
      input.off("end", finish);
      output.off("resize", resize);
      input.setRawMode?.(false);
      input.pause();
      resolve();
    };
    const feed = (keys: Uint8Array): void => {
      vty.feed(keys);
      if (session.ended) finish();
    };
    input.on("data", feed);
    input.on("end", finish);
    output.on("resize", resize);
  });
}

/** https://no-color.org, and terminals that say they are dumb. */
function hasColour(): boolean {
  const { NO_COLOR, TERM } = process.env;
  return (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
}

/** Reads commands line by line; after each one's output the prompt stands on a line of its own. */
export function pipeConsole(gateway: Gateway, input: Readable, output: Writable): void {
  const session = new Session(gateway, { line: "con 0", paged: false, monitor: true });
  const print = (lines: readonly string[]): void => {
    for (const line of lines) output.write(`${line}\n`);
  };
  gateway.logs.listen((timed) => print(session.logLines(timed)));
  const runner = new LineRunner(session, {
    say: (text) => void output.write(text),
    done: () => print([session.prompt()]),
    finished: () => undefined,
  });
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  reader.on("line", (line) => runner.submit(line));
  reader.on("close", () => runner.close());
}
