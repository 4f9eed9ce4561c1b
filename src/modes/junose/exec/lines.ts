/** Exec commands about the lines that sessions come through. */

import { uint } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { ENABLE_LEVEL } from "./enable.ts";

export const lineExecCommands = [
  exec({
    level: ENABLE_LEVEL,
    form: [
      kw("clear", "End or reset something"),
      kw("line", "End the session at a line"),
      oneOf(
        [kw("console", "The console"), arg("console", uint(0, 0), "Number of the line")],
        [kw("vty", "A virtual terminal line"), arg("vty", uint(0, 29), "Number of the line")],
      ),
    ],
    run({ logins }: ExecContext, { vty }) {
      const line = vty === undefined ? "con 0" : `vty ${vty}`;
      return logins.clear(line) ? {} : { ok: false, lines: [`% Nobody is logged in on ${line}`] };
    },
  }),
];
