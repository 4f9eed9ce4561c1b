/**
 * What stands behind a command: filters over the lines of its output, and files that they go to instead. Each dialect has
 * some of them; the words are abbreviated like others.
 */

import { END_OF_LINE, type Help } from "../../grammar/help.ts";
import type { DeviceFiles, FileDevice } from "../common/device-files.ts";
import { DeviceFileError } from "../common/device-files.ts";
import { lineMatcher } from "./expression.ts";

const MODIFIERS = {
  append: "Append redirected output to URL (URLs supporting append operation only)",
  begin: "Begin with the line that matches",
  count: "Count number of lines which match regexp",
  exclude: "Exclude lines that match",
  include: "Include lines that match",
  json: "Print as JSON",
  redirect: "Redirect output to URL",
  section: "Filter a section of output",
  tee: "Copy output to URL",
} as const;

export type ModifierName = keyof typeof MODIFIERS;

/** What a dialect has of them. */
export interface ModifierWords {
  readonly names: readonly ModifierName[];
  /** `> FILE` and `>> FILE` redirect and append. */
  readonly arrows: boolean;
  /** The lowest level that may write files with them: whoever may not delete a file must not overwrite one either. */
  readonly fileLevel: number;
  /** The commands that help says it of; behind others a pipe is understood, and there is seldom something to filter. */
  readonly behind: readonly string[];
}

/** Those that a login of a level may use. */
export function modifiersAt(words: ModifierWords, level: number): ModifierWords {
  if (level >= words.fileLevel) return words;
  return { ...words, names: words.names.filter((name) => !isFileModifier(name)), arrows: false };
}

export const EVERY_MODIFIER = Object.keys(MODIFIERS) as readonly ModifierName[];

export interface Modifier {
  readonly name: ModifierName;
  readonly expression: string;
}

export interface PipedLine {
  readonly command: string;
  readonly modifier: Modifier | undefined;
  /** Offset of a word behind the pipe that is no modifier, or lacks its expression. */
  readonly error: { readonly kind: "unknown" | "ambiguous" | "incomplete"; readonly at: number } | undefined;
}

/** What became of the lines: what is still printed, or why nothing could be done with them. */
export type Modified =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly lines: readonly string[] };

/** Splits a typed line at its first pipe. Only one is understood: further ones belong to the expression. */
export function splitPipe(line: string, words: ModifierWords): PipedLine {
  const arrow = words.arrows ? /\s>{1,2}/.exec(line) : null;
  const pipe = line.search(/\s\|/);
  if (arrow !== null && (pipe < 0 || arrow.index < pipe)) return splitArrow(line, arrow);
  if (pipe < 0) return { command: line, modifier: undefined, error: undefined };
  const command = line.slice(0, pipe);
  const [, before = "", typed = "", gap = ""] = /^(\s*\|\s*)(\S*)(\s*)/.exec(line.slice(pipe)) ?? [];
  const at = pipe + before.length;
  const fail = (kind: "unknown" | "ambiguous" | "incomplete"): PipedLine => ({
    command,
    modifier: undefined,
    error: { kind, at },
  });
  if (typed === "") return fail("incomplete");
  const names = words.names.filter((name) => name.startsWith(typed.toLowerCase()));
  const [name] = names;
  if (name === undefined) return fail("unknown");
  if (names.length > 1) return fail("ambiguous");
  const expression = line.slice(at + typed.length + gap.length);
  if (name !== "json" && expression === "") return fail("incomplete");
  return { command, modifier: { name, expression }, error: undefined };
}

function splitArrow(line: string, arrow: RegExpExecArray): PipedLine {
  const command = line.slice(0, arrow.index);
  const expression = line.slice(arrow.index + arrow[0].length).trim();
  const name = arrow[0].endsWith(">>") ? "append" : "redirect";
  if (expression === "") return { command, modifier: undefined, error: { kind: "incomplete", at: line.length } };
  return { command, modifier: { name, expression }, error: undefined };
}

/** The same list with the pipe, where the command `typed` may end and is one that prints. */
export function withPipe(help: Help, typed: string, words: ModifierWords): Help {
  if (help.kind !== "next" || !help.rows.includes(END_OF_LINE) || !isPrinting(typed, words)) return help;
  const rows = help.rows.filter((row) => row !== END_OF_LINE);
  const arrows = words.arrows
    ? [
        { word: ">", help: "Redirect output to a file" },
        { word: ">>", help: "Append output to a file" },
      ]
    : [];
  return { kind: "next", rows: [...rows, ...arrows, { word: "|", help: "Output modifiers" }, END_OF_LINE] };
}

/** Whether a typed line is of a command that prints. What could mean several commands is for others to refuse: the start of a word will do. */
export function isPrinting(typed: string, { behind }: ModifierWords): boolean {
  const words = typed.trim().toLowerCase().split(/\s+/);
  return behind.some((command) => command.split(" ").every((word, index) => word.startsWith(words[index] ?? "\0")));
}

