/**
 * A whole configuration or transcript, line by line, as an operator pastes it. A copied prompt says where its line was
 * typed. A refused line has no effect and stops nothing; what stands indented below it is refused with it, because it would
 * otherwise speak to whatever was open before. A text over several lines that never ends is refused, and what was taken for
 * its lines is read as commands. The report says what became of each line.
 */

import { Bug } from "../../engine/kernel/errors.ts";
import type { LineResult } from "./line-result.ts";
import { CONFIGURE, type ListedLine, readListing } from "./listing.ts";
import { NotInAListing } from "./listing-support.ts";
import { type Fault, faultOf, type LineOutcome, type ReportedLine } from "./report.ts";
import type { Shell } from "./shell.ts";

export interface PasteReport {
  readonly lines: readonly ReportedLine[];
  readonly refused: readonly ReportedLine[];
  readonly inert: readonly ReportedLine[];
  /** The configuration is not what it was. */
  readonly changed: boolean;
}

/** Runs every line of `text` through a shell; the shell stays where the last line leads. */
export function paste(shell: Shell, text: string): PasteReport {
  return run(shell, text, (go) => go());
}

/**
 * Loads a configuration as pasted in global configuration: an `exit` too many does not end it. What stands before it and
 * behind its end and is no line of it may be one of exec: `enable`, `write memory`.
 */
export function loadConfiguration(shell: Shell, text: string): PasteReport {
  const report = run(shell, text, (go) => {
    if (shell.configuring) return go();
    shell.enterConfiguration();
    const configured = go();
    if (configured.result.ok) return configured;
    shell.end();
    const typed = go();
    if (typed.result.ok) return typed;
    shell.enterConfiguration();
    return configured;
  });
  shell.end();
  return report;
}

export function pasteReport(lines: readonly ReportedLine[], changed: boolean): PasteReport {
  return {
    lines,
    refused: lines.filter((line) => line.outcome.kind === "refused"),
    inert: lines.filter((line) => line.outcome.kind === "inert"),
    changed,
  };
}

interface Executed {
  readonly result: LineResult;
  readonly text: string;
  /** The line before is the first half of this one. */
  readonly joined: boolean;
}

/** `unprompted`: runs a line that no copied prompt stands before. */
function run(shell: Shell, text: string, unprompted: (go: () => Executed) => Executed): PasteReport {
  const lines: ReportedLine[] = [];
  const listed = readListing(text);
  const below = new BelowRefused();
  let changed = false;
  /** Where the last line that may have begun a text stands in the report and in the listing. */
  let opened = { reported: 0, listed: 0 };
  let rereadings = 0;
  const late: { readonly index: number; readonly retry: () => LineResult }[] = [];
  const refuseText = (): void => {
    shell.abandon();
    const [opening, ...rows] = lines.splice(opened.reported);
    const begun = listed[opened.listed];
    if (opening === undefined || begun === undefined) return;
    const refused = { ...opening, outcome: unfinished(opening.text) };
    below.note(begun, refused.outcome);
    lines.push(refused, ...rows.map((row) => ({ ...row, outcome: outcomeBelow(opening.number, row.text) })));
  };
  for (let index = 0; index < listed.length || mayReread(shell, rereadings); index += 1) {
    const line = listed[index];
    if (line === undefined) {
      rereadings += 1;
      refuseText();
      lines.length = opened.reported + 1;
      index = opened.listed;
      continue;
    }
    if (shell.collecting) {
      const { number, offset } = line;
      const stamp = listed[opened.listed]?.stamp === 0 ? 0 : line.stamp;
      const raw = line.raw.slice(stamp);
      const result = shell.execute(raw);
      changed ||= result.changed;
      if (result.ok || indentOf(line.text) > indentOf(listed[opened.listed]?.text ?? "")) {
        lines.push({
          ...reportLine({ number, text: raw, offset: stamp === 0 ? offset : stamp, prompt: "" }, result, shell),
          ...(result.ok ? ownerOf(lines[opened.reported]) : {}),
        });
        continue;
      }
      refuseText();
    }
    if (line.place !== undefined) changed = shell.standAt(line.place) || changed;
    const here = { number: line.number, text: line.text, offset: line.offset, prompt: shell.prompt() };
    if (line.furniture || /^\s*(!|$)/.test(line.text) || (shell.configuring && CONFIGURE.test(line.text))) {
      lines.push({ ...here, outcome: { kind: "skipped" } });
      continue;
    }
    const outcome = below.outcome(line, here.prompt);
    if (outcome !== undefined) {
      lines.push({ ...here, outcome });
      continue;
    }
    const previous = lines.at(-1);
    const go = (): Executed => executeForetold(shell, listed, index, previous);
    const { result, text: ran, joined } = line.place === undefined ? unprompted(go) : go();
    if (joined) lines.pop();
    changed ||= result.changed;
    const start = joined && previous !== undefined ? previous : here;
    const reported = reportLine({ ...start, text: ran }, result, shell);
    below.note(line, reported.outcome);
    const retry = result.ok || result.error !== undefined ? undefined : shell.retry(ran);
    if (retry !== undefined) late.push({ index: lines.length, retry });
    opened = { reported: lines.length, listed: index };
    lines.push(reported);
  }
  if (shell.collecting) {
    shell.end();
    refuseText();
  }
  for (const { index, retry } of late) {
    const line = lines[index];
    const result = retry();
    if (line !== undefined && result.ok) lines[index] = reportLine(line, result, shell);
    changed ||= result.changed;
  }
  return pasteReport(lines, changed);
}

/** A text without an end may be as long as the listing, and there may be one after the other. */
const MOST_REREADINGS = 16;

