/**
 * A whole configuration or transcript, line by line, as an operator pastes it: with copied prompts, list dashes, page
 * furniture, foreign line ends, and long lines that a manual's typesetter broke in two. A copied prompt also says where its
 * line was typed. A refused line has no effect and stops nothing; the report says what became of each line.
 */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { LineResult, Shell } from "./shell.ts";

type PasteOutcome =
  | { readonly kind: "applied" }
  /** A comment, an empty line, or page furniture. */
  | { readonly kind: "skipped" }
  /** Kept and printed back; does nothing here. */
  | { readonly kind: "inert"; readonly reason: string }
  | { readonly kind: "refused"; readonly lines: readonly string[] };

interface PastedLine {
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
  /^Current configuration ?: \d+ bytes/,
  /^Using \d+ out of \d+ bytes/,
  /^Enter configuration commands, one per line\./,
  /^Please wait\.*$/,
  /^\.+$/,
  /^ ?--More-- ?$/,
  // A log line that came between: `*Mar  1 00:03:12.345: %SYS-5-CONFIG_I: …`.
  /^(?:\d+: )?[*.]?[A-Z][a-z]{2} +\d+ [\d:. ]+.*: %[A-Z0-9_-]+: /,
];

/** A script's own way into configuration, where we already are. */
const CONFIGURE = /^\s*conf\w*\s+t\w*$/i;

/** A copied prompt, with or without the dash of a list: `- host1:boston(config)#`, `Router>`. */
const PROMPT = /^\s*(?:-\s+)?[A-Za-z0-9][\w.\-@/]*(?::(?<router>[\w.-]+))?(?<mode>\([\w.\-+/]+\))?[#>]\s?/;

interface Typed {
  readonly text: string;
  /** Where a copied prompt says that the line was typed. */
  readonly place: { readonly configuring: boolean; readonly virtualRouter: string } | undefined;
}

interface Executed {
  readonly result: LineResult;
  readonly text: string;
  /** The line before is the first half of this one. */
  readonly joined: boolean;
}

function clean(raw: string): Typed {
  const text = raw
    .replace(/[\u00a0\t]/g, " ")
    .replace(/[\u201c\u201d]/g, '"')
    .trimEnd();
  const prompt = PROMPT.exec(text);
  if (prompt === null) return { text, place: undefined };
  return {
    text: text.slice(prompt[0].length),
    place: {
      configuring: prompt.groups?.mode !== undefined,
      virtualRouter: prompt.groups?.router ?? DEFAULT_ROUTER,
    },
  };
}

/** Runs every line of `text` through a shell; the shell stays where the last line leads. */
export function paste(shell: Shell, text: string): PasteReport {
  return run(shell, text, () => undefined);
}

/** Loads a configuration as pasted in global configuration: an `exit` too many does not end it. */
export function loadConfiguration(shell: Shell, text: string): PasteReport {
  const report = run(shell, text, () => {
    if (!shell.configuring) shell.enterConfiguration();
  });
  shell.end();
  return report;
}

function run(shell: Shell, text: string, beforeUnprompted: () => void): PasteReport {
  const lines: PastedLine[] = [];
  const typed = text.split(/\r\n|\n|\r/).map(clean);
  let changed = false;
  for (let index = 0; index < typed.length; index += 1) {
    const line = typed[index] as Typed;
    if (line.place === undefined) beforeUnprompted();
    else changed = shell.standAt(line.place) || changed;
    const number = index + 1;
    const prompt = shell.prompt();
    if (isFurniture(line.text, shell)) {
      lines.push({ number, text: line.text, prompt, outcome: { kind: "skipped" } });
      continue;
    }
    const previous = lines.at(-1);
    const { result, text: ran, joined } = execute(shell, line, typed[index - 1], previous);
    if (joined) lines.pop();
    changed ||= result.changed;
    const start = joined && previous !== undefined ? previous : { number, prompt };
    lines.push({ number: start.number, prompt: start.prompt, text: ran, outcome: outcomeOf(ran, result) });
  }
  return {
    lines,
    refused: lines.filter((line) => line.outcome.kind === "refused"),
    inert: lines.filter((line) => line.outcome.kind === "inert"),
    changed,
  };
}

/**
 * Runs a line, or what it makes of the line before it: one without a prompt behind one with a prompt may be its second
 * half. If the first half was refused the whole is tried first, else when the second half alone says nothing.
 */
function execute(shell: Shell, line: Typed, before: Typed | undefined, ran: PastedLine | undefined): Executed {
  const mayContinue = line.place === undefined && before?.place !== undefined && /^\s*[^\s!]/.test(line.text);
  const text = `${ran?.text} ${line.text.trim()}`;
  const whole = (): Executed => ({ result: shell.execute(text), text, joined: true });
  const alone = (): Executed => ({ result: shell.execute(line.text), text: line.text, joined: false });
  if (!mayContinue || ran === undefined || ran.text === "") return alone();
  const [first, second] = ran.outcome.kind === "refused" ? [whole, alone] : [alone, whole];
  const result = first();
  if (result.result.ok) return result;
  const other = second();
  return other.result.ok || !other.joined ? other : result;
}

function isFurniture(text: string, shell: Shell): boolean {
  return FURNITURE.some((pattern) => pattern.test(text)) || (shell.configuring && CONFIGURE.test(text));
}

function outcomeOf(text: string, result: LineResult): PasteOutcome {
  if (!result.ok) return { kind: "refused", lines: result.lines };
  if (/^\s*(!|$)/.test(text)) return { kind: "skipped" };
  return result.inert === undefined ? { kind: "applied" } : { kind: "inert", reason: result.inert };
}
