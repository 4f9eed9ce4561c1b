/** `dashboard`: the full screen of tunnels and sessions, which neither box has. */

import { exec } from "../../grammar/declaration.ts";
import { kw } from "../../grammar/elements.ts";
import type { ExecContext } from "./exec-context.ts";

export const dashboardCommand = exec({
  form: [kw("dashboard", "Watch tunnels and sessions on the whole screen")],
  run: ({ dashboard }: ExecContext) =>
    dashboard === undefined ? { lines: ["% The dashboard needs a terminal"], ok: false } : { activity: dashboard() },
});
