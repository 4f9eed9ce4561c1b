/** `show aaa`: how users of the virtual router prove themselves, what they are told, and how often that went well. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import {
  authentication,
  delimiter,
  dns,
  duplicateAddressCheck,
  idleTimeout,
  loginAuthentication,
  newModel,
  selectDatabase,
  sessionTimeout,
  subscriberLimit,
  wins,
} from "../commands/aaa.ts";
import { accounting, enableAuthentication, otherAuthentication, realmDelimiter } from "../commands/aaa-kept.ts";
import { localDatabase, localUser, userAddress, username, userPool } from "../commands/local-users.ts";
import { routerOf } from "../compile/configuration.ts";
import { standing, stated } from "../compile/standing.ts";
import { found, placed } from "./text.ts";

/** Whose methods are shown, and what they are. */
export const SUBSCRIBERS = {
  ppp: "PPP users",
  atm1483: "ATM 1483 users",
  ip: "IP users",
  ipsec: "IPsec users",
  tunnel: "Tunnel users",
  "radius-relay": "RADIUS relay users",
  login: "Users of the command line",
  enable: "Users of privileged commands",
} as const;

interface Methods {
  readonly subscriber: string;
  readonly list: string;
  readonly methods: readonly string[];
}

function methodsOf(context: ExecContext, what: "authentication" | "accounting"): readonly Methods[] {
  const tree = routerOf(context, context.virtualRouter);
  const ofUsers = what === "authentication" ? tree.all(otherAuthentication) : tree.all(accounting);
  const ofPpp = what === "authentication" ? stated(tree, authentication)?.methods : undefined;
  return [
    ...(ofPpp === undefined ? [] : [{ subscriber: "ppp", list: "default", methods: ofPpp }]),
    ...ofUsers.map(({ values: { subscriber, methods } }) => ({ subscriber, list: "default", methods })),
    ...(what === "accounting"
      ? []
      : [
          ...tree
            .all(loginAuthentication)
            .map(({ values: { list, methods } }) => ({ subscriber: "login", list, methods })),
          ...tree.all(enableAuthentication).map(({ values: { methods } }) => ({
            subscriber: "enable",
            list: "default",
            methods,
          })),
        ]),
  ];
}

/** Of one kind of users, or of all that have methods configured. */
export function showMethods(
  context: ExecContext,
  what: "authentication" | "accounting",
  subscriber: keyof typeof SUBSCRIBERS | undefined,
): ExecResult {
  const all = methodsOf(context, what).filter((one) => subscriber === undefined || one.subscriber === subscriber);
  const lines = all.map((one) => `${what} ${one.subscriber} ${one.list}: ${one.methods.join(" ")}`);
  const none = subscriber === undefined ? found(0, `${what} list`) : `${what} ${subscriber} default: none configured`;
  return { lines: lines.length === 0 ? [none] : lines, model: all };
}

/** `aaa new-model`: lists of methods for logins, in place of the passwords of lines. */
export function showModel(context: ExecContext): ExecResult {
  const isNew = routerOf(context, context.virtualRouter).all(newModel).length > 0;
  return { lines: [`aaa model: ${isNew ? "new" : "old"} model`], model: { newModel: isNew } };
}

export function showNameServers(context: ExecContext): ExecResult {
  const tree = routerOf(context, context.virtualRouter);
  const of = (kind: typeof dns | typeof wins, rank: "primary" | "secondary"): string | undefined =>
    tree.all(kind).find(({ values }) => values.rank === rank)?.values.address;
  const model = {
    primaryDns: of(dns, "primary"),
    secondaryDns: of(dns, "secondary"),
    primaryWins: of(wins, "primary"),
    secondaryWins: of(wins, "secondary"),
  };
  const line = (name: string, address: string | undefined): string => `${name} ${address ?? "not set"}`;
  return {
    lines: [
      line("primary dns address:   ", model.primaryDns),
      line("secondary dns address: ", model.secondaryDns),
      line("primary wins address:  ", model.primaryWins),
      line("secondary wins address:", model.secondaryWins),
    ],
    model,
  };
}

export function showTimeouts(context: ExecContext): ExecResult {
  const tree = routerOf(context, context.virtualRouter);
  const idle = stated(tree, idleTimeout)?.seconds;
  const session = stated(tree, sessionTimeout)?.seconds;
  const text = (seconds: number | undefined): string => (seconds === undefined ? "none" : `${seconds} seconds`);
  return {
    lines: [`Idle timeout:    ${text(idle)}`, `Session timeout: ${text(session)}`],
    model: { idleSeconds: idle, sessionSeconds: session },
  };
}

