/**
 * A terminal line: keys in, characters out, over one login. It joins line editor, pager, questions and work in time, and
 * knows neither sockets nor terminals nor timers; whoever has the stream feeds it, writes what it gives, and calls `tick`
 * at its deadline.
 */

import type { Activity, Question } from "../grammar/declaration.ts";
import type { Terminal } from "../modes/common/terminal.ts";
import { CTRL_Z } from "../modes/common/text-of-lines.ts";
import type { PagerStyle } from "../modes/dialect.ts";
import { KeyReader, RETURN } from "./keys.ts";
import { LineEditor } from "./line-editor.ts";
import { type LineTest, Pager } from "./pager.ts";

/** What a line came to. */
export interface Answer {
  readonly lines: readonly string[];
  readonly question?: Question | undefined;
  readonly activity?: Activity | undefined;
}

/** What a terminal line needs of a login. */
export interface Login {
  readonly terminal: Terminal;
  readonly pager: PagerStyle;
  /** The terminal has another size; what the user set stands. */
  resize(columns: number, rows: number): void;
  /** Tests lines for an expression typed while paging. */
  readonly lineTest: LineTest;
  /** The login ends when nothing was typed for so long; `undefined` = never. */
  readonly idleMillis: number | undefined;
  /** What is printed before the first prompt. */
  greeting(): readonly string[];
  /** The prompt as it stands now, without a line end. */
  prompt(): string;
  execute(line: string): Answer;
  answer(question: Question, text: string): Answer;
  /** Ctrl-C; `text` is the line that was dropped. */
  interrupt(text: string): Answer;
  /** What is typed is text, in which `?` and Tab are characters. */
  readonly collecting: boolean;
  /** Whether the prompt and what was being typed are printed again behind lines that came between. */
  reprintsBehind(lines: readonly string[]): boolean;
  /** What `?` prints for the text before the cursor. */
  help(before: string): readonly string[];
  /** The line after Tab, or `undefined` when nothing can be added. */
  complete(before: string): string | undefined;
  /** Leaves configuration (Ctrl-Z). */
  end(): Answer;
  /** Nothing was typed for too long. */
  expire(): void;
  /** True when the user has logged out. */
  readonly ended: boolean;
}

type Stage =
  | { readonly kind: "typing" }
  /** A command runs: what others say now comes after its output. */
  | { readonly kind: "running" }
  | { readonly kind: "asking"; readonly question: Question; readonly editor: LineEditor }
  | { readonly kind: "paging"; readonly pager: Pager; readonly after: Answer }
  | { readonly kind: "busy"; readonly activity: Activity };

const LINE_END = "\r\n";
const BELL = "\x07";
const INTERRUPT = "\x03";
/** Ctrl-Shift-6, which may be followed by an `x`. */
const BREAK = "\x1e";
/** Keys that may wait behind a command that goes on. */
const MOST_WAITING = 65_536;

const TYPING: Stage = { kind: "typing" };
const RUNNING: Stage = { kind: "running" };

