/**
 * What became of each line of a configuration: of one that was pasted at a console, loaded at the start, or only looked at.
 * One report serves `lnsh check`, `lnsh run` and `show paste report`.
 */

import type { Explanation } from "../../grammar/mode-grammar.ts";
import type { StoredLine } from "../tree/stored-line.ts";
import type { LineResult } from "./line-result.ts";
import { otherSystemOf } from "./other-systems.ts";

/** `unknown`: no such command. `wrong`: a command, but not so. `unsupported`: a command that cannot be had here. */
export type Refusal = "unsupported" | "unknown" | "wrong";
export type LineState = "active" | "inert" | Refusal;

/** Why a line was not taken. */
export interface Fault {
  readonly state: Refusal;
  /** The offset in the line's text of the first character that nothing can be made of. */
  readonly at: number;
  readonly reason: string;
  /** Words and placeholders that could stand there; empty where too many could. */
  readonly expected: readonly string[];
  /** The command that the line comes nearest to, as far as one is near. */
  readonly nearest: string | undefined;
}

export type LineOutcome =
  /** It acts; a command that shows or does something is understood and not run from a listing. */
  | { readonly kind: "applied" }
  /** A comment, an empty line, or what the box said around the configuration. */
  | { readonly kind: "skipped" }
  /** Kept and printed back; does nothing here. */
  | { readonly kind: "inert"; readonly reason: string }
  | { readonly kind: "refused"; readonly lines: readonly string[]; readonly fault: Fault };

export interface ReportedLine {
  /** Counted from 1. */
  readonly number: number;
  /** What was run, without the copied prompt. */
  readonly text: string;
  /** Where `text` begins in the line of the file. */
  readonly offset: number;
  /** The prompt at which it was run. */
  readonly prompt: string;
  readonly outcome: LineOutcome;
  /** The line of the configuration that it made. */
  readonly stored?: StoredLine;
}

const STATES: Readonly<Record<Exclude<LineOutcome["kind"], "refused" | "skipped">, LineState>> = {
  applied: "active",
  inert: "inert",
};

/** `undefined` for a line that says nothing. */
export function stateOf({ outcome }: ReportedLine): LineState | undefined {
  if (outcome.kind === "skipped") return undefined;
  return outcome.kind === "refused" ? outcome.fault.state : STATES[outcome.kind];
}

export type Counts = Readonly<Record<LineState | "skipped", number>>;

export function countStates(lines: readonly ReportedLine[]): Counts {
  const counts = { active: 0, inert: 0, unsupported: 0, unknown: 0, wrong: 0, skipped: 0 };
  for (const line of lines) counts[stateOf(line) ?? "skipped"] += 1;
  return counts;
}

/** The share of lines that were taken, in per cent; of nothing, all. */
export function coverage(counts: Counts): number {
  const taken = counts.active + counts.inert;
  const all = taken + counts.unsupported + counts.unknown + counts.wrong;
  return all === 0 ? 100 : Math.floor((taken * 1000) / all) / 10;
}

const MOST_EXPECTED = 16;
const NUMBER = /^\d+$/;
/** The placeholder of what only the router can read that printed it. */
const MASKED = "MASKED";

/** What was wrong with a line that a shell refused; `explain` is asked only where the words themselves were at fault. */
export function faultOf(text: string, result: LineResult, explain: () => Explanation): Fault {
  const start = text.length - text.trimStart().length;
  const plain = { at: start, expected: [], nearest: undefined };
  if (result.unsupported !== undefined) return { ...plain, state: "unsupported", reason: result.unsupported };
  if (result.error === undefined) {
    const said = result.lines.find((line) => line.trim() !== "") ?? "it cannot be done here";
    return { ...plain, state: "wrong", reason: said.replace(/^%\s*/, "").replace(/\.$/, "") };
  }
  const other = otherSystemOf(text);
  const explanation = explain();
  const { nearest, expected } = explanation;
  const word = /^\S*/.exec(text.slice(wordStart(text, result.error.at)))?.[0] ?? "";
  // `group 99`, where a few numbers are words of the command.
  const wrong = explanation.wrong || (NUMBER.test(word) && expected.some((one) => NUMBER.test(one)));
  if (other !== undefined) {
    return { ...plain, state: "unknown", reason: `a line of ${other}`, nearest: nearest?.text };
  }
  return {
    state: wrong ? "wrong" : "unknown",
    at: result.error.kind === "incomplete" ? text.length : result.error.at,
    reason: reasonOf(result.error.kind, word, { wrong, expected }, wordStart(text, result.error.at) <= start),
    expected: expected.length > MOST_EXPECTED ? [] : expected,
    nearest: nearest?.text,
  };
}

function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\S/.test(text[start - 1] ?? "")) start -= 1;
  return start;
}

function reasonOf(
  kind: "unknown" | "ambiguous" | "incomplete",
  word: string,
  { wrong, expected }: Pick<Explanation, "wrong" | "expected">,
  isFirst: boolean,
): string {
  if (kind === "incomplete") return "the line is incomplete";
  if (kind === "ambiguous") return `"${word}" can be short for several words`;
  if (expected.length === 0) return "nothing may follow here";
  if (expected.length === 1 && expected[0] === MASKED) return "it was masked by another router; type it in the clear";
  if (wrong) return `"${word}" does not fit here`;
  return isFirst ? "there is no such command here" : `"${word}" is not known here`;
}
