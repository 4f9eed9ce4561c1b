/** Global configuration of the box itself: its name, services, logging, users. */

import type { Secret } from "../../../engine/kernel/secret.ts";
import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, type Siblings, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick, type Values } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import { isPasswordText, type PasswordType } from "../../common/passwords.ts";
import { secret } from "../../common/secret-argument.ts";
import { controlPlaneHostMode, controlPlaneMode, gatekeeperMode, globalMode } from "../modes.ts";
import { privilegeCommands } from "./privilege.ts";
import { withoutZero, withZero } from "./said-in-clear.ts";
import { serviceLines } from "./service-lines.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;

export const version = setting({
  ...global,
  section: "version",
  form: [kw("version", "Version of the software that wrote this configuration"), arg("release", word(), "Release")],
  effect: inert("the release that is shown is this one's own"),
});

const service = kw("service", "Modify use of network based services");
const timestampForm = oneOf(
  [
    kw("datetime", "Time stamps with the date and the time"),
    flag("msec", "msec", "Milliseconds too"),
    flag("localtime", "localtime", "In the local time zone"),
    flag("zone", "show-timezone", "Name the time zone"),
    flag("year", "year", "Name the year"),
  ],
  [pick("form", { uptime: "Time stamps with the time since the start" })],
);

/** What is not dated at all the box refuses in its first form, whatever was said of the date. */
const timestamps = {
  ...global,
  section: "service",
  family: "service timestamps",
  negation: "stored",
  normal: (values: Values, _among: Siblings, negated: boolean): Values => (negated ? { form: "uptime" } : values),
} as const;

export const serviceTimestampsDebug = setting({
  ...timestamps,
  form: [service, kw("timestamps", "Time stamps on messages"), kw("debug", "On debug messages"), opt(timestampForm)],
});

export const serviceTimestampsLog = setting({
  ...timestamps,
  form: [service, kw("timestamps", "Time stamps on messages"), kw("log", "On log messages"), opt(timestampForm)],
});

export const serviceSwitch = setting({
  ...global,
  section: "service",
  form: [
    service,
    pick("name", {
      "password-encryption": "Encrypt system passwords",
      "sequence-numbers": "Stamp logger messages with a sequence number",
    }),
  ],
  key: ["name"],
  negation: "stored",
  off: [{ name: "password-encryption" }, { name: "sequence-numbers" }],
  quiet: ({ name }) => name === "sequence-numbers",
});

export const hostname = setting({
  ...global,
  section: "hostname",
  form: [kw("hostname", "Set the system's network name"), arg("name", word(), "This system's network name")],
  warn: ({ name }) =>
    /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name) ? undefined : "% Hostname contains one or more illegal characters.",
});

export const bootMarker = setting({
  ...global,
  section: "boot",
  form: [
    pick("marker", {
      "boot-start-marker": "Start of the boot section",
      "boot-end-marker": "End of the boot section",
    }),
  ],
  key: ["marker"],
  effect: inert("nothing is booted from here"),
});

const enable = kw("enable", "Modify enable password parameters");
/** Ways to write a password that can be read again. */
export const reversible = {
  "0": "An unencrypted password follows",
  "7": "A hidden password follows",
} as const;

/** Ways to write one that cannot. */
const oneWay = {
  "0": "An unencrypted password follows",
  "4": "An SHA256 hashed secret follows",
  "5": "An MD5 hashed secret follows",
  "8": "A PBKDF2 hashed secret follows",
  "9": "A SCRYPT hashed secret follows",
} as const;

/** Hashes that nothing typed can match are refused, as on the box. */
function invalidSecret(type: PasswordType | undefined, password: Secret | undefined): string | undefined {
  if (type === undefined || password === undefined || isPasswordText(password.reveal(), type)) return undefined;
  return "ERROR: The secret you entered is not a valid encrypted secret.";
}

const enableStart = [
  enable,
  pick("kind", {
    password: "Assign the privileged level password",
    secret: "Assign the privileged level secret",
  }),
  opt(kw("level", "Set exec level password"), arg("level", uint(1, 15), "Level number")),
] as const;

const enableSecret = [
  opt(pick("encoding", { ...oneWay, ...reversible })),
  arg("password", secret(line()), "The UNENCRYPTED (cleartext) 'enable' password"),
] as const;

