/**
 * Lines of a console as pieces with colours: a pure function of a line and of what kind of line it is. Colour only repeats what the
 * words say, so that nothing is lost without it. It guesses from the looks of words; no command says how it wants to be coloured.
 */

import { type Line, type Manner, type Piece, piece, printable } from "./cells.ts";

export type EntryKind = "typed" | "output" | "configuration" | "refused" | "log" | "report" | "notice";

/** A line of the console; `prompt` stands before what was typed. */
export interface Entry {
  readonly kind: EntryKind;
  readonly text: string;
  readonly prompt?: string;
}

const TAB = 8;

const WHOLE: Readonly<Partial<Record<EntryKind, Manner>>> = {
  refused: { colour: "red" },
  notice: { dim: true },
};

const GOOD = "up|established|opened|connected|active|enabled|QM_IDLE|ACTIVE|est|success|succeeded";
const BAD = "down|failed|failure|refused|denied|expired|unreachable|administratively|deleted|dead|MM_NO_STATE|disabled";
const INTERFACE =
  "(?:Gigabit|Fast|TenGigabit|gigabit|fast)?(?:Ethernet|ethernet)|Virtual-(?:Access|Template|PPP)|[Ll]oopback|Tunnel|Serial|atm|Vi|Gi|Fa|Te|Lo";

interface Rule {
  readonly name: string;
  readonly source: string;
  readonly manner: Manner;
}

const RULES: readonly Rule[] = [
  { name: "text", source: `"[^"]*"`, manner: { colour: "green" } },
  {
    name: "address",
    source: `(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?:[/:]\\d{1,5})?(?![\\w.]\\d)`,
    manner: { colour: "cyan" },
  },
  { name: "interface", source: `\\b(?:${INTERFACE}) ?\\d[\\d/.:]*`, manner: { colour: "magenta" } },
  { name: "good", source: `(?<![\\w-])(?:${GOOD})(?![\\w-])`, manner: { colour: "green" } },
  { name: "bad", source: `(?<![\\w-])(?:${BAD})(?![\\w-])`, manner: { colour: "red" } },
];
const ANY = new RegExp(RULES.map(({ name, source }) => `(?<${name}>${source})`).join("|"), "g");

/** As it is drawn: tabs are blanks, and what would move the cursor is `?`. */
export function shownText(text: string): string {
  if (!text.includes("\t")) return printable(text);
  let shown = "";
  for (const character of text) shown += character === "\t" ? " ".repeat(TAB - (shown.length % TAB)) : character;
  return printable(shown);
}

/** Columns that an entry takes; blanks at its end take none, or a table as wide as the terminal would have every other row empty. */
export function entryLength({ prompt = "", text }: Entry): number {
  return prompt.length + shownText(text).trimEnd().length;
}

export function colouredEntry({ kind, text, prompt }: Entry): Line {
  const shown = shownText(text);
  switch (kind) {
    case "typed":
      return [piece(printable(prompt ?? ""), { bold: true }), ...words(shown)];
    case "configuration":
      return configuration(shown);
    case "output":
      return words(shown);
    case "report":
      return report(shown);
    case "log":
      return logged(shown);
    default:
      return [piece(shown, WHOLE[kind] ?? {})];
  }
}

function configuration(text: string): Line {
  if (/^\s*(!|$)/.test(text)) return [piece(text, { colour: "gray" })];
  const match = /^(\s*)((?:no |default )?)(\S+)(.*)$/.exec(text);
  if (match === null) return words(text);
  const [, indent = "", negation = "", first = "", rest = ""] = match;
  return [
    piece(indent),
    ...(negation === "" ? [] : [piece(negation, { colour: "red" })]),
    piece(first, { colour: "blue", ...(indent === "" ? { bold: true } : {}) }),
    ...words(rest),
  ];
}

/** The time, what the message is called (`%LINK-3-UPDOWN:`, `WARNING`), and what it says; debugging has no name. */
function logged(text: string): Line {
  const match =
    /^(.*?)(%[A-Z0-9_-]+-\d-[A-Z0-9_]+:)(.*)$/.exec(text) ??
    /^()(EMERGENCY|ALERT|CRITICAL|ERROR|WARNING|NOTICE|INFO)( .*)$/.exec(text);
  if (match === null) return [piece(text, { colour: "gray" })];
  const [, time = "", name = "", rest = ""] = match;
  return [piece(time, { dim: true }), piece(name, { colour: "yellow" }), ...words(rest)];
}

function report(text: string): Line {
  if (/^\S*:\d+:\d+: inert:/.test(text)) return [piece(text, { dim: true })];
  if (/^\S*:\d+:\d+: /.test(text)) return [piece(text, { colour: "red" })];
  if (/: warning: /.test(text)) return [piece(text, { colour: "yellow" })];
  if (/^ += /.test(text) || /^ +\| +\^/.test(text)) return [piece(text, { colour: "cyan" })];
  return /^\S/.test(text) ? [piece(text, { bold: true })] : [piece(text)];
}

function words(text: string): Line {
  if (text.startsWith("% ")) return [piece(text, { colour: "red" })];
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(ANY)) {
    if (match.index > done) pieces.push(piece(text.slice(done, match.index)));
    const rule = RULES.find(({ name }) => match.groups?.[name] !== undefined);
    pieces.push(piece(match[0], rule?.manner));
    done = match.index + match[0].length;
  }
  return done < text.length || pieces.length === 0 ? [...pieces, piece(text.slice(done))] : pieces;
}

/** The columns of a line from `from` on, at most `width` of them. */
export function columnsOf(line: Line, from: number, width: number): Line {
  const pieces: Piece[] = [];
  let at = 0;
  for (const each of line) {
    const text = each.text.slice(Math.max(0, from - at), Math.max(0, from + width - at));
    if (text !== "") pieces.push({ ...each, text });
    at += each.text.length;
  }
  return pieces;
}

/** Every place where the line contains the text is given a manner; small and capital letters are the same. */
export function marked(line: Line, text: string, manner: Manner): Line {
  const whole = line
    .map((each) => each.text)
    .join("")
    .toLowerCase();
  const wanted = text.toLowerCase();
  if (wanted === "") return line;
  const pieces: Piece[] = [];
  let done = 0;
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, done)) {
    const end = at + wanted.length;
    pieces.push(
      ...columnsOf(line, done, at - done),
      ...columnsOf(line, at, end - at).map((each) => ({ ...each, ...manner })),
    );
    done = end;
  }
  return [...pieces, ...columnsOf(line, done, whole.length - done)];
}

/** Commands whose output is configuration. */
const SHOWS_CONFIGURATION = /^\s*(?:(?:do|run)\s+)?(?:sh\w*\s+(?:run|star|conf)|more\s)/i;

/** What a command prints. */
export function outputKind(command: string): EntryKind {
  return SHOWS_CONFIGURATION.test(command) ? "configuration" : "output";
}
