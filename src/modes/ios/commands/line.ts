/** Terminal lines: what a login at one of them begins with. What belongs to cables and remote terminals is kept and printed back. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import {
  type ConfigNode,
  type ConfigReader,
  inert,
  type LineOf,
  opener,
  setting,
  unsupported,
} from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, type Pick, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { globalMode, lineMode } from "../modes.ts";
import { bareNegation } from "./bare-negation.ts";
import { absoluteLine, lineKept } from "./line-kept.ts";
import { LEVELS } from "./logging.ts";
import { withoutZero } from "./said-in-clear.ts";
import { reversible } from "./system.ts";

const LOCAL_ONLY = "whoever starts a session decides who may log in and over what";
export const DEFAULT_LENGTH = 24;
export const DEFAULT_WIDTH = 80;
export const DEFAULT_HISTORY = 20;
const global = { mode: globalMode } as const;

type LineKind = "aux" | "con" | "tty" | "vty";

function lineKind(
  words: Partial<Record<LineKind, string>>,
  aliases: Readonly<Record<string, LineKind>> = {},
): Pick<"kind", LineKind> {
  return pick("kind", words as Record<LineKind, string>, aliases);
}

export const lineOpener = opener({
  ...global,
  section: "line",
  form: [
    kw("line", "Configure a terminal line"),
    oneOf(
      [
        lineKind({ aux: "Auxiliary line", con: "Primary terminal line" }, { console: "con" }),
        arg("first", uint(0, 0), "First line number"),
      ],
      [
        lineKind({ tty: "Terminal controller", vty: "Virtual terminal" }),
        arg("first", uint(0, 1869), "First line number"),
        opt(arg("last", uint(0, 1869), "Last line number")),
      ],
    ),
  ],
  key: ["kind", "first"],
  opens: lineMode,
  check: ({ first = 0, last = first }) => (last < first ? "%Line range is out of order" : undefined),
  // Each line is kept by itself, so that a later range says more of some of them; they print in ranges again.
  instead: ({ kind = "vty", first = 0, last = first }) => ({
    kind: "spread",
    lines: Array.from({ length: last - first + 1 }, (_, index) => lineOf(kind, first + index)),
  }),
});

function lineOf(kind: string, number: number): LineOf {
  return { command: lineOpener, values: { kind, first: number } };
}

/** What is configured for a line: `con` and 0, `vty` and 3. */
export function configuredLine(
  config: ConfigReader,
  kind: string,
  number: number,
): ConfigNode<(typeof lineOpener)["form"]> | undefined {
  return config.find(lineOpener, { kind: kind as "con", first: number });
}

export const lineEditing = setting({
  mode: lineMode,
  form: [kw("editing", "Enable the keys of the line editor")],
  negation: "stored",
  initial: {},
  quiet: true,
});

/** The box has so many terminal lines of its own; those above are printed apart from them, whatever they say. */
const OWN_TERMINALS = 5;

/** Neighbours that say the same, as a range each: blocks of lines in the order of their numbers. */
export function inRanges(blocks: readonly (readonly string[])[]): string[][] {
  const ranges: { kind: string; first: number; last: number; body: string[] }[] = [];
  for (const [head = "", ...body] of blocks) {
    const [, kind = "", text = ""] = head.split(" ");
    const number = Number(text);
    const before = ranges.at(-1);
    const apart = kind === "vty" && number === OWN_TERMINALS;
    const isNext = before?.kind === kind && before.last + 1 === number && !apart;
    if (before !== undefined && isNext && before.body.join("\n") === body.join("\n")) before.last = number;
    else ranges.push({ kind, first: number, last: number, body });
  }
  return ranges.map(({ kind, first, last, body }) => [
    `line ${kind} ${first}${last > first ? ` ${last}` : ""}`,
    ...body,
  ]);
}

