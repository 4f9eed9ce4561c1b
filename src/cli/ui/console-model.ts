/**
 * A console that draws: one login with a scrollback, a line being typed, what may come next, and a paste that runs in slices. Keys go
 * in, and what is to be drawn is read from it; it knows no terminal and no timer. Whoever has them calls `feed`, `step` while
 * `hasWork`, and `tick` once in a while.
 */

import type { Activity, Question } from "../../grammar/declaration.ts";
import { checkedFile } from "../../modes/shell/checked-file.ts";
import { reportText } from "../../modes/shell/report-text.ts";
import { RETURN } from "../keys.ts";
import { Asked } from "./asked.ts";
import { type EntryKind, outputKind } from "./colouring.ts";
import { CompletingLine } from "./completing-line.ts";
import type { ConsoleAnswer, ConsoleLogin } from "./console-login.ts";
import { type LiveHelp, NO_HELP } from "./live-help.ts";
import { isListing, listedText, Paste, placeQuestion } from "./paste-job.ts";
import { ScrollView } from "./scroll-view.ts";
import { Scrollback } from "./scrollback.ts";
import { TypedInput } from "./typed-input.ts";

type Stage =
  | { readonly kind: "typing" }
  | { readonly kind: "asking"; readonly asked: Asked }
  | { readonly kind: "busy"; readonly activity: Activity }
  /** The login was ended, and not by its user: Return begins another one. */
  | { readonly kind: "away" };

const TYPING: Stage = { kind: "typing" };
const INTERRUPT = "\x03";
const BREAK = "\x1e";
const SEARCH = "\x12";
const ESCAPE = "\x1b";

export class ConsoleModel {
  readonly scrollback = new Scrollback();
  readonly view: ScrollView;
  readonly #open: () => ConsoleLogin;
  readonly #now: () => number;
  readonly #changed: () => void;
  readonly #keys = new TypedInput();
  readonly #line = new CompletingLine(() => this.#login);
  #login: ConsoleLogin;
  #stage: Stage = TYPING;
  #paste: Paste | undefined;
  #waiting: string[] = [];
  #lastKeyAt: number;

  /** `open` begins a login; `now`: milliseconds of a clock that never goes back; `changed`: there is something new to draw. */
  constructor(open: () => ConsoleLogin, now: () => number, changed: () => void) {
    this.#open = open;
    this.#now = now;
    this.#changed = changed;
    this.#lastKeyAt = now();
    this.#login = open();
    this.view = new ScrollView(this.scrollback);
    this.#print(this.#login.greeting(), "output");
  }

  /** The user has logged out. */
  get isOver(): boolean {
    return this.#stage.kind !== "away" && this.#login.ended;
  }

  /** Work that has the whole screen. */
  get screen(): Activity["screen"] {
    return this.#stage.kind === "busy" ? this.#stage.activity.screen : undefined;
  }

  /** A paste goes on: `step` is to be called. */
  get hasWork(): boolean {
    return this.#paste !== undefined && this.#stage.kind !== "busy" && this.#stage.kind !== "away";
  }

  get progress(): { readonly done: number; readonly all: number } | undefined {
    return this.#paste;
  }

