/** Somebody at the terminal of the process: the console that draws where the terminal lets it, else the byte-exact line. */

import { canDraw, hasColour, terminalConsole } from "./console.ts";
import type { Gateway } from "./gateway.ts";

export interface ForegroundOptions {
  /** What was told so far: a screen of its own begins with it. */
  readonly opening: readonly string[];
  /** A command that is run at once, where it is drawn. */
  readonly first?: string | undefined;
  /** Ends it from outside. */
  readonly ended: Promise<unknown>;
}

/** Resolves when the user has logged out, or `ended` says so. What draws is loaded only where it does. */
export async function standInFront(gateway: Gateway, { opening, first, ended }: ForegroundOptions): Promise<void> {
  const { stdin: input, stdout: output } = process;
  if (canDraw(input, output)) {
    const { runConsole } = await import("./ui/console.ts");
    await runConsole(gateway, { input, output, colour: hasColour(), intervalMillis: 1000, opening, first, ended });
  } else await Promise.race([ended, terminalConsole(gateway, input, output)]);
}