const enableForm = [...enableStart, ...enableSecret] as const;
const TOP_LEVEL = 15;

/** Without a level it is about the highest one, which is never printed. */
export const enablePassword = setting({
  ...global,
  section: "enable",
  form: enableForm,
  normal: (values) => withoutZero({ ...values, level: values.level ?? TOP_LEVEL }),
  print: ({ level, ...rest }) => renderForm(enableForm, level === TOP_LEVEL ? rest : { ...rest, level }),
  noForm: [...enableStart, opt(...enableSecret)],
  key: ["kind", "level"],
  check({ kind, encoding = "0", password }) {
    const types: Readonly<Record<string, string>> = kind === "secret" ? oneWay : reversible;
    if (types[encoding] === undefined) return `% Type ${encoding} is not a type of enable ${kind}`;
    return invalidSecret(encoding, password);
  },
});

const ALGORITHMS = {
  md5: "Encode the password using the MD5 algorithm",
  scrypt: "Encode the password using the SCRYPT hashing algorithm",
  sha256: "Encode the password using the PBKDF2 hashing algorithm",
} as const;
const algorithmType = [
  kw("algorithm-type", "Algorithm to use for hashing the plaintext secret"),
  pick("algorithm", ALGORITHMS),
] as const;

/** `enable secret` and `username … secret` with a hash that is chosen; they print as those do. */
const enableAlgorithm = setting({
  ...global,
  section: "enable",
  form: [
    enable,
    ...algorithmType,
    kw("secret", "Assign the privileged level secret"),
    opt(kw("level", "Set exec level password"), arg("level", uint(1, 15), "Level number")),
    arg("password", secret(line()), "The UNENCRYPTED (cleartext) 'enable' secret"),
  ],
  key: ["algorithm", "level"],
  instead: (values) => ({
    kind: "spread",
    lines: [{ command: enablePassword, values: { level: TOP_LEVEL, ...values, kind: "secret" } }],
  }),
});

const usernameAlgorithm = setting({
  ...global,
  section: "username",
  form: [
    kw("username", "Establish User Name Authentication"),
    arg("name", word({ max: 64 }), "User name"),
    opt(kw("privilege", "Set user privilege level"), arg("privilege", uint(0, 15), "User privilege level")),
    ...algorithmType,
    kw("secret", "Specify the secret for the user"),
    arg("secret", secret(line()), "The UNENCRYPTED (cleartext) user secret"),
  ],
  key: ["name"],
  instead: (values) => ({ kind: "spread", lines: [{ command: username, values }] }),
});

const userWords = {
  aaa: "AAA directive",
  attribute: "Attributes of the user",
  "callback-dialstring WORD": "Number to call",
  "one-time": "Specify that the username/password is valid for only one time",
  password: "Specify the password for the user",
  secret: "Specify the secret for the user",
  privilege: "Set user privilege level",
  view: "Set view name",
  username: "Establish User Name Authentication",
  "0": "An unencrypted password follows",
  "5": "An MD5 hashed secret follows",
  "7": "A hidden password follows",
  "8": "A PBKDF2 hashed secret follows",
  "9": "A SCRYPT hashed secret follows",
} as const;
const user = { ...global, section: "username", words: userWords } as const;
const userLines = [
  ...usageLines(
    { ...user, effect: inert("no session goes on from here to another host") },
    {
      "username @WORD access-class {<1-199> | <1300-2699> | WORD}": "Restrict access by access-class",
      "username @WORD ipv6-access-class WORD": "Restrict access by access-class of IPv6",
      "username @WORD noescape": "Prevent the user from using an escape character",
      "username @WORD nohangup": "Do not disconnect after an automatic command",
    },
  ),
  ...usageLines(
    { ...user, effect: inert("nobody is called back") },
    {
      "username @WORD callback-dialstring WORD": "Callback dialstring",
      "username @WORD callback-line <0-1024> [<0-1024>]": "Associate a specific line with this callback",
      "username @WORD callback-rotary <0-100>": "Associate a rotary group with this callback",
      "username @WORD nocallback-verify": "Do not require authentication after callback",
    },
  ),
  ...usageLines(
    { ...user, effect: inert("a user has a name, a password and a level here") },
    {
      "username @WORD aaa attribute list WORD": "List of attributes",
      "username @WORD dnis": "Do not require password when obtained via DNIS",
      "username @WORD mac": "This entry is for MAC filtering",
    },
  ),
  ...usageLines(
    { ...user, effect: unsupported("nothing is run for a login by itself: who logs in gets a shell") },
    { "username @WORD autocommand LINE": "Automatically issue a command after the user logs in" },
  ),
  ...usageLines(
    { ...user, effect: unsupported("passwords are not taken away after their first use") },
    {
      "username @WORD one-time password [0 | 7] PASSWORD": "Specify the password for the user",
      "username @WORD one-time secret [0 | 5] PASSWORD": "Specify the secret for the user",
    },
  ),
  ...usageLines(
    { ...user, effect: unsupported("there are no views here: give the user a privilege level") },
    {
      "username @WORD [privilege <0-15>] view WORD [password [0 | 7] PASSWORD | secret [0 | 5 | 8 | 9] PASSWORD]":
        "Set view name",
    },
  ),
  ...usageLines(
    {
      ...global,
      section: "enable",
      effect: inert("no TACACS+ server is asked"),
      words: {
        enable: enable.help,
        password: "The enable password is asked for",
        succeed: "Everybody gets it",
        "last-resort": "What is done when no server answers",
        "use-tacacs": "Ask a TACACS server about the privileged level",
      },
    },
    {
      "enable @{last-resort @{password | succeed} | use-tacacs}": "Modify enable password parameters",
    },
  ),
];

