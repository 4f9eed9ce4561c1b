/** Exec commands about the terminal lines and who is at them. */

import { line, uint } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { lineNumber } from "../../common/logins.ts";
import { after, confirm } from "../../common/questions.ts";
import { CTRL_Z, takeLines } from "../../common/text-of-lines.ts";
import { OTHER_LINES } from "../show/users.ts";

const aLine = oneOf(
  [arg("line", uint(0, 935), "Line number")],
  [kw("console", "Primary terminal line"), arg("console", uint(0, 0), "Line number")],
  [kw("vty", "Virtual terminal"), arg("vty", uint(0, 935), "Line number")],
);

interface AnyLine {
  readonly line?: number;
  readonly console?: number;
  readonly vty?: number;
}

function named({ line, vty }: AnyLine): string {
  if (vty !== undefined) return `vty ${vty}`;
  return line === undefined || line === 0 ? "con 0" : `vty ${line - 1 - OTHER_LINES}`;
}

/** Names of messages that a user sends to the log, by severity. */
const USER_LOGS = ["EMERG", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG"] as const;
const DEBUGGING = 7;

export const lineExecCommands = [
  exec({
    level: 15,
    form: [kw("clear", "Reset functions"), kw("line", "Reset a terminal line"), aLine],
    run: ({ logins }: ExecContext, values) => ({
      question: {
        prompt: "[confirm]",
        echo: "confirm",
        answer(text): ExecResult {
          if (text !== "") return {};
          return logins.clear(named(values))
            ? { lines: [" [OK]"] }
            : { ok: false, lines: ["% Not allowed to clear that line"] };
        },
      },
    }),
  }),
  exec({
    level: 15,
    form: [
      kw("send", "Send a message to other tty lines"),
      kw("log", "Send a message to the logging subsystem"),
      opt(arg("severity", uint(0, DEBUGGING), "Severity level")),
      arg("text", line(), "Message to be logged"),
    ],
    run({ log, session }: ExecContext, { severity = DEBUGGING, text }) {
      log?.("system", "info", "a user logged", {
        level: severity,
        name: USER_LOGS[severity] ?? "DEBUG",
        line: lineNumber(session.line, OTHER_LINES),
        user: session.user,
        text,
      });
      return {};
    },
  }),
  exec({
    level: 15,
    form: [kw("send", "Send a message to other tty lines"), oneOf([pick("all", { "*": "All tty lines" })], [aLine])],
    run: ({ logins, session }: ExecContext, values) =>
      after(
        ["Enter message, end with CTRL/Z; abort with CTRL/C:"],
        takeLines({ mark: CTRL_Z }, (message) =>
          confirm("Send message?", () => {
            const to = values.all === undefined ? named(values) : undefined;
            const whom = to === undefined ? "all terminals" : `tty${lineNumber(to, OTHER_LINES)}`;
            const head = `*** Message from tty${lineNumber(session.line, OTHER_LINES)} to ${whom}:`;
            const reached = logins.send(["", "", "***", "***", head, "***", ...message, ""], to);
            return reached > 0 ? {} : { ok: false, lines: ["% Nobody is at that line"] };
          }),
        ),
      ),
  }),
];
