/** Exec commands about the terminal of this login; they take effect at once and are kept nowhere. */

import { uint } from "../../../grammar/arguments.ts";
import { exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { lineName } from "../line-settings.ts";
import { show } from "./show-words.ts";

const DEFAULTS = { length: 24, width: 80, history: 20 } as const;

/** What belongs to a cable: word -> [help, values]. */
const SERIAL = {
  "data-character-bits": ["Width of a character", uint(7, 8)],
  speed: ["Speed of the line", uint(300, 115_200)],
} as const;

const terminal = kw("terminal", "Configure the terminal");
const history = kw("history", "Configure the history of commands");

export const terminalCommands = [
  exec({
    level: 0,
    form: [terminal, kw("length", "Lines of a page"), arg("lines", uint(0, 512), "Lines; 0 = no pages")],
    run(context: ExecContext, { lines }) {
      context.terminal.length = lines;
      return {};
    },
  }),
  exec({
    level: 0,
    form: [terminal, kw("width", "Characters of a line"), arg("characters", uint(30, 512), "Characters")],
    run(context: ExecContext, { characters }) {
      context.terminal.width = characters;
      return {};
    },
  }),
  exec({
    level: 0,
    form: [terminal, history, opt(kw("size", "Lines to keep"), arg("size", uint(0, 256), "Lines"))],
    run(context: ExecContext, { size }) {
      context.terminal.historySize = size ?? (context.terminal.historySize || DEFAULTS.history);
      return {};
    },
  }),
  exec({
    level: 0,
    form: [
      kw("no", "Undo a command"),
      terminal,
      pick("what", {
        history: "Keep no commands",
        length: "Lines of a page as at the start",
        width: "Characters of a line as at the start",
      }),
    ],
    run({ terminal: settings }: ExecContext, { what }) {
      if (what === "history") settings.historySize = 0;
      else settings[what] = DEFAULTS[what];
      return {};
    },
  }),
  exec({
    level: 0,
    form: [terminal, kw("editing", "Edit lines as they are typed")],
    run(context: ExecContext) {
      context.terminal.editing = true;
      return {};
    },
  }),
  exec({
    level: 0,
    form: [kw("no", "Undo a command"), terminal, kw("editing", "Take lines as they are typed")],
    run(context: ExecContext) {
      context.terminal.editing = false;
      return {};
    },
  }),
  ...Object.entries(SERIAL).map(([name, [help, values]]) =>
    exec({
      level: 0,
      form: [terminal, kw(name, help), arg("value", values, "Value")],
      effect: unsupported("there is no serial line at this terminal"),
      run: () => ({}),
    }),
  ),
  exec({
    level: 0,
    form: [show, kw("history", "Commands of this session")],
    run: (context: ExecContext) => ({
      lines: context.terminal.history.map((line) => `  ${line}`),
      model: { history: context.terminal.history },
    }),
  }),
  exec({
    form: [show, kw("terminal", "Settings of this terminal")],
    run: ({ terminal: { length, width, monitor, historySize }, session }: ExecContext) => ({
      model: { line: session.line, length, width, monitor, historySize },
      lines: [
        `Line ${lineName(session.line)}`,
        `Length: ${length} lines, Width: ${width} columns`,
        `History is ${historySize > 0 ? `enabled, history size is ${historySize}` : "disabled"}`,
        `Log messages are ${monitor ? "" : "not "}displayed here`,
      ],
    }),
  }),
];
