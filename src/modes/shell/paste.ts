/**
 * A whole configuration or transcript, line by line, as an operator pastes it: with copied prompts, list dashes, page
 * furniture, Windows line ends, and long lines that a manual's typesetter broke in two. A refused line has no effect
 * and stops nothing; the report says what became of each line.
 */

import type { Shell } from "./shell.ts";

export type PasteOutcome =
  | { readonly kind: "applied" }
  /** A comment, an empty line, or page furniture. */
  | { readonly kind: "skipped" }
  /** Kept and printed back; does nothing here. */
  | { readonly kind: "inert"; readonly reason: string }
  | { readonly kind: "refused"; readonly lines: readonly string[] };

export interface PastedLine {
  /** Counted from 1. */
  readonly number: number;
  /** What was run, without the copied prompt. */
  readonly text: string;
  /** The prompt at which it was run. */
  readonly prompt: string;
  readonly outcome: PasteOutcome;
}

export interface PasteReport {
  readonly lines: readonly PastedLine[];
  readonly refused: readonly PastedLine[];
  readonly inert: readonly PastedLine[];
  /** The configuration is not what it was. */
  readonly changed: boolean;
}

/** What a listing carries besides configuration. */
const FURNITURE = [
  /^Building configuration\.\.\.$/,
  /^Current configuration : \d+ bytes$/,
  /^Using \d+ out of \d+ bytes/,
  /^Enter configuration commands, one per line\./,
  /^Please wait\.*$/,
  /^\.+$/,
  /^ ?--More-- ?$/,
];

/** A copied prompt, with or without the dash of a list: `- host1:boston(config)#`, `Router>`. */
const PROMPT = /^\s*(?:-\s+)?[A-Za-z0-9][\w.\-@/:]*(?:\([\w.\-+/]+\))?[#>]\s?/;

interface Typed {
  readonly text: string;
  readonly prompted: boolean;
}

function clean(raw: string): Typed {
  const text = raw.replace(/[\r\u00a0\t]/g, (char) => (char === "\r" ? "" : " ")).trimEnd();
  const prompt = PROMPT.exec(text)?.[0];
  return prompt === undefined ? { text, prompted: false } : { text: text.slice(prompt.length), prompted: true };
}

/** Runs every line of `text` through a shell; the shell stays where the last line leads. */
export function paste(shell: Shell, text: string): PasteReport {
  const lines: PastedLine[] = [];
  const raw = text.split("\n");
  let changed = false;
  for (let index = 0; index < raw.length; index += 1) {
    const line = clean(raw[index] ?? "");
    const following = raw[index + 1] === undefined ? undefined : clean(raw[index + 1] ?? "");
    if (FURNITURE.some((pattern) => pattern.test(line.text))) {
      lines.push({ number: index + 1, text: line.text, prompt: shell.prompt(), outcome: { kind: "skipped" } });
      continue;
    }
    const prompt = shell.prompt();
    let result = shell.execute(line.text);
    let ran = line.text;
    const number = index + 1;
    const mayContinue = line.prompted && following !== undefined && !following.prompted && following.text.trim() !== "";
    if (!result.ok && mayContinue) {
      const joined = `${line.text} ${following.text.trim()}`;
      const retried = shell.execute(joined);
      if (retried.ok) {
        result = retried;
        ran = joined;
        index += 1;
      }
    }
    changed ||= result.changed;
    lines.push({ number, text: ran, prompt, outcome: outcomeOf(ran, result) });
  }
  return {
    lines,
    refused: lines.filter((line) => line.outcome.kind === "refused"),
    inert: lines.filter((line) => line.outcome.kind === "inert"),
    changed,
  };
}

function outcomeOf(text: string, result: ReturnType<Shell["execute"]>): PasteOutcome {
  if (!result.ok) return { kind: "refused", lines: result.lines };
  if (/^\s*(!|$)/.test(text)) return { kind: "skipped" };
  return result.inert === undefined ? { kind: "applied" } : { kind: "inert", reason: result.inert };
}

/** Loads a configuration into an empty store: as pasted in global configuration, which it leaves at its end. */
export function loadConfiguration(shell: Shell, text: string): PasteReport {
  shell.enterConfiguration();
  const report = paste(shell, text);
  shell.end();
  return report;
}