export const username = setting({
  ...global,
  section: "username",
  form: [
    kw("username", "Establish User Name Authentication"),
    arg("name", word({ max: 64 }), "User name"),
    opt(kw("privilege", "Set user privilege level"), arg("privilege", uint(0, 15), "User privilege level")),
    oneOf(
      [
        opt(kw("common-criteria-policy", "Rules that the password meets"), arg("policy", word(), "Name of the policy")),
        kw("password", "Specify the password for the user"),
        opt(pick("encoding", reversible)),
        arg("password", secret(line()), "The UNENCRYPTED (cleartext) user password"),
      ],
      [
        kw("secret", "Specify the secret for the user"),
        opt(pick("hashing", oneWay)),
        arg("secret", secret(line()), "The UNENCRYPTED (cleartext) user secret"),
      ],
      [flag("nopassword", "nopassword", "No password is required for the user to log in")],
      [],
    ),
  ],
  key: ["name"],
  normal: withZero,
  check: (values) => invalidSecret(values.hashing, values.secret),
});

export const userMaxLinks = setting({
  ...global,
  section: "username",
  form: [
    kw("username", "Establish User Name Authentication"),
    arg("name", word({ max: 64 }), "User name"),
    kw("user-maxlinks", "Limit the user's number of inbound links"),
    arg("links", uint(1, 255), "User's maximum number of links"),
  ],
  key: ["name"],
});

export const controlPlane = opener({
  ...global,
  section: "control-plane",
  form: [kw("control-plane", "Configure control plane services")],
  opens: controlPlaneMode,
  effect: inert("nothing polices the control plane here"),
});

const controlPlaneHost = opener({
  ...global,
  section: "control-plane",
  form: [
    kw("control-plane", "Configure control plane services"),
    pick("path", {
      "cef-exception": "Packets that CEF cannot switch",
      host: "Packets for this box itself",
      transit: "Packets that pass through",
    }),
  ],
  key: ["path"],
  opens: controlPlaneHostMode,
  effect: inert("nothing polices the control plane here"),
});

export const gatekeeper = opener({
  ...global,
  section: "gatekeeper",
  form: [kw("gatekeeper", "Configure an H.323 gatekeeper")],
  opens: gatekeeperMode,
  effect: inert("no H.323 gatekeeper runs here"),
});

export const gatekeeperShutdown = setting({
  mode: gatekeeperMode,
  form: [kw("shutdown", "Shut the gatekeeper down")],
  effect: inert("no H.323 gatekeeper runs here"),
  negation: "stored",
});

export const systemCommands = [
  version,
  serviceTimestampsDebug,
  serviceTimestampsLog,
  serviceSwitch,
  ...serviceLines,
  hostname,
  bootMarker,
  enablePassword,
  username,
  enableAlgorithm,
  usernameAlgorithm,
  ...userLines,
  userMaxLinks,
  ...privilegeCommands,
  controlPlane,
  controlPlaneHost,
  gatekeeper,
  gatekeeperShutdown,
];
