/** The dashboard as lines of an exact size: a pure function of what is known, what is chosen and how large the terminal is. */

import type { Severity } from "../../engine/kernel/log.ts";
import { type Colour, cell, inColumns, type Line, type Piece, piece, printable, rightCell } from "./cells.ts";
import { type DashboardState, KEYS, shownRows } from "./dashboard-keys.ts";
import type { ClientRow, ClientState, DashboardModel, TimedLog } from "./dashboard-model.ts";
import { ageText, plot, rateText, sparkline } from "./plot.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const PLOT_ROWS = 4;
const SMALLEST: Size = { columns: 40, rows: 10 };
const SPARK = 12;

const stateColours: Readonly<Record<ClientState, Colour>> = {
  negotiating: "yellow",
  ipsec: "cyan",
  tunnel: "cyan",
  up: "green",
  gone: "gray",
};

const severityColours: Readonly<Partial<Record<Severity, Colour>>> = {
  error: "red",
  warning: "red",
  notice: "yellow",
  debug: "gray",
};

/** How many rows of the table fit. */
export function pageRows(size: Size): number {
  return Math.max(1, layout(size).table);
}

function layout({ rows }: Size): { readonly plot: number; readonly table: number; readonly below: number } {
  const room = rows - 4;
  const plotRows = rows >= 20 ? PLOT_ROWS : 0;
  const below = Math.max(3, Math.floor((room - plotRows) * 0.45));
  return { plot: plotRows, table: Math.max(1, room - plotRows - below), below };
}

export function dashboardFrame(model: DashboardModel, state: DashboardState, size: Size): readonly Line[] {
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) {
    return [[piece(cell(`the window is smaller than ${SMALLEST.columns}x${SMALLEST.rows}`, size.columns))]];
  }
  const places = layout(size);
  const rows = shownRows(model.rows, state);
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
  const { snapshot } = model;
  if (snapshot === undefined) return [piece("lnsh", { bold: true })];
  const up = ageText((snapshot.now - snapshot.startedAt) / 1000);
  const tunnels = snapshot.l2tp.tunnels.filter(({ state }) => state === "established").length;
  return [
    piece(printable(snapshot.spec.hostname), { bold: true }),
    piece(
      `  up ${up}  IPsec ${snapshot.connections.length}  tunnels ${tunnels}  sessions ${snapshot.sessions.length}  `,
    ),
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

/** The columns that fit, the most telling first. */
function columnsFor(columns: number): readonly Column[] {
  const wide = columns >= 110;
  return [
    { title: "USER", width: wide ? 20 : 12, text: (row) => row.user },
    { title: "ADDRESS", width: 15, text: (row) => row.address },
    { title: "PEER", width: 21, text: (row) => row.peer },
    ...(wide ? [{ title: "TUNNEL", width: 12, text: (row: ClientRow) => row.tunnel }] : []),
    { title: "AGE", width: 8, right: true, text: (row) => ageText(row.ageSeconds) },
    { title: "IN", width: 6, right: true, text: (row) => rateText(row.received) },
    { title: "OUT", width: 6, right: true, text: (row) => rateText(row.sent) },
  ];
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

function below(model: DashboardModel, rows: readonly ClientRow[], state: DashboardState, height: number): Line[] {
  const chosen = rows.find((row) => row.key === state.chosen) ?? rows[0];
  if (state.below === "log" || chosen === undefined) return logLines("Log", model.events, height);
  return logLines(
    `What happened with ${chosen.user === "" ? chosen.peer : chosen.user}`,
    model.eventsOf(chosen),
    height,
  );
}

const LADDER: Readonly<Record<string, string>> = {
  ike: "IKE",
  ipsec: "ESP",
  l2tp: "L2TP",
  ppp: "PPP",
  aaa: "AAA",
  ip: "IP",
  ssh: "SSH",
  config: "CLI",
  system: "SYS",
};

function logLines(title: string, events: readonly TimedLog[], height: number): Line[] {
  const shown = events.slice(-height).map(({ event, at }): Line => {
    const time = at.toISOString().slice(11, 23);
    const what = LADDER[event.category] ?? event.category;
    const { peer: _peer, session: _session, ...rest } = event.fields;
    const fields = Object.entries(rest)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(" ");
    const colour = severityColours[event.severity];
    const manner = colour === undefined ? {} : { colour };
    const words: Piece[] = [piece(printable(event.text), manner), piece(` ${printable(fields)}`, { dim: true })];
    return [piece(`${time} `, { dim: true }), piece(cell(what, 5), { colour: "magenta" }), ...words];
  });
  return [[piece(title, { bold: true })], ...shown, ...blank(height - shown.length)];
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
