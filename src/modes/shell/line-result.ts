/** What came of one line that was typed: what is printed, and what the terminal and the gateway are to do next. */

import type { Activity, Question } from "../../grammar/declaration.ts";
import type { ReadError } from "../../grammar/resolver.ts";
import type { StoredLine } from "../tree/stored-line.ts";

export interface LineResult {
  readonly lines: readonly string[];
  /** False = the line was refused or could not do its work. */
  readonly ok: boolean;
  /** The configuration is not what it was. */
  readonly changed: boolean;
  /** The session is over. */
  readonly loggedOut: boolean;
  /** Log output was switched for this session. */
  readonly monitor: boolean | undefined;
  /** The line was kept but does nothing here, and why. */
  readonly inert: string | undefined;
  readonly error: ReadError | undefined;
  /** The command is known and cannot be had here, and why. */
  readonly unsupported?: string;
  /** The line of the configuration that now says this. */
  readonly stored?: StoredLine;
  /** The line was one of configuration, and was taken. */
  readonly configured?: true;
  /** The command waits for an answer: hand it to `answer`. */
  readonly question: Question | undefined;
  /** The command goes on: the line is busy until it is over. */
  readonly activity: Activity | undefined;
  /** What the lines say, as a value; absent = the command has none, or the lines were filtered. */
  readonly model?: unknown;
}

/** Nothing was printed, nothing changed. */
export const QUIET: LineResult = {
  lines: [],
  ok: true,
  changed: false,
  loggedOut: false,
  monitor: undefined,
  inert: undefined,
  error: undefined,
  question: undefined,
  activity: undefined,
};

export function unsupportedResult(reason: string): LineResult {
  return { ...QUIET, lines: [`% ${reason}`], ok: false, unsupported: reason };
}
