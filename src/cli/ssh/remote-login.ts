/** The script's end: a login at a gateway that is somewhere else. */

import type { Client, ClientChannel } from "ssh2";
import { CannotStart } from "../cannot-start.ts";
import type { CommandListener, Outcome, ScriptLogin } from "../exec/script-login.ts";
import type { GatewayState } from "../gateway-state.ts";
import { MessageReader, SCRIPT_SUBSYSTEM, type ScriptReply, type ScriptRequest } from "./script-protocol.ts";

/** Rejects with `CannotStart` where the host takes no scripts: it is another kind of device. */
export function openScript(client: Client): Promise<ScriptLogin> {
  return new Promise((resolve, reject) => {
    client.subsys(SCRIPT_SUBSYSTEM, (error, channel) => {
      if (error === undefined) resolve(new RemoteLogin(channel));
      else reject(new CannotStart("the host takes no scripts of lnsh, or no line is free; ssh HOST COMMAND may do."));
    });
  });
}

class RemoteLogin implements ScriptLogin {
  readonly #channel: ClientChannel;
  readonly #reader = new MessageReader();
  #isClosed = false;
  #hasEnded = false;
  /** Takes what comes; `undefined` = the connection is gone. */
  #take: ((reply: ScriptReply | undefined) => void) | undefined;

  constructor(channel: ClientChannel) {
    this.#channel = channel;
    channel.on("data", (octets: Buffer) => {
      const replies = this.#reader.feed(octets);
      if (replies === undefined) channel.close();
      // Whoever sends these is the gateway that was proved to be the one.
      else for (const reply of replies) this.#take?.(reply as ScriptReply);
    });
    channel.on("error", () => undefined);
    channel.on("close", () => {
      this.#isClosed = true;
      this.#take?.(undefined);
    });
  }

  run(command: string, listener: CommandListener): Promise<Outcome> {
    return this.#ask({ command }, (reply) => {
      if ("say" in reply) listener.say(reply.say, reply.ok);
      else if ("asks" in reply) this.#send({ answer: listener.answer() ?? null });
      else if ("done" in reply) {
        this.#hasEnded = reply.ended;
        return "model" in reply ? { ok: reply.done, model: reply.model } : { ok: reply.done };
      }
      return undefined;
    });
  }

  state(): Promise<GatewayState> {
    return this.#ask({ state: true }, (reply) => ("state" in reply ? reply.state : undefined));
  }

  get ended(): boolean {
    return this.#hasEnded || this.#isClosed;
  }

  close(): void {
    this.#channel.end();
  }

  /** Rejects with `CannotStart` when the connection goes before there is an answer. */
  #ask<Answer>(request: ScriptRequest, read: (reply: ScriptReply) => Answer | undefined): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const lost = (): void => reject(new CannotStart("the connection was lost."));
      if (this.#isClosed) {
        lost();
        return;
      }
      this.#take = (reply) => {
        if (reply === undefined) {
          lost();
          return;
        }
        const answer = read(reply);
        if (answer !== undefined) resolve(answer);
      };
      this.#send(request);
    });
  }

  #send(request: ScriptRequest): void {
    this.#channel.write(`${JSON.stringify(request)}\n`);
  }
}
