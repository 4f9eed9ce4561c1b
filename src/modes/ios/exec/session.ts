/** Exec commands about the session itself. */

import { word } from "../../../grammar/arguments.ts";
import { exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { privilegeCommands } from "./enable.ts";

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

export const ping = exec({
  level: 1,
  form: [kw("ping", "Send echo messages"), arg("target", word(), "Ping destination address or hostname")],
  effect: unsupported("ping from the router is not supported yet"),
  run: (_context: ExecContext) => ({ ok: false }),
});

export const sessionCommands = [...privilegeCommands, exit, logout, ping];
