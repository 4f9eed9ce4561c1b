/** The dashboard as work of a terminal line. What draws is loaded when it is first wanted: it takes half a second. */

import type { Activity } from "../../grammar/declaration.ts";
import type { DashboardSource } from "./dashboard.ts";
import { TerminalInput, TerminalOutput } from "./terminal-streams.ts";

const INTERVAL = 1000;
/** A terminal that told no size. */
const UNKNOWN = { columns: 80, rows: 24 } as const;

export function dashboardActivity(
  source: DashboardSource,
  terminal: {
    readonly columns: number;
    readonly rows: number;
    readonly colour: boolean;
    /** Octets that wait for the terminal. */
    unread(): number;
  },
): Activity {
  const input = new TerminalInput();
  let output: TerminalOutput | undefined;
  return {
    start(say, done) {
      const columns = terminal.columns || UNKNOWN.columns;
      const rows = terminal.rows || UNKNOWN.rows;
      const screen = new TerminalOutput({ columns, rows }, say, () => terminal.unread());
      output = screen;
      const options = { input, output: screen, colour: terminal.colour, intervalMillis: INTERVAL };
      import("./dashboard.ts")
        .then(({ runDashboard }) => runDashboard(source, options))
        .then(
          () => done({ ok: true }),
          (error: unknown) => {
            say(`% The dashboard failed: ${String(error)}\n`);
            done({ ok: false });
          },
        );
    },
    stop: () => void input.write("q"),
    screen: {
      feed: (octets) => void input.write(octets),
      resize: (width, height) => output?.resize(width || UNKNOWN.columns, height || UNKNOWN.rows),
    },
  };
}
