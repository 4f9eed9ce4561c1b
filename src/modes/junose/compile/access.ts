/**
 * Who may come in over the network, from a JunosE configuration: users of the default local database, and vty lines with a password of
 * their own. Every session begins in user exec; `enable` asks for more.
 */

import type { ConfigReader } from "../../../grammar/declaration.ts";
import type { AccessSpec, AccessUser, VtyLine } from "../../common/access.ts";
import { bannersOf } from "../../common/banner.ts";
import { verifyPassword } from "../../common/passwords.ts";
import { banner } from "../commands/banner.ts";
import { enablePassword, isEnablePassword } from "../commands/enable.ts";
import { lineLogin, lineOpener, linePassword } from "../commands/line.ts";
import { isUserPassword, localUser, userCredentials, username } from "../commands/local-users.ts";
import { lineAccessClass, sshRetries, sshServer, sshTimeout } from "../commands/ssh.ts";

const USER_LEVEL = 1;
const TOP_LEVEL = 15;
/** Lines that a box has when its configuration names none. */
const DEFAULT_LAST = 4;
const TIMEOUT_SECONDS = 120;
const RETRIES = 3;
const DEFAULT_DATABASE = "default";

export function access(config: ConfigReader): AccessSpec {
  const users = usersOf(config);
  const lines = linesOf(config, users.size > 0);
  return {
    ssh: sshOf(config, lines),
    users,
    banner: bannersOf(config.all(banner)).login?.join("\n"),
    lines,
    enablePasswordHolds: (typed) =>
      config
        .all(enablePassword)
        .some(({ values }) => (values.level ?? TOP_LEVEL) === TOP_LEVEL && isEnablePassword(values, typed)),
  };
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

function linesOf(config: ConfigReader, haveUsers: boolean): readonly VtyLine[] {
  const ranges = config.all(lineOpener).flatMap((node) => {
    const { first, last = first } = node.values;
    return first === undefined || last === undefined ? [] : [{ node, first, last }];
  });
  const most = Math.max(DEFAULT_LAST, ...ranges.map(({ last }) => last));
  return Array.from({ length: most + 1 }, (_, number): VtyLine => {
    const node = ranges.find(({ first, last }) => number >= first && number <= last)?.node;
    const password = node === undefined ? undefined : config.under(node, linePassword)[0]?.values;
    const login = node === undefined ? undefined : config.under(node, lineLogin)[0];
    const byLine = password !== undefined && login !== undefined && login.values.text === undefined;
    return {
      number,
      acceptsSsh: true,
      methods: byLine && !haveUsers ? ["line"] : haveUsers ? ["local"] : [],
      level: USER_LEVEL,
      accessList: node === undefined ? undefined : config.under(node, lineAccessClass)[0]?.values.list,
      passwordHolds: (typed) => {
        const clear = password?.password ?? password?.masked;
        return clear !== undefined && verifyPassword(clear.reveal(), "0", typed);
      },
    };
  });
}
