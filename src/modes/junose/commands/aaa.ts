/** Authentication methods, limits of remote users, and what those are told. */

import { ipv4, quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, pick } from "../../../grammar/elements.ts";
import { databaseName } from "../arguments.ts";
import { aaaKeptCommands } from "./aaa-kept.ts";
import { aaa, defaultList, inRouter, ofMethods, operatorMethods, userMethods } from "./aaa-words.ts";

const local = kw("local", "Configure local authentication");

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
  quiet: true,
});

/** Of PPP users: the methods in the order in which they are asked. */
export const authentication = setting({
  ...inRouter,
  form: [aaa, ofMethods, kw("ppp", "PPP users"), defaultList, userMethods],
});

export const loginAuthentication = setting({
  ...inRouter,
  form: [
    aaa,
    ofMethods,
    kw("login", "Users of the command line"),
    arg("list", word(), "Name of the list, or default"),
    operatorMethods,
  ],
  key: ["list"],
});

/** Logins are by lists of methods, not by the passwords of lines. */
export const newModel = setting({ ...inRouter, form: [aaa, kw("new-model", "Use AAA for logins")] });

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

export const idleTimeout = setting({
  ...inRouter,
  form: [
    aaa,
    timeout,
    kw("idle", "Without traffic"),
    oneOf([arg("seconds", uint(300, 86_400), "Seconds")], [arg("seconds", uint(0, 0), "However long")]),
  ],
});

export const sessionTimeout = setting({
  ...inRouter,
  form: [aaa, timeout, kw("session", "Altogether"), arg("seconds", uint(60, 31_622_400), "Seconds")],
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
    flag("perRouter", "per-vr", "Of this virtual router"),
    arg("users", uint(0, 1_000_000), "Users"),
  ],
});

/** Any of these characters divides user and domain. */
export const delimiter = setting({
  ...inRouter,
  form: [
    aaa,
    kw("delimiter", "Configure what divides the parts of a name"),
    kw("domainName", "User and domain"),
    arg("text", quotedWord({ max: 8 }), "Delimiters"),
  ],
  initial: { text: "@" },
  quiet: true,
});

export const aaaCommands = [
  newModel,
  authentication,
  loginAuthentication,
  selectDatabase,
  dns,
  wins,
  idleTimeout,
  sessionTimeout,
  duplicateAddressCheck,
  subscriberLimit,
  delimiter,
  ...aaaKeptCommands,
];