function mayReread(shell: Shell, rereadings: number): boolean {
  return shell.collecting && rereadings < MOST_REREADINGS;
}

/** Lines of a text do what the line that opened it does. */
function ownerOf(opening: ReportedLine | undefined): Partial<Pick<ReportedLine, "outcome">> {
  return opening === undefined ? {} : { outcome: opening.outcome };
}

function unfinished(text: string): LineOutcome {
  const reason = "the text that begins here has no end";
  const fault: Fault = { state: "wrong", at: text.length, reason, expected: [], nearest: undefined };
  return { kind: "refused", lines: [`% ${reason}`], fault };
}

/** What a shell, which still stands where it read the line, made of it. */
export function reportLine(
  line: Pick<ReportedLine, "number" | "text" | "offset" | "prompt">,
  result: LineResult,
  shell: Shell,
): ReportedLine {
  const { number, text, offset, prompt } = line;
  const stored = result.stored === undefined ? {} : { stored: result.stored };
  return { number, text, offset, prompt, outcome: outcomeOf(text, result, shell), ...stored };
}

const APPLIED: LineOutcome = { kind: "applied" };

function outcomeOf(text: string, result: LineResult, shell: Shell): LineOutcome {
  if (/^\s*(!|$)/.test(text)) return { kind: "skipped" };
  if (!result.ok) {
    return { kind: "refused", lines: result.lines, fault: faultOf(text, result, () => shell.explain(text)) };
  }
  return result.inert === undefined ? APPLIED : { kind: "inert", reason: result.inert };
}

/**
 * The block of a refused line: what is indented deeper, up to the next line that is not; behind copied prompts, what was typed
 * in a mode that the line had opened, up to the next line that was typed where it was.
 */
class BelowRefused {
  #top: { readonly number: number; readonly indent: number; readonly mode?: string; readonly fault: Fault } | undefined;

  /** `prompt`: of the mode that the line would be read in. */
  outcome(line: ListedLine, prompt: string): LineOutcome | undefined {
    const top = this.#top;
    if (top === undefined || line.text.trim() === "") return undefined;
    const indent = indentOf(line.text);
    const isBelow =
      top.mode === undefined
        ? line.place === undefined && indent > top.indent
        : line.place?.configuring === true && line.place.mode !== top.mode && !prompt.includes(line.place.mode);
    if (!isBelow) {
      this.#top = undefined;
      return undefined;
    }
    return outcomeBelow(top.number, line.text, top.fault.state);
  }

  note(line: ListedLine, outcome: LineOutcome): void {
    if (outcome.kind !== "refused") return;
    const { number, text, place } = line;
    const { fault } = outcome;
    this.#top = { number, indent: indentOf(text), ...(place === undefined ? {} : { mode: place.mode }), fault };
  }
}

function outcomeBelow(number: number, text: string, state: Fault["state"] = "wrong"): LineOutcome {
  const reason = `it stands below line ${number}, which was refused`;
  const fault: Fault = { state, at: indentOf(text), reason, expected: [], nearest: undefined };
  return { kind: "refused", lines: [`% ${reason}`], fault };
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/**
 * Runs a line, or what it makes of the line before it: one without a prompt behind one with a prompt may be its second
 * half. If the first half was refused the whole is tried first, else when the second half alone says nothing.
 */
function execute(
  shell: Shell,
  line: ListedLine,
  before: ListedLine | undefined,
  ran: ReportedLine | undefined,
): Executed {
  const mayContinue = line.place === undefined && before?.place !== undefined && /^\s*[^\s!]/.test(line.text);
  const text = `${ran?.text} ${line.text.trim()}`;
  const whole = (): Executed => ({ result: attempt(shell, text), text, joined: true });
  const alone = (): Executed => ({ result: attempt(shell, line.text), text: line.text, joined: false });
  if (!mayContinue || ran === undefined || ran.text === "") return alone();
  const [first, second] = ran.outcome.kind === "refused" ? [whole, alone] : [alone, whole];
  const result = first();
  if (result.result.ok) return result;
  const other = second();
  return other.result.ok || !other.joined ? other : result;
}

/** The same, once more with what comes later in the block and holds for this line too, where that makes a refused line good. */
function executeForetold(
  shell: Shell,
  listed: readonly ListedLine[],
  index: number,
  ran: ReportedLine | undefined,
): Executed {
  const line = listed[index];
  if (line === undefined) throw new Bug("a line that is not in its listing");
  const go = (): Executed => execute(shell, line, listed[index - 1], ran);
  const first = go();
  if (first.result.ok || first.result.error !== undefined) return first;
  const later = listed.slice(index + 1);
  const end = later.findIndex(
    ({ text }) => indentOf(text) < indentOf(line.text) || /^\s*(!|exit|interface )/.test(text),
  );
  const foretold = later.slice(0, end < 0 ? later.length : end).find(({ text }) => shell.foretells(text));
  return foretold !== undefined && attempt(shell, foretold.text).ok ? go() : first;
}

/** No box takes a comment behind a command; people write them into listings all the same. */
const COMMENT_BEHIND = /\s!/;

function attempt(shell: Shell, line: string): LineResult {
  const result = understood(shell, line);
  const comment = result.error === undefined ? -1 : line.search(COMMENT_BEHIND);
  if (result.error === undefined || comment < 1 || result.error.at <= comment) return result;
  const without = understood(shell, line.slice(0, comment));
  return without.ok ? without : result;
}

function understood(shell: Shell, line: string): LineResult {
  try {
    return shell.execute(line);
  } catch (error) {
    if (error instanceof NotInAListing) return error.result;
    throw error;
  }
}
