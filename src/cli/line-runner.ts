/**
 * Lines of a pipe or a script, run one after the other over one login. The line behind a command that asks is its answer,
 * and where no more lines come the answer is the empty one; a command that goes on holds the next line back until it is over.
 */

import type { Activity, Question } from "../grammar/declaration.ts";
import type { LineResult } from "../modes/shell/line-result.ts";

/** What running lines needs of a login. */
export interface LineLogin {
  execute(line: string): LineResult;
  answer(question: Question, text: string): LineResult;
  readonly ended: boolean;
}

export interface LineListener {
  /** Text as it comes, line ends included; `ok` tells of what kind of command. */
  say(text: string, ok: boolean): void;
  /** A line is done with all that it asked and did; `model` is what it said, as a value. */
  done(ok: boolean, model?: unknown): void;
  /** The line asked something: the next line is its answer. */
  asks?(): void;
  /** The last line is done and no more come, or the login is over. */
  finished(): void;
}

export class LineRunner {
  readonly #login: LineLogin;
  readonly #listener: LineListener;
  #lines: (string | undefined)[] = [];
  #closed = false;
  #finished = false;
  #question: Question | undefined;
  /** Answers in a row that nobody gave. */
  #unanswered = 0;
  #activity: Activity | undefined;
  #running = false;

  constructor(login: LineLogin, listener: LineListener) {
    this.#login = login;
    this.#listener = listener;
  }

  /** A command goes on: what is submitted now waits for its end. */
  get isBusy(): boolean {
    return this.#activity !== undefined;
  }

  /** `undefined` = nobody answers what was asked. */
  submit(line: string | undefined): void {
    this.#lines.push(line);
    this.#drain();
  }

  /** No more lines come. */
  close(): void {
    this.#closed = true;
    this.#drain();
  }

  #drain(): void {
    // A line's own work may end inside the call that began it: whoever drains already goes on with it.
    if (this.#running) return;
    this.#running = true;
    let more = true;
    while (more && !this.#finished && this.#activity === undefined) more = this.#step();
    this.#running = false;
  }

  /** False = there is nothing to do now. */
  #step(): boolean {
    const question = this.#question;
    if (this.#lines.length === 0 && !this.#closed && !this.#login.ended) return false;
    const line = this.#login.ended ? undefined : this.#lines.shift();
    this.#question = undefined;
    if (question !== undefined) this.#reply(question, line);
    else if (line !== undefined) this.#take(this.#login.execute(line));
    else if (this.#login.ended || (this.#closed && this.#lines.length === 0)) {
      this.#finished = true;
      this.#listener.finished();
    }
    return true;
  }

  /** What asks again and again is dropped when nobody answers. */
  #reply(question: Question, line: string | undefined): void {
    this.#unanswered = line === undefined ? this.#unanswered + 1 : 0;
    if (this.#unanswered <= MOST_UNANSWERED) this.#take(this.#login.answer(question, answerTo(question, line ?? "")));
    else {
      this.#listener.say("% Nobody answers: the command was dropped\n", false);
      this.#listener.done(false);
    }
  }

  #take({ lines, ok, question, activity, model }: LineResult): void {
    if (lines.length > 0) this.#listener.say(`${lines.join("\n")}\n`, ok);
    this.#question = question;
    if (activity !== undefined) this.#begin(activity);
    else if (question === undefined) this.#listener.done(ok, model);
    else {
      this.#listener.say(`${question.prompt}\n`, ok);
      this.#listener.asks?.();
    }
  }

  #begin(activity: Activity): void {
    this.#activity = activity;
    let atStart = true;
    activity.start(
      (text) => {
        if (text !== "") atStart = text.endsWith("\n");
        this.#listener.say(text, true);
      },
      ({ ok }) => {
        if (!atStart) this.#listener.say("\n", true);
        this.#activity = undefined;
        this.#listener.done(ok);
        this.#drain();
      },
    );
  }
}

/** Questions that are asked again are asked so often when no answer is left. */
export const MOST_UNANSWERED = 20;

/** A terminal agrees with one key, a script with a word. */
export function answerTo({ echo }: Question, line: string): string {
  return echo === "confirm" && /^\s*(y|yes)\s*$/i.test(line) ? "" : line;
}
