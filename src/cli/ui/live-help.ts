/** What may follow the cursor while a line is typed, and what is wrong with it; worked out once for each text. */

import type { HelpRow } from "../../grammar/help.ts";
import type { Cycle } from "./completion.ts";
import type { ConsoleLogin } from "./console-login.ts";

/** What is wrong with the line as it is typed. */
export interface LineFault {
  readonly at: number;
  readonly expected: readonly string[];
}

export interface LiveHelp {
  readonly rows: readonly HelpRow[];
  readonly chosen: string | undefined;
  readonly fault: LineFault | undefined;
}

export const NO_HELP: LiveHelp = { rows: [], chosen: undefined, fault: undefined };

export class LiveHelper {
  #last: { readonly key: string; readonly help: LiveHelp } | undefined;

  /** `cycle`: what Tab goes through now, which is then all that is offered. */
  helpFor(login: ConsoleLogin, text: string, cursor: number, cycle: Cycle | undefined): LiveHelp {
    const before = cycle?.head ?? text.slice(0, cursor);
    const key = `${login.prompt()}\n${before}\n${text}`;
    if (this.#last?.key !== key) this.#last = { key, help: helpFor(login, before, text) };
    const { help } = this.#last;
    if (cycle === undefined) return help;
    const { words, chosen } = cycle;
    return { rows: help.rows.filter(({ word }) => words.includes(word)), chosen: words[chosen], fault: undefined };
  }
}

function helpFor(login: ConsoleLogin, before: string, text: string): LiveHelp {
  if (/^\s*(!|$)/.test(text)) return NO_HELP;
  const rows = login.options(before);
  if (rows.length > 0) return { rows, chosen: undefined, fault: undefined };
  const { at, expected } = login.explain(text);
  // Of a word that goes wrong in its middle, those count that begin as it does.
  const begun = text.slice(text.lastIndexOf(" ", at - 1) + 1, at).toLowerCase();
  const near = expected.filter((word) => word.startsWith(begun));
  return { rows, chosen: undefined, fault: { at, expected: near.length === 0 ? expected : near } };
}
