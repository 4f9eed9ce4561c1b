/** What a console that draws needs of a login, beside what a terminal line needs. */

import type { Question } from "../../grammar/declaration.ts";
import type { HelpRow } from "../../grammar/help.ts";
import type { Explanation } from "../../grammar/mode-grammar.ts";
import type { Answer, Login } from "../vty.ts";

export interface ConsoleLogin extends Omit<Login, "pager" | "lineTest"> {
  execute(line: string): ConsoleAnswer;
  answer(question: Question, text: string): ConsoleAnswer;
  readonly configuring: boolean;
  /** The lines that come now are a paste, however soon they come. */
  beginPaste(): void;
  options(before: string): readonly HelpRow[];
  explain(line: string): Explanation;
}

export interface ConsoleAnswer extends Answer {
  readonly ok: boolean;
}
