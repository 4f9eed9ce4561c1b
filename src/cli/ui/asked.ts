/** A question of the router and its answer as it is typed: a line, a line that nobody sees, or one key. */

import type { Question } from "../../grammar/declaration.ts";
import { CTRL_Z } from "../../modes/common/text-of-lines.ts";
import { RETURN } from "../keys.ts";
import { LineEditor } from "../line-editor.ts";

const INTERRUPT = "\x03";

/** What a key came to: `said` is shown behind the question; without an `answer` the question is dropped. */
export interface Replied {
  readonly said: string;
  readonly answer: string | undefined;
}

export class Asked {
  readonly question: Question;
  readonly #editor: LineEditor;

  constructor(question: Question) {
    this.question = question;
    this.#editor = new LineEditor({ hidden: question.echo === "hidden", plain: () => true });
  }

  /** What is seen of the answer. */
  get typed(): { readonly text: string; readonly cursor: number } {
    const { text, cursor } = this.#editor;
    return this.question.echo === "plain" ? { text, cursor } : { text: "", cursor: 0 };
  }

  /** `undefined` = it is not answered yet. */
  press(key: string): Replied | undefined {
    if (this.question.echo === "confirm") {
      if (key === INTERRUPT) return { said: "^C", answer: undefined };
      const agrees = key === RETURN || key.toLowerCase() === "y";
      return { said: key.length === 1 && key > " " ? key : "", answer: agrees ? "" : key };
    }
    const { event } = this.#editor.press(key);
    if (event?.type === "end" && this.question.takesEnd === true) {
      return { said: `${event.text}^Z`, answer: event.text + CTRL_Z };
    }
    if (event?.type === "line") return { said: this.shown(event.text), answer: event.text };
    return event?.type === "interrupt" || event?.type === "end" ? { said: "^C", answer: undefined } : undefined;
  }

  /** An answer as it may be seen. */
  shown(text: string): string {
    return this.question.echo === "hidden" ? "" : text;
  }

  /** The answer that a line of a paste gives. */
  answerOf(line: string): string {
    return this.question.echo === "confirm" && /^\s*(y|yes)\s*$/i.test(line) ? "" : line;
  }
}
