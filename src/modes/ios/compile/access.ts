/**
 * Who may come in over the network, from an IOS configuration: vty lines with their `login`, users, AAA lists for logins, `ip ssh`. SSH asks
 * for a user name, so a line that has a password of its own alone takes nobody over SSH, as on the box.
 */

import type { Secret } from "../../../engine/kernel/secret.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import {
  type AccessSpec,
  type AccessUser,
  type LoginMethod,
  type VtyLine,
  withoutOpenDoor,
} from "../../common/access.ts";
import { bannersOf } from "../../common/banner.ts";
import { type PasswordType, verifyPassword } from "../../common/passwords.ts";
import { aaaAuthentication, aaaAuthorizationExec, aaaMaxFail, isNewModel, isServer } from "../commands/aaa.ts";
import { banner } from "../commands/banner.ts";
import {
  configuredLine,
  lineAccessClass,
  lineLevel,
  lineLogin,
  lineOpener,
  linePassword,
  lineSessionLimit,
  lineTransport,
} from "../commands/line.ts";
import { loginGuard } from "../commands/login-guard.ts";
import { sshPublicKeys, sshRetries, sshTimeout } from "../commands/ssh.ts";
import { enablePassword, username } from "../commands/system.ts";

const TOP_LEVEL = 15;
const USER_LEVEL = 1;
const DEFAULT_TIMEOUT_SECONDS = 120;
const DEFAULT_RETRIES = 3;
/** The last of the lines that a box has when its configuration names none. */
const LAST_DEFAULT_LINE = 4;
/** What a configuration may ask for and a process can bear. */
const MOST_LINES = 1000;

export function access(config: ConfigReader): AccessSpec {
  const users = usersOf(config);
  return {
    ssh: sshOf(config, users),
    users,
    banner: bannersOf(config.all(banner)).login?.join("\n"),
    lines: linesOf(config),
    guard: loginGuard(config),
    lockoutAttempts: isNewModel(config) ? config.all(aaaMaxFail)[0]?.values.attempts : undefined,
    enablePasswordHolds: (typed) => enableHolds(config, typed),
  };
}

function holds(stored: Secret | undefined, type: PasswordType | undefined, typed: string): boolean {
  return stored !== undefined && verifyPassword(stored.reveal(), type ?? "0", typed);
}

/** Local users by their names. */
export function usersOf(config: ConfigReader): ReadonlyMap<string, AccessUser> {
  const keys = sshPublicKeys(config);
  const ownLevels = authorizesExec(config);
  return new Map(
    config.all(username).map(({ values }) => [
      values.name,
      {
        name: values.name,
        level: ownLevels ? values.privilege : undefined,
        publicKeys: keys.get(values.name) ?? [],
        neverLocked: values.privilege === TOP_LEVEL,
        passwordHolds: (typed: string) =>
          values.nopassword === true ||
          holds(values.password, values.encoding, typed) ||
          holds(values.secret, values.hashing, typed),
      },
    ]),
  );
}

/** With `aaa new-model` a user's own level counts only where shells are authorized by the local users. */
function authorizesExec(config: ConfigReader): boolean {
  if (!isNewModel(config)) return true;
  return config.all(aaaAuthorizationExec).some(({ values }) => values.methods.includes("local"));
}

/** A secret counts before a password, as for `enable` itself. */
function enableHolds(config: ConfigReader, typed: string): boolean {
  const top = config.all(enablePassword).filter(({ values }) => (values.level ?? TOP_LEVEL) === TOP_LEVEL);
  const chosen = top.find(({ values }) => values.kind === "secret") ?? top[0];
  return chosen !== undefined && holds(chosen.values.password, chosen.values.encoding, typed);
}

function sshOf(config: ConfigReader, users: ReadonlyMap<string, AccessUser>): AccessSpec["ssh"] {
  if (users.size === 0 && !isNewModel(config)) {
    return { enabled: false, reason: "no username is configured" };
  }
  return {
    enabled: true,
    timeoutSeconds: config.all(sshTimeout)[0]?.values.seconds ?? DEFAULT_TIMEOUT_SECONDS,
    retries: Math.max(1, config.all(sshRetries)[0]?.values.retries ?? DEFAULT_RETRIES),
  };
}

function linesOf(config: ConfigReader): readonly VtyLine[] {
  const numbers = config.all(lineOpener).flatMap(({ values }) => (values.kind === "vty" ? [values.first ?? 0] : []));
  const last = Math.min(MOST_LINES - 1, Math.max(LAST_DEFAULT_LINE, ...numbers));
  return Array.from({ length: last + 1 }, (_, number) => lineOf(config, number));
}

function lineOf(config: ConfigReader, number: number): VtyLine {
  const node = configuredLine(config, "vty", number) ?? { children: [] };
  const password = config.under(node, linePassword)[0]?.values;
  const transport = config.under(node, lineTransport).find(({ values }) => values.direction === "input");
  const protocols = transport?.values.protocols ?? [];
  const filter = config.under(node, lineAccessClass).find(({ values }) => values.direction === "in");
  return {
    number,
    acceptsSsh: transport === undefined || protocols.includes("ssh") || protocols.includes("all"),
    methods: methodsOf(config, config.under(node, lineLogin)[0]),
    level: config.under(node, lineLevel)[0]?.values.level ?? USER_LEVEL,
    accessList: filter?.values.list,
    sessionLimit: config.under(node, lineSessionLimit)[0]?.values.sessions,
    passwordHolds: (typed) => holds(password?.password, password?.encoding, typed),
  };
}

/** With `aaa new-model` the lists decide and `login local` has no meaning; a list that is not there is the local one. */
function methodsOf(
  config: ConfigReader,
  login: ConfigNode<(typeof lineLogin)["form"]> | undefined,
): readonly LoginMethod[] {
  if (!isNewModel(config)) {
    if (login?.negated === true) return ["none"];
    return login?.values.source === "local" ? ["local"] : [];
  }
  const name = login?.values.list ?? "default";
  const list = config
    .all(aaaAuthentication)
    .find(({ values }) => values.service === "login" && (values.list ?? values.standard) === name);
  if (list === undefined) return ["local"];
  return withoutOpenDoor(list.values.methods, isServer).flatMap((method): LoginMethod[] => {
    if (method === "local" || method === "local-case") return ["local"];
    return method === "line" || method === "enable" || method === "none" ? [method] : [];
  });
}
