/**
 * Who may come in over the network, from a JunosE configuration: users of the default local database, and vty lines with a password of
 * their own; with `aaa new-model` by lists of methods. Sessions begin in user exec and `enable` asks for more; who logs in by the
 * password of a privilege level begins there.
 */

import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import {
  type AccessSpec,
  type AccessUser,
  type LoginMethod,
  type VtyLine,
  withoutOpenDoor,
} from "../../common/access.ts";
import { bannersOf } from "../../common/banner.ts";
import { verifyPassword } from "../../common/passwords.ts";
import type { ConfigStore } from "../../tree/config-store.ts";
import { loginAuthentication, newModel } from "../commands/aaa.ts";
import { banner } from "../commands/banner.ts";
import { enablePassword, isEnablePassword } from "../commands/enable.ts";
import { lineLogin, lineOpener, linePassword } from "../commands/line.ts";
import { isUserPassword, localUser, userCredentials, username } from "../commands/local-users.ts";
import { privilegeLines } from "../commands/privilege.ts";
import { lineAccessClass, sshRetries, sshServer, sshTimeout } from "../commands/ssh.ts";

/** Of an `enable password` without a level, and of commands that change something. */
const ENABLE_LEVEL = 10;
const USER_LEVEL = 1;
const SPOKEN = ["enable", "line", "local", "none"] as const satisfies readonly LoginMethod[];
/** Lines that a box has when its configuration names none. */
const DEFAULT_LAST = 4;
const TIMEOUT_SECONDS = 120;
const RETRIES = 3;
const DEFAULT_DATABASE = "default";

export function access(store: ConfigStore): AccessSpec {
  const config = store.chassis;
  const users = usersOf(config);
  const lines = linesOf(config, loginLists(store), users.size > 0);
  const enableLevel = (typed: string): number | undefined => {
    const held = config.all(enablePassword).filter(({ values }) => isEnablePassword(values, typed));
    const levels = held.map(({ values }) => values.level ?? ENABLE_LEVEL);
    return levels.length === 0 ? undefined : Math.max(...levels);
  };
  return {
    ssh: sshOf(config, lines),
    users,
    banner: bannersOf(config.all(banner)).login?.join("\n"),
    lines,
    enablePasswordHolds: (typed) => enableLevel(typed) !== undefined,
    enableLevel,
    fileLevel: levelOfCopying(config),
  };
}

/** Files come and go by what `copy` is elsewhere: at its level, or the one that `privilege exec` gives it. */
function levelOfCopying(config: ConfigReader): number {
  const line = privilegeLines(config).findLast(
    ({ mode, text }) => mode === "exec" && text !== "" && "copy".startsWith(text),
  );
  return line?.level ?? ENABLE_LEVEL;
}

/**
 * Servers are not asked: their methods have no answer. `none` behind one is meant for the day when the server is down, and that is
 * every day here: it opens no door.
 */
function spokenOf(methods: readonly string[]): readonly LoginMethod[] {
  const isSpoken = (method: string): method is LoginMethod => SPOKEN.some((spoken) => spoken === method);
  return withoutOpenDoor(methods, (method) => !isSpoken(method)).filter(isSpoken);
}

/** The lists of methods by their names; `undefined` = lines go by their own passwords. */
function loginLists(store: ConfigStore): ReadonlyMap<string, readonly LoginMethod[]> | undefined {
  const router = store.routers.get(DEFAULT_ROUTER);
  if (router === undefined || router.all(newModel).length === 0) return undefined;
  return new Map(router.all(loginAuthentication).map(({ values }) => [values.list, spokenOf(values.methods)]));
}

function sshOf(config: ConfigReader, lines: readonly VtyLine[]): AccessSpec["ssh"] {
  if (config.all(sshServer)[0]?.negated === true) return { enabled: false, reason: "no ip ssh server is configured" };
  if (!lines.some(({ methods }) => methods.length > 0)) {
    return { enabled: false, reason: "no user is in the default local database, and no vty line has a password" };
  }
  return {
    enabled: true,
    timeoutSeconds: config.all(sshTimeout)[0]?.values.seconds ?? TIMEOUT_SECONDS,
    retries: Math.max(1, config.all(sshRetries)[0]?.values.retries ?? RETRIES),
  };
}

function usersOf(config: ConfigReader): ReadonlyMap<string, AccessUser> {
  const user = (name: string, passwordHolds: (typed: string) => boolean): [string, AccessUser] => [
    name,
    { name, level: USER_LEVEL, publicKeys: [], passwordHolds },
  ];
  const plain = config.all(username).map(({ values }) => user(values.name, (typed) => isUserPassword(values, typed)));
  const inDefault = config
    .all(localUser)
    .filter(({ values }) => values.database === DEFAULT_DATABASE)
    .map((node) =>
      user(node.values.name, (typed) =>
        config.under(node, userCredentials).some(({ values }) => isUserPassword(values, typed)),
      ),
    );
  return new Map([...plain, ...inDefault]);
}

function linesOf(config: ConfigReader, lists: ReturnType<typeof loginLists>, haveUsers: boolean): readonly VtyLine[] {
  const ranges = config.all(lineOpener).flatMap((node) => {
    const { first, last = first } = node.values;
    return first === undefined || last === undefined ? [] : [{ node, first, last }];
  });
  const most = Math.max(DEFAULT_LAST, ...ranges.map(({ last }) => last));
  return Array.from({ length: most + 1 }, (_, number): VtyLine => {
    const node = ranges.find(({ first, last }) => number >= first && number <= last)?.node;
    const password = node === undefined ? undefined : config.under(node, linePassword)[0]?.values;
    const login = node === undefined ? undefined : config.under(node, lineLogin)[0];
    const byLine = password !== undefined && login !== undefined;
    const listed = lists?.get(login?.values.list ?? "default");
    return {
      number,
      acceptsSsh: true,
      methods: listed ?? (byLine && !haveUsers ? ["line"] : haveUsers ? ["local"] : []),
      level: USER_LEVEL,
      accessList: node === undefined ? undefined : config.under(node, lineAccessClass)[0]?.values.list,
      passwordHolds: (typed) => {
        const clear = password?.password ?? password?.masked;
        return clear !== undefined && verifyPassword(clear.reveal(), "0", typed);
      },
    };
  });
}
