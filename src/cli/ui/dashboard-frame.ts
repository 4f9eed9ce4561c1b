/** The dashboard as lines of an exact size: a pure function of what is known, what is chosen and how large the terminal is. */

import { type Colour, cell, inColumns, type Line, piece, printable, rightCell } from "./cells.ts";
import { type DashboardState, KEYS, shownRows } from "./dashboard-keys.ts";
import { eventsOf, ladderLine, logLine } from "./dashboard-ladder.ts";
import type { ClientRow, ClientState, DashboardModel } from "./dashboard-model.ts";
import { ageText, plot, rateText, sparkline } from "./plot.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const PLOT_ROWS = 4;
const SMALLEST: Size = { columns: 40, rows: 10 };
const TABLE_STEP = 5;
const SPARK = 12;
const LEAST_SPARK = 2;
/** What stands before the chosen row. */
const MARK = 2;
const WIDE = 110;

const stateColours: Readonly<Record<ClientState, Colour>> = {
  negotiating: "yellow",
  ipsec: "cyan",
  tunnel: "cyan",
  up: "green",
  gone: "gray",
};

/** How many rows of the table fit. */
export function pageRows(size: Size): number {
  return Math.max(1, layout(size, Number.POSITIVE_INFINITY).table);
}

/** A short table leaves its room to what stands below; in steps, so that not every client who comes moves it. */
function layout(
  { rows }: Size,
  clients: number,
): { readonly plot: number; readonly table: number; readonly below: number } {
  const room = rows - 4;
  const plotRows = rows >= 20 ? PLOT_ROWS : 0;
  const least = Math.max(3, Math.floor((room - plotRows) * 0.45));
  const wanted = Math.ceil(Math.max(1, clients) / TABLE_STEP) * TABLE_STEP;
  const table = Math.max(1, Math.min(wanted, room - plotRows - least));
  return { plot: plotRows, table, below: Math.max(least, room - plotRows - table) };
}

export function dashboardFrame(model: DashboardModel, state: DashboardState, size: Size): readonly Line[] {
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) {
    return [[piece(cell(`the window is smaller than ${SMALLEST.columns}x${SMALLEST.rows}`, size.columns))]];
  }
  const rows = shownRows(model.rows, state);
  const places = layout(size, rows.length);
  if (state.whole && !state.help) {
    const all = [heading(model), ...below(model, rows, state, size.rows - 3), footer(state)];
    return all.map((line) => inColumns(line, size.columns));
  }
  const lines: Line[] = [
    heading(model),
    ...(places.plot === 0 ? [] : plotLines(model, size.columns, places.plot)),
    ...table(rows, state, size.columns, places.table),
    ...(state.help ? helpLines(places.below + 1) : below(model, rows, state, places.below)),
    footer(state),
  ];
  return lines.slice(0, size.rows).map((line) => inColumns(line, size.columns));
}

function heading(model: DashboardModel): Line {
  const { roster } = model;
  if (roster === undefined) return [piece("lnsh", { bold: true })];
  const up = ageText((roster.now - roster.startedAt) / 1000);
  const tunnels = roster.l2tp.tunnels.filter(({ state }) => state === "established").length;
  return [
    piece(printable(roster.spec.hostname), { bold: true }),
    piece(`  up ${up}  IPsec ${roster.connections.length}  tunnels ${tunnels}  sessions ${roster.sessions.length}  `),
    piece(`↓${rateText(model.received.at(-1) ?? 0)} ↑${rateText(model.sent.at(-1) ?? 0)} bit/s`, { colour: "cyan" }),
  ];
}

function plotLines(model: DashboardModel, columns: number, height: number): Line[] {
  const total = model.received.map((received, index) => received + (model.sent[index] ?? 0));
  const label = 7;
  const shown = total.slice(-(columns - label));
  const most = Math.max(0, ...shown);
  return plot(shown, columns - label, height).map((row, index) => [
    piece(rightCell(index === 0 ? rateText(most) : index === height - 1 ? "0" : "", label - 1), { dim: true }),
    piece(" "),
    piece(row, { colour: "blue" }),
  ]);
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: boolean;
  text(row: ClientRow): string;
}

