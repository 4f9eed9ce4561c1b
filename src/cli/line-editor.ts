/**
 * One line being typed on a byte-exact terminal line: keys go in, what to echo and what happened come out. It knows no
 * terminal, no prompt text and no command. Typed characters are echoed exactly as typed; nothing is coloured or drawn
 * ahead, because automation clients compare the echo with what they sent.
 *
 * Keys are those of the routers' own editor: the Emacs keys, arrows, `?`, Tab, Ctrl-C,
 * Ctrl-Z. CR, LF and CRLF all end a line.
 */

export type EditorEvent =
  | { readonly type: "line"; readonly text: string }
  /** `?` was typed; the text before the cursor is what help is wanted for. */
  | { readonly type: "help"; readonly before: string }
  | { readonly type: "complete"; readonly before: string }
  /** Ctrl-C: the line is abandoned. */
  | { readonly type: "interrupt" }
  /** Ctrl-Z: the typed line runs, then configuration ends. */
  | { readonly type: "end"; readonly text: string }
  /** Ctrl-D on an empty line. */
  | { readonly type: "hangup" };

export interface EditorStep {
  /** What to write to the terminal. */
  readonly echo: string;
  readonly events: readonly EditorEvent[];
}

const BELL = "\x07";
const HISTORY_SIZE = 20;

/** What each control sequence does. */
const KEYS: Readonly<Record<string, string>> = {
  "\x01": "home",
  "\x05": "lineEnd",
  "\x02": "left",
  "\x06": "right",
  "\x1b[D": "left",
  "\x1b[C": "right",
  "\x1bOD": "left",
  "\x1bOC": "right",
  "\x1b[H": "home",
  "\x1b[F": "lineEnd",
  "\x10": "older",
  "\x0e": "newer",
  "\x1b[A": "older",
  "\x1b[B": "newer",
  "\x1bOA": "older",
  "\x1bOB": "newer",
  "\x04": "delete",
  "\x1b[3~": "delete",
  "\x08": "backspace",
  "\x7f": "backspace",
  "\x0b": "killToEnd",
  "\x15": "killToStart",
  "\x18": "killToStart",
  "\x17": "killWord",
  "\x19": "yank",
  "\x14": "swap",
  "\x0c": "redisplay",
  "\x12": "redisplay",
  "\x1bb": "wordLeft",
  "\x1bf": "wordRight",
  "\x1bd": "deleteWord",
  "\x03": "interrupt",
  "\x1a": "end",
  "\t": "complete",
  "?": "help",
};

const SEQUENCES = Object.keys(KEYS).filter((key) => key.startsWith("\x1b"));

export class LineEditor {
  #text = "";
  #cursor = 0;
  #killed = "";
  #history: string[] = [];
  /** Where Ctrl-P has gone to; the length of the history = the line being typed. */
  #at = 0;
  #typed = "";
  /** The start of an escape sequence whose rest has not come yet. */
  #pending = "";
  #afterReturn = false;

  /** The line so far, to print again after something else was written. */
  get text(): string {
    return this.#text;
  }

