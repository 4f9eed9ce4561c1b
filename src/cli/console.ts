/**
 * The console of a gateway in the foreground: a byte-exact terminal line where there is a terminal, one command a line
 * where there is a pipe. A pipe's end leaves the gateway running; `exit` on a terminal ends it.
 */

import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Gateway } from "./gateway.ts";
import { Session } from "./session.ts";
import { Vty } from "./vty.ts";

/** A terminal as the process has it. */
export interface TerminalInput extends Readable {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** Resolves when the user has logged out. */
export function terminalConsole(gateway: Gateway, input: TerminalInput, output: Writable): Promise<void> {
  const session = new Session(gateway, { line: "con 0", monitor: true });
  const vty = new Vty(session, (text) => void output.write(text));
  const stopListening = gateway.logs.listen((timed) => {
    const lines = session.logLines(timed);
    if (lines.length > 0) vty.interject(lines);
  });
  input.setRawMode?.(true);
  input.setEncoding("utf8");
  vty.start();
  return new Promise((resolve) => {
    const finish = (): void => {
      stopListening();
      input.off("data", feed);
      input.off("end", finish);
      input.setRawMode?.(false);
      input.pause();
      resolve();
    };
    const feed = (keys: string): void => {
      vty.feed(keys);
      if (session.ended) finish();
    };
    input.on("data", feed);
    input.on("end", finish);
  });
}

/** Reads commands line by line; after each one's output the prompt stands on a line of its own. */
export function pipeConsole(gateway: Gateway, input: Readable, output: Writable): void {
  const session = new Session(gateway, { line: "con 0", monitor: true });
  const print = (lines: readonly string[]): void => {
    for (const line of lines) output.write(`${line}\n`);
  };
  gateway.logs.listen((timed) => print(session.logLines(timed)));
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  reader.on("line", (line) => {
    if (session.ended) return;
    print(session.run(line));
    print([session.prompt()]);
  });
}
