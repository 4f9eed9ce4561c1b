/** Authentication, authorization and accounting. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type ConfigCommand, type ConfigReader, inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { aaaMethod } from "../arguments.ts";
import { accountingListMode, globalMode } from "../modes.ts";
import { aaaKept } from "./aaa-kept.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const aaa = kw("aaa", "Authentication, Authorization and Accounting.");

/** Without it there are no lists: what they said is gone. The box says which of both models it has. */
const aaaNewModel = setting({
  ...global,
  section: "aaa",
  form: [aaa, kw("new-model", "Enable NEW access control commands and functions.")],
  negation: "stored",
  off: [{}],
  displaces: {
    commands: (kept): readonly ConfigCommand[] =>
      kept ? [] : aaaCommands.filter((command) => command !== aaaNewModel),
  },
});

export function isNewModel(config: ConfigReader): boolean {
  return config.all(aaaNewModel).some(({ negated }) => !negated);
}

export const aaaMaxFail = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    kw("local", "AAA Local method options"),
    kw("authentication", "Authentication configurations parameters."),
    kw("attempts", "Set the maximum number of login attempts"),
    kw("max-fail", "Failures after which a user is locked out"),
    arg("attempts", uint(1, 65_535), "Wrong passwords in a row"),
  ],
});

const OWN_METHODS = ["enable", "if-needed", "line", "local", "local-case", "none"];

/** A method that asks another machine who somebody is: a group of servers, by whatever name. */
export function isServer(method: string): boolean {
  return !OWN_METHODS.includes(method);
}

/** How a user may be found to be who he says. */
const methods = many(
  "methods",
  arg(
    "method",
    aaaMethod([
      "enable",
      "if-needed",
      "krb5",
      "krb5-telnet",
      "line",
      "local",
      "local-case",
      "none",
      "radius",
      "tacacs+",
    ]),
    "enable, group NAME, if-needed, line, local, local-case, none",
  ),
  6,
);

const authentication = [
  aaa,
  kw("authentication", "Authentication configurations parameters."),
  pick("service", {
    arap: "Set authentication lists for arap.",
    dot1x: "Set authentication lists for IEEE 802.1x.",
    enable: "Set authentication list for enable.",
    eou: "Set authentication lists for EAPoUDP",
    login: "Set authentication lists for logins.",
    onep: "Set authentication lists for ONEP",
    ppp: "Set authentication lists for ppp.",
    sgbp: "Set authentication lists for sgbp.",
    x25: "Set authentication list for x.25",
  }),
  oneOf(
    [pick("standard", { default: "The default authentication list." })],
    [arg("list", word(), "Named authentication list.")],
  ),
] as const;

export const aaaAuthentication = setting({
  ...global,
  section: "aaa",
  form: [...authentication, methods],
  key: ["service", "standard", "list"],
  noForm: [...authentication, opt(methods)],
});

const listName = oneOf([pick("standard", { default: "The default list." })], [arg("list", word(), "Named list.")]);
/** `group` is followed by a name, `cache` too. */
const otherMethods = many(
  "methods",
  arg(
    "method",
    aaaMethod(["if-authenticated", "krb5-instance", "ldap", "local", "none", "radius", "tacacs+"]),
    "group NAME, if-authenticated, local, none",
  ),
  6,
);
const noneElsewhere = inert("nothing is authorized or accounted elsewhere");

const otherServices = {
  "auth-proxy": "For Authentication Proxy Services",
  "auth-type": "For the kind of authentication",
  configuration: "For downloading configurations from AAA server",
  connection: "For outbound connections",
  "credential-download": "For downloading EAP credentials",
  eventmanager: "For applets of the event manager",
  identity: "For identities",
  network: "For network services (PPP, SLIP, ARAP)",
  onep: "For ONEP",
  resource: "For resource events",
  "reverse-access": "For reverse access connections",
  "subscriber-service": "For iEdge subscriber services",
  system: "For system events",
} as const;

function servicesOf<const Words extends Readonly<Record<string, string>>>(words: Words) {
  return oneOf(
    [pick("service", words)],
    [kw("commands", "For exec (shell) commands"), arg("level", uint(0, 15), "Enable level")],
  );
}

const services = servicesOf({ ...otherServices, exec: "For starting an exec (shell)" });

const authorization = [aaa, kw("authorization", "Authorization configurations parameters.")] as const;
const accounting = [aaa, kw("accounting", "Accounting configurations parameters.")] as const;

/** `local`: the level of a user is his own. */
export const aaaAuthorizationExec = setting({
  ...global,
  section: "aaa",
  form: [...authorization, kw("exec", "For starting an exec (shell)"), listName, otherMethods],
  key: ["standard", "list"],
  noForm: [...authorization, kw("exec", "For starting an exec (shell)"), listName, opt(otherMethods)],
});

const authorizedServices = servicesOf(otherServices);

const aaaAuthorization = setting({
  ...global,
  section: "aaa",
  form: [...authorization, authorizedServices, listName, otherMethods],
  key: ["service", "level", "standard", "list"],
  noForm: [...authorization, authorizedServices, listName, opt(otherMethods)],
  effect: noneElsewhere,
});

const aaaAuthorizationSwitch = setting({
  ...global,
  section: "aaa",
  form: [
    ...authorization,
    pick("name", {
      "config-commands": "For configuration mode commands.",
      console: "For enabling console authorization",
    }),
  ],
  key: ["name"],
  effect: noneElsewhere,
  negation: "stored",
  off: [{ name: "console" }],
  quiet: true,
});

const manner = oneOf(
  [
    pick("record", {
      "start-stop": "Record start and stop without waiting",
      "stop-only": "Record stop when service terminates.",
      "wait-start": "Wait for the start record to be acknowledged",
    }),
    flag("broadcast", "broadcast", "Use Broadcast for Accounting"),
    otherMethods,
  ],
  [pick("record", { none: "No accounting." })],
);
const listInVrf = [
  listName,
  opt(kw("vrf", "VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
] as const;

const aaaAccounting = setting({
  ...global,
  section: "aaa",
  form: [...accounting, services, ...listInVrf, manner],
  key: ["service", "level", "standard", "list", "vrf"],
  noForm: [...accounting, services, ...listInVrf, opt(manner)],
  effect: noneElsewhere,
});

/** The same of 15.x, over several lines. */
const aaaAccountingList = opener({
  ...global,
  section: "aaa",
  form: [...accounting, services, ...listInVrf],
  key: ["service", "level", "standard", "list", "vrf"],
  opens: accountingListMode,
  effect: noneElsewhere,
});
const accountingListLines = usageLines(
  {
    mode: accountingListMode,
    effect: noneElsewhere,
    words: {
      "action-type": "Which records are sent",
      none: "No accounting.",
      "start-stop": "Record start and stop without waiting",
      "stop-only": "Record stop when service terminates.",
    },
  },
  {
    "action-type {none | start-stop | stop-only}": "Which records are sent",
    broadcast: "Use Broadcast for Accounting",
    "group @WORD": "Use Server-group",
  },
);

export const aaaSessionId = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    kw("session-id", "AAA Session ID"),
    pick("scope", { common: "Common to all services", unique: "Different for each service" }),
  ],
  effect: inert("sessions are not accounted elsewhere"),
});

export const aaaCommands: readonly ConfigCommand[] = [
  aaaNewModel,
  aaaMaxFail,
  ...aaaKept,
  aaaAuthentication,
  aaaAuthorizationExec,
  aaaAuthorization,
  aaaAuthorizationSwitch,
  aaaAccounting,
  aaaAccountingList,
  ...accountingListLines,
  aaaSessionId,
];
