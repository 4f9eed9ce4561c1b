/**
 * Who may come in over the network, from an IOS configuration: vty lines with their `login`, users, AAA lists for logins, `ip ssh`. SSH asks
 * for a user name, so a line that has a password of its own alone takes nobody over SSH, as on the box.
 */

import type { Secret } from "../../../engine/kernel/secret.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import type { AccessSpec, AccessUser, LoginMethod, VtyLine } from "../../common/access.ts";
import { bannersOf } from "../../common/banner.ts";
import { type PasswordType, verifyPassword } from "../../common/passwords.ts";
import { aaaAuthentication, aaaNewModel } from "../commands/aaa.ts";
import { banner } from "../commands/banner.ts";
import { lineAccessClass, lineLevel, lineLogin, lineOpener, linePassword, lineTransport } from "../commands/line.ts";
import { sshPublicKeys, sshRetries, sshTimeout } from "../commands/ssh.ts";
import { enablePassword, username } from "../commands/system.ts";

const TOP_LEVEL = 15;
const USER_LEVEL = 1;
const DEFAULT_TIMEOUT_SECONDS = 120;
const DEFAULT_RETRIES = 3;
/** Lines that a box has when its configuration names none. */
const DEFAULT_LINES = { first: 0, last: 4 } as const;
/** What a configuration may ask for and a process can bear. */
const MOST_LINES = 1000;

export function access(config: ConfigReader): AccessSpec {
  const users = usersOf(config);
  return {
    ssh: sshOf(config, users),
    users,
    banner: bannersOf(config.all(banner)).login?.join("\n"),
    lines: linesOf(config),
    enablePasswordHolds: (typed) => enableHolds(config, typed),
  };
}

function holds(stored: Secret | undefined, type: PasswordType | undefined, typed: string): boolean {
  return stored !== undefined && verifyPassword(stored.reveal(), type ?? "0", typed);
}

function usersOf(config: ConfigReader): ReadonlyMap<string, AccessUser> {
  const keys = sshPublicKeys(config);
  return new Map(
    config.all(username).map(({ values }) => [
      values.name,
      {
        name: values.name,
        level: values.privilege ?? USER_LEVEL,
        publicKeys: keys.get(values.name) ?? [],
        passwordHolds: (typed: string) =>
          values.nopassword === true ||
          holds(values.password, values.encoding, typed) ||
          holds(values.secret, values.hashing, typed),
      },
    ]),
  );
}

/** A secret counts before a password, as for `enable` itself. */
function enableHolds(config: ConfigReader, typed: string): boolean {
  const top = config.all(enablePassword).filter(({ values }) => (values.level ?? TOP_LEVEL) === TOP_LEVEL);
  const chosen = top.find(({ values }) => values.kind === "secret") ?? top[0];
  return chosen !== undefined && holds(chosen.values.password, chosen.values.encoding, typed);
}

function sshOf(config: ConfigReader, users: ReadonlyMap<string, AccessUser>): AccessSpec["ssh"] {
  if (users.size === 0 && config.all(aaaNewModel).length === 0) {
    return { enabled: false, reason: "no username is configured" };
  }
  return {
    enabled: true,
    timeoutSeconds: config.all(sshTimeout)[0]?.values.seconds ?? DEFAULT_TIMEOUT_SECONDS,
    retries: Math.max(1, config.all(sshRetries)[0]?.values.retries ?? DEFAULT_RETRIES),
  };
}

/** Ranges overlap where `line vty 0 4` is refined by `line vty 3`: the narrower one says more. */
function linesOf(config: ConfigReader): readonly VtyLine[] {
  const ranges = config
    .all(lineOpener)
    .filter(({ values }) => values.kind === "vty")
    .map((node) => ({ node, first: node.values.first, last: node.values.last ?? node.values.first }));
  const last = Math.min(MOST_LINES - 1, Math.max(DEFAULT_LINES.last, ...ranges.map((range) => range.last)));
  return Array.from({ length: last + 1 }, (_, number) => {
    const nodes = ranges
      .filter((range) => number >= range.first && number <= range.last)
      .sort((a, b) => a.last - a.first - (b.last - b.first))
      .map(({ node }) => node);
    return lineOf(config, number, nodes);
  });
}

function lineOf(config: ConfigReader, number: number, nodes: readonly ConfigNode[]): VtyLine {
  const first = <Value>(read: (node: ConfigNode) => Value | undefined): Value | undefined => {
    for (const node of nodes) {
      const value = read(node);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const password = first((node) => config.under(node, linePassword)[0]?.values);
  const transport = first((node) =>
    config.under(node, lineTransport).find(({ values }) => values.direction === "input"),
  );
  const protocols = transport?.values.protocols ?? [];
  const login = first((node) => config.under(node, lineLogin)[0]);
  const filter = first((node) => config.under(node, lineAccessClass).find(({ values }) => values.direction === "in"));
  return {
    number,
    acceptsSsh: transport === undefined || protocols.includes("ssh") || protocols.includes("all"),
    methods: methodsOf(config, login),
    level: first((node) => config.under(node, lineLevel)[0]?.values.level) ?? USER_LEVEL,
    accessList: filter?.values.list,
    passwordHolds: (typed) => holds(password?.password, password?.encoding, typed),
  };
}

/** With `aaa new-model` the lists decide and `login local` has no meaning; a list that is not there is the local one. */
function methodsOf(
  config: ConfigReader,
  login: ConfigNode<(typeof lineLogin)["form"]> | undefined,
): readonly LoginMethod[] {
  if (config.all(aaaNewModel).length === 0) {
    if (login?.negated === true) return ["none"];
    return login?.values.source === "local" ? ["local"] : [];
  }
  const name = login?.values.list ?? "default";
  const list = config
    .all(aaaAuthentication)
    .find(({ values }) => values.service === "login" && (values.list ?? values.standard) === name);
  if (list === undefined) return ["local"];
  return list.values.methods.flatMap((method): LoginMethod[] => {
    if (method === "local" || method === "local-case") return ["local"];
    return method === "line" || method === "enable" || method === "none" ? [method] : [];
  });
}