  /** What moves the terminal's cursor back to where it stands in the line after `text` was printed. */
  get cursorBack(): string {
    return "\b".repeat(this.#text.length - this.#cursor);
  }

  get history(): readonly string[] {
    return this.#history;
  }

  /** Replaces the line (after Tab); the caller redraws. */
  replace(text: string): void {
    this.#text = text;
    this.#cursor = text.length;
  }

  /** Feeds what the terminal sent. The events are to be handled in order; a line event has emptied the line. */
  feed(input: string): EditorStep {
    let echo = "";
    const events: EditorEvent[] = [];
    let rest = this.#pending + input;
    this.#pending = "";
    while (rest.length > 0) {
      const key = this.#nextKey(rest);
      if (key === undefined) {
        this.#pending = rest;
        break;
      }
      rest = rest.slice(key.length);
      const step = this.#press(key);
      echo += step.echo;
      if (step.event !== undefined) {
        events.push(step.event);
        // The caller must answer a line before the next one is echoed, so that prompts stand in their places.
        if (rest.length > 0) {
          this.#pending = rest;
          return { echo, events };
        }
      }
    }
    return { echo, events };
  }

  /** True while input waits behind a line that had to be answered first: call `feed("")` again. */
  get waiting(): boolean {
    return this.#pending.length > 0 && !this.#pending.startsWith("\x1b");
  }

  #nextKey(rest: string): string | undefined {
    if (!rest.startsWith("\x1b")) return rest.slice(0, (rest.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
    const known = SEQUENCES.find((sequence) => rest.startsWith(sequence));
    if (known !== undefined) return known;
    if (SEQUENCES.some((sequence) => sequence.startsWith(rest))) return undefined;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence that no key is bound to
    return /^\x1b(\[[0-9;]*[A-Za-z~]|O.|.)?/s.exec(rest)?.[0] ?? "\x1b";
  }

  #press(key: string): { echo: string; event?: EditorEvent } {
    if (key === "\n" && this.#afterReturn) {
      this.#afterReturn = false;
      return { echo: "" };
    }
    this.#afterReturn = key === "\r";
    if (key === "\r" || key === "\n") return { echo: "\r\n", event: { type: "line", text: this.#take() } };
    const action = KEYS[key];
    if (action !== undefined) return this.#act(action);
    if (key < " " || key.startsWith("\x1b")) return { echo: "" };
    return { echo: this.#insert(key) };
  }

  #act(action: string): { echo: string; event?: EditorEvent } {
    switch (action) {
      case "home":
        return { echo: this.#moveTo(0) };
      case "lineEnd":
        return { echo: this.#moveTo(this.#text.length) };
      case "left":
        return { echo: this.#moveTo(this.#cursor - 1) };
      case "right":
        return { echo: this.#moveTo(this.#cursor + 1) };
      case "wordLeft":
        return { echo: this.#moveTo(this.#wordStart()) };
      case "wordRight":
        return { echo: this.#moveTo(this.#wordEnd()) };
      case "older":
        return { echo: this.#recall(this.#at - 1) };
      case "newer":
        return { echo: this.#recall(this.#at + 1) };
      case "delete":
        if (this.#text === "") return { echo: "", event: { type: "hangup" } };
        return { echo: this.#remove(this.#cursor, this.#cursor + 1) };
      case "backspace":
        return { echo: this.#cursor === 0 ? BELL : this.#remove(this.#cursor - 1, this.#cursor) };
      case "killToEnd":
        return { echo: this.#kill(this.#cursor, this.#text.length) };
      case "killToStart":
        return { echo: this.#kill(0, this.#cursor) };
      case "killWord":
        return { echo: this.#kill(this.#wordStart(), this.#cursor) };
      case "deleteWord":
        return { echo: this.#kill(this.#cursor, this.#wordEnd()) };
      case "yank":
        return { echo: this.#insert(this.#killed) };
      case "swap":
        return { echo: this.#swap() };
      case "redisplay":
        return { echo: `\r\n${this.#text}${this.cursorBack}` };
      case "interrupt":
        this.#take();
        return { echo: "^C\r\n", event: { type: "interrupt" } };
      case "end":
        return { echo: "^Z\r\n", event: { type: "end", text: this.#take() } };
      case "help":
        return { echo: "", event: { type: "help", before: this.#text.slice(0, this.#cursor) } };
      default:
        return { echo: "", event: { type: "complete", before: this.#text.slice(0, this.#cursor) } };
    }
  }

  #insert(text: string): string {
    const tail = this.#text.slice(this.#cursor);
    this.#text = this.#text.slice(0, this.#cursor) + text + tail;
    this.#cursor += text.length;
    return text + tail + "\b".repeat(tail.length);
  }

  #remove(from: number, to: number): string {
    const end = Math.min(to, this.#text.length);
    if (from >= end) return BELL;
    const tail = this.#text.slice(end);
    const back = "\b".repeat(this.#cursor - from);
    const count = end - from;
    this.#text = this.#text.slice(0, from) + tail;
    this.#cursor = from;
    return `${back}${tail}${" ".repeat(count)}${"\b".repeat(tail.length + count)}`;
  }

  #kill(from: number, to: number): string {
    if (from >= to) return "";
    this.#killed = this.#text.slice(from, to);
    return this.#remove(from, to);
  }

  #swap(): string {
    if (this.#cursor < 2) return BELL;
    const [a = "", b = ""] = this.#text.slice(this.#cursor - 2, this.#cursor);
    this.#text = this.#text.slice(0, this.#cursor - 2) + b + a + this.#text.slice(this.#cursor);
    return `\b\b${b}${a}`;
  }

  #moveTo(target: number): string {
    const at = Math.max(0, Math.min(this.#text.length, target));
    const echo = at < this.#cursor ? "\b".repeat(this.#cursor - at) : this.#text.slice(this.#cursor, at);
    this.#cursor = at;
    return echo;
  }

  #recall(at: number): string {
    if (at < 0 || at > this.#history.length) return BELL;
    if (this.#at === this.#history.length) this.#typed = this.#text;
    this.#at = at;
    const clear = this.#moveTo(0) + this.#remove(0, this.#text.length).replaceAll(BELL, "");
    return clear + this.#insert(this.#history[at] ?? this.#typed);
  }

  #wordStart(): number {
    return this.#text.slice(0, this.#cursor).replace(/\S+\s*$/, "").length;
  }

  #wordEnd(): number {
    return this.#cursor + (/^\s*\S*/.exec(this.#text.slice(this.#cursor))?.[0].length ?? 0);
  }

  #take(): string {
    const text = this.#text;
    this.#text = "";
    this.#cursor = 0;
    if (text.trim() !== "" && this.#history.at(-1) !== text) {
      this.#history = [...this.#history, text].slice(-HISTORY_SIZE);
    }
    this.#at = this.#history.length;
    this.#typed = "";
    return text;
  }
}