/** A pool never gives out an address twice, so the check is always done. */
export function showDuplicateAddressCheck(context: ExecContext): ExecResult {
  const state = stated(routerOf(context, context.virtualRouter), duplicateAddressCheck)?.state ?? "enable";
  return { lines: [`duplicate address check is ${state}d`], model: { state: `${state}d` } };
}

export function showDelimiters(context: ExecContext): ExecResult {
  const tree = routerOf(context, context.virtualRouter);
  const model = { domainName: standing(tree, delimiter).text, realmName: stated(tree, realmDelimiter)?.text ?? "NULL" };
  return {
    lines: [`domain delimiter(s): ${model.domainName}`, `realm delimiter(s):  ${model.realmName}`],
    model,
  };
}

export function showSubscriberLimit(context: ExecContext): ExecResult {
  const limit = stated(routerOf(context, context.virtualRouter), subscriberLimit)?.users;
  const { users, mostUsers } = decisionsOf(context);
  return {
    lines: [`subscriber limit: ${limit ?? "none"}, users now: ${users}, most users at once: ${mostUsers}`],
    model: { limit, users, mostUsers },
  };
}

export function showLocalDatabases(context: ExecContext): ExecResult {
  const selected = standing(routerOf(context, context.virtualRouter), selectDatabase).name;
  const names = [...new Set(["default", ...context.chassis.all(localDatabase).map(({ values }) => values.name)])];
  const rows = names.map((name) => ({
    name,
    users: usersOf(context).filter((user) => user.database === name).length,
    selected: name === selected,
  }));
  const columns = [0, 34, 42];
  return {
    lines: [
      placed(columns, ["Database", "Users", "Selected"]),
      placed(columns, ["--------------------------------", "------", "--------"]),
      ...rows.map((row) => placed(columns, [row.name, row.users, row.selected ? "yes" : "no"])),
    ],
    model: rows,
  };
}

/** Names and addresses; nobody is shown a password. */
function usersOf({ chassis }: ExecContext) {
  return [
    ...chassis.all(localUser).map((node) => ({
      name: node.values.name,
      database: node.values.database,
      address: stated(chassis, userAddress, node)?.address,
      pool: stated(chassis, userPool, node)?.pool,
    })),
    ...chassis
      .all(username)
      .map(({ values }) => ({ name: values.name, database: "default", address: undefined, pool: undefined })),
  ];
}

export function showLocalUsers(context: ExecContext, name: string | undefined): ExecResult {
  const rows = usersOf(context).filter((user) => name === undefined || user.name === name);
  const columns = [0, 22, 40, 57];
  return {
    lines: [
      placed(columns, ["User", "Database", "Address", "Pool"]),
      placed(columns, ["--------------------", "----------------", "---------------", "----------------"]),
      ...rows.map((row) => placed(columns, [row.name, row.database, row.address ?? "---", row.pool ?? "---"])),
      found(rows.length, "local user"),
    ],
    model: rows,
  };
}

function decisionsOf({ snapshot, virtualRouter }: ExecContext) {
  const counters = snapshot.aaa?.find((one) => one.virtualRouter === virtualRouter)?.counters;
  const users = snapshot.sessions.filter((one) => one.virtualRouter === virtualRouter && one.ppp.ipcp === "opened");
  return {
    accepted: counters?.accepted ?? 0,
    rejected: counters?.rejected ?? 0,
    addressesGranted: counters?.addressesGranted ?? 0,
    addressesRefused: counters?.addressesRefused ?? 0,
    users: users.length,
    mostUsers: counters?.mostUsers ?? 0,
  };
}

export function showAaaStatistics(context: ExecContext): ExecResult {
  const model = decisionsOf(context);
  const rows = [
    ["incoming authentication requests", model.accepted + model.rejected],
    ["outgoing authentication grants", model.accepted],
    ["outgoing authentication denies", model.rejected],
    ["incoming address requests", model.addressesGranted + model.addressesRefused],
    ["outgoing address grants", model.addressesGranted],
    ["outgoing address denies", model.addressesRefused],
    ["users now", model.users],
    ["most users at once", model.mostUsers],
  ] as const;
  return { lines: ["AAA Statistics", ...rows.map(([name, value]) => `  ${`${name}:`.padEnd(36)}${value}`)], model };
}
