/** What of authentication, authorization and accounting is kept and printed: it speaks of servers, calls and users that are not here. */

import { quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { interfaceReference, password } from "../arguments.ts";
import { maskable } from "../masking.ts";
import { aaa, defaultList, inRouter, ofMethods, operatorMethods, userMethods } from "./aaa-words.ts";
import { aName, choice, enabled, MOST, number, text } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const noRadius = inert("there is no RADIUS client; local users authenticate");

export const otherAuthentication = setting({
  ...inRouter,
  form: [
    aaa,
    ofMethods,
    pick("subscriber", {
      atm1483: "ATM 1483 users",
      ip: "IP users",
      ipsec: "IPsec users",
      "radius-relay": "RADIUS relay users",
      tunnel: "Tunnel users",
    }),
    defaultList,
    userMethods,
  ],
  key: ["subscriber"],
  effect: inert("users are PPP users; a tunnel proves itself by its tunnel password"),
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

const portLimit = setting({
  ...inRouter,
  form: [
    aaa,
    kw("subscriber", "Configure limits of remote users"),
    kw("limit", "Limit of remote users"),
    kw("per-port", "Of a port"),
    arg("interface", interfaceReference, "Interface type and location"),
    arg("users", uint(0, 96_000), "Users"),
  ],
  key: ["interface"],
  effect: inert("users come through tunnels and have no port"),
});

const tunnels = keptLines(
  {
    ...inRouter,
    effect: inert("the router opens no tunnels of its own"),
    shared: {
      aaa: "Configure authentication, authorization, and accounting characteristics",
      tunnel: "Configure tunnels",
    },
  },
  {
    "aaa tunnel assignment-id-format": [
      "Configure the form of assignment identifiers",
      [choice({ assignmentID: "The identifier", "client-server-id": "Client, server and identifier" })],
    ],
    "aaa tunnel client-name": ["Configure our host name", [aName]],
    "aaa tunnel ignore": "Ignore attributes",
    "aaa tunnel switch-profile": ["Configure the tunnel switch profile", [aName]],
    "aaa tunnel tx-connect-speed-method": [
      "Configure which speed is told",
      [
        choice({
          actual: "That of the session",
          "dynamic-layer2": "That of the line, as it is",
          qos: "That of the scheduler",
          "static-layer2": "That of the line, as configured",
        }),
      ],
    ],
  },
);

const FIXED = "fixed [stacked] | fixed-adapter-embedded [stacked] | fixed-adapter-new-field [stacked]";

const callingNumbers = usageLines(
  {
    ...inRouter,
    effect: inert("the router opens no tunnels of its own"),
    words: {
      aaa: "Configure authentication, authorization, and accounting characteristics",
      tunnel: "Configure tunnels",
      descriptive: "By the name of the interface",
      "include-agent-circuit-id": "With the identifier of the line",
      "include-agent-remote-id": "With the identifier of the user",
      fixed: "Fifteen characters",
      "fixed-adapter-embedded": "Fifteen characters, slot and adapter in two of them",
      "fixed-adapter-new-field": "Seventeen characters, with the adapter",
      stacked: "With both tags of a VLAN",
    },
  },
  {
    [`aaa tunnel calling-number-format {descriptive [include-agent-circuit-id] [include-agent-remote-id] | ${FIXED} | include-agent-circuit-id [include-agent-remote-id] | include-agent-remote-id}`]:
      "Configure the form of calling numbers",
    [`aaa tunnel calling-number-format-fallback {descriptive | ${FIXED}}`]:
      "Configure the form of calling numbers where the line has no identifier",
  },
);

const tunnelSecret = setting({
  ...inRouter,
  form: [
    aaa,
    kw("tunnel", "Configure tunnels"),
    kw("password", "Configure the tunnel password"),
    maskable("password", password, "Password"),
  ],
  effect: inert("the router opens no tunnels of its own"),
});

export const enableAuthentication = setting({
  ...inRouter,
  form: [aaa, ofMethods, kw("enable", "Access to privilege levels"), defaultList, operatorMethods],
  effect: inert("the enable password decides"),
});

export const realmDelimiter = setting({
  ...inRouter,
  form: [
    aaa,
    kw("delimiter", "Configure what divides the parts of a name"),
    kw("realmName", "Realm and user"),
    arg("text", quotedWord({ max: 8 }), "Delimiters"),
  ],
  effect: inert("a name has a domain and no realm"),
});

/** Which of realm and domain is looked at first, and from which end each is searched. */
const parsing = [
  setting({
    ...inRouter,
    form: [
      aaa,
      kw("parse-order", "Configure which part of a name is looked at first"),
      pick("order", { "domain-first": "The domain behind the user", "realm-first": "The realm before the user" }),
    ],
    initial: { order: "domain-first" },
    quiet: true,
    effect: inert("a name has a domain and no realm"),
  }),
  setting({
    ...inRouter,
    form: [
      aaa,
      kw("parse-direction", "Configure from which end a name is searched"),
      pick("part", { domainName: "Domain", realmName: "Realm" }),
      pick("direction", { "left-to-right": "From the left", "right-to-left": "From the right" }),
    ],
    key: ["part"],
    initials: [
      { part: "domainName", direction: "right-to-left" },
      { part: "realmName", direction: "left-to-right" },
    ],
    quiet: true,
    effect: inert("the domain is searched from the right"),
  }),
];

const accountingRest = keptLines(
  {
    ...inRouter,
    effect: noRadius,
    shared: {
      aaa: "Configure authentication, authorization, and accounting characteristics",
      accounting: "Configure accounting",
      suppress: "Send no records",
      service: "Configure services of users",
      user: "Configure users",
    },
  },
  {
    "aaa accounting acct-stop": [
      "Configure the last record",
      [pick("when", { "on-aaa-failure": "After a fault", "on-access-deny": "After a refusal" }), enabled],
      ["when"],
    ],
    "aaa accounting broadcast": ["Configure several servers at once", [aName]],
    "aaa accounting default": [
      "Configure accounting where nothing else is said",
      [many("methods", pick("method", { none: "No accounting", radius: "RADIUS servers" }), 2)],
    ],
    "aaa accounting default-interval": ["Configure the interval of records", [number("Minutes", 10, 1440)]],
    "aaa accounting duplication": ["Configure a second virtual router", [aName]],
    "aaa accounting immediate-update": ["Send a record at once", [enabled]],
    "aaa accounting interval": ["Configure the interval of records", [number("Minutes", 10, 1440)]],
    "aaa accounting statistics": [
      "Configure what is counted",
      [choice({ time: "Time", "volume-time": "Time and octets" })],
    ],
    "aaa accounting suppress null-username": ["Send no records of users without a name", []],
    "aaa accounting vr-group": ["Configure a group of virtual routers", [aName]],
    "aaa ipv6-dns": [
      "Configure DNS servers of IPv6 users",
      [pick("rank", { primary: "First server", secondary: "Second server" }), text("IPv6 address")],
      ["rank"],
    ],
    "aaa intf-desc-format include": [
      "Configure how interfaces are named",
      [pick("part", { adapter: "The adapter", "sub-intf": "The subinterface" }), enabled],
      ["part"],
    ],
    "aaa logging": "Configure how much is logged",
    "aaa user accounting interval": ["Configure the interval of records", [number("Minutes", 10, 1440)]],
    "aaa service accounting interval": ["Configure the interval of records", [number("Minutes", 10, 1440)]],
  },
);

const routeDownload = usageLines(
  {
    ...inRouter,
    effect: noRadius,
    words: {
      aaa: "Configure authentication, authorization, and accounting characteristics",
      "route-download <>": "Minutes from one time to the next",
      "retry-interval": "How long to wait after a failure",
      "retry-interval <>": "Minutes",
      cost: "Cost of the routes",
      "cost <>": "Cost",
      tag: "Mark of the routes",
      "tag <>": "Mark",
      "base-user-name": "Name that is asked for",
      password: "Password that is sent",
      synchronization: "When to begin, each day",
    },
  },
  {
    [`aaa route-download [<1-1440>] [retry-interval <1-60>] [cost <1-254>] [tag <1-${MOST}>] [base-user-name WORD] [password KEY] [synchronization hh:mm:ss]`]:
      "Fetch routes",
  },
);

const commandAccounting = usageLines(
  {
    ...inRouter,
    effect: noRadius,
    words: {
      aaa: "Configure authentication, authorization, and accounting characteristics",
      accounting: "Configure accounting",
      commands: "Commands of a level",
      "commands <>": "Privilege level",
      exec: "Sessions of the command line",
      default: "Where no list is named",
      WORD: "Name of the list",
      none: "No records",
      "start-stop": "When it begins and when it ends",
      "stop-only": "When it ends",
      "wait-start": "Before it begins and when it ends",
      "tacacs+": "To TACACS+ servers",
    },
  },
  {
    "aaa accounting @{commands @<0-15> | exec} @{default | WORD} {none | {start-stop | stop-only | wait-start} [tacacs+]}":
      "Configure accounting",
  },
);

const commandAuthorization = setting({
  ...inRouter,
  form: [
    aaa,
    kw("authorization", "Configure authorization of commands"),
    oneOf(
      [kw("commands", "Commands of a level"), arg("level", uint(0, 15), "Privilege level")],
      [pick("what", { exec: "Starting a session", "config-commands": "Configuration" })],
    ),
    opt(
      arg("list", word(), "Name of the list, or default"),
      many(
        "methods",
        pick("method", { "if-authenticated": "Anyone who is known", none: "Anyone", "tacacs+": "TACACS+ servers" }),
        2,
      ),
    ),
  ],
  key: ["level", "what", "list"],
  effect: inert("the privilege level of a session decides"),
});

export const aaaKeptCommands = [
  otherAuthentication,
  accounting,
  portLimit,
  ...tunnels,
  ...callingNumbers,
  tunnelSecret,
  enableAuthentication,
  realmDelimiter,
  ...parsing,
  ...accountingRest,
  ...routeDownload,
  ...commandAccounting,
  commandAuthorization,
];