  /** What is typed now and what stands before it; `undefined` = nothing can be typed. */
  get input(): { readonly prompt: string; readonly text: string; readonly cursor: number } | undefined {
    const stage = this.#stage;
    if (stage.kind === "busy" || stage.kind === "away") return undefined;
    if (stage.kind === "typing") {
      return { prompt: this.#login.prompt(), text: this.#line.text, cursor: this.#line.cursor };
    }
    return { prompt: stage.asked.question.prompt, ...stage.asked.typed };
  }

  /** How the answer to a question is typed; `undefined` = there is none. */
  get asks(): Question["echo"] | undefined {
    return this.#stage.kind === "asking" ? this.#stage.asked.question.echo : undefined;
  }

  get isBusy(): boolean {
    return this.#stage.kind === "busy";
  }

  get help(): LiveHelp {
    if (this.#stage.kind !== "typing" || this.#paste !== undefined || this.#login.collecting) return NO_HELP;
    return this.#line.help;
  }

  feed(input: string | Uint8Array): void {
    this.#lastKeyAt = this.#now();
    const { screen } = this;
    if (screen !== undefined) {
      screen.feed(typeof input === "string" ? new TextEncoder().encode(input) : input);
      return;
    }
    const isEscape = input.length === 1 && (input[0] === ESCAPE || input[0] === 0x1b);
    if (isEscape && (this.view.isScrolled || this.#line.isCycling)) {
      this.view.leave();
      this.#line.leaveCycle();
    } else {
      const mayBePasted = this.#stage.kind === "typing" && !this.view.isSearching;
      for (const typed of this.#keys.read(input, { mayBePasted, pasting: this.#paste !== undefined })) {
        if ("pasted" in typed) this.#pasted(typed.pasted);
        else if (!this.#move(typed.key)) this.#press(typed.key);
      }
    }
    this.#changed();
  }

  /** Keys that move in what was shown; false = the key is for somebody else. */
  #move(key: string): boolean {
    if (key === SEARCH) {
      this.view.search();
      return true;
    }
    return this.view.press(key);
  }

  #press(key: string): void {
    if (this.#paste !== undefined && key === INTERRUPT) {
      this.#dropPaste();
      if (this.#stage.kind !== "busy") return;
    }
    switch (this.#stage.kind) {
      case "typing":
        if (this.#paste === undefined) this.#type(key);
        else this.#paste.append(key);
        break;
      case "asking":
        this.#reply(this.#stage.asked, key);
        break;
      case "busy":
        if (key === INTERRUPT || key === BREAK) this.#break(this.#stage.activity);
        else this.#waiting.push(key);
        break;
      case "away":
        if (key === RETURN) this.#begin();
        break;
    }
  }

  #type(key: string): void {
    const event = this.#line.press(key);
    switch (event?.type) {
      case "line":
        this.#execute(event.text);
        break;
      case "end":
        this.#typed(`${event.text}^Z`);
        if (event.text.trim() !== "") this.#take(this.#login.execute(event.text), "output");
        this.#print(this.#login.end().lines, "output");
        break;
      case "interrupt":
        this.#typed(`${event.text}^C`);
        this.#print(this.#login.interrupt(event.text).lines, "output");
        break;
      case "help":
        this.#typed(`${event.before}?`);
        this.#print(this.#login.help(event.before), "output");
        break;
      default:
        break;
    }
  }

  #typed(text: string): void {
    this.scrollback.add({ kind: "typed", prompt: this.#login.prompt(), text });
  }

  #execute(line: string): void {
    this.#typed(line);
    this.#take(this.#login.execute(line), outputKind(line));
  }

  #reply(asked: Asked, key: string): void {
    const replied = asked.press(key);
    if (replied === undefined) return;
    this.scrollback.add({ kind: "typed", prompt: asked.question.prompt, text: replied.said });
    if (replied.answer === undefined) this.#stage = TYPING;
    else this.#take(this.#login.answer(asked.question, replied.answer), "output");
  }

  #take({ lines, ok, question, activity }: ConsoleAnswer, kind: EntryKind): void {
    this.#stage = TYPING;
    this.#print(lines, ok ? kind : "refused");
    if (this.#login.ended) return;
    if (question !== undefined) this.#ask(question);
    else if (activity !== undefined) this.#work(activity);
  }

  #work(activity: Activity): void {
    const stage: Stage = { kind: "busy", activity };
    this.#stage = stage;
    // Work that has the screen is begun by whoever has the terminal.
    if (activity.screen !== undefined) return;
    activity.start(
      (text) => {
        if (this.#stage !== stage) return;
        this.scrollback.say(text);
        this.#changed();
      },
      () => {
        if (this.#stage === stage) this.#afterWork();
      },
    );
  }

  /** Begins the work that has the screen: what it draws goes to `draw`; `left` is called when it is over. */
  enterScreen(draw: (text: string) => void, left: () => void): void {
    const stage = this.#stage;
    if (stage.kind !== "busy" || stage.activity.screen === undefined) return;
    stage.activity.start(draw, () => {
      if (this.#stage === stage) this.#afterWork();
      left();
    });
  }

  #break(activity: Activity): void {
    activity.stop();
    this.#waiting = [];
    this.#afterWork();
  }

  #afterWork(): void {
    this.#stage = TYPING;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const key of waiting) this.#press(key);
    this.#changed();
  }

  // --- pasting ---

  #pasted(text: string): void {
    const lines = text.replace(/\r\n?|\n/g, RETURN);
    if (this.#paste !== undefined) this.#paste.append(lines);
    else if (this.#stage.kind !== "typing") for (const key of lines) this.#press(key);
    else if (lines.includes(RETURN)) {
      this.view.leave();
      const whole = this.#line.take() + lines;
      if (!this.#login.configuring && isListing(whole)) this.#offer(whole);
      else this.#beginPaste(whole, false);
    } else this.#line.insert(lines);
  }

  #beginPaste(text: string, listing: boolean): void {
    this.#login.beginPaste();
    this.#paste = new Paste(text, { isConfiguration: this.#login.configuring, isListing: listing });
  }

  #offer(text: string): void {
    const begin = (enters: boolean): void => {
      if (enters) this.#execute("configure terminal");
      this.#beginPaste(text, enters);
    };
    this.#ask(placeQuestion(text, begin));
  }

  #ask(question: Question): void {
    this.#stage = { kind: "asking", asked: new Asked(question) };
  }

  /** Runs lines of the paste until `isLate`. */
  step(isLate: () => boolean): void {
    while (this.hasWork && !this.isOver) {
      const paste = this.#paste;
      if (paste === undefined) break;
      const line = paste.next();
      if (line === undefined) {
        this.#finishPaste(paste);
        break;
      }
      const stage = this.#stage;
      if (stage.kind === "asking") this.#answerPasted(stage.asked, line);
      else if (paste.isListing && !this.#login.collecting) this.#executeListed(line);
      else this.#execute(line);
      paste.sawConfiguration(this.#login.configuring);
      if (isLate()) break;
    }
    this.#changed();
  }

  /** What is nothing to run is shown; the report counts it as a line that says nothing. */
  #executeListed(line: string): void {
    const text = listedText(line);
    if (text !== undefined) {
      this.#execute(text);
      return;
    }
    this.#print([line], "notice");
    this.#login.execute("!");
  }

  #answerPasted(asked: Asked, line: string): void {
    if (asked.question.presumed === true) {
      this.scrollback.add({ kind: "typed", prompt: asked.question.prompt, text: "" });
      this.#take(this.#login.answer(asked.question, ""), "output");
      this.#execute(line);
      return;
    }
    this.scrollback.add({ kind: "typed", prompt: asked.question.prompt, text: asked.shown(line) });
    this.#take(this.#login.answer(asked.question, asked.answerOf(line)), "output");
  }

  #finishPaste(paste: Paste): void {
    this.#paste = undefined;
    this.#line.insert(paste.rest);
    const examination = paste.isConfiguration && paste.done > 1 ? this.#login.terminal.pasted?.() : undefined;
    if (examination !== undefined)
      this.#print(reportText(checkedFile("paste", examination), { inert: false }), "report");
  }

