/** Exec commands about the session itself. */

import { exec } from "../../../grammar/declaration.ts";
import { kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { type AliasMode, aliasesOf } from "../aliases.ts";
import { ALIAS_MODES } from "../commands/alias.ts";
import { HELP } from "../show/help.ts";
import { privilegeCommands } from "./enable.ts";
import { print, show } from "./words.ts";

export const exit = exec({
  level: 0,
  form: [kw("exit", "Exit from the EXEC")],
  run: (_context: ExecContext) => ({ action: { type: "exit" } }),
});

export const logout = exec({
  level: 0,
  form: [pick("word", { logout: "Exit from the EXEC", quit: "Exit from the EXEC" })],
  run: (_context: ExecContext) => ({ action: { type: "logout" } }),
});

/** The same in configuration modes, where the box ends an address family with a word of its own. */
export const exitMode = exec({
  level: 0,
  form: [kw("exit", "Exit from the EXEC", { aliases: ["exit-address-family"] })],
  run: exit.run,
});

/** In configuration modes only: exec does not know it. */
export const end = exec({
  level: 0,
  form: [kw("end", "Exit from configure mode")],
  run: (_context: ExecContext) => ({ action: { type: "end" } }),
});

const help = exec({
  level: 0,
  form: [kw("help", "Description of the interactive help system")],
  run: (_context: ExecContext) => print(HELP, HELP),
});

/** The names that lines may begin with, by mode. */
export const showAliases = [
  exec({
    form: [
      show,
      pick("word", { alias: "Display alias commands", aliases: "Display alias commands" }),
      opt(pick("mode", ALIAS_MODES)),
    ],
    run: ({ chassis }: ExecContext, { mode }) => {
      const modes = (Object.keys(ALIAS_MODES) as AliasMode[]).filter((each) => each === (mode ?? each));
      const found = modes
        .map((each) => ({
          mode: each,
          aliases: [...aliasesOf(chassis, each)].map(([name, command]) => ({ name, command })),
        }))
        .filter(({ aliases }) => aliases.length > 0);
      const lines = found.flatMap((one) => [
        `${ALIAS_MODES[one.mode]} aliases:`,
        ...one.aliases.map(({ name, command }) => `  ${name.padEnd(21)} ${command}`),
        "",
      ]);
      return print(lines, found);
    },
  }),
];

export const sessionCommands = [...privilegeCommands, exit, logout, help];
