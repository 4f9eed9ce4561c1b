/** Saving the configuration, the files of the device, and scripts. */

import { shaped } from "../../../grammar/arguments.ts";
import { type ExecResult, exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { author, refusals } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { ask, confirm, withFiles } from "../../common/questions.ts";

/** The level of commands that change something. */
const CHANGING = 10;
const RUNNING = "running-configuration";
const STARTUP = "startup-configuration";
const VOLATILE = "% The configuration is in memory and ends with this process; run lnsh with --state to keep it";

const name = { ...shaped("NAME", /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/), examples: ["site1.cnf"] };
const NO_SCRIPT = "% A script is a file of this router whose name ends in .scr";
const script = { ...shaped("NAME.scr", /^[A-Za-z0-9_][\w.-]*\.(scr|cnf)$/), examples: ["site1.scr"] };
/** A file of another host: of the network's table of hosts, or behind a scheme. */
const remote = { ...shaped("HOST:FILE", /^[\w.-]+:\S+$/), examples: ["host1:/site1.scr"] };
const notFetched = unsupported("Files are those of this router: nothing is fetched or sent over the network");

function missing(file: string): ExecResult {
  return { ok: false, lines: [`% File ${file} does not exist`] };
}

export function save({ running, files }: ExecContext): ExecResult {
  return withFiles(() => {
    running.save();
    return { lines: files.isLasting ? [] : [VOLATILE] };
  });
}

function textOf({ running, files }: ExecContext, source: string): string | undefined {
  if (source === RUNNING) return running.text;
  return source === STARTUP ? running.startup : files.read("flash", source);
}

function copy(context: ExecContext, source: string, target: string): ExecResult {
  const { running, files } = context;
  return withFiles((): ExecResult => {
    if (source === RUNNING && target === STARTUP) return save(context);
    const isFile = source !== RUNNING && source !== STARTUP;
    const content = isFile ? files.readBytes("flash", source) : textOf(context, source);
    if (content === undefined) return missing(source);
    if (target === STARTUP) {
      running.setStartup(textOf(context, source) ?? "");
      return {};
    }
    const write = (): ExecResult =>
      withFiles(() => {
        files.write("flash", target, content);
        return {};
      });
    return files.read("flash", target) === undefined ? write() : confirm(`Overwrite ${target}?`, write);
  });
}

/** `NAME  SIZE  DATE`, and a line of the totals in the form that tools look for. */
function dir({ files }: ExecContext, begins = ""): ExecResult {
  const row = (file: string, size: string, at: string): string =>
    `${file.padEnd(32)}${size.padStart(10)}  ${at}`.trimEnd();
  const { totalBytes, freeBytes } = files.space("flash");
  const list = files.list("flash").filter((file) => file.name.startsWith(begins));
  const rows = list.map((file) =>
    row(file.name, String(file.sizeBytes), file.modifiedAt.toISOString().slice(0, 19).replace("T", " ")),
  );
  return {
    lines: [
      `disk0:  ${totalBytes}  ${freeBytes}  ${totalBytes - freeBytes}`,
      "",
      row("file", "size", "date (UTC)"),
      row("----", "----", "----------"),
      ...rows,
    ],
    model: { totalBytes, freeBytes, files: list },
  };
}

/** Runs a script as if it were typed in global configuration. */
function runScript(context: ExecContext, file: string): ExecResult {
  return withFiles((): ExecResult => {
    const text = context.files.read("flash", file);
    if (text === undefined) return missing(file);
    const report = context.running.merge(text, author(context));
    return { lines: refusals(report), ok: report.refused.length === 0, model: report };
  });
}

const configure = kw("configure", "Enter configuration");

function askSource(context: ExecContext): ExecResult {
  return ask("Configuring from terminal or file [terminal]? ", "terminal", (text) => {
    const word = text.toLowerCase();
    if ("terminal".startsWith(word)) return { action: { type: "configure" } };
    if (!"file".startsWith(word)) return { ok: false, lines: ["% Please answer 'terminal' or 'file'."] };
    return ask("File name? ", "", (file) =>
      script.read(file, 0).ok && !/\s/.test(file) ? runScript(context, file) : { ok: false, lines: [NO_SCRIPT] },
    );
  });
}

const configureCommands = [
  exec({ level: CHANGING, form: [configure], run: askSource }),
  exec({
    level: CHANGING,
    form: [configure, kw("terminal", "Configure from the terminal")],
    run: (_context: ExecContext): ExecResult => ({ action: { type: "configure" } }),
  }),
  exec({
    level: CHANGING,
    form: [configure, kw("file", "Run a script"), arg("file", script, "Name of the script")],
    run: (context: ExecContext, { file }) => runScript(context, file),
  }),
  exec({
    level: CHANGING,
    form: [configure, kw("file", "Run a script"), arg("file", remote, "Script of another host")],
    effect: notFetched,
    run: (_context: ExecContext) => ({ ok: false }),
  }),
];

const copyWord = kw("copy", "Copy a configuration or a file");
const copySource = oneOf(
  [pick("source", { [RUNNING]: "The running configuration", [STARTUP]: "What the router starts with" })],
  [arg("source", name, "File to copy")],
);
const copyTarget = oneOf(
  [pick("target", { [STARTUP]: "What the router starts with" })],
  [arg("target", name, "Name of the copy")],
);
const fromHost = arg("source", remote, "File of another host");
const toHost = arg("target", remote, "File of another host");

const copyCommands = [
  exec({
    level: CHANGING,
    form: [copyWord, copySource, copyTarget],
    run: (context: ExecContext, { source, target }) => copy(context, String(source), String(target)),
  }),
  ...[
    [copyWord, fromHost, copyTarget],
    [copyWord, oneOf([copySource], [fromHost]), toHost],
  ].map((form) => exec({ level: CHANGING, form, effect: notFetched, run: (_context: ExecContext) => ({ ok: false }) })),
];

export const fileCommands = [
  ...configureCommands,
  ...copyCommands,
  exec({
    level: CHANGING,
    form: [kw("write", "Save the running configuration"), kw("memory", "As what the router starts with")],
    run: (context: ExecContext) => save(context),
  }),
  exec({
    level: 5,
    form: [kw("dir", "List the files"), opt(arg("name", name, "Name of a file, or how names begin"))],
    run: (context: ExecContext, values) => withFiles(() => dir(context, values.name)),
  }),
  exec({
    level: CHANGING,
    form: [kw("more", "Show a file"), arg("file", name, "File to show")],
    run: ({ files }: ExecContext, { file }) =>
      withFiles(() => {
        const text = files.read("flash", file);
        return text === undefined ? missing(file) : { lines: text.replace(/\n$/, "").split("\n"), model: text };
      }),
  }),
  exec({
    level: CHANGING,
    form: [kw("rename", "Rename a file"), arg("from", name, "File to rename"), arg("to", name, "Its new name")],
    run: ({ files }: ExecContext, { from, to }) =>
      withFiles((): ExecResult => {
        const content = files.readBytes("flash", from);
        if (content === undefined) return missing(from);
        if (files.readBytes("flash", to) !== undefined) return { ok: false, lines: [`% File ${to} exists already`] };
        files.write("flash", to, content);
        files.remove("flash", from);
        return {};
      }),
  }),
  exec({
    level: CHANGING,
    form: [kw("delete", "Delete a file"), arg("file", name, "File to delete"), flag("force", "force", "Do not ask")],
    run: ({ files }: ExecContext, { file, force }) => {
      const go = (): ExecResult => withFiles(() => (files.remove("flash", file) ? {} : missing(file)));
      return force === true ? go() : confirm(`Delete ${file}?`, go);
    },
  }),
];