const inLine = { mode: lineMode, effect: inert(LOCAL_ONLY) } as const;
const inCable = { mode: lineMode, effect: inert("no serial cable is behind the line") } as const;
const inSession = { mode: lineMode, effect: inert("no session goes on from here to another host") } as const;
const EVERY_TRANSPORT = { all: "All protocols", none: "No protocols" } as const;
const TRANSPORTS = {
  lat: "DEC LAT protocol",
  mop: "DEC MOP Remote Console Protocol",
  pad: "X.3 PAD",
  rlogin: "Unix rlogin protocol",
  ssh: "SSH",
  telnet: "Telnet",
  acercon: "Remote console for ACE-based blade",
  "lapb-ta": "LAPB Terminal Adapter",
  nasi: "NASI protocol",
  udptn: "UDPTN async via UDP protocol",
  v120: "Async over ISDN",
} as const;
const MOST_TRANSPORTS = 12;

export const linePassword = setting({
  mode: lineMode,
  form: [
    kw("password", "Set a password"),
    opt(pick("encoding", reversible)),
    arg("password", secret(line()), "The line password"),
  ],
  normal: (values) => withoutZero(values),
});

export const execTimeout = setting({
  mode: lineMode,
  form: [
    kw("exec-timeout", "Set the EXEC timeout"),
    arg("minutes", uint(0, 35_791), "Timeout in minutes"),
    opt(arg("seconds", uint(0, 2_147_483), "Timeout in seconds")),
  ],
  negation: "stored",
  saidOff: { minutes: 0, seconds: 0 },
  normal: (values) => ({ seconds: 0, ...values }),
  initial: { minutes: 10, seconds: 0 },
  quiet: true,
  // A console is left alone until it is told a time.
  initialBelow: ({ kind }) => kind === "vty",
});

export const lineLevel = setting({
  mode: lineMode,
  form: [
    kw("privilege", "Change privilege level for line"),
    kw("level", "Assign default privilege level"),
    arg("level", uint(0, 15), "Default privilege level for line"),
  ],
  initial: { level: 1 },
  quiet: true,
});

/** Lines with the same limit take no more sessions together. */
export const lineSessionLimit = setting({
  mode: lineMode,
  form: [
    kw("session-limit", "Set maximum number of sessions"),
    arg("sessions", uint(0, 4_294_967_295), "Maximum number of sessions"),
  ],
});

export const lineLength = setting({
  mode: lineMode,
  form: [kw("length", "Set number of lines on a screen"), arg("lines", uint(0, 512), "Number of lines on screen")],
  initial: { lines: DEFAULT_LENGTH },
  quiet: true,
});

export const lineWidth = setting({
  mode: lineMode,
  form: [
    kw("width", "Set width of the display terminal"),
    arg("columns", uint(0, 512), "Number of characters on a screen line"),
  ],
  initial: { columns: DEFAULT_WIDTH },
  quiet: true,
});

export const lineHistory = setting({
  mode: lineMode,
  form: [
    kw("history", "Enable and control the command history function"),
    opt(kw("size", "Set history buffer size"), arg("size", uint(0, 256), "Size of history buffer")),
  ],
  initial: { size: DEFAULT_HISTORY },
  quiet: true,
  negation: "stored",
  normal: bareNegation(),
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
  initials: [{ banner: "exec-banner" }, { banner: "motd-banner" }],
  quiet: true,
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
  normal: bareNegation(),
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
    oneOf(
      [many("protocols", pick("protocol", EVERY_TRANSPORT), 1)],
      [many("protocols", pick("protocol", TRANSPORTS), MOST_TRANSPORTS)],
    ),
  ],
  normal: ({ protocols, ...values }) =>
    Array.isArray(protocols) ? { ...values, protocols: [...new Set(protocols)] } : values,
  key: ["direction"],
});

export const lineLocation = setting({
  ...inLine,
  form: [kw("location", "Enter terminal location description"), arg("text", line(), "One text line describing it")],
  effect: inert("it is a note, which show line repeats"),
});

export const lineAccessClass = setting({
  mode: lineMode,
  form: [
    kw("access-class", "Filter connections based on an IP access list"),
    arg("list", word(), "Access list"),
    pick("direction", { in: "Filter incoming connections", out: "Filter outgoing connections" }),
    flag("everyVrf", "vrf-also", "Same access list is applied for all VRFs"),
  ],
  key: ["direction"],
});

