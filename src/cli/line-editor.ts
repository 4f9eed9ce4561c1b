/**
 * One line being typed on a byte-exact terminal line: keys go in, what to echo and what happened come out. It knows no
 * prompt text and no command. Typed characters are echoed exactly as typed; nothing is coloured or drawn ahead, because
 * automation clients compare the echo with what they sent.
 *
 * Keys are those of the routers' own editor: the Emacs keys, arrows, `?`, Tab, Ctrl-C, Ctrl-Z. Each of them changes text
 * and cursor; what is echoed is the difference between what the terminal shows and what it should show, so that
 * a line wider than the terminal, which slides under a `$`, needs no rules of its own.
 */

import { RETURN } from "./keys.ts";

export type EditorEvent =
  | { readonly type: "line"; readonly text: string }
  /** `?` was typed; the text before the cursor is what help is wanted for. */
  | { readonly type: "help"; readonly before: string }
  | { readonly type: "complete"; readonly before: string }
  /** Ctrl-L, Ctrl-R: prompt and line are wanted again. */
  | { readonly type: "redisplay" }
  /** Ctrl-C: the line is abandoned. */
  | { readonly type: "interrupt"; readonly text: string }
  /** Ctrl-Z: the typed line runs, then configuration ends. */
  | { readonly type: "end"; readonly text: string }
  /** Ctrl-D on an empty line. */
  | { readonly type: "hangup" };

export interface EditorStep {
  /** What to write to the terminal. */
  readonly echo: string;
  readonly event?: EditorEvent;
}

export interface EditorOptions {
  /** Lines that Ctrl-P goes back through, oldest first; asked when it is typed. */
  history?(): readonly string[];
  /** Columns that a line may take; 0 = as many as it needs. Asked at every key: the terminal may change. */
  room?(): number;
  /** Nothing is shown of what is typed; Return alone is. */
  readonly hidden?: boolean;
  /** Only the keys that every terminal has work; absent = all of them do. */
  editing?(): boolean;
  /** `?` and Tab are characters like others. */
  plain?(): boolean;
}

interface Line {
  readonly text: string;
  readonly cursor: number;
}

interface Shown {
  readonly text: string;
  readonly column: number;
}

const BELL = "\x07";
/** As wide as a terminal may be set: more than any line of a configuration, and a bound for what is kept. */
const LONGEST_LINE = 512;
/** Where fewer columns are left behind the prompt the terminal is let to wrap. */
const NARROWEST = 8;
/** A line slides by this part of the room at once. */
const SLIDE = 4;
const EMPTY: Line = { text: "", cursor: 0 };
const NOTHING_SHOWN: Shown = { text: "", column: 0 };

type Edit = (line: Line) => Line | undefined;

/** Moves of the cursor and changes of the text that need nothing but the line; `undefined` rings the bell. */
const EDITS = {
  home: ({ text }) => ({ text, cursor: 0 }),
  lineEnd: ({ text }) => ({ text, cursor: text.length }),
  left: ({ text, cursor }) => (cursor === 0 ? undefined : { text, cursor: cursor - 1 }),
  right: ({ text, cursor }) => (cursor === text.length ? undefined : { text, cursor: cursor + 1 }),
  wordLeft: (line) => ({ text: line.text, cursor: wordStart(line) }),
  wordRight: (line) => ({ text: line.text, cursor: wordEnd(line) }),
  delete: (line) => (line.cursor === line.text.length ? undefined : cut(line, line.cursor, line.cursor + 1)),
  backspace: (line) => (line.cursor === 0 ? undefined : cut(line, line.cursor - 1, line.cursor)),
  swap: ({ text, cursor }) => {
    if (cursor < 2) return undefined;
    return {
      text: text.slice(0, cursor - 2) + text.charAt(cursor - 1) + text.charAt(cursor - 2) + text.slice(cursor),
      cursor,
    };
  },
  capitalize: (line) => recase(line, (word) => word.replace(/\S/, (first) => first.toUpperCase())),
  lowerCase: (line) => recase(line, (word) => word.toLowerCase()),
  upperCase: (line) => recase(line, (word) => word.toUpperCase()),
} as const satisfies Readonly<Record<string, Edit>>;

/** Cuts that Ctrl-Y brings back: where they begin and end. */
const KILLS = {
  killToEnd: ({ text, cursor }: Line) => [cursor, text.length],
  killToStart: ({ cursor }: Line) => [0, cursor],
  killWord: (line: Line) => [wordStart(line), line.cursor],
  killWordRight: (line: Line) => [line.cursor, wordEnd(line)],
} as const satisfies Readonly<Record<string, (line: Line) => readonly [number, number]>>;

type Special =
  | "older"
  | "newer"
  | "deleteOrHangup"
  | "yank"
  | "literal"
  | "redisplay"
  | "interrupt"
  | "end"
  | "complete"
  | "help";

type Action = keyof typeof EDITS | keyof typeof KILLS | Special;

