/** Exec commands about the terminal of this login; they take effect at once and are kept nowhere. */

import { uint } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";

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
        history: "Disable the command history function",
        length: "Set number of lines on a screen to the default",
        monitor: "Stop copying debug output to the current terminal line",
        width: "Set width of the display terminal to the default",
      }),
    ],
    run({ terminal: settings }: ExecContext, { what }) {
      if (what === "length") settings.length = DEFAULT_LENGTH;
      if (what === "width") settings.width = DEFAULT_WIDTH;
      if (what === "monitor") settings.monitor = false;
      if (what === "history") settings.historySize = 0;
      return {};
    },
  }),
  exec({
    form: [terminal, no, history, size],
    run(context: ExecContext) {
      context.terminal.historySize = DEFAULT_HISTORY;
      return {};
    },
  }),
  exec({
    form: [kw("show", "Show running system information"), kw("history", "Display the session command history")],
    run: (context: ExecContext) => ({
      lines: context.terminal.history.map((line) => `  ${line}`),
      model: { history: context.terminal.history },
    }),
  }),
  exec({
    form: [kw("show", "Show running system information"), kw("terminal", "Display terminal configuration parameters")],
    run: ({ terminal: settings, session }: ExecContext) => ({
      model: { line: session.line, ...sizesOf(settings) },
      lines: [
        `Line ${session.line}, Location: "", Type: ""`,
        `Length: ${settings.length} lines, Width: ${settings.width} columns`,
        `Status: Ready, Active${settings.length > 0 ? ", Automore On" : ""}`,
        "Editing is enabled.",
        settings.historySize > 0
          ? `History is enabled, history size is ${settings.historySize}.`
          : "History is disabled.",
        `Log messages are ${settings.monitor ? "" : "not "}shown on this line.`,
      ],
    }),
  }),
];

function sizesOf({ length: lines, width: columns, monitor: shown, historySize }: ExecContext["terminal"]) {
  return { length: lines, width: columns, monitor: shown, historySize };
}
