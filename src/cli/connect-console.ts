/**
 * `lnsh console --connect` and `lnsh dashboard --connect`: the console of a gateway elsewhere, over SSH. The other end draws, because there
 * is everything that may come next; what it draws is passed through. Where nothing can be drawn, and at a router that is no lnsh, it is the plain line of that gateway.
 */

import { CannotStart } from "./cannot-start.ts";
import { canDraw, hasColour } from "./console.ts";
import { EXIT } from "./exit-codes.ts";
import type { Front } from "./run.ts";
import { type ConnectOptions, openConnection } from "./ssh/connect.ts";
import { OWN_SOFTWARE, remoteSoftware } from "./ssh/remote-software.ts";
import { connectTerminal } from "./ssh/ssh-client.ts";

/** Rejects with `CannotStart`: nobody there, not who it should be, not let in. */
export async function connectConsole(options: ConnectOptions, front: Front): Promise<number> {
  const { stdin: input, stdout: output, stderr: prompts, env } = process;
  const client = await openConnection(options, { env, input, prompts });
  try {
    const { plan, told } = planFor(front, canDraw(input, output), remoteSoftware(client));
    if (told !== undefined) prompts.write(`lnsh: ${told}\n`);
    const status = await connectTerminal(client, { input, output, plain: !hasColour(), ...plan });
    return status === 0 ? EXIT.ok : EXIT.refused;
  } finally {
    client.end();
    input.destroy();
  }
}

/** What the other end is asked for, and what is told before. Throws `CannotStart` where it cannot have what is wanted. */
export function planFor(
  front: Front,
  draws: boolean,
  software: string | undefined,
): { readonly plan: { readonly command?: string; readonly first?: string }; readonly told?: string } {
  const isDashboard = front === "dashboard";
  if (software !== undefined && software !== OWN_SOFTWARE) {
    if (isDashboard) throw new CannotStart(`the host is ${software} and no lnsh: it has no dashboard.`);
    return { plan: {}, told: `the host is ${software} and no lnsh: this is its plain line` };
  }
  if (draws) return { plan: { command: isDashboard ? "console dashboard" : "console" } };
  return { plan: isDashboard ? { first: "dashboard" } : {} };
}
