/**
 * The line being typed at the prompt of a console that draws, with what may come next: Tab finishes a word or goes through
 * the words that fit, and the help beside it follows every key. What a finished line does is not its matter.
 */

import { type EditorEvent, LineEditor } from "../line-editor.ts";
import { beginCycle, type Completed, type Cycle, turn } from "./completion.ts";
import type { ConsoleLogin } from "./console-login.ts";
import { type LiveHelp, LiveHelper } from "./live-help.ts";

const TAB = "\t";
const BACK_TAB = "\x1b[Z";

export class CompletingLine {
  readonly #login: () => ConsoleLogin;
  readonly #editor: LineEditor;
  readonly #helper = new LiveHelper();
  #cycle: Cycle | undefined;

  /** `login` is asked at every key: another one may have begun. */
  constructor(login: () => ConsoleLogin) {
    this.#login = login;
    this.#editor = new LineEditor({
      history: () => login().terminal.history,
      plain: () => login().collecting,
      editing: () => login().terminal.editing ?? true,
    });
  }

  get text(): string {
    return this.#editor.text;
  }

  get cursor(): number {
    return this.#editor.cursor;
  }

  get help(): LiveHelp {
    return this.#helper.helpFor(this.#login(), this.text, this.cursor, this.#cycle);
  }

  /** Tab is going through the words that fit. */
  get isCycling(): boolean {
    return this.#cycle !== undefined;
  }

  /** The word that stands there stays. */
  leaveCycle(): void {
    this.#cycle = undefined;
  }

  /** What has come of the key, beside a changed line. */
  press(key: string): EditorEvent | undefined {
    if ((key === TAB || key === BACK_TAB) && !this.#login().collecting) {
      this.#complete(key === TAB ? 1 : -1);
      return undefined;
    }
    this.leaveCycle();
    return this.#editor.press(key).event;
  }

  /** Puts text at the cursor, none of its characters being a key. */
  insert(text: string): void {
    this.#editor.insert(text);
  }

  /** What was typed so far; the line is empty from then on. */
  take(): string {
    const { text } = this.#editor;
    this.leaveCycle();
    this.#editor.replace("");
    return text;
  }

  #complete(by: 1 | -1): void {
    const before = this.text.slice(0, this.cursor);
    const rest = this.text.slice(this.cursor);
    const login = this.#login();
    const completed: Completed | undefined =
      this.#cycle === undefined
        ? beginCycle(before, login.options(before), login.complete(before))
        : turn(this.#cycle, by);
    if (completed === undefined) return;
    this.#editor.replace(completed.text + rest.trimStart());
    this.#cycle = completed.cycle;
  }
}
