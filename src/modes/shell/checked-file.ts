/** Examined lines as every report tells them: `lnsh check`, `lnsh run`, `show paste report`. */

import { maskSecrets } from "../common/mask-secrets.ts";
import type { DialectName } from "../dialect.ts";
import type { Examination, LocatedFinding } from "./examine.ts";
import { countStates, coverage, type LineState, type ReportedLine, stateOf } from "./report.ts";

export interface CheckedLine {
  /** Counted from 1, as is `column`: where the fault is, else where the line's text begins. */
  readonly line: number;
  readonly column: number;
  /** What stands in the file before `text`, in characters: a copied prompt, a time stamp. */
  readonly offset: number;
  /** As typed, with secrets masked. */
  readonly text: string;
  readonly state: LineState;
  readonly reason: string | null;
  readonly expected: readonly string[];
  readonly nearest: string | null;
}

export interface CheckedFile {
  /** As named on the command line; `paste` for what was typed at a console. */
  readonly file: string;
  readonly dialect: DialectName;
  readonly lines: readonly CheckedLine[];
  readonly findings: readonly LocatedFinding[];
  readonly summary: Summary;
}

export interface Summary {
  readonly lines: number;
  readonly active: number;
  readonly inert: number;
  readonly unsupported: number;
  readonly unknown: number;
  readonly wrong: number;
  /** Comments, empty lines and what the box said around the configuration. */
  readonly skipped: number;
  readonly warnings: number;
  /** Per cent of the lines that say something. */
  readonly coverage: number;
}

export function checkedFile(file: string, { dialect, report, findings }: Examination): CheckedFile {
  const counts = countStates(report.lines);
  return {
    file,
    dialect: dialect.name,
    lines: report.lines.flatMap((line) => checkedLine(line) ?? []),
    findings,
    summary: {
      lines: report.lines.length,
      ...counts,
      warnings: findings.length,
      coverage: coverage(counts),
    },
  };
}

const NONE: readonly never[] = [];

function checkedLine(reported: ReportedLine): CheckedLine | undefined {
  const state = stateOf(reported);
  if (state === undefined) return undefined;
  const { text, offset, number, outcome } = reported;
  const fault = outcome.kind === "refused" ? outcome.fault : undefined;
  const at = fault?.at ?? text.length - text.trimStart().length;
  const masked = maskSecrets(text, fault?.nearest);
  return {
    line: number,
    column: offset + at + 1,
    offset,
    text: masked,
    state,
    reason:
      fault === undefined ? (outcome.kind === "inert" ? outcome.reason : null) : reasonShown(fault.reason, masked),
    expected: fault?.expected ?? NONE,
    nearest: fault?.nearest === undefined ? null : maskSecrets(fault.nearest),
  };
}

/** A reason may quote the faulty word; where that is a secret it is not quoted. */
function reasonShown(reason: string, masked: string): string {
  const quoted = /^"(.+)"/.exec(reason)?.[1];
  return quoted === undefined || masked.includes(quoted) ? reason : reason.replace(`"${quoted}"`, "this");
}

/** Every line was taken. */
export function isTaken({ summary }: CheckedFile): boolean {
  return summary.unsupported + summary.unknown + summary.wrong === 0;
}
