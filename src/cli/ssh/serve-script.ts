/**
 * The gateway's end of a script: a login without a terminal, one command at a time. What is no message of ours ends it, and so does a client
 * that does not wait for what it asked: nothing is kept for it.
 */

import type { ServerChannel } from "ssh2";
import { jsonText } from "../../modes/shell/output-modifier.ts";
import { LineRunner } from "../line-runner.ts";
import type { Session } from "../session.ts";
import { MessageReader, requestOf, type ScriptReply, type ScriptRequest } from "./script-protocol.ts";

const LONGEST_REQUEST = 1024 * 1024;

export function serveScript(channel: ServerChannel, session: Session): void {
  const reader = new MessageReader(LONGEST_REQUEST);
  let isOver = false;
  const finish = (status: number): void => {
    if (isOver) return;
    isOver = true;
    session.close();
    if (!channel.writable) return;
    channel.exit(status);
    channel.end();
  };
  /** A request was taken, and what ends it was not sent. */
  let isTaken = false;
  const reply = (message: ScriptReply): void => {
    if (!("say" in message)) isTaken = false;
    if (channel.writable) channel.write(`${jsonText(message)}\n`);
  };
  const runner = new LineRunner(session, {
    say: (say, ok) => reply({ say, ok }),
    asks: () => reply({ asks: true }),
    done: (done, model) => reply({ done, ended: session.ended, ...(model === undefined ? {} : { model }) }),
    finished: () => finish(0),
  });
  const take = (request: ScriptRequest): void => {
    if (isTaken || channel.writableNeedDrain) return void finish(1);
    isTaken = true;
    if ("state" in request) reply({ state: session.state });
    else runner.submit("command" in request ? request.command : (request.answer ?? undefined));
  };
  channel.on("data", (octets: Buffer) => {
    const requests = isOver ? [] : reader.feed(octets)?.map(requestOf);
    if (requests === undefined || requests.includes(undefined)) finish(1);
    for (const request of requests ?? []) if (request !== undefined && !isOver) take(request);
  });
  channel.on("end", () => runner.close());
  channel.on("close", () => finish(0));
  channel.on("error", () => finish(1));
  session.onEnd(() => finish(0));
}