const KEYS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["\x01", "home"],
  ["\x1b[H", "home"],
  ["\x1bOH", "home"],
  ["\x1b[1~", "home"],
  ["\x05", "lineEnd"],
  ["\x1b[F", "lineEnd"],
  ["\x1bOF", "lineEnd"],
  ["\x1b[4~", "lineEnd"],
  ["\x02", "left"],
  ["\x1b[D", "left"],
  ["\x1bOD", "left"],
  ["\x06", "right"],
  ["\x1b[C", "right"],
  ["\x1bOC", "right"],
  ["\x10", "older"],
  ["\x1b[A", "older"],
  ["\x1bOA", "older"],
  ["\x0e", "newer"],
  ["\x1b[B", "newer"],
  ["\x1bOB", "newer"],
  ["\x04", "deleteOrHangup"],
  ["\x1b[3~", "delete"],
  ["\x08", "backspace"],
  ["\x7f", "backspace"],
  ["\x0b", "killToEnd"],
  ["\x15", "killToStart"],
  ["\x18", "killToStart"],
  ["\x17", "killWord"],
  ["\x1b\x7f", "killWord"],
  ["\x1b\x08", "killWord"],
  ["\x1bd", "killWordRight"],
  ["\x1bD", "killWordRight"],
  ["\x19", "yank"],
  ["\x14", "swap"],
  ["\x1bb", "wordLeft"],
  ["\x1bB", "wordLeft"],
  ["\x1bf", "wordRight"],
  ["\x1bF", "wordRight"],
  ["\x1bc", "capitalize"],
  ["\x1bC", "capitalize"],
  ["\x1bl", "lowerCase"],
  ["\x1bL", "lowerCase"],
  ["\x1bu", "upperCase"],
  ["\x1bU", "upperCase"],
  ["\x16", "literal"],
  ["\x0c", "redisplay"],
  ["\x12", "redisplay"],
  ["\x03", "interrupt"],
  ["\x1a", "end"],
  ["\t", "complete"],
  ["?", "help"],
]);

/** What is left without the editor: taking back, and what ends or explains the line. */
const PLAIN_ACTIONS: ReadonlySet<Action> = new Set([
  "backspace",
  "killToStart",
  "killWord",
  "redisplay",
  "literal",
  "interrupt",
  "end",
  "complete",
  "help",
]);

export class LineEditor {
  readonly #options: EditorOptions;
  #line = EMPTY;
  #shown = NOTHING_SHOWN;
  /** The first character that the terminal shows of a line wider than it. */
  #from = 0;
  #killed = "";
  /** How far Ctrl-P has gone back; 0 = the line being typed. */
  #back = 0;
  #typed = "";
  #literal = false;

  constructor(options: EditorOptions = {}) {
    this.#options = options;
  }

  get text(): string {
    return this.#line.text;
  }

  get cursor(): number {
    return this.#line.cursor;
  }

  /** Puts a line in place of the one being typed without showing it. */
  replace(text: string, cursor = text.length): void {
    const kept = text.slice(0, LONGEST_LINE);
    this.#line = { text: kept, cursor: Math.min(cursor, kept.length) };
  }

  /** Puts text in place of what stands before the cursor (after Tab) without showing it. */
  complete(before: string): void {
    const behind = this.#line.text.slice(this.#line.cursor);
    // One blank between a word and the next is enough.
    const rest = before.endsWith(" ") ? behind.trimStart() : behind;
    this.replace(before + rest, before.length);
  }

  /** What prints the line behind a prompt just written, the cursor where it belongs. */
  redraw(): string {
    this.#shown = NOTHING_SHOWN;
    return this.#show();
  }

  /** Puts text at the cursor, none of its characters being a key; what to echo. */
  insert(text: string): string {
    return this.#insert(text);
  }

