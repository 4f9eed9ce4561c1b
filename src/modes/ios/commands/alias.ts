/** `alias MODE NAME COMMAND`: short names that stand for the start of a line in a mode. Others than these modes have none here. */

import { line, word } from "../../../grammar/arguments.ts";
import { setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";

/** What `alias` calls a mode, and what `show aliases` does. */
export const ALIAS_MODES = {
  configure: "Global configuration mode",
  exec: "Exec mode",
  interface: "Interface configuration mode",
  line: "Line configuration mode",
} as const;

export const alias = setting({
  mode: globalMode,
  section: "scheduler",
  form: [
    kw("alias", "Create command alias"),
    pick("mode", ALIAS_MODES),
    arg("name", word(), "Alias name"),
    arg("command", line(), "Alias body"),
  ],
  key: ["mode", "name"],
});
