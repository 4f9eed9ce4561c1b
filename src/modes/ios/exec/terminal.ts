/** Exec commands about the terminal of this login; they take effect at once and are kept nowhere. */

import { line, uint } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { showTerminal } from "../show/terminal.ts";
import { terminalView } from "./terminal-lines.ts";
import { print, show } from "./words.ts";

const DEFAULT_LENGTH = 24;
const DEFAULT_WIDTH = 80;
const DEFAULT_HISTORY = 20;

const terminal = kw("terminal", "Set terminal line parameters");
const no = kw("no", "Negate a command or set its defaults");
const length = kw("length", "Set number of lines on a screen");
const width = kw("width", "Set width of the display terminal");
const monitor = kw("monitor", "Copy debug output to the current terminal line");
const history = kw("history", "Enable and control the command history function");
const size = kw("size", "Set history buffer size");

/** What belongs to cables, modems and printing terminals. */
const OF_CABLES = {
  databits: "Set number of data bits per character",
  "domain-lookup": "Enable domain lookup in show commands",
  "escape-character": "Change the current line's escape character",
  exec: "Configure EXEC",
  flowcontrol: "Set the flow control",
  "full-help": "Provide help to unprivileged user",
  international: "Enable international 8-bit character support",
  notify: "Inform users of output from concurrent sessions",
  parity: "Set terminal parity",
  speed: "Set the transmit and receive speeds",
  stopbits: "Set async line stop bits",
  "terminal-type": "Set the terminal type",
  transport: "Define transport protocols for line",
} as const;

function toDefault(settings: ExecContext["terminal"], what: string): void {
  if (what === "length") settings.length = DEFAULT_LENGTH;
  if (what === "width") settings.width = DEFAULT_WIDTH;
}

export const terminalCommands = [
  exec({
    form: [terminal, length, arg("lines", uint(0, 512), "Number of lines on screen (0 for no pausing)")],
    run(context: ExecContext, { lines }) {
      context.terminal.length = lines;
      return {};
    },
  }),
  exec({
    form: [terminal, width, arg("columns", uint(0, 512), "Number of characters on a screen line")],
    run(context: ExecContext, { columns }) {
      context.terminal.width = columns;
      return {};
    },
  }),
  exec({
    form: [terminal, kw("editing", "Enable the keys of the line editor")],
    run(context: ExecContext) {
      context.terminal.editing = true;
      return {};
    },
  }),
  exec({
    form: [terminal, monitor],
    run(context: ExecContext) {
      context.terminal.monitor = true;
      return {};
    },
  }),
  exec({
    form: [terminal, history, opt(size, arg("size", uint(0, 256), "Size of history buffer"))],
    run(context: ExecContext, values) {
      context.terminal.historySize = values.size ?? (context.terminal.historySize || DEFAULT_HISTORY);
      return {};
    },
  }),
  exec({
    form: [
      terminal,
      no,
      pick("what", {
        editing: "Disable the keys of the line editor",
        history: "Disable the command history function",
        length: "Set number of lines on a screen to the default",
        monitor: "Stop copying debug output to the current terminal line",
        width: "Set width of the display terminal to the default",
      }),
    ],
    run({ terminal: settings }: ExecContext, { what }) {
      toDefault(settings, what);
      if (what === "editing") settings.editing = false;
      if (what === "monitor") settings.monitor = false;
      if (what === "history") settings.historySize = 0;
      return {};
    },
  }),
  exec({
    form: [
      terminal,
      kw("default", "Set a command to its defaults"),
      pick("what", { length: "Set number of lines on a screen", width: "Set width of the display terminal" }),
    ],
    run({ terminal: settings }: ExecContext, { what }) {
      toDefault(settings, what);
      return {};
    },
  }),
  ...[[terminal, no] as const, [terminal, kw("default", "Set a command to its defaults")] as const].map((head) =>
    exec({
      form: [...head, history, size],
      run(context: ExecContext) {
        context.terminal.historySize = DEFAULT_HISTORY;
        return {};
      },
    }),
  ),
  ...[[terminal] as const, [terminal, no] as const].map((head) =>
    exec({
      form: [...head, pick("what", OF_CABLES), opt(arg("setting", line(), "How it is to be"))],
      effect: inert("lines are edited in one way here, and whoever draws the terminal says how it is"),
      run: (_: ExecContext) => ({}),
    }),
  ),
  exec({
    form: [show, kw("history", "Display the session command history"), opt(pick("which", { all: "Of every mode" }))],
    run: (context: ExecContext) => ({
      lines: context.terminal.history.map((text) => `  ${text}`),
      model: { history: context.terminal.history },
    }),
  }),
  exec({
    form: [show, kw("terminal", "Display terminal configuration parameters")],
    run: (context: ExecContext) => {
      const view = terminalView(context, context.session.line);
      return print(showTerminal(view), view);
    },
  }),
];
