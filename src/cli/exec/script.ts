/** The commands that a script consists of, and how they are run over a login. */

import { readText } from "../read-text.ts";
import type { ScriptLogin } from "./script-login.ts";

/** Something that the command line names, and when: `-c` and `-f` go in the order they stand in. */
export interface ScriptPart {
  readonly at: number;
  readonly text: string;
}

/** The lines of `-c` and `-f` in their order; `-` is the standard input. Throws `Unreadable`. */
export function scriptOf(commands: readonly ScriptPart[] = [], files: readonly ScriptPart[] = []): readonly string[] {
  return [
    ...commands.map(({ at, text }) => ({ at, text: () => text })),
    ...files.map(({ at, text: file }) => ({ at, text: () => readText(file) })),
  ]
    .sort((a, b) => a.at - b.at)
    .flatMap(({ text }) => linesOf(text()));
}

function linesOf(text: string): string[] {
  return text.replace(/(\r\n|\n|\r)$/, "").split(/\r\n|\n|\r/);
}

export interface ScriptListener {
  say(text: string, ok: boolean): void;
  /** A command that was not blank is over. */
  done(report: CommandReport): void;
}

export interface CommandReport {
  readonly command: string;
  readonly ok: boolean;
  /** What it printed, where there is no model of it. */
  readonly output?: string;
  readonly model?: unknown;
}

/** Resolves with whether every command that ran was taken; the first one that was not is the last, unless told to go on. */
export async function runScript(
  script: readonly string[],
  login: ScriptLogin,
  { say, done, keepGoing }: ScriptListener & { readonly keepGoing: boolean },
): Promise<boolean> {
  const left = [...script];
  let allOk = true;
  for (let command = left.shift(); command !== undefined && !login.ended; command = left.shift()) {
    let output = "";
    const { ok, model } = await login.run(command, {
      say: (text, isOk) => {
        output += text;
        say(text, isOk);
      },
      answer: () => left.shift(),
    });
    if (command.trim() !== "" || output !== "") {
      done(model === undefined ? { command, ok, output } : { command, ok, model });
    }
    allOk &&= ok;
    if (!ok && !keepGoing) break;
  }
  return allOk;
}
