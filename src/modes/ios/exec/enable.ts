/**
 * Privilege levels of a login. A secret of a level counts before its password; whoever has more rights than asked for is
 * asked nothing. Without either the console may go up and a terminal line may not, as on the box.
 */

import { uint } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { askPassword } from "../../common/ask-password.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { verifyPassword } from "../../common/passwords.ts";
import { aaaNewModel } from "../commands/aaa.ts";
import { enablePassword } from "../commands/system.ts";

const PRIVILEGED = 15;
const USER = 1;

const enable = exec({
  level: 0,
  form: [kw("enable", "Turn on privileged commands"), opt(arg("level", uint(0, 15), "Enable level"))],
  run({ chassis, session }: ExecContext, { level = PRIVILEGED }) {
    const granted = { action: { type: "enable", level } } as const;
    if (level <= session.level) return granted;
    const ofLevel = chassis.all(enablePassword).filter(({ values }) => (values.level ?? PRIVILEGED) === level);
    const stored = ofLevel.find(({ values }) => values.kind === "secret") ?? ofLevel[0];
    const newModel = chassis.all(aaaNewModel).length > 0;
    if (stored === undefined) {
      if (session.origin !== "vty") return granted;
      return { ok: false, lines: [newModel ? "% Error in authentication." : "% No password set", ""] };
    }
    const { encoding = "0", password } = stored.values;
    return askPassword({
      isRight: (typed) => password !== undefined && verifyPassword(password.reveal(), encoding, typed),
      granted,
      refused: [newModel ? "% Access denied" : "% Bad secrets", ""],
    });
  },
});

const disable = exec({
  level: 0,
  form: [kw("disable", "Turn off privileged commands"), opt(arg("level", uint(0, 15), "Privilege level to go to"))],
  run: ({ session }: ExecContext, { level = USER }) => ({
    action: { type: "disable", level: Math.min(level, session.level) },
  }),
});

export const privilegeCommands = [enable, disable];