export class Vty {
  readonly #login: Login;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #keyReader = new KeyReader();
  readonly #editor: LineEditor;
  #stage: Stage = TYPING;
  #waiting: string[] = [];
  #held: string[] = [];
  #column0 = true;
  #afterBreak = false;
  #lastKeyAt: number;
  #whenOver: (() => void) | undefined;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(login: Login, write: (text: string) => void, now: () => number) {
    this.#login = login;
    this.#write = write;
    this.#now = now;
    this.#lastKeyAt = now();
    this.#editor = new LineEditor({
      history: () => login.terminal.history,
      plain: () => login.collecting,
      editing: () => login.terminal.editing ?? true,
      room: () => (login.terminal.width === 0 ? 0 : login.terminal.width - login.prompt().length),
    });
  }

  /** Prints what the box says at the beginning, and the first prompt. */
  start(): void {
    this.#proceed({ lines: this.#login.greeting() });
  }

  feed(input: string | Uint8Array): void {
    this.#lastKeyAt = this.#now();
    if (this.#stage.kind === "busy" && this.#stage.activity.screen !== undefined) {
      this.#stage.activity.screen.feed(typeof input === "string" ? new TextEncoder().encode(input) : input);
      return;
    }
    for (const key of this.#keyReader.read(input)) {
      if (this.#stage.kind !== "busy" && this.#waiting.length === 0) this.#press(key);
      else if (this.#breaks(key)) this.#break(key);
      else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(key);
      else this.#write(BELL);
      if (this.#login.ended) return;
    }
  }

  /** The terminal has another size. */
  resize(columns: number, rows: number): void {
    this.#login.resize(columns, rows);
    if (this.#stage.kind === "busy") this.#stage.activity.screen?.resize(columns, rows);
  }

  /** When `tick` is to be called at the latest; `undefined` = there is no need. */
  get deadline(): number | undefined {
    const { idleMillis, ended } = this.#login;
    return idleMillis === undefined || ended ? undefined : this.#lastKeyAt + idleMillis;
  }

  /** Ends a login at which nothing was typed for too long. */
  tick(): void {
    if (this.#stage.kind === "busy") this.#lastKeyAt = this.#now();
    if (this.deadline === undefined || this.#now() < this.deadline) return;
    this.#write(LINE_END);
    this.#login.expire();
  }

  /** No more keys come: a line without its end runs, and `done` is called when nothing goes on any more. */
  finish(done: () => void): void {
    if (this.#stage.kind === "typing" && this.#editor.text !== "") this.feed(RETURN);
    // Nobody can answer or turn a page now.
    if (this.#stage.kind !== "busy") done();
    else this.#whenOver = done;
  }

  /** The stream is gone: nothing goes on behind it. */
  close(): void {
    const stage = this.#stage;
    this.#stage = RUNNING;
    if (stage.kind === "busy") stage.activity.stop();
  }

  /** Prints lines that did not come from a command (a log message) and, where the login wants it, what was being typed. */
  interject(lines: readonly string[]): void {
    const stage = this.#stage;
    switch (stage.kind) {
      case "running":
        this.#held.push(...lines);
        break;
      case "busy":
        if (stage.activity.screen !== undefined) break;
        if (!this.#column0) this.#write(LINE_END);
        this.#column0 = true;
        this.#print(lines);
        break;
      case "paging":
        this.#write(stage.pager.wipe);
        this.#print(lines);
        this.#write(stage.pager.mark);
        break;
      case "asking":
        this.#write(LINE_END);
        this.#print(lines);
        this.#write(stage.question.prompt + stage.editor.redraw());
        break;
      case "typing":
        this.#write(LINE_END);
        this.#print(lines);
        if (this.#login.reprintsBehind(lines)) this.#prompt();
        break;
    }
  }

  #press(key: string): void {
    const swallowed = this.#afterBreak && key === "x";
    this.#afterBreak = false;
    if (swallowed) return;
    const stage = this.#stage;
    switch (stage.kind) {
      case "typing":
        this.#type(key);
        break;
      case "asking":
        this.#reply(stage.question, stage.editor, key);
        break;
      case "paging":
        this.#write(stage.pager.press(key));
        if (stage.pager.done) this.#follow(stage.after);
        break;
      default:
        this.#waiting.push(key);
    }
  }

  #type(key: string): void {
    const { echo, event } = this.#editor.press(key);
    if (echo !== "") this.#write(echo);
    switch (event?.type) {
      case "line":
        this.#run(() => this.#login.execute(event.text));
        break;
      case "end":
        this.#run(() => {
          const ran = event.text.trim() === "" ? undefined : this.#login.execute(event.text);
          const left = this.#login.end();
          return { ...ran, lines: [...(ran?.lines ?? []), ...left.lines] };
        });
        break;
      case "interrupt":
        this.#run(() => this.#login.interrupt(event.text));
        break;
      case "hangup":
      case "redisplay":
        this.#prompt();
        break;
      case "help":
        this.#write(LINE_END);
        this.#proceed({ lines: this.#login.help(event.before) });
        break;
      case "complete":
        this.#complete(event.before);
        break;
      case undefined:
        break;
    }
  }

  #complete(before: string): void {
    const completed = this.#login.complete(before);
    if (completed === undefined) this.#write(BELL);
    else this.#editor.complete(completed);
    // Tabs that indent a paste print nothing.
    if (completed === undefined && before.trim() === "") return;
    this.#write(LINE_END);
    this.#prompt();
  }

  #reply(question: Question, editor: LineEditor, key: string): void {
    const begins = key.length === 1 && key > " " && key.toLowerCase() !== "y";
    if (question.presumed === true && (begins || editor.text !== "")) {
      this.#replyOrCommand(question, editor, key);
    } else if (question.echo === "confirm") {
      const agreed = key === RETURN || key.toLowerCase() === "y";
      const echo = key === INTERRUPT ? "^C" : key.length === 1 && key > " " ? key : "";
      this.#write(echo + LINE_END);
      if (key === INTERRUPT) this.#follow({ lines: [] });
      else this.#run(() => this.#login.answer(question, agreed ? "" : key));
    } else {
      this.#editReply(question, editor, key, (text) => this.#login.answer(question, text));
    }
  }

  /** `n` or `no` disagrees; any other line is the next command of a script, and agrees. */
  #replyOrCommand(question: Question, editor: LineEditor, key: string): void {
    this.#editReply(question, editor, key, (text) => {
      if (/^\s*no?\s*$/i.test(text)) return this.#login.answer(question, text);
      const { lines } = this.#login.answer(question, "");
      const next = this.#login.execute(text);
      return { ...next, lines: [...lines, ...next.lines] };
    });
  }

  #editReply(question: Question, editor: LineEditor, key: string, take: (text: string) => Answer): void {
    const { echo, event } = editor.press(key);
    if (echo !== "") this.#write(echo);
    const isWhole = event?.type === "line" || (event?.type === "end" && question.takesEnd === true);
    if (isWhole) this.#run(() => take(event.type === "end" ? event.text + CTRL_Z : event.text));
    else if (event?.type === "interrupt" || event?.type === "end") this.#follow({ lines: [] });
    else if (event?.type === "redisplay") this.#write(question.prompt + editor.redraw());
  }

  #run(command: () => Answer): void {
    this.#stage = RUNNING;
    this.#proceed(command());
  }

  #proceed(answer: Answer): void {
    const { terminal, pager: style, lineTest } = this.#login;
    const pager = new Pager(answer.lines, terminal, style, lineTest);
    this.#write(pager.start());
    if (pager.done) this.#follow(answer);
    else this.#stage = { kind: "paging", pager, after: answer };
  }

  /** After the output: the question, the work, or the prompt. */
  #follow({ question, activity }: Answer): void {
    this.#print(this.#held);
    this.#held = [];
    if (this.#login.ended) return;
    if (question !== undefined) {
      const editor = new LineEditor({ hidden: question.echo === "hidden", plain: () => true });
      this.#stage = { kind: "asking", question, editor };
      this.#write(question.prompt);
    } else if (activity !== undefined) {
      this.#begin(activity);
    } else {
      this.#stage = TYPING;
      this.#prompt();
    }
  }

  #begin(activity: Activity): void {
    const stage: Stage = { kind: "busy", activity };
    this.#stage = stage;
    this.#column0 = true;
    activity.start(
      (text) => {
        if (text === "" || this.#stage !== stage) return;
        this.#write(text.replace(/\r?\n/g, LINE_END));
        this.#column0 = text.endsWith("\n");
      },
      () => {
        if (this.#stage === stage) this.#over();
      },
    );
  }

  #breaks(key: string): boolean {
    return this.#stage.kind === "busy" && (key === INTERRUPT || key === BREAK);
  }

  #break(key: string): void {
    if (this.#stage.kind !== "busy") return;
    this.#stage.activity.stop();
    this.#waiting = [];
    this.#afterBreak = key === BREAK;
    this.#over();
  }

  /** The work is over: the prompt, and what was typed meanwhile. */
  #over(): void {
    if (!this.#column0) this.#write(LINE_END);
    this.#follow({ lines: [] });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [index, key] of waiting.entries()) {
      if (this.#login.ended) return;
      this.#press(key);
      if ((this.#stage as Stage).kind === "busy") {
        this.#waiting.push(...waiting.slice(index + 1));
        return;
      }
    }
    this.#whenOver?.();
  }

  #print(lines: readonly string[]): void {
    if (lines.length > 0) this.#write(lines.map((line) => line + LINE_END).join(""));
  }

  #prompt(): void {
    this.#write(this.#login.prompt() + this.#editor.redraw());
  }
}
