/** A connection as the command line asks for it: `--connect` and what goes with it, the environment, and a prompt at a terminal. */

import type ssh2 from "ssh2";
import { CannotStart } from "../cannot-start.ts";
import type { TerminalInput, TerminalOutput } from "../console.ts";
import { connectSsh } from "./ssh-client.ts";
import type { SshTarget } from "./ssh-target.ts";

export interface ConnectOptions {
  readonly connect: SshTarget;
  readonly identity?: string;
  readonly knownHosts?: string;
  readonly acceptNewHostKey?: boolean;
  readonly sshLegacy?: boolean;
}

/** What the process that asks is in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: TerminalInput;
  /** Where a prompt is written. */
  readonly prompts: TerminalOutput;
}

/** The password is that of `LNSH_PASSWORD`; without it a terminal is asked. Rejects with `CannotStart`. */
export function openConnection(options: ConnectOptions, { env, input, prompts }: Surroundings): Promise<ssh2.Client> {
  return connectSsh(options.connect, {
    identity: options.identity,
    knownHosts: options.knownHosts,
    acceptNewHostKey: options.acceptNewHostKey,
    legacy: options.sshLegacy,
    password: env.LNSH_PASSWORD,
    agent: env.SSH_AUTH_SOCK || undefined,
    askPassword: input.isTTY === true ? (prompt) => askHidden(prompt, input, prompts) : undefined,
  });
}

const CTRL_C = "\x03";
const CTRL_U = "\x15";
const BACKSPACES = "\x08\x7f";

/** A line that nobody sees while it is typed. Rejects with `CannotStart` on Ctrl-C and at the end of the input. */
function askHidden(prompt: string, input: TerminalInput, prompts: TerminalOutput): Promise<string> {
  prompts.write(prompt);
  input.setRawMode?.(true);
  let text = "";
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      input.off("data", feed);
      input.off("end", giveUp);
      input.setRawMode?.(false);
      input.pause();
      prompts.write("\r\n");
    };
    const giveUp = (): void => {
      finish();
      reject(new CannotStart("no password was given."));
    };
    const feed = (keys: Uint8Array): void => {
      const typed = [...new TextDecoder().decode(keys)];
      for (const [at, key] of typed.entries()) {
        if (key === "\r" || key === "\n") {
          finish();
          const rest = typed.slice(at + 1).join("");
          if (rest !== "") input.unshift(Buffer.from(rest));
          resolve(text);
          return;
        }
        if (key === CTRL_C) {
          giveUp();
          return;
        }
        if (key === CTRL_U) text = "";
        else text = BACKSPACES.includes(key) ? text.slice(0, -1) : text + key;
      }
    };
    input.on("data", feed);
    input.on("end", giveUp);
    input.resume();
  });
}
