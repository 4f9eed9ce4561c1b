/** Authentication methods, local users, and what remote users are told. */

import type { Secret } from "../../../engine/kernel/secret.ts";
import { ipv4, quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, pick, type ValuesOf } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { databaseName, password, poolName, routerName, userName } from "../arguments.ts";
import { mask, masked, oneWay } from "../masking.ts";
import { globalMode, localUserMode } from "../modes.ts";

const aaa = kw("aaa", "Configure authentication, authorization, and accounting characteristics");
const local = kw("local", "Configure local authentication");
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "aaa" } as const;
const MASKED_MAX = 300;

const noRadius = inert("there is no RADIUS client; local users authenticate");

/** Chassis-wide; a virtual router selects the one it uses. */
export const localDatabase = setting({
  mode: globalMode,
  section: "users",
  form: [
    aaa,
    local,
    kw("database", "Create a local user database"),
    arg("name", databaseName, "Name of the database, or default"),
  ],
  key: ["name"],
});

export const localUser = opener({
  mode: globalMode,
  opens: localUserMode,
  section: "users",
  form: [
    aaa,
    local,
    kw("username", "Configure a user of a local database"),
    arg("name", userName, "Name of the user"),
    kw("database", "Database that the user belongs to"),
    arg("database", databaseName, "Name of the database, or default"),
  ],
  key: ["name", "database"],
});

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
  effect: inert("a session stands in the virtual router of its profile"),
});

/** Adds to the database `default`. */
export const username = setting({
  mode: globalMode,
  section: "users",
  form: [kw("username", "Configure a user of the default local database"), arg("name", userName, "Name"), credentials],
  key: ["name"],
  print: (values) => `username ${userName.print(values.name)} ${credentialText(values)}`,
});

export const selectDatabase = setting({
  ...inRouter,
  form: [
    aaa,
    local,
    kw("select", "Select a local user database"),
    kw("database", "Database of this virtual router"),
    arg("name", databaseName, "Name of the database, or default"),
  ],
  initial: { name: "default" },
});

export const authentication = setting({
  ...inRouter,
  form: [
    aaa,
    kw("authentication", "Configure authentication methods"),
    pick("subscriber", {
      ppp: "PPP users",
      atm1483: "ATM 1483 users",
      ip: "IP users",
      tunnel: "Tunnel users",
      "radius-relay": "RADIUS relay users",
      ipsec: "IPsec users",
    }),
    kw("default", "The default list of methods"),
    many(
      "methods",
      pick("method", {
        local: "Local user database",
        none: "No authentication",
        radius: "RADIUS servers",
      }),
      5,
    ),
  ],
  key: ["subscriber"],
});

export const loginAuthentication = setting({
  ...inRouter,
  form: [
    aaa,
    kw("authentication", "Configure authentication methods"),
    kw("login", "Users of the command line"),
    arg("list", word(), "Name of the list, or default"),
    many(
      "methods",
      pick("method", {
        enable: "Enable password",
        line: "Line password",
        none: "No authentication",
        radius: "RADIUS servers",
        "tacacs+": "TACACS+ servers",
      }),
      5,
    ),
  ],
  key: ["list"],
  effect: inert("who may start a session decides who may log in"),
});

export const newModel = setting({
  ...inRouter,
  form: [aaa, kw("new-model", "Use AAA for logins")],
  effect: inert("who may start a session decides who may log in"),
});

export const accounting = setting({
  ...inRouter,
  form: [
    aaa,
    kw("accounting", "Configure accounting"),
    pick("subscriber", { ppp: "PPP users", atm1483: "ATM 1483 users", ip: "IP users", tunnel: "Tunnel users" }),
    kw("default", "The default list of methods"),
    many("methods", pick("method", { none: "No accounting", radius: "RADIUS servers" }), 2),
  ],
  key: ["subscriber"],
  effect: noRadius,
});

const rank = pick("rank", { primary: "First server", secondary: "Second server" });

export const dns = setting({
  ...inRouter,
  form: [
    aaa,
    kw("dns", "Configure DNS servers for remote users"),
    rank,
    arg("address", ipv4(), "Address of the server"),
  ],
  key: ["rank"],
});

export const wins = setting({
  ...inRouter,
  form: [
    aaa,
    kw("wins", "Configure WINS servers for remote users"),
    rank,
    arg("address", ipv4(), "Address of the server"),
  ],
  key: ["rank"],
});

const timeout = kw("timeout", "Configure how long users may stay");
const endless = inert("users stay until they leave");

export const idleTimeout = setting({
  ...inRouter,
  form: [aaa, timeout, kw("idle", "Without traffic"), arg("seconds", uint(0, 86_400), "Seconds; 0 is off")],
  check: ({ seconds }) => (seconds > 0 && seconds < 300 ? "% The idle timeout is 0 or from 300 to 86400" : undefined),
  effect: endless,
});

export const sessionTimeout = setting({
  ...inRouter,
  form: [aaa, timeout, kw("session", "Altogether"), arg("seconds", uint(60, 31_622_400), "Seconds")],
  effect: endless,
});

export const duplicateAddressCheck = setting({
  ...inRouter,
  form: [
    aaa,
    kw("duplicate-address-check", "Configure the check for addresses in use"),
    pick("state", { enable: "Check", disable: "Do not check" }),
  ],
  effect: inert("a pool never gives out an address twice"),
});

export const subscriberLimit = setting({
  ...inRouter,
  form: [
    aaa,
    kw("subscriber", "Configure limits of remote users"),
    kw("limit", "Limit of remote users"),
    arg("users", uint(0, 1_000_000), "Users"),
  ],
  effect: inert("`max-sessions` of a destination profile limits users"),
});

export const delimiter = setting({
  ...inRouter,
  form: [
    aaa,
    kw("delimiter", "Configure what divides user and domain"),
    pick("part", { domainName: "Domain", realmName: "Realm" }),
    arg("text", quotedWord({ max: 8 }), "Delimiters"),
  ],
  key: ["part"],
  effect: inert("users are looked up by their whole name"),
});

export const aaaCommands = [
  localDatabase,
  localUser,
  userCredentials,
  userAddress,
  userPool,
  userRouter,
  username,
  newModel,
  authentication,
  loginAuthentication,
  accounting,
  selectDatabase,
  dns,
  wins,
  idleTimeout,
  sessionTimeout,
  duplicateAddressCheck,
  subscriberLimit,
  delimiter,
];