/** Help behind a pipe; `undefined` when there is none. */
export function modifierHelp(before: string, words: ModifierWords): Help | undefined {
  if (words.arrows && /\s>{1,2}\s*\S*$/.test(before)) {
    return { kind: "next", rows: [{ word: "WORD", help: "Name of the file" }] };
  }
  const match = /\s\|\s*(\S*)(\s?)/.exec(before);
  if (match === null) return undefined;
  const typed = (match[1] ?? "").toLowerCase();
  const names = words.names.filter((name) => name.startsWith(typed));
  if (typed === "") return { kind: "next", rows: names.map((word) => ({ word, help: MODIFIERS[word] })) };
  const [name] = names;
  if (name === undefined) return { kind: "none" };
  if (match[2] === "") return { kind: "words", words: names };
  if (name === "json") return { kind: "next", rows: [END_OF_LINE] };
  if (isFileModifier(name)) return { kind: "next", rows: [{ word: "WORD", help: "flash:NAME or nvram:NAME" }] };
  const section = [
    { word: "exclude", help: "Exclude sections that match" },
    { word: "include", help: "Include sections that match" },
  ];
  const line = { word: "LINE", help: "Regular Expression" };
  return { kind: "next", rows: name === "section" ? [...section, line] : [line] };
}

/** Word behind a pipe made whole (Tab); `undefined` when that adds nothing. */
export function completeModifier(before: string, words: ModifierWords): string | undefined {
  const match = /^(.*?\s\|\s*)(\S+)$/.exec(before);
  if (match === null) return undefined;
  const names = words.names.filter((name) => name.startsWith((match[2] ?? "").toLowerCase()));
  return names.length === 1 ? `${match[1]}${names[0]} ` : undefined;
}

/** The lines as a modifier leaves them. */
export function applyModifier(
  modifier: Modifier,
  output: { readonly lines: readonly string[]; readonly model: unknown },
  files: () => DeviceFiles,
): Modified {
  const { lines, model } = output;
  if (modifier.name === "json") {
    return { ok: true, lines: jsonText(model ?? lines, 2).split("\n") };
  }
  if (isFileModifier(modifier.name)) return toFile(modifier.name, modifier.expression, lines, files());
  return filter(modifier.name, modifier.expression, lines);
}

type FileModifier = "redirect" | "append" | "tee";

function isFileModifier(name: ModifierName): name is FileModifier {
  return name === "redirect" || name === "append" || name === "tee";
}

function filter(name: Exclude<ModifierName, FileModifier | "json">, typed: string, lines: readonly string[]): Modified {
  const chosen = name === "section" ? sectionChoice(typed) : undefined;
  const matches = lineMatcher(chosen?.expression ?? typed);
  if (matches === undefined) return { ok: false, lines: ["% Invalid regular expression"] };
  switch (name) {
    case "include":
      return { ok: true, lines: lines.filter(matches) };
    case "exclude":
      return { ok: true, lines: lines.filter((line) => !matches(line)) };
    case "begin": {
      const first = lines.findIndex(matches);
      return { ok: true, lines: first < 0 ? [] : lines.slice(first) };
    }
    case "count":
      return { ok: true, lines: [`Number of lines which match regexp = ${lines.filter(matches).length}`] };
    case "section":
      return { ok: true, lines: section(lines, matches, chosen?.word === "exclude") };
  }
}

/** `include` or `exclude` in front of an expression, cut like other words; `undefined` = all of it is the expression. */
function sectionChoice(typed: string): { readonly word: string; readonly expression: string } | undefined {
  const [, start = "", expression = ""] = /^(\S+)\s+(\S.*)$/.exec(typed) ?? [];
  const word = start === "" ? undefined : ["include", "exclude"].find((each) => each.startsWith(start.toLowerCase()));
  return word === undefined ? undefined : { word, expression };
}

/**
 * A matching line and every line indented deeper that follows it make a section; a deeper line may also match on its own.
 * `excluding` prints what is in no such section.
 */
function section(lines: readonly string[], matches: (line: string) => boolean, excluding: boolean): string[] {
  let under = Number.POSITIVE_INFINITY;
  return lines.filter((line) => {
    const indent = line.length - line.trimStart().length;
    if (indent <= under) under = matches(line) ? indent : Number.POSITIVE_INFINITY;
    return under < Number.POSITIVE_INFINITY !== excluding;
  });
}

function toFile(name: FileModifier, typed: string, lines: readonly string[], files: DeviceFiles): Modified {
  const append = name === "tee" ? /^\/append\s+(?=\S)/.exec(typed) : null;
  const url = typed.slice(append?.[0].length ?? 0).trim();
  const [, device = "flash", file = ""] = /^(?:(flash|nvram):)?\/?([\w.-]+)$/i.exec(url) ?? [];
  if (file === "") return { ok: false, lines: [`%Error opening ${url} (No such device)`] };
  const where = device.toLowerCase() as FileDevice;
  const text = lines.map((line) => `${line}\n`).join("");
  try {
    const before = name === "append" || append !== null ? (files.read(where, file) ?? "") : "";
    files.write(where, file, before + text);
  } catch (error) {
    if (!(error instanceof DeviceFileError)) throw error;
    return { ok: false, lines: [`%Error opening ${url} (${error.message})`] };
  }
  return { ok: true, lines: name === "tee" ? lines : [] };
}

/** A model as JSON: maps are objects, sets are lists, octets are digits, and large numbers are text. */
export function jsonText(model: unknown, indent = 0): string {
  return JSON.stringify(model, jsonValue, indent);
}

function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return Array.from(value, (octet) => octet.toString(16).padStart(2, "0")).join("");
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}
