/** What the keys of the dashboard do: a state and the next one. */

import type { ClientRow } from "./dashboard-model.ts";

export const SORTS = ["rate", "user", "address", "peer", "age", "state"] as const;
export type Sort = (typeof SORTS)[number];

export interface DashboardState {
  readonly sort: Sort;
  readonly reversed: boolean;
  readonly filter: string;
  /** The filter is being typed. */
  readonly typing: boolean;
  /** The key of the chosen row. */
  readonly chosen: string | undefined;
  /** What stands below the table. */
  readonly below: "log" | "ladder";
  /** It has the whole screen. */
  readonly whole: boolean;
  /** Lines of it that were scrolled back. */
  readonly back: number;
  readonly help: boolean;
  readonly over: boolean;
}

export const START: DashboardState = {
  sort: "rate",
  reversed: false,
  filter: "",
  typing: false,
  chosen: undefined,
  below: "ladder",
  whole: false,
  back: 0,
  help: false,
  over: false,
};

export type Key =
  | "up"
  | "down"
  | "pageUp"
  | "pageDown"
  | "home"
  | "end"
  | "return"
  | "escape"
  | "tab"
  | "backspace"
  | { readonly text: string };

/** The ones that matter most stand where a narrow terminal has room for them. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["q", "quit"],
  ["?", "keys"],
  ["↑↓", "pick"],
  ["↵", "whole"],
  ["Tab", "log"],
  ["s", "sort"],
  ["r", "reverse"],
  ["/", "filter"],
];

/** `rows` are the ones that are shown, in their order; `page` how many fit. */
export function press(state: DashboardState, key: Key, rows: readonly ClientRow[], page: number): DashboardState {
  if (state.typing) return typeFilter(state, key);
  if (state.help) return { ...state, help: false };
  if (state.whole && typeof key === "string") return scroll(state, key, page);
  switch (key) {
    case "up":
      return move(state, rows, -1);
    case "down":
      return move(state, rows, 1);
    case "pageUp":
      return move(state, rows, -page);
    case "pageDown":
      return move(state, rows, page);
    case "home":
      return move(state, rows, -rows.length);
    case "end":
      return move(state, rows, rows.length);
    case "tab":
      return turned(state);
    case "return":
      return { ...state, whole: true, back: 0 };
    case "escape":
      return { ...state, filter: "" };
    case "backspace":
      return state;
    default:
      return pressText(state, key.text);
  }
}

function pressText(state: DashboardState, text: string): DashboardState {
  switch (text) {
    case "q":
    case "\x03":
      return { ...state, over: true };
    case "s":
      return { ...state, sort: SORTS[(SORTS.indexOf(state.sort) + 1) % SORTS.length] ?? "rate" };
    case "r":
      return { ...state, reversed: !state.reversed };
    case "/":
      return { ...state, typing: true };
    case "?":
      return { ...state, help: true };
    default:
      return state;
  }
}

function turned(state: DashboardState): DashboardState {
  return { ...state, below: state.below === "log" ? "ladder" : "log", back: 0 };
}

/** In the log or the ladder that has the whole screen. */
function scroll(state: DashboardState, key: Exclude<Key, { readonly text: string }>, page: number): DashboardState {
  const by = { up: 1, down: -1, pageUp: page, pageDown: -page, home: Number.MAX_SAFE_INTEGER, end: -state.back };
  switch (key) {
    case "tab":
      return turned(state);
    case "return":
    case "escape":
      return { ...state, whole: false, back: 0 };
    case "backspace":
      return state;
    default:
      return { ...state, back: Math.max(0, state.back + by[key]) };
  }
}

function typeFilter(state: DashboardState, key: Key): DashboardState {
  switch (key) {
    case "return":
      return { ...state, typing: false };
    case "escape":
      return { ...state, typing: false, filter: "" };
    case "backspace":
      return { ...state, filter: state.filter.slice(0, -1) };
    case "up":
    case "down":
    case "pageUp":
    case "pageDown":
    case "home":
    case "end":
    case "tab":
      return state;
    default:
      return key.text === "\x03"
        ? { ...state, over: true }
        : { ...state, filter: (state.filter + key.text).slice(0, 60) };
  }
}

function move(state: DashboardState, rows: readonly ClientRow[], by: number): DashboardState {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === state.chosen),
  );
  const target = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  return { ...state, chosen: target?.key };
}

/** The rows that pass the filter, sorted. What they are sorted by is worked out once for each: there may be ten thousand. */
export function shownRows(rows: readonly ClientRow[], state: DashboardState): readonly ClientRow[] {
  const wanted = state.filter.toLowerCase();
  const passing = wanted === "" ? rows : rows.filter((row) => textOf(row).includes(wanted));
  const keyOf = sortKeys[state.sort];
  const sign = state.reversed ? -1 : 1;
  return passing
    .map((row) => ({ row, by: keyOf(row) }))
    .sort((a, b) => (a.by < b.by ? -sign : a.by > b.by ? sign : a.row.key < b.row.key ? -1 : 1))
    .map(({ row }) => row);
}

function textOf({ user, address, peer, progress }: ClientRow): string {
  return `${user} ${address} ${peer} ${progress}`.toLowerCase();
}

/** Numbers, or texts that are compared octet by octet. */
const sortKeys: Readonly<Record<Sort, (row: ClientRow) => number | string>> = {
  rate: ({ received, sent }) => -(received + sent),
  user: ({ user }) => user.toLowerCase(),
  address: ({ address }) => byNumbers(address),
  peer: ({ peer }) => byNumbers(peer),
  age: ({ ageSeconds }) => ageSeconds,
  state: ({ state }) => state,
};

/** Numbers of one length, so that 9 stands before 10. */
function byNumbers(text: string): string {
  return text.replace(/\d+/g, (digits) => digits.padStart(5, "0"));
}
