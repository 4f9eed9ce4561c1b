/**
 * Privilege levels of a login: `enable` alone gives 10. Without a password for the level the console may go up and a terminal
 * line may not.
 */

import { uint } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { askPassword } from "../../common/ask-password.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { enablePassword, isEnablePassword } from "../commands/enable.ts";

export const ENABLE_LEVEL = 10;
const USER = 1;

export const privilegeCommands = [
  exec({
    level: 0,
    form: [kw("enable", "Turn on privileged commands"), opt(arg("level", uint(0, 15), "Privilege level"))],
    run({ chassis, session }: ExecContext, { level = ENABLE_LEVEL }) {
      const granted = { action: { type: "enable", level } } as const;
      if (level <= session.level) return granted;
      const ofLevel = chassis.all(enablePassword).filter(({ values }) => (values.level ?? ENABLE_LEVEL) === level);
      const stored = ofLevel.find(({ values }) => values.kind === "secret") ?? ofLevel[0];
      if (stored === undefined) {
        if (session.origin !== "vty") return granted;
        return { ok: false, lines: [`% Access denied: no password is configured for level ${level}`] };
      }
      return askPassword({
        isRight: (typed) => isEnablePassword(stored.values, typed),
        granted,
        refused: ["% Access denied"],
      });
    },
  }),
  exec({
    level: 0,
    form: [kw("disable", "Turn off privileged commands"), opt(arg("level", uint(0, 15), "Privilege level"))],
    run: ({ session }: ExecContext, { level = USER }) => ({
      action: { type: "disable", level: Math.min(level, session.level) },
    }),
  }),
];
