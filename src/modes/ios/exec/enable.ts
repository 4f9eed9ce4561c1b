/**
 * Privilege levels of a login. A secret of a level counts before its password; whoever has more rights than asked for is
 * asked nothing. Without either the console may go up and a terminal line may not, as on the box.
 */

import { uint } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { withoutOpenDoor } from "../../common/access.ts";
import { askPassword } from "../../common/ask-password.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { verifyPassword } from "../../common/passwords.ts";
import { aaaAuthentication, isNewModel, isServer } from "../commands/aaa.ts";
import { configuredLine, linePassword } from "../commands/line.ts";
import { enablePassword } from "../commands/system.ts";

const PRIVILEGED = 15;
const USER = 1;

const enable = exec({
  level: 0,
  form: [kw("enable", "Turn on privileged commands"), opt(arg("level", uint(0, 15), "Enable level"))],
  run({ chassis, session }: ExecContext, { level = PRIVILEGED }) {
    const granted = { action: { type: "enable", level } } as const;
    if (level <= session.level) return granted;
    const newModel = isNewModel(chassis);
    const way = wayUp(chassis, session, level);
    if (way === "open") return granted;
    if (way !== undefined) {
      const refused = [newModel ? "% Access denied" : "% Bad secrets", ""];
      return askPassword({ isRight: way, granted, refused });
    }
    if (session.origin !== "vty") return granted;
    return { ok: false, lines: [newModel ? "% Error in authentication." : "% No password set", ""] };
  },
});

/** The first method of the list that has an answer; `undefined` = none has. */
function wayUp(
  chassis: ExecContext["chassis"],
  session: ExecContext["session"],
  level: number,
): ((typed: string) => boolean) | "open" | undefined {
  for (const method of methodsOf(chassis)) {
    if (method === "none" || (method === "if-needed" && session.user !== "")) return "open";
    const stored =
      method === "enable" ? enableOf(chassis, level) : method === "line" ? lineOf(chassis, session) : undefined;
    const { password, encoding = "0" } = stored ?? {};
    if (password !== undefined) return (typed) => verifyPassword(password.reveal(), encoding, typed);
  }
  return undefined;
}

/** Servers are not asked: their methods have no answer. */
function methodsOf(chassis: ExecContext["chassis"]): readonly string[] {
  if (!isNewModel(chassis)) return ["enable"];
  const list = chassis.find(aaaAuthentication, { service: "enable", standard: "default" })?.values.methods ?? [
    "enable",
  ];
  return withoutOpenDoor(list, isServer);
}

function enableOf(chassis: ExecContext["chassis"], level: number) {
  const ofLevel = chassis.all(enablePassword).filter(({ values }) => (values.level ?? PRIVILEGED) === level);
  return (ofLevel.find(({ values }) => values.kind === "secret") ?? ofLevel[0])?.values;
}

function lineOf(chassis: ExecContext["chassis"], { line }: ExecContext["session"]) {
  const [kind = "", number] = line.split(" ");
  const node = configuredLine(chassis, kind, Number(number));
  return node === undefined ? undefined : chassis.under(node, linePassword)[0]?.values;
}

const disable = exec({
  level: 0,
  form: [kw("disable", "Turn off privileged commands"), opt(arg("level", uint(0, 15), "Privilege level to go to"))],
  run: ({ session }: ExecContext, { level = USER }) => ({
    action: { type: "disable", level: Math.min(level, session.level) },
  }),
});

export const privilegeCommands = [enable, disable];
