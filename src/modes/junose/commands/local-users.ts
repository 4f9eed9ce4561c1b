/** Local databases of users: what remote users are known by where no server is asked. */

import { hashHolds } from "../../../engine/crypto/password-hash.ts";
import { Secret } from "../../../engine/kernel/secret.ts";
import type { PasswordHash } from "../../../engine/spec.ts";
import { ipv4, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, type Opener, opener, type Setting, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, type ValuesOf } from "../../../grammar/elements.ts";
import { verifyPassword } from "../../common/passwords.ts";
import { secret } from "../../common/secret-argument.ts";
import { databaseName, password, poolName, routerName, userName } from "../arguments.ts";
import { mask, masked, oneWay } from "../masking.ts";
import { globalMode, localUserMode } from "../modes.ts";

const aaa = kw("aaa", "Configure authentication, authorization, and accounting characteristics");
const local = kw("local", "Configure local authentication");
const MASKED_MAX = 300;

/** Of all databases together. */
const MAX_USERS = 100;
const MAX_DATABASES = 100;

const databaseForm = [
  aaa,
  local,
  kw("database", "Create a local user database"),
  arg("name", databaseName, "Name of the database, or default"),
] as const;

/** Chassis-wide; a virtual router selects the one it uses. */
export const localDatabase: Setting<typeof databaseForm> = setting({
  mode: globalMode,
  section: "users",
  form: databaseForm,
  key: ["name"],
  check({ name }, config) {
    const others = config.all(localDatabase).filter((node) => node.values.name !== name);
    return others.length >= MAX_DATABASES ? `% There are ${MAX_DATABASES} local databases already` : undefined;
  },
});

const userForm = [
  aaa,
  local,
  kw("username", "Configure a user of a local database"),
  arg("name", userName, "Name of the user"),
  kw("database", "Database that the user belongs to"),
  arg("database", databaseName, "Name of the database, or default"),
] as const;

export const localUser: Opener<typeof userForm> = opener({
  mode: globalMode,
  opens: localUserMode,
  section: "users",
  form: userForm,
  key: ["name", "database"],
  check: ({ name, database }, config) => userLimit(config, name, database),
});

/** A user that is there already may be entered again. */
function userLimit(config: ConfigReader, name: string, database: string): string | undefined {
  const users = config.all(localUser).map((node) => node.values);
  const plain = config.all(username).map((node) => ({ name: node.values.name, database: "default" }));
  const all = [...users, ...plain];
  if (all.length < MAX_USERS || all.some((user) => user.name === name && user.database === database)) return undefined;
  return `% There are ${MAX_USERS} local users already`;
}

/** What may stand behind `password` and `secret`, in a local user's mode and behind `username`. */
const credentials = oneOf(
  [
    kw("password", "Configure a reversible password"),
    kw("8", "A masked password follows"),
    arg("masked", masked(MASKED_MAX), "Masked password"),
  ],
  [
    kw("password", "Configure a reversible password"),
    flag("clear", "0", "A clear password follows"),
    arg("password", secret(password), "Clear password"),
  ],
  [
    kw("secret", "Configure a one-way password"),
    kw("5", "A one-way form follows"),
    arg("oneWay", word({ max: MASKED_MAX, placeholder: "ONEWAY" }), "One-way form"),
  ],
  [
    kw("secret", "Configure a one-way password"),
    flag("clear", "0", "A clear password follows"),
    arg("secret", secret(password), "Clear password"),
  ],
);

type Credentials = ValuesOf<[typeof credentials]>;

/** `undefined` where only a one-way form is configured. */
export function passwordOf(values: Credentials): Secret | undefined {
  return values.password ?? values.masked;
}

/** What an engine can check a password against where no password can be read back. */
export function hashOf(values: Credentials): PasswordHash | undefined {
  const text = values.oneWay ?? (values.secret === undefined ? undefined : oneWay(values.secret));
  return text === undefined ? undefined : { scheme: "sha256Base64", text: new Secret(text) };
}

/** Whether a typed text is the password of a user. */
export function isUserPassword(values: Credentials, typed: string): boolean {
  const [clear, hash] = [passwordOf(values), hashOf(values)];
  if (clear !== undefined) return verifyPassword(clear.reveal(), "0", typed);
  return hash !== undefined && hashHolds(hash, typed);
}

/** Never the clear text; `8` reads back to the password, `5` does not. */
function credentialText(values: Credentials): string {
  const reversible = passwordOf(values);
  if (reversible !== undefined) return `password 8 ${mask(reversible)}`;
  return `secret 5 ${values.oneWay ?? (values.secret === undefined ? "" : oneWay(values.secret))}`;
}

export const userCredentials = setting({
  mode: localUserMode,
  form: [credentials],
  print: (values) => credentialText(values),
});

export const userAddress = setting({
  mode: localUserMode,
  form: [kw("ip-address", "Configure the address of the user"), arg("address", ipv4(), "IP address")],
});

export const userPool = setting({
  mode: localUserMode,
  form: [kw("ip-address-pool", "Configure the pool of the user's address"), arg("pool", poolName, "Name of the pool")],
});

export const userRouter = setting({
  mode: localUserMode,
  form: [
    kw("operational-virtual-router", "Configure the virtual router of the user"),
    arg("name", routerName, "Name of the virtual router"),
  ],
});

/** Adds to the database `default`. */
export const username = setting({
  mode: globalMode,
  section: "users",
  form: [kw("username", "Configure a user of the default local database"), arg("name", userName, "Name"), credentials],
  key: ["name"],
  check: ({ name }, config) => userLimit(config, name, "default"),
  print: (values) => `username ${userName.print(values.name)} ${credentialText(values)}`,
});

export const localUserCommands = [
  localDatabase,
  localUser,
  userCredentials,
  userAddress,
  userPool,
  userRouter,
  username,
];
