/** Exec commands about the session itself. */

import { word } from "../../../grammar/arguments.ts";
import { exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { privilegeCommands } from "./enable.ts";

const PRIVILEGED = 15;

export const configure = exec({
  level: PRIVILEGED,
  form: [kw("configure", "Enter configuration mode"), opt(pick("source", { terminal: "Configure from the terminal" }))],
  run: (_context: ExecContext) => ({ action: { type: "configure" } }),
});

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

/** In configuration modes only: exec does not know it. */
export const end = exec({
  level: 0,
  form: [kw("end", "Exit from configure mode")],
  run: (_context: ExecContext) => ({ action: { type: "end" } }),
});

export const write = exec({
  level: PRIVILEGED,
  form: [
    kw("write", "Write running configuration to memory or terminal"),
    opt(pick("where", { memory: "Write to NV memory" })),
  ],
  effect: unsupported("The configuration is the file it was started with: copy what show running-config prints"),
  run: (_context: ExecContext) => ({ ok: false }),
});

export const ping = exec({
  level: 1,
  form: [kw("ping", "Send echo messages"), arg("target", word(), "Ping destination address or hostname")],
  effect: unsupported("ping from the router is not supported yet"),
  run: (_context: ExecContext) => ({ ok: false }),
});

export const sessionCommands = [...privilegeCommands, configure, exit, logout, write, ping];
