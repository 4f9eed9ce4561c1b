/** Terminal lines: what a login at one of them begins with. What belongs to cables and remote terminals is kept and printed back. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { globalMode, lineMode } from "../modes.ts";
import { reversible } from "./system.ts";

const LOCAL_ONLY = "whoever starts a session decides who may log in and over what";
const global = { mode: globalMode } as const;

export const lineOpener = opener({
  ...global,
  section: "line",
  form: [
    kw("line", "Configure a terminal line"),
    pick("kind", { aux: "Auxiliary line", con: "Primary terminal line", vty: "Virtual terminal" }, { console: "con" }),
    arg("first", uint(0, 935), "First line number"),
    opt(arg("last", uint(0, 935), "Last line number")),
  ],
  key: ["kind", "first"],
  opens: lineMode,
});

const inLine = { mode: lineMode, effect: inert(LOCAL_ONLY) } as const;
const TRANSPORTS = {
  all: "All protocols",
  none: "No protocols",
  ssh: "SSH",
  telnet: "Telnet",
} as const;

export const linePassword = setting({
  mode: lineMode,
  form: [
    kw("password", "Set a password"),
    opt(pick("encoding", reversible)),
    arg("password", secret(line()), "The line password"),
  ],
});

export const execTimeout = setting({
  mode: lineMode,
  form: [
    kw("exec-timeout", "Set the EXEC timeout"),
    arg("minutes", uint(0, 35_791), "Timeout in minutes"),
    opt(arg("seconds", uint(0, 2_147_483), "Timeout in seconds")),
  ],
  negation: "stored",
});

export const lineLevel = setting({
  mode: lineMode,
  form: [
    kw("privilege", "Change privilege level for line"),
    kw("level", "Assign default privilege level"),
    arg("level", uint(0, 15), "Default privilege level for line"),
  ],
});

export const lineLength = setting({
  mode: lineMode,
  form: [kw("length", "Set number of lines on a screen"), arg("lines", uint(0, 512), "Number of lines on screen")],
});

export const lineWidth = setting({
  mode: lineMode,
  form: [
    kw("width", "Set width of the display terminal"),
    arg("columns", uint(0, 512), "Number of characters on a screen line"),
  ],
});

export const lineHistory = setting({
  mode: lineMode,
  form: [
    kw("history", "Enable and control the command history function"),
    kw("size", "Set history buffer size"),
    arg("size", uint(0, 256), "Size of history buffer"),
  ],
  negation: "stored",
});

/** On unless it is taken away. */
export const lineBanner = setting({
  mode: lineMode,
  form: [
    pick("banner", {
      "exec-banner": "Enable the display of the EXEC banner",
      "motd-banner": "Enable the display of the MOTD banner",
    }),
  ],
  key: ["banner"],
  negation: "stored",
});

export const lineLogin = setting({
  mode: lineMode,
  form: [
    kw("login", "Enable password checking"),
    opt(
      oneOf(
        [pick("source", { local: "Local password checking" })],
        [
          kw("authentication", "Authentication parameters"),
          arg("list", word(), "Use an authentication list with this name"),
        ],
      ),
    ),
  ],
  negation: "stored",
});

export const lineTransport = setting({
  mode: lineMode,
  form: [
    kw("transport", "Define transport protocols for line"),
    pick("direction", {
      input: "Connections to the line",
      output: "Connections from the line",
      preferred: "The preferred protocol",
    }),
    pick("protocol", TRANSPORTS),
    opt(pick("second", TRANSPORTS)),
  ],
  key: ["direction"],
});

export const lineAccessClass = setting({
  mode: lineMode,
  form: [
    kw("access-class", "Filter connections based on an IP access list"),
    arg("list", word(), "Access list"),
    pick("direction", { in: "Filter incoming connections", out: "Filter outgoing connections" }),
  ],
  key: ["direction"],
});

export const lineSettings = [
  execTimeout,
  lineLevel,
  linePassword,
  setting({
    ...inLine,
    form: [
      kw("logging", "Modify message logging facilities"),
      kw("synchronous", "Synchronized message output"),
      opt(kw("level", "Severity level"), arg("level", word(), "Severity level")),
      opt(kw("limit", "Messages queue size"), arg("limit", uint(0, 2_147_483_647), "Messages queue size")),
    ],
  }),
  lineLogin,
  lineTransport,
  lineLength,
  lineWidth,
  lineHistory,
  setting({
    ...inLine,
    form: [
      kw("stopbits", "Set async line stop bits"),
      pick("bits", { "1": "One stop bit", "1.5": "One and one-half stop bits", "2": "Two stop bits" }),
    ],
  }),
  setting({
    ...inLine,
    form: [
      kw("speed", "Set the transmit and receive speeds"),
      arg("speed", uint(0, 4_294_967_295), "Transmit and receive speeds"),
    ],
  }),
  lineAccessClass,
  lineBanner,
  setting({ ...inLine, form: [kw("exec", "Start an EXEC process")], negation: "stored" }),
  setting({ ...inLine, form: [kw("modem", "Configure the modem control lines"), arg("mode", word(), "Mode")] }),
];

export const lineCommands = [lineOpener, ...lineSettings];
