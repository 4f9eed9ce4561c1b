/**
 * An exec channel: the commands of `ssh host "…"`, one a line, without banner, prompt or echo. What they print goes to standard output, what
 * a refused one says to standard error; the first refused line ends the row, and the exit status tells. Also the channel
 * under SCP.
 */

import type { ServerChannel } from "ssh2";
import { LineRunner } from "../line-runner.ts";
import type { Session } from "../session.ts";
import type { Scp } from "./scp.ts";
import { byTurns } from "./turns.ts";

/** A command line of any length would be kept whole. */
const LONGEST_COMMAND = 1024 * 1024;

export function serveCommand(channel: ServerChannel, session: Session, command: string): void {
  let ok = true;
  let isOver = false;
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    session.close();
    if (!channel.writable) return;
    channel.exit(ok ? 0 : 1);
    channel.end();
  };
  channel.on("error", finish);
  channel.on("close", finish);
  // Nothing is read: the commands came with the request. Flowing, so that the end is seen.
  channel.resume();
  if (command.length > LONGEST_COMMAND) {
    channel.stderr.write("% Command line too long\n");
    ok = false;
    finish();
    return;
  }
  const runner = new LineRunner(session, {
    say: (text, wasOk) => {
      if (channel.writable) (wasOk ? channel : channel.stderr).write(text);
    },
    done: (wasOk) => {
      ok &&= wasOk;
      if (wasOk) work();
      else finish();
    },
    finished: finish,
  });
  const lines = command.split(/\r\n|\n|\r/);
  let next = 0;
  const work = byTurns([channel, channel.stderr], () => {
    if (isOver || runner.isBusy) return false;
    const line = lines[next];
    next += 1;
    if (line === undefined) runner.close();
    else runner.submit(line);
    return line !== undefined;
  });
  work();
}

/** Runs a conversation over a channel. */
export function servePipe(channel: ServerChannel, conversation: Scp): void {
  let isOver = false;
  const finish = (status: number): void => {
    if (isOver) return;
    isOver = true;
    channel.exit(status);
    channel.end();
  };
  const take = ({ reply, told, status }: ReturnType<Scp["feed"]>): void => {
    if (told !== undefined) channel.stderr.write(told);
    if (reply.length > 0) channel.write(reply);
    if (status !== undefined) finish(status);
  };
  channel.on("data", (octets: Buffer) => {
    if (!isOver) take(conversation.feed(octets));
  });
  channel.on("end", () => finish(conversation.end()));
  channel.on("error", () => undefined);
  take(conversation.start());
}
