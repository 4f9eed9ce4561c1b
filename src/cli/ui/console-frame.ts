/** A console as lines of an exact size: what was shown, the line being typed, what may come next below it, and a status bar. */

import { cell, inColumns, type Line, type Piece, piece, printable } from "./cells.ts";
import { colouredEntry, columnsOf, marked, shownText } from "./colouring.ts";
import type { ConsoleModel } from "./console-model.ts";
import type { Size } from "./dashboard-frame.ts";
import type { LiveHelp } from "./live-help.ts";
import { rateText } from "./plot.ts";
import type { Row } from "./scrollback.ts";

export interface ConsoleStatus {
  readonly hostname: string;
  readonly connections: number;
  readonly tunnels: number;
  readonly sessions: number;
  /** Bit/s, from the clients and to them. */
  readonly received: number;
  readonly sent: number;
}

const SMALLEST: Size = { columns: 20, rows: 6 };
const LEAST_BELOW = 3;
const MOST_BELOW = 12;
const FOUND = { inverse: true } as const;
const ALSO_FOUND = { colour: "yellow", bold: true } as const;

/** Columns and rows of the part that scrolls when something else than the end is looked at. */
export function scrolledSize({ columns, rows }: Size): Size {
  return { columns, rows: Math.max(1, rows - 1) };
}

export function consoleFrame(model: ConsoleModel, status: ConsoleStatus, size: Size): readonly Line[] {
  const { columns, rows } = size;
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) {
    return [[piece(cell(`smaller than ${SMALLEST.columns}x${SMALLEST.rows}`, columns))]];
  }
  const body = model.view.isScrolled ? scrolled(model, columns) : typing(model, size);
  const lines = [...body, ...Array.from({ length: Math.max(0, rows - 1 - body.length) }, (): Line => [])];
  return [...lines.slice(0, rows - 1), statusLine(model, status, columns)].map((line) => inColumns(line, columns));
}

function scrolled(model: ConsoleModel, columns: number): Line[] {
  const { searched, found, rows } = model.view;
  return rows.map((row) => {
    const line = colouredEntry(row.entry);
    const shown = searched === undefined ? line : marked(line, searched.text, row.line === found ? FOUND : ALSO_FOUND);
    return columnsOf(shown, row.from, columns);
  });
}

function typing(model: ConsoleModel, { columns, rows }: Size): Line[] {
  const below = Math.min(MOST_BELOW, Math.max(LEAST_BELOW, Math.floor(rows / 4)));
  const room = rows - 1 - below;
  const { help, input } = model;
  const typed = input === undefined ? [] : inputLines(input, help, columns).slice(-room);
  const { scrollback } = model;
  const height = room - typed.length;
  const shown = scrollback.rows(scrollback.tail(height, columns), height, columns).map((row) => rowLine(row, columns));
  const indent = input === undefined ? 0 : shownText(input.prompt).length;
  return [...shown, ...typed, ...belowLines(model, help, { below, columns, indent, isOneRow: typed.length <= 1 })];
}

function rowLine(row: Row, columns: number): Line {
  return columnsOf(colouredEntry(row.entry), row.from, columns);
}

function inputLines(
  { prompt, text, cursor }: { readonly prompt: string; readonly text: string; readonly cursor: number },
  { fault }: LiveHelp,
  columns: number,
): Line[] {
  const before = shownText(prompt);
  const typed = colouredEntry({ kind: "typed", text: text.replaceAll("\t", " ") });
  const at = fault?.at ?? text.length;
  const pieces: Line = [
    ...columnsOf(typed, 0, at),
    ...columnsOf(typed, at, text.length).map((each): Piece => piece(each.text, { colour: "red", bold: true })),
    piece(" "),
  ];
  const cursorOn = columnsOf(pieces, cursor, 1).map((each) => ({ ...each, inverse: true }));
  const line: Line = [
    piece(before, { bold: true }),
    ...columnsOf(pieces, 0, cursor),
    ...cursorOn,
    ...columnsOf(pieces, cursor + 1, text.length + 1),
  ];
  const width = before.length + text.length + 1;
  return Array.from({ length: Math.ceil(width / columns) }, (_, row) => columnsOf(line, row * columns, columns));
}

interface BelowSpace {
  readonly below: number;
  readonly columns: number;
  /** Columns of the prompt. */
  readonly indent: number;
  /** The input stands in one row, so that a caret below it is where the fault is. */
  readonly isOneRow: boolean;
}

