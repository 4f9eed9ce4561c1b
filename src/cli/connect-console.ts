/**
 * `lnsh console --connect` and `lnsh dashboard --connect`: the console of a gateway elsewhere, over SSH. The other end draws, because there
 * is everything that may come next; what it draws is passed through. Where nothing can be drawn it is the plain line of that gateway.
 */

import { canDraw, hasColour } from "./console.ts";
import { EXIT } from "./exit-codes.ts";
import type { Front } from "./run.ts";
import { type ConnectOptions, openConnection } from "./ssh/connect.ts";
import { connectTerminal } from "./ssh/ssh-client.ts";

/** Rejects with `CannotStart`: nobody there, not who it should be, not let in. */
export async function connectConsole(options: ConnectOptions, front: Front): Promise<number> {
  const { stdin: input, stdout: output, stderr: prompts, env } = process;
  const client = await openConnection(options, { env, input, prompts });
  try {
    const isDashboard = front === "dashboard";
    const plan = canDraw(input, output)
      ? { command: isDashboard ? "console dashboard" : "console" }
      : isDashboard
        ? { first: "dashboard" }
        : {};
    const status = await connectTerminal(client, { input, output, plain: !hasColour(), ...plan });
    return status === 0 ? EXIT.ok : EXIT.refused;
  } finally {
    client.end();
    input.destroy();
  }
}
