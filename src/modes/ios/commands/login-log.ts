/** Which logins are told to the log (`login on-failure log`, `login on-success log`), and each how manieth. */

import { uint } from "../../../grammar/arguments.ts";
import { type ConfigReader, inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, opt, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";

const login = kw("login", "Enable secure login checking");
const outcome = pick("outcome", {
  "on-failure": "Set options for failed login attempt",
  "on-success": "Set options for successful login attempt",
});
const every = opt(
  kw("every", "Set option to log or trap every n-th"),
  arg("every", uint(1, 65_535), "Every how manieth"),
);
const global = { mode: globalMode, section: "scheduler", key: ["outcome"] } as const;

export const loginLog = setting({
  ...global,
  form: [login, outcome, flag("log", "log", "Generate syslogs on such logins"), every],
});

const loginTrap = setting({
  ...global,
  form: [login, outcome, kw("trap", "Generate traps on such logins"), every],
  effect: inert("no SNMP agent is here"),
});

export const loginLogCommands = [loginLog, loginTrap];

/** Whether the so manieth login of its kind is one to log. */
export function logsLogin(config: ConfigReader, wanted: "on-failure" | "on-success", count: number): boolean {
  const line = config.all(loginLog).find(({ values, negated }) => values.outcome === wanted && !negated);
  return line !== undefined && count % (line.values.every ?? 1) === 0;
}
