/** Exec commands about the lines that sessions come through. */

import { line, uint } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { confirm } from "../../common/questions.ts";
import { CTRL_Z, takeLines } from "../../common/text-of-lines.ts";
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
      oneOf(
        [pick("all", { "*": "Every session" })],
        [arg("number", uint(0, 30), "Number of the line: the console is 0, then the others follow")],
        [aLine],
      ),
      opt(arg("message", line(), "Message between two characters that are the same")),
    ],
    run({ logins, session }: ExecContext, { all, number = 0, vty = number - 1, message }): ExecResult {
      const to = all !== undefined ? undefined : vty < 0 ? "con 0" : `vty ${vty}`;
      return messageOf(message, (lines) =>
        confirm("Proceed with send?", () => {
          const reached = logins.send(
            [`Message from ${lineName(session.line)}:`, ...lines.map((text) => `  ${text}`)],
            to,
          );
          return reached > 0 ? {} : { ok: false, lines: ["% Nobody is logged in there"] };
        }),
      );
    },
  }),
];

/** A text that begins in the line of the command has its own mark around it. */
function messageOf(begun: string | undefined, then: (lines: readonly string[]) => ExecResult): ExecResult {
  if (begun === undefined) {
    return takeLines({ mark: CTRL_Z, notice: " Enter remainder of text message.  End with ^Z." }, then);
  }
  const mark = begun.charAt(0);
  const end = begun.indexOf(mark, 1);
  if (end > 0) return then([begun.slice(1, end)]);
  const notice = ` Enter remainder of text message.  End with the character '${mark}'.`;
  return takeLines({ mark, notice, begun: [begun.slice(1)] }, then);
}
