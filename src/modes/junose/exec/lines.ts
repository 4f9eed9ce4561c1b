/** Exec commands about the lines that sessions come through. */

import { line, uint } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { lineName } from "../line-settings.ts";
import { ENABLE_LEVEL } from "./enable.ts";

const aVty = arg("vty", uint(0, 29), "Number of the line");
const aLine = oneOf(
  [kw("console", "The console"), arg("console", uint(0, 0), "Number of the line")],
  [kw("vty", "A virtual terminal line"), aVty],
);

function end({ logins }: ExecContext, vty: number | undefined): ExecResult {
  const name = vty === undefined ? "con 0" : `vty ${vty}`;
  return logins.clear(name) ? {} : { ok: false, lines: [`% Nobody is logged in on ${name}`] };
}

export const lineExecCommands = [
  exec({
    level: ENABLE_LEVEL,
    form: [kw("clear", "End or reset something"), kw("line", "End the session at a line"), aLine],
    run: (context: ExecContext, { vty }) => end(context, vty),
  }),
  exec({
    level: ENABLE_LEVEL,
    form: [kw("disconnect", "End a connection"), kw("ssh", "A session of SSH"), aVty],
    run: (context: ExecContext, { vty }) => end(context, vty),
  }),
  exec({
    level: ENABLE_LEVEL,
    form: [
      kw("send", "Send a message to other sessions"),
      oneOf([pick("all", { "*": "Every session" })], [aLine]),
      arg("message", line(), "Message"),
    ],
    run({ logins, session }: ExecContext, { all, vty, message }): ExecResult {
      const to = all === undefined ? (vty === undefined ? "con 0" : `vty ${vty}`) : undefined;
      const reached = logins.send([`Message from ${lineName(session.line)}:`, `  ${message}`], to);
      return reached > 0 ? {} : { ok: false, lines: ["% Nobody is logged in there"] };
    },
  }),
];
