/** What stands behind `|`: filters over the lines of a command's output. */

import { END_OF_LINE, type Help } from "../../grammar/help.ts";

const MODIFIERS = {
  begin: "Begin with the line that matches",
  count: "Count number of lines which match regexp",
  exclude: "Exclude lines that match",
  include: "Include lines that match",
  json: "Print as JSON",
  section: "Filter a section of output",
} as const;

type ModifierName = keyof typeof MODIFIERS;

const NAMES = Object.keys(MODIFIERS) as readonly ModifierName[];

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

/** Splits a typed line at its first pipe. Only one is understood: further ones belong to the expression. */
export function splitPipe(line: string): PipedLine {
  const pipe = line.search(/\s\|/);
  if (pipe < 0) return { command: line, modifier: undefined, error: undefined };
  const command = line.slice(0, pipe);
  const match = /^\s*\|\s*(\S*)\s*(.*)$/.exec(line.slice(pipe));
  const typed = (match?.[1] ?? "").toLowerCase();
  const expression = match?.[2] ?? "";
  const at = line.indexOf("|", pipe) + 1 + (/^\s*/.exec(line.slice(line.indexOf("|", pipe) + 1))?.[0].length ?? 0);
  const fail = (kind: "unknown" | "ambiguous" | "incomplete"): PipedLine => ({
    command,
    modifier: undefined,
    error: { kind, at },
  });
  if (typed === "") return fail("incomplete");
  const names = NAMES.filter((name) => name.startsWith(typed));
  const [name] = names;
  if (name === undefined) return fail("unknown");
  if (names.length > 1) return fail("ambiguous");
  if (name !== "json" && expression === "") return fail("incomplete");
  return { command, modifier: { name, expression }, error: undefined };
}

/** The same list with the pipe, where the command may end. */
export function withPipe(help: Help): Help {
  if (help.kind !== "next" || !help.rows.includes(END_OF_LINE)) return help;
  const rows = help.rows.filter((row) => row !== END_OF_LINE);
  return { kind: "next", rows: [...rows, { word: "|", help: "Output modifiers" }, END_OF_LINE] };
}

/** Help behind a pipe; `undefined` when there is none. */
export function modifierHelp(before: string): Help | undefined {
  const match = /\s\|\s*(\S*)(\s?)/.exec(before);
  if (match === null) return undefined;
  const typed = (match[1] ?? "").toLowerCase();
  const names = NAMES.filter((name) => name.startsWith(typed));
  if (typed === "") return { kind: "next", rows: names.map((word) => ({ word, help: MODIFIERS[word] })) };
  if (names.length === 0) return { kind: "none" };
  if (match[2] === "") return { kind: "words", words: names };
  return { kind: "next", rows: [{ word: "LINE", help: "Regular Expression" }] };
}

/** The lines that pass; `undefined` when the expression is not a regular expression. */
export function applyModifier(
  modifier: Modifier,
  lines: readonly string[],
  model: unknown,
): readonly string[] | undefined {
  if (modifier.name === "json") return JSON.stringify(model ?? lines, jsonValue, 2).split("\n");
  const sectionWord = modifier.name === "section" ? /^(include|exclude)\s+(?=\S)/.exec(modifier.expression) : null;
  const excluding = sectionWord?.[1] === "exclude";
  const matches = matcher(modifier.expression.slice(sectionWord?.[0].length ?? 0));
  if (matches === undefined) return undefined;
  switch (modifier.name) {
    case "include":
      return lines.filter(matches);
    case "exclude":
      return lines.filter((line) => !matches(line));
    case "begin": {
      const first = lines.findIndex(matches);
      return first < 0 ? [] : lines.slice(first);
    }
    case "count":
      return [`Number of lines which match regexp = ${lines.filter(matches).length}`];
    case "section":
      return section(lines, matches, excluding);
  }
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

function matcher(expression: string): ((line: string) => boolean) | undefined {
  try {
    const pattern = new RegExp(expression);
    return (line) => pattern.test(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return Array.from(value, (octet) => octet.toString(16).padStart(2, "0")).join("");
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}