function belowLines(model: ConsoleModel, help: LiveHelp, space: BelowSpace): Line[] {
  const { progress, asks } = model;
  if (progress !== undefined) return [[], progressLine(progress, space.columns)];
  if (asks === "hidden") return [[], hint("what is typed is not shown; Ctrl-C drops the question")];
  if (asks === "confirm") return [[], hint("Return or y agrees, every other key does not")];
  if (asks === "plain") return [[], hint("Return answers, Ctrl-C drops the question")];
  if (model.isBusy) return [[], hint("Ctrl-C stops")];
  if (model.input === undefined) return [];
  if (help.fault !== undefined) return faultLines(help.fault, space);
  if (help.rows.length > 0) return helpLines(help, space);
  return model.input.text === "" && model.input.prompt !== "" ? [[], hint(HINTS)] : [];
}

const HINTS = "Tab completes · ? lists · ↑ earlier lines · PgUp scrolls · Ctrl-R searches";

function hint(text: string): Line {
  return [piece(`  ${text}`, { dim: true })];
}

function progressLine({ done, all }: { readonly done: number; readonly all: number }, columns: number): Line {
  const words = ` ${done} of ${all} lines pasted, Ctrl-C stops`;
  const width = Math.max(0, Math.min(40, columns - words.length - 4));
  const full = all === 0 ? width : Math.round((done / all) * width);
  return [
    piece("  "),
    piece("█".repeat(full), { colour: "green" }),
    piece("░".repeat(width - full), { dim: true }),
    piece(words),
  ];
}

function faultLines(fault: { readonly at: number; readonly expected: readonly string[] }, space: BelowSpace): Line[] {
  const { expected, at } = fault;
  const place = space.indent + at;
  const isMarked = space.isOneRow && place + 2 < space.columns;
  const mark = isMarked ? [piece(" ".repeat(place)), piece("^", { colour: "red", bold: true })] : [];
  const beside = space.columns - place - 2;
  const words = expectedWords(expected, space.columns - 2);
  if (isMarked && words.length <= beside) return [[...mark, piece(` ${words}`, { colour: "red" })]];
  return [mark, [piece(`  ${words}`, { colour: "red" })]];
}

/** As many words as fit, and how many there are besides. */
function expectedWords(expected: readonly string[], room: number): string {
  if (expected.length === 0) return "nothing may follow here";
  let count = expected.length;
  const text = (): string => {
    const more = count < expected.length ? ` and ${expected.length - count} more` : "";
    return `expected ${expected.slice(0, count).join(" ")}${more}`;
  };
  while (count > 1 && text().length > room) count -= 1;
  return text();
}

function helpLines({ rows, chosen }: LiveHelp, { below }: BelowSpace): Line[] {
  const fitting = rows.length > below ? below - 1 : below;
  const at = rows.findIndex(({ word }) => word === chosen);
  const from = Math.max(0, Math.min(at - fitting + 1, rows.length - fitting));
  const shown = rows.slice(from, from + fitting);
  const width = Math.max(...shown.map(({ word }) => word.length));
  const lines = shown.map(({ word, help }): Line => {
    const manner = word === chosen ? { inverse: true } : { colour: "cyan" as const };
    return [piece("  "), piece(cell(printable(word), width), manner), piece(`  ${printable(help)}`, { dim: true })];
  });
  const left = rows.length - shown.length;
  return left === 0 ? lines : [...lines, hint(`… and ${left} more, ? lists all`)];
}

function statusLine(model: ConsoleModel, status: ConsoleStatus, columns: number): Line {
  const { searched, isScrolled, below } = model.view;
  if (searched?.typing) {
    const said = searched.isFound ? "Ctrl-R older, Return keeps, Ctrl-C leaves" : "not found";
    return [piece(`/${searched.text}_`, { bold: true }), piece(`  ${said}`, { dim: true })];
  }
  if (isScrolled) {
    const keys = searched === undefined ? "/ searches" : `"${searched.text}": n older, N newer`;
    return bar(` ${below} lines below`, `${keys} · q back `, columns);
  }
  const { hostname, connections, tunnels, sessions, received, sent } = status;
  const left = ` ${printable(hostname)}  IPsec ${connections}  tunnels ${tunnels}  sessions ${sessions}`;
  return bar(left, `↓${rateText(received)} ↑${rateText(sent)} bit/s `, columns);
}

function bar(left: string, right: string, columns: number): Line {
  const room = columns - right.length;
  if (room < left.length + 1) return [piece(cell(left, columns), { inverse: true })];
  return [piece(cell(left, room) + right, { inverse: true })];
}
