/**
 * Quiet mode and the delay of refusals (`login block-for`, `login delay`, `login quiet-mode access-class`). As on the box, whoever counts
 * failures also holds refusals back by a second.
 */

import { uint, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, setting } from "../../../grammar/declaration.ts";
import { arg, kw } from "../../../grammar/elements.ts";
import type { LoginGuardSpec } from "../../common/login-watch.ts";
import { globalMode } from "../modes.ts";

const login = kw("login", "Enable secure login checking");
const global = { mode: globalMode, section: "scheduler" } as const;
const seconds = uint(1, 65_535);
const DEFAULT_DELAY_SECONDS = 1;

const blockFor = setting({
  ...global,
  form: [
    login,
    kw("block-for", "Set quiet-mode active time period"),
    arg("seconds", seconds, "Time period in seconds"),
    kw("attempts", "Set max number of fail attempts"),
    arg("attempts", uint(1, 65_535), "Fail attempts max value"),
    kw("within", "Watch period for fail attempts"),
    arg("withinSeconds", seconds, "Time period in seconds"),
  ],
});

const delay = setting({
  ...global,
  form: [
    login,
    kw("delay", "Set delay between successive fail login"),
    arg("seconds", uint(1, 10), "Time period in seconds"),
  ],
});

const quietMode = setting({
  ...global,
  form: [
    login,
    kw("quiet-mode", "Set quiet-mode options"),
    kw("access-class", "Set access class ACL to be applied during quiet-mode"),
    arg("list", word(), "Access list"),
  ],
});

export const loginGuardCommands = [blockFor, delay, quietMode];

export function loginGuard(config: ConfigReader): LoginGuardSpec {
  const block = config.all(blockFor)[0]?.values;
  const least = block === undefined ? 0 : DEFAULT_DELAY_SECONDS;
  return {
    delaySeconds: config.all(delay)[0]?.values.seconds ?? least,
    block,
    quietList: config.all(quietMode)[0]?.values.list,
  };
}

/** Whether the delay is one that nobody typed. */
export function hasDefaultDelay(config: ConfigReader): boolean {
  return config.all(delay).length === 0;
}
