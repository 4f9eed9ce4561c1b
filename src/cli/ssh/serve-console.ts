/**
 * The console that draws over SSH: `ssh -t host console`, which is also what `lnsh console --connect` asks for. It is drawn at this end, where
 * everything is that may come next; what draws is loaded when it is first wanted. To a client that does not read nothing more is
 * drawn.
 */

import type { ServerChannel } from "ssh2";
import type { Gateway } from "../gateway.ts";
import type { SessionOptions } from "../session.ts";
import { TerminalInput, TerminalOutput } from "../ui/terminal-streams.ts";
import type { TerminalSize } from "./serve-terminal.ts";

const INTERVAL_MILLIS = 1000;
/** A terminal that told no size. */
const UNKNOWN = { columns: 80, rows: 24 } as const;

/** What an exec request asks to be drawn, where there is a terminal; `undefined` = it is a command of the router. */
export function drawnFront(command: string): { readonly first: string | undefined } | undefined {
  const match = /^\s*console(?:\s+(dashboard))?\s*$/.exec(command);
  return match === null ? undefined : { first: match[1] };
}

/** `ended` is called once, when the login is over. Returns what is to be called when the terminal has another size. */
export function serveConsole(
  channel: ServerChannel,
  gateway: Gateway,
  options: {
    readonly login: SessionOptions;
    readonly size: TerminalSize;
    readonly first: string | undefined;
    ended(): void;
  },
): (size: TerminalSize) => void {
  const input = new TerminalInput();
  const output = new TerminalOutput(
    known(options.size),
    (text) => {
      if (channel.writable) channel.write(text);
    },
    () => channel.writableLength,
  );
  const gone = new Promise<void>((resolve) => channel.once("close", resolve));
  channel.on("error", () => undefined);
  channel.pipe(input);
  const finish = (status: number): void => {
    options.ended();
    if (!channel.writable) return;
    channel.exit(status);
    channel.end();
  };
  import("../ui/console.ts")
    .then(({ runConsole }) =>
      runConsole(gateway, {
        input,
        output,
        login: options.login,
        colour: options.login.colour === true,
        intervalMillis: INTERVAL_MILLIS,
        opening: [],
        first: options.first,
        ended: gone,
      }),
    )
    .then(
      ({ refused }) => finish(refused ? 1 : 0),
      (error: unknown) => {
        gateway.logs.log("ssh", "error", "the console could not be drawn", { reason: String(error) });
        finish(1);
      },
    );
  return (size) => {
    const { columns, rows } = known(size);
    output.resize(columns, rows);
  };
}

function known({ columns, rows }: TerminalSize): { readonly columns: number; readonly rows: number } {
  return { columns: columns || UNKNOWN.columns, rows: rows || UNKNOWN.rows };
}