/** Off unless it is asked for, by one word. */
function switchLine(word: string, help: string, base: typeof inLine) {
  return setting({ ...base, form: [kw(word, help)], negation: "stored", off: [{}], quiet: true });
}

export const lineSynchronous = setting({
  mode: lineMode,
  form: [
    kw("logging", "Modify message logging facilities"),
    kw("synchronous", "Synchronized message output"),
    opt(
      kw("level", "Severity up to which messages break into the line"),
      oneOf(
        [arg("number", uint(0, 7), "Severity level")],
        [pick("level", { ...LEVELS, all: "All messages break into the line" })],
      ),
    ),
    opt(kw("limit", "Messages queue size"), arg("limit", uint(0, 2_147_483_647), "Messages queue size")),
  ],
});

export const lineSettings = [
  execTimeout,
  lineLevel,
  lineSessionLimit,
  linePassword,
  lineSynchronous,
  lineLogin,
  lineTransport,
  lineLength,
  lineWidth,
  lineHistory,
  setting({
    ...inCable,
    form: [
      kw("stopbits", "Set async line stop bits"),
      pick("bits", { "1": "One stop bit", "1.5": "One and one-half stop bits", "2": "Two stop bits" }),
    ],
  }),
  setting({
    ...inCable,
    form: [
      pick("which", {
        speed: "Set the transmit and receive speeds",
        txspeed: "Set the transmit speed",
        rxspeed: "Set the receive speed",
      }),
      arg("speed", uint(0, 4_294_967_295), "Bits per second"),
    ],
    key: ["which"],
  }),
  setting({
    ...inCable,
    form: [kw("databits", "Set number of data bits per character"), arg("bits", uint(5, 8), "Number of databits")],
    initial: { bits: 8 },
    quiet: true,
  }),
  setting({
    ...inCable,
    form: [
      kw("parity", "Set terminal parity"),
      pick("parity", {
        even: "Even parity",
        mark: "Mark parity",
        none: "No parity",
        odd: "Odd parity",
        space: "Space parity",
      }),
    ],
  }),
  setting({
    ...inCable,
    form: [
      kw("flowcontrol", "Set the flow control"),
      pick("how", {
        none: "Set no flow control",
        software: "Set software flow control",
        hardware: "Set hardware flow control",
      }),
      opt(pick("direction", { in: "Listen to flow control from the device", out: "Send flow control to the device" })),
    ],
    negation: "stored",
    normal: bareNegation(),
    off: [{}],
    quiet: true,
  }),
  setting({
    ...inSession,
    form: [
      kw("session-timeout", "Set interval for closing connection when there is no input traffic"),
      arg("minutes", uint(0, 35_791), "Session timeout interval in minutes"),
      flag("output", "output", "Include output traffic as well as input traffic"),
    ],
  }),
  setting({
    ...inSession,
    form: [
      kw("escape-character", "Change the current line's escape character"),
      arg("character", word(), "Escape character, its ASCII value, BREAK, DEFAULT or NONE"),
    ],
    negation: "stored",
    saidOff: { character: "NONE" },
  }),
  setting({
    ...inLine,
    form: [kw("autocommand", "Automatically execute an EXEC command"), arg("command", line(), "EXEC command")],
    effect: unsupported("nothing is run for a login by itself: who logs in gets a shell"),
  }),
  setting({
    ...inSession,
    form: [
      kw("rotary", "Add line to a rotary group"),
      arg("group", uint(0, 100), "Rotary group to add line to"),
      flag("queued", "queued", "Queue requests when the group is busy"),
    ],
  }),
  lineLocation,
  lineEditing,
  switchLine("full-help", "Provide help to unprivileged user", inLine),
  switchLine("notify", "Inform users of output from concurrent sessions", inLine),
  lineAccessClass,
  lineBanner,
  setting({ ...inLine, form: [kw("exec", "Start an EXEC process")], negation: "stored", initial: {}, quiet: true }),
  setting({ ...inLine, form: [kw("modem", "Configure the modem control lines"), arg("mode", word(), "Mode")] }),
];

export const lineCommands = [lineOpener, absoluteLine, ...lineSettings, ...lineKept];