  #dropPaste(): void {
    const left = (this.#paste?.all ?? 0) - (this.#paste?.done ?? 0);
    this.#paste = undefined;
    this.#print([`% Paste broken off: ${left} lines were not run`], "refused");
  }

  // --- what comes from elsewhere ---

  /** Lines that did not come from a command. */
  interject(lines: readonly string[], kind: EntryKind = "log"): void {
    if (lines.length === 0) return;
    this.#print(lines, kind);
    this.#changed();
  }

  resize(columns: number, rows: number): void {
    this.#login.resize(columns, rows);
    this.screen?.resize(columns, rows);
    this.#changed();
  }

  /** Ends a login at which nothing was typed for too long. */
  tick(): void {
    const { idleMillis, ended } = this.#login;
    if (this.#stage.kind === "busy") this.#lastKeyAt = this.#now();
    if (idleMillis !== undefined && !ended && this.#now() >= this.#lastKeyAt + idleMillis) this.#login.expire();
  }

  /** The login was ended by somebody else; `lines` tell so. */
  loggedOff(lines: readonly string[]): void {
    if (this.#stage.kind === "busy") this.#stage.activity.stop();
    this.#stage = { kind: "away" };
    this.#paste = undefined;
    this.interject(lines, "notice");
  }

  /** The terminal is gone: nothing goes on behind it. */
  close(): void {
    this.#paste = undefined;
    if (this.#stage.kind === "busy") this.#stage.activity.stop();
  }

  #begin(): void {
    this.#login = this.#open();
    this.#stage = TYPING;
    this.#print(this.#login.greeting(), "output");
  }

  #print(lines: readonly string[], kind: EntryKind): void {
    for (const text of lines) this.scrollback.add({ kind, text });
  }
}
