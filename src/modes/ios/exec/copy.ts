/** `copy`: between the running configuration, the startup configuration and files. Onto the running one it merges. */

import { word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { STARTUP_FILE, sizeOf } from "../../common/device-files.ts";
import { author, refusals, unlessLocked } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { after, ask, confirm, withFiles } from "../../common/questions.ts";
import { isQuiet } from "../commands/files.ts";
import { type Place, placeOf } from "../place.ts";
import { save } from "./saving.ts";
import { PRIVILEGED } from "./words.ts";

const RUNNING = "running-config";

/** What a place is called when a file name is asked for. */
function nameOf(place: Place): string {
  switch (place.kind) {
    case "running":
      return RUNNING;
    case "startup":
      return STARTUP_FILE;
    case "file":
      return place.name;
    default:
      return "";
  }
}

/** The text of a place; `undefined` = there is none. Throws `DeviceFileError`. */
export function textOf({ running, files }: ExecContext, place: Place): string | undefined {
  switch (place.kind) {
    case "running":
      return running.text;
    case "startup":
      return running.startup;
    case "file":
      return files.read(place.device, place.name);
    default:
      return undefined;
  }
}

export function remoteRefusal(place: Place | undefined, typed: string): ExecResult | undefined {
  if (place === undefined) return { ok: false, lines: [`%Error parsing filename (${typed})`] };
  if (place.kind !== "remote") return undefined;
  const reason = "files are those of flash: and nvram:, and nothing is fetched or sent over the network";
  return { ok: false, lines: [`% ${place.scheme}: is not supported: ${reason}`] };
}

export function noSuchFile(name: string): ExecResult {
  return { ok: false, lines: [`%Error opening ${name} (No such file or directory)`] };
}

function copy(context: ExecContext, source: string, target: string): ExecResult {
  const { directory } = context.terminal;
  const [from, to] = [placeOf(source, directory), placeOf(target, directory)];
  const refusal = remoteRefusal(from, source) ?? remoteRefusal(to, target);
  if (refusal !== undefined || from === undefined || to === undefined) return refusal ?? {};
  if (from.kind === "file" && from.name === "") {
    return ask("Source filename []? ", "", (name) => copy(context, `${from.device}:${name}`, target));
  }
  return withFiles(() => {
    const text = textOf(context, from);
    if (text === undefined) return noSuchFile(source);
    if (to.kind === "null") return { lines: [copied(text, 0)] };
    return destination(context, { from, text }, to);
  });
}

interface Source {
  readonly from: Place;
  readonly text: string;
}

function destination(context: ExecContext, source: Source, to: Place): ExecResult {
  const preset = nameOf(to) === "" ? nameOf(source.from) : nameOf(to);
  if (isQuiet(context.chassis)) return overwrite(context, source, named(to, preset), preset);
  return ask(`Destination filename [${preset}]? `, preset, (name) => overwrite(context, source, named(to, name), name));
}

/** Where the copy goes when another name is given than the one that was offered. */
function named(to: Place, name: string): Place | undefined {
  if (name === nameOf(to)) return to;
  if (to.kind === "file") return placeOf(`${to.device}:${name}`);
  return to.kind === "startup" ? placeOf(`nvram:${name}`) : undefined;
}

function overwrite(context: ExecContext, source: Source, to: Place | undefined, name: string): ExecResult {
  if (to === undefined) return { ok: false, lines: [`%Error parsing filename (${name})`] };
  const go = (): ExecResult => withFiles(() => carryOut(context, source, to));
  const isThere = to.kind === "file" && context.files.read(to.device, to.name) !== undefined;
  if (!isThere || isQuiet(context.chassis)) return go();
  return after(["%Warning:There is a file already existing with this name"], confirm("Do you want to over write?", go));
}

function carryOut(context: ExecContext, { from, text }: Source, to: Place): ExecResult {
  const { running, files } = context;
  if (from.kind === to.kind && nameOf(from) === nameOf(to)) {
    return { ok: false, lines: ["%Error copying a file onto itself"] };
  }
  const before = running.clock.now();
  const told = (): string => copied(text, running.clock.now() - before);
  switch (to.kind) {
    case "running":
      return unlessLocked(context, () => {
        const report = running.merge(text, author(context));
        return { lines: [...refusals(report), told()], model: report, ok: report.refused.length === 0 };
      });
    case "startup":
      if (from.kind === "running") return save(context);
      running.setStartup(text);
      return { lines: ["[OK]", told()] };
    case "file":
      // A file need not hold text.
      files.write(to.device, to.name, from.kind === "file" ? (files.readBytes(from.device, from.name) ?? text) : text);
      return { lines: [told()] };
    default:
      return { ok: false, lines: [`%Error writing ${to.kind === "remote" ? to.scheme : "null"}:`] };
  }
}

function copied(text: string, millis: number): string {
  const seconds = Math.max(0.001, millis / 1000);
  const size = sizeOf(text);
  return `${size} bytes copied in ${seconds.toFixed(3)} secs (${Math.round(size / seconds)} bytes/sec)`;
}

const places = {
  "flash:": "flash: file system",
  "ftp:": "ftp: file system (not here)",
  "nvram:": "nvram: file system",
  "running-config": "Current system configuration",
  "scp:": "scp: file system (not here)",
  "startup-config": "Startup configuration",
  "system:running-config": "Current system configuration",
  "tftp:": "tftp: file system (not here)",
} as const;

export const copyCommand = exec({
  level: PRIVILEGED,
  form: [
    kw("copy", "Copy from one file to another"),
    opt(pick("option", { "/noverify": "Do not verify", "/verify": "Verify" })),
    oneOf([pick("source", places)], [arg("source", word({ placeholder: "URL" }), "Name of the source file")]),
    oneOf(
      [pick("target", { ...places, "null:": "Nowhere" })],
      [arg("target", word({ placeholder: "URL" }), "Name of the destination file")],
    ),
  ],
  run: (context: ExecContext, { source, target }) => copy(context, String(source), String(target)),
});
