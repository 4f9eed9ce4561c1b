/** Exec commands about the session itself. */

import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { isMissing, wholeName } from "../../tree/vrfs.ts";
import { routerToEnter } from "../arguments.ts";
import { addressFamilyMode } from "../modes.ts";
import { privilegeCommands } from "./enable.ts";

export const exit = exec({
  level: 0,
  form: [kw("exit", "Leave the mode, or the session")],
  run: (_context: ExecContext) => ({ action: { type: "exit" } }),
});

export const end = exec({
  level: 0,
  form: [kw("end", "Leave configuration")],
  run: (_context: ExecContext) => ({ action: { type: "end" } }),
});

const exitAddressFamily = exec({
  level: 0,
  mode: addressFamilyMode,
  form: [kw("exit-address-family", "Leave the address family")],
  run: (_context: ExecContext) => ({ action: { type: "exit" } }),
});

/** They also work by their own name in configuration. */
export const sessionCommandsAnywhere = [exit, end, exitAddressFamily];

export const sessionCommands = [
  exit,
  ...privilegeCommands,
  exec({
    level: 0,
    form: [kw("help", "Describe the help facility")],
    run: (_context: ExecContext) => ({
      lines: [
        "Type `?` at any place of a command line to see what may come next.",
        "Behind a blank it lists the next words; behind the start of a word, the words that start so.",
      ],
    }),
  }),
  exec({
    level: 0,
    form: [pick("word", { logout: "End the session", quit: "End the session" })],
    run: (_context: ExecContext) => ({ action: { type: "logout" } }),
  }),
  exec({
    form: [
      kw("virtual-router", "Change to another virtual router"),
      arg("name", routerToEnter, "Name of the virtual router, or VR:VRF"),
    ],
    run({ routers, virtualRouter }: ExecContext, { name: typed }) {
      const name = wholeName(typed, virtualRouter);
      const missing = isMissing(name, routers);
      return missing === undefined ? { action: { type: "virtualRouter", name } } : { ok: false, lines: [missing] };
    },
  }),
];
