/** The local users as logins use them: who is locked out, letting them in again, and whether a password is theirs (`test aaa`). */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { author } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { secret } from "../../common/secret-argument.ts";
import { usersOf } from "../compile/access.ts";
import { dateText } from "../document.ts";
import { civilTime } from "../log-style.ts";
import { PRIVILEGED, print, refused, show } from "./words.ts";

const aaa = kw("aaa", "Authentication, authorization and accounting");
const local = kw("local", "Local method");
const user = kw("user", "Local user");

function showLockout({ ssh, chassis }: ExecContext): ExecResult {
  const zone = civilTime(chassis);
  const locked = ssh?.lockedUsers ?? [];
  return print(
    [
      "",
      "          Local-user          Lock time",
      ...locked.map(({ user: name, at }) => `          ${name.padEnd(20)}${dateText(at, zone)}`),
      "",
    ],
    locked.map(({ user: name, at }) => ({ user: name, at: at.toISOString() })),
  );
}

const METHODS = { radius: "Use list of all Radius hosts", "tacacs+": "Use list of all Tacacs+ hosts" } as const;

export const localUserCommands = [
  exec({
    level: PRIVILEGED,
    form: [show, aaa, local, user, pick("which", { lockout: "Users who are locked out", locked: "The same" })],
    run: (context: ExecContext) => showLockout(context),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      kw("clear", "Reset functions"),
      aaa,
      local,
      user,
      pick("what", { "fail-attempts": "Count failed attempts from zero", lockout: "Let in again who is locked out" }),
      oneOf(
        [kw("all", "All users")],
        [kw("username", "One user"), arg("name", word({ placeholder: "WORD" }), "Name of the user")],
      ),
    ],
    run(context: ExecContext, { what, name }) {
      const { ssh } = context;
      if (name !== undefined && !usersOf(context.chassis).has(name)) return refused(`% User ${name} does not exist`);
      if (what === "lockout") ssh?.unlockUser(author(context), name);
      else ssh?.forgetFailures(name);
      return {};
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      kw("test", "Test subsystems, memory, and interfaces"),
      aaa,
      kw("group", "A group of servers"),
      oneOf([pick("method", METHODS)], [arg("group", word({ placeholder: "WORD" }), "Server-group name")]),
      opt(kw("server", "One server of the group"), arg("server", ipv4(), "IP address of the server")),
      arg("name", word({ placeholder: "WORD" }), "User name"),
      arg("password", secret(word()), "Password"),
      pick("code", { legacy: "Use the legacy code path", "new-code": "Use the new code path" }),
    ],
    run({ chassis }: ExecContext, { method, group = method ?? "", name, password }): ExecResult {
      const accepted = usersOf(chassis).get(name)?.passwordHolds(password.reveal()) === true;
      return print(
        [
          `Attempting authentication test to server-group ${group} using the local users: no server is asked from here`,
          accepted ? "User was successfully authenticated." : "User authentication request was rejected.",
        ],
        { group, user: name, accepted },
      );
    },
  }),
];