  press(key: string): EditorStep {
    if (this.#literal) {
      this.#literal = false;
      // An end of line inside a line would be two lines when it is printed back.
      return { echo: key === RETURN ? BELL : this.#insert(key) };
    }
    if (key === RETURN) return { echo: "\r\n", event: { type: "line", text: this.#take() } };
    const action = KEYS.get(key);
    if (action === undefined || ((action === "help" || action === "complete") && this.#options.plain?.())) {
      return { echo: key.startsWith("\x1b") || (key < " " && key !== "\t") ? "" : this.#insert(key) };
    }
    const isThere = (this.#options.editing?.() ?? true) || PLAIN_ACTIONS.has(action);
    return isThere ? this.#act(action) : { echo: BELL };
  }

  #act(action: Action): EditorStep {
    if (action in EDITS) return { echo: this.#set(EDITS[action as keyof typeof EDITS](this.#line)) };
    if (action in KILLS) return { echo: this.#kill(KILLS[action as keyof typeof KILLS](this.#line)) };
    const before = this.#line.text.slice(0, this.#line.cursor);
    switch (action as Special) {
      case "older":
        return { echo: this.#recall(this.#back + 1) };
      case "newer":
        return { echo: this.#recall(this.#back - 1) };
      case "deleteOrHangup":
        if (this.#line.text === "") return { echo: "", event: { type: "hangup" } };
        return { echo: this.#set(EDITS.delete(this.#line)) };
      case "yank":
        return { echo: this.#insert(this.#killed) };
      case "literal":
        this.#literal = true;
        return { echo: "" };
      case "redisplay":
        return { echo: "\r\n", event: { type: "redisplay" } };
      case "interrupt":
        return { echo: "^C\r\n", event: { type: "interrupt", text: this.#take() } };
      case "end":
        return { echo: "^Z\r\n", event: { type: "end", text: this.#take() } };
      case "help":
        return { echo: "", event: { type: "help", before } };
      case "complete":
        return { echo: "", event: { type: "complete", before } };
    }
  }

  #insert(text: string): string {
    const { text: old, cursor } = this.#line;
    // Characters outside the basic plane take two places in a line and nobody knows how many on the terminal.
    const refused = /[\ud800-\udfff\x80-\x9f]/.test(text) || old.length + text.length > LONGEST_LINE;
    if (refused) return BELL;
    return this.#set({ text: old.slice(0, cursor) + text + old.slice(cursor), cursor: cursor + text.length });
  }

  #kill([from, to]: readonly [number, number]): string {
    if (from >= to) return "";
    this.#killed = this.#line.text.slice(from, to);
    return this.#set(cut(this.#line, from, to));
  }

  #recall(back: number): string {
    const history = this.#options.history?.() ?? [];
    if (back < 0 || back > history.length) return BELL;
    if (this.#back === 0) this.#typed = this.#line.text;
    this.#back = back;
    const text = back === 0 ? this.#typed : (history.at(-back) ?? "");
    return this.#set({ text, cursor: text.length });
  }

  #set(line: Line | undefined): string {
    if (line === undefined) return BELL;
    this.#line = line;
    return this.#show();
  }

  /** Turns what the terminal shows into what it should show. */
  #show(): string {
    if (this.#options.hidden) return "";
    const before = this.#shown;
    const after = this.#visible();
    this.#shown = after;
    let same = 0;
    const shorter = Math.min(before.text.length, after.text.length);
    while (same < shorter && before.text[same] === after.text[same]) same += 1;
    if (same === before.text.length && same === after.text.length) return move(after.text, before.column, after.column);
    const left = Math.max(0, before.text.length - after.text.length);
    const drawn = after.text.slice(same) + " ".repeat(left);
    const end = same + drawn.length;
    // Both texts agree up to `same`, so either may move the cursor there.
    return move(after.text, before.column, same) + drawn + "\b".repeat(end - after.column);
  }

  #visible(): Shown {
    const { text, cursor } = this.#line;
    const column = caretNotation(text.slice(0, cursor)).length;
    const whole = caretNotation(text);
    const room = this.#options.room?.() ?? 0;
    if (room < NARROWEST || whole.length < room) {
      this.#from = 0;
      return { text: whole, column };
    }
    // The cursor stays behind the mark at the left and before the edge at the right.
    const leftmost = this.#from === 0 ? 0 : this.#from + 1;
    if (column < leftmost || column > this.#from + room - 1) {
      this.#from = Math.max(0, column - room + Math.floor(room / SLIDE));
    }
    const shown = whole.slice(this.#from, this.#from + room - 1).split("");
    if (this.#from > 0) shown[0] = "$";
    if (this.#from + room - 1 < whole.length) shown[shown.length - 1] = "$";
    return { text: shown.join(""), column: column - this.#from };
  }

  #take(): string {
    const { text } = this.#line;
    this.#line = EMPTY;
    this.#shown = NOTHING_SHOWN;
    this.#from = 0;
    this.#back = 0;
    this.#typed = "";
    return text;
  }
}

/** The cursor goes back by backspaces and forth by the characters it passes. */
function move(shown: string, from: number, to: number): string {
  return to < from ? "\b".repeat(from - to) : shown.slice(from, to);
}

function cut({ text }: Line, from: number, to: number): Line {
  return { text: text.slice(0, from) + text.slice(to), cursor: from };
}

function recase(line: Line, change: (word: string) => string): Line {
  const end = wordEnd(line);
  const { text, cursor } = line;
  return { text: text.slice(0, cursor) + change(text.slice(cursor, end)) + text.slice(end), cursor: end };
}

function wordStart({ text, cursor }: Line): number {
  let at = cursor;
  while (at > 0 && text[at - 1] === " ") at -= 1;
  while (at > 0 && text[at - 1] !== " ") at -= 1;
  return at;
}

function wordEnd({ text, cursor }: Line): number {
  let at = cursor;
  while (at < text.length && text[at] === " ") at += 1;
  while (at < text.length && text[at] !== " ") at += 1;
  return at;
}

/** Control characters (typed behind Ctrl-V) as `^X`. */
function caretNotation(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\x00-\x1f\x7f]/g, (control) => `^${String.fromCharCode(control.charCodeAt(0) ^ 0x40)}`);
}