/** The columns that fit, the most telling of them first asked. */
function columnsFor(columns: number): readonly Column[] {
  const all: readonly (Column & { readonly rank: number })[] = [
    { rank: 0, title: "USER", width: columns >= WIDE ? 20 : 12, text: (row) => row.user },
    { rank: 3, title: "ADDRESS", width: 15, text: (row) => row.address },
    { rank: 5, title: "PEER", width: 21, text: (row) => row.peer },
    { rank: 6, title: "TUNNEL", width: 12, text: (row) => row.tunnel },
    { rank: 4, title: "AGE", width: 8, right: true, text: (row) => ageText(row.ageSeconds) },
    { rank: 1, title: "IN", width: 6, right: true, text: (row) => rateText(row.received) },
    { rank: 2, title: "OUT", width: 6, right: true, text: (row) => rateText(row.sent) },
  ];
  let room = columns - MARK - LEAST_SPARK;
  const fitting = new Set<Column>();
  for (const column of all.toSorted((a, b) => a.rank - b.rank)) {
    room -= column.width + 1;
    if (room < 0) break;
    fitting.add(column);
  }
  return all.filter((column) => fitting.has(column));
}

function table(rows: readonly ClientRow[], state: DashboardState, columns: number, height: number): Line[] {
  const fields = columnsFor(columns);
  const title = fields
    .map(({ title: text, width, right }) => (right ? rightCell(text, width) : cell(text, width)))
    .join(" ");
  const head: Line = [piece(`  ${title}`, { bold: true })];
  if (rows.length === 0) {
    const words = state.filter === "" ? "no client yet" : "no client passes the filter";
    return [head, [piece(`  ${words}`, { dim: true })], ...blank(height - 1)];
  }
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === state.chosen),
  );
  const from = Math.max(0, Math.min(at - Math.floor(height / 2), rows.length - height));
  const shown = rows.slice(from, from + height).map((row, index) => rowLine(row, fields, columns, from + index === at));
  return [head, ...shown, ...blank(height - shown.length)];
}

function rowLine(row: ClientRow, fields: readonly Column[], columns: number, chosen: boolean): Line {
  const text = fields
    .map(({ width, right, text: of }) => (right ? rightCell(of(row), width) : cell(of(row), width)))
    .join(" ");
  const room = columns - text.length - 3;
  const tail = row.state === "up" ? sparkline(row.history, Math.min(SPARK, Math.max(0, room))) : row.progress;
  return [
    piece(chosen ? "> " : "  ", { bold: true }),
    piece(text, chosen ? { inverse: true } : { colour: stateColours[row.state] }),
    piece(` ${tail}`, { colour: stateColours[row.state] }),
  ];
}

/** The log, or how the chosen client came in; the newest at the end. */
function below(model: DashboardModel, rows: readonly ClientRow[], state: DashboardState, height: number): Line[] {
  const chosen = rows.find((row) => row.key === state.chosen) ?? rows[0];
  const isLog = state.below === "log" || chosen === undefined;
  const events = isLog ? model.events : eventsOf(chosen, model.events);
  const back = Math.min(state.back, Math.max(0, events.length - height));
  const shown = events.slice(Math.max(0, events.length - back - height), events.length - back);
  const lines = shown.map(isLog ? logLine : ladderLine);
  const title = isLog ? "Log" : `What happened with ${chosen.user === "" ? chosen.peer : chosen.user}`;
  const sides = isLog ? "" : "  client ──→ gateway";
  const more = back === 0 ? "" : `  ${back} lines below`;
  return [
    [piece(title, { bold: true }), piece(`${sides}${more}`, { dim: true })],
    ...lines,
    ...blank(height - lines.length),
  ];
}

function helpLines(height: number): Line[] {
  const words = KEYS.map(([key, what]): Line => [piece(`  ${cell(key, 6)}`, { bold: true }), piece(what)]);
  return [...words.slice(0, height), ...blank(height - words.length)];
}

function footer(state: DashboardState): Line {
  const sorted = piece(`${state.reversed ? "▲" : "▼"}${state.sort} `, { dim: true });
  if (state.typing) {
    const hint = "  user, address or peer; Return keeps, Escape drops";
    return [piece(`/${state.filter}_`), piece(hint, { dim: true })];
  }
  const filter = state.filter === "" ? [] : [piece(`/${state.filter} `, { colour: "yellow" })];
  const keys = KEYS.flatMap(([key, what]) => [piece(key, { inverse: true }), piece(` ${what}  `, { dim: true })]);
  return [sorted, ...filter, ...keys];
}

function blank(count: number): Line[] {
  return Array.from({ length: Math.max(0, count) }, () => [piece("")]);
}
