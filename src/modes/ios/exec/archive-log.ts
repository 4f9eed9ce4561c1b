/** `show archive log config`: the lines of configuration that logins typed, while `archive log config` keeps them. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { confirm } from "../../common/questions.ts";
import type { LoggedCommand } from "../../running/configuration-log.ts";
import { clear, PRIVILEGED, print, show } from "./words.ts";

const archive = kw("archive", "Archive of configurations");
const log = kw("log", "Log of commands");
const config = kw("config", "Configuration commands");
const number = (name: "first" | "last", help: string) => arg(name, uint(1, 2_147_483_647), help);

function table(commands: readonly LoggedCommand[]): string[] {
  return [
    " idx   sess           user@line      Logged command",
    ...commands.flatMap(({ index, session, user, line, command }) => {
      const [first = "", ...rest] = command.split("\n");
      const who = `${user}@${line === "con 0" ? "console" : line.replace(" ", "")}`;
      return [`${String(index).padStart(5)}${String(session).padStart(6)}${who.padStart(23)}  |  ${first}`, ...rest];
    }),
  ];
}

function logged(
  { running: { commandLog } }: ExecContext,
  isWanted: (command: LoggedCommand) => boolean,
  provisioning: boolean,
): ExecResult {
  if (commandLog.plan === undefined)
    return { ok: false, lines: ["Config Log: the configuration logger is not enabled"] };
  const commands = commandLog.commands.filter(isWanted);
  return print(provisioning ? commands.map(({ command }) => command) : table(commands), commands);
}

const provisioning = flag("provisioning", "provisioning", "Commands alone, to be pasted");

export const archiveLogCommands = [
  exec({
    level: PRIVILEGED,
    form: [
      show,
      archive,
      log,
      config,
      oneOf(
        [pick("every", { all: "All of them" })],
        [number("first", "First index"), opt(number("last", "Last index"))],
      ),
      provisioning,
    ],
    run: (context: ExecContext, { every, first = 1, last = first, provisioning: bare }) =>
      logged(context, ({ index }) => every !== undefined || (first <= index && index <= last), bare === true),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      show,
      archive,
      log,
      config,
      kw("user", "Those of a user"),
      arg("user", word(), "User name"),
      opt(kw("session", "Those of a session"), arg("session", uint(1, 2_147_483_647), "Session number")),
      provisioning,
    ],
    run: (context: ExecContext, { user, session, provisioning: bare }) =>
      logged(
        context,
        (command) => command.user === user && (session ?? command.session) === command.session,
        bare === true,
      ),
  }),
  exec({
    level: PRIVILEGED,
    form: [show, archive, log, config, kw("statistics", "How much is kept")],
    run({ running: { commandLog } }: ExecContext) {
      const { commands, plan } = commandLog;
      const octets = commands.reduce((sum, { command }) => sum + command.length, 0);
      return print(
        [
          "Config Log Session Info:",
          `        Number of sessions being tracked: ${new Set(commands.map(({ session }) => session)).size}`,
          "Config Log log-queue:",
          `        Total number of entries in the log-queue: ${commands.length}`,
          `        Maximum number of entries in the log-queue: ${plan?.size ?? 0}`,
          `        Memory being held by the log-queue: ${octets} bytes`,
        ],
        { entries: commands.length, size: plan?.size ?? 0, octets },
      );
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, archive, log, config, flag("force", "force", "Do not ask")],
    run({ running: { commandLog } }: ExecContext, { force }) {
      const go = (): ExecResult => {
        commandLog.clear();
        return {};
      };
      return force === true ? go() : confirm("Clear the configuration log?", go);
    },
  }),
];
