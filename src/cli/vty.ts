/**
 * A terminal line: keys in, characters out, over one login. It joins the line editor with a login and knows neither
 * sockets nor terminals; whoever has the stream feeds it and writes what it gives.
 */

import { LineEditor } from "./line-editor.ts";

/** What a terminal line needs of a login. */
export interface Login {
  /** The prompt as it stands now, without a line end. */
  prompt(): string;
  /** Runs a line; the lines of its output. */
  run(line: string): readonly string[];
  /** What `?` prints for the text before the cursor. */
  help(before: string): readonly string[];
  /** The line after Tab, or `undefined` when nothing can be added. */
  complete(before: string): string | undefined;
  /** Leaves configuration (Ctrl-Z). */
  end(): readonly string[];
  /** True when the user has logged out. */
  readonly ended: boolean;
}

const LINE_END = "\r\n";
const BELL = "\x07";

export class Vty {
  readonly #login: Login;
  readonly #write: (text: string) => void;
  readonly #editor = new LineEditor();

  constructor(login: Login, write: (text: string) => void) {
    this.#login = login;
    this.#write = write;
  }

  /** Prints the first prompt. */
  start(): void {
    this.#write(this.#login.prompt());
  }

  feed(input: string): void {
    let rest = input;
    do {
      const { echo, events } = this.#editor.feed(rest);
      rest = "";
      this.#write(echo);
      for (const event of events) {
        if (this.#login.ended) return;
        switch (event.type) {
          case "line":
            this.#answer(this.#login.run(event.text));
            break;
          case "end":
            if (event.text.trim() !== "") this.#print(this.#login.run(event.text));
            this.#answer(this.#login.end());
            break;
          case "interrupt":
          case "hangup":
            this.#answer([]);
            break;
          case "help":
            this.#write(LINE_END);
            this.#answer(this.#login.help(event.before));
            break;
          case "complete":
            this.#complete(event.before);
            break;
        }
      }
    } while (this.#editor.waiting && !this.#login.ended);
  }

  /** Prints lines that did not come from a command (a log message) and restores what was being typed. */
  interject(lines: readonly string[]): void {
    this.#write(LINE_END);
    this.#answer(lines);
  }

  #complete(before: string): void {
    const completed = this.#login.complete(before);
    if (completed === undefined) {
      this.#write(BELL);
      return;
    }
    this.#editor.replace(completed);
    this.#write(LINE_END);
    this.#answer([]);
  }

  #print(lines: readonly string[]): void {
    for (const line of lines) this.#write(line + LINE_END);
  }

  #answer(lines: readonly string[]): void {
    this.#print(lines);
    if (this.#login.ended) return;
    this.#write(this.#login.prompt() + this.#editor.text + this.#editor.cursorBack);
  }
}
