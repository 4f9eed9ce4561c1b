/** Authentication, authorization and accounting. */

import { uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { aaaMethod } from "../arguments.ts";
import { globalMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const aaa = kw("aaa", "Authentication, Authorization and Accounting.");

export const aaaNewModel = setting({
  ...global,
  section: "aaa",
  form: [aaa, kw("new-model", "Enable NEW access control commands and functions.")],
});

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
    aaaMethod(["if-authenticated", "krb5-instance", "local", "none", "radius", "tacacs+"]),
    "group NAME, if-authenticated, local, none",
  ),
  6,
);
const noneElsewhere = inert("nothing is authorized or accounted elsewhere");

const otherServices = {
  "auth-proxy": "For Authentication Proxy Services",
  configuration: "For downloading configurations from AAA server",
  connection: "For outbound connections",
  network: "For network services (PPP, SLIP, ARAP)",
  resource: "For resource events",
  "reverse-access": "For reverse access connections",
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
  [],
);

const aaaAccounting = setting({
  ...global,
  section: "aaa",
  form: [...accounting, services, listName, manner],
  key: ["service", "level", "standard", "list"],
  noForm: [...accounting, services, listName, opt(manner)],
  effect: noneElsewhere,
});

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

export const aaaCommands = [
  aaaNewModel,
  ...keptLines(
    { ...global, section: "aaa", single: true, effect: inert("logins are asked in words of their own here") },
    {
      "aaa authentication attempts": "Set the maximum number of login attempts",
      "aaa authentication banner": "Message to use when starting login/authentication.",
      "aaa authentication fail-message": "Message to use for failed login/authentication.",
      "aaa authentication password-prompt": "Text to use when prompting for a password",
      "aaa authentication username-prompt": "Text to use when prompting for a username",
      "aaa authentication suppress": "Do not send access request for a specific type of user.",
      "aaa local": "AAA Local method options",
      "aaa common-criteria": "Rules for passwords",
      "aaa password": "Configure password strength",
      "aaa max-sessions": "Adjust initial hash size for estimated max sessions",
    },
  ),
  aaaAuthentication,
  aaaAuthorizationExec,
  aaaAuthorization,
  aaaAuthorizationSwitch,
  aaaAccounting,
  ...keptLines(
    { ...global, section: "aaa", single: true, effect: noneElsewhere },
    {
      "aaa accounting delay-start": "Delay PPP Network start record until peer IP address is known.",
      "aaa accounting identity": "Accounting of identities",
      "aaa accounting jitter": "Set the jitter of interim records",
      "aaa accounting gigawords": "64 bit interface counters to support Radius attributes 52 & 53.",
      "aaa accounting include": "Include attributes in accounting records unconditionally",
      "aaa accounting nested": "When starting PPP from EXEC, generate NETWORK records before EXEC-STOP record.",
      "aaa accounting redundancy": "AAA platform redundancy accounting",
      "aaa accounting send": "Send records to accounting server.",
      "aaa accounting session-duration": "Set the preference for calculating session durations",
      "aaa accounting suppress": "Do not generate accounting records for a specific type of user.",
      "aaa accounting update": "Enable accounting update records.",
      "aaa attribute": "AAA attribute definitions",
      "aaa authorization credential-download": "For downloading EAP credentials",
      "aaa authorization subscriber-service": "For iEdge subscriber services",
      "aaa memory": "Thresholds of memory",
      "aaa policy": "Policies of AAA",
      "aaa route": "Static routes from AAA",
      "aaa service-profile": "Service profiles",
      "aaa cache": "AAA cache definitions",
      "aaa configuration": "Authorization configuration parameters.",
      "aaa dnis": "Associate certain AAA parameters to a specific DNIS number",
      "aaa nas": "NAS specific configuration",
      "aaa pod": "POD processing",
      "aaa server": "Local AAA server",
      "aaa traceback": "Traceback recording",
      "aaa user": "AAA user definitions",
    },
  ),
  aaaSessionId,
];
