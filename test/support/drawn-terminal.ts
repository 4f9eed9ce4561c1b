/** A terminal that something is drawn on, as a test sits at it. */

import { TerminalInput, TerminalOutput } from "../../src/cli/ui/terminal-streams.ts";
import { TerminalScreen } from "./terminal-screen.ts";

const LIMIT_MILLIS = 250_000;

export class DrawnTerminal {
  readonly screen: TerminalScreen;
  readonly input = new TerminalInput();
  readonly output: TerminalOutput;
  /** All that was ever drawn, as it came: what stands for a moment only may never be seen on the screen. */
  drawn = "";

  constructor(columns: number, rows: number) {
    this.screen = new TerminalScreen(columns, rows);
    this.output = new TerminalOutput({ columns, rows }, (drawn) => {
      this.drawn += drawn;
      this.screen.write(drawn);
    });
  }

  /** Waits until the screen shows something; when it does not for minutes, what it shows instead is told. */
  readonly until = async (shows: (lines: readonly string[]) => boolean): Promise<readonly string[]> => {
    const deadline = performance.now() + LIMIT_MILLIS;
    for (;;) {
      const lines = await this.screen.lines();
      if (shows(lines)) return lines;
      if (performance.now() > deadline) throw new Error(`the terminal shows\n${lines.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
}
