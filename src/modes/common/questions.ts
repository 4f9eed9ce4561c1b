/** Questions that commands of both dialects ask before they act, as the boxes ask them. */

import type { ExecResult } from "../../grammar/declaration.ts";
import { DeviceFileError } from "./device-files.ts";

/** A line of text; an empty answer means `preset`. */
export function ask(prompt: string, preset: string, then: (text: string) => ExecResult): ExecResult {
  const answer = (text: string): ExecResult => then(text.trim() === "" ? preset : text.trim());
  return { question: { prompt, echo: "plain", answer } };
}

/** `[confirm]`: Return and `y` go on, any other key ends the command. */
export function confirm(
  prompt: string,
  then: () => ExecResult,
  otherwise: () => ExecResult = () => ({ ok: false }),
): ExecResult {
  const answer = (text: string): ExecResult => (/^y?$/i.test(text.trim()) ? then() : otherwise());
  return { question: { prompt: `${prompt} [confirm]`, echo: "confirm", answer } };
}

/** `[yes/no]: `, asked until it is answered. */
export function yesOrNo(prompt: string, then: (yes: boolean) => ExecResult): ExecResult {
  const answer = (text: string): ExecResult => {
    const typed = text.trim().toLowerCase();
    if (typed !== "" && "yes".startsWith(typed)) return then(true);
    if (typed !== "" && "no".startsWith(typed)) return then(false);
    return { lines: ["% Please answer 'yes' or 'no'."], ...yesOrNo(prompt, then) };
  };
  return { question: { prompt: `${prompt} [yes/no]: `, echo: "plain", answer } };
}

/** What a command prints in front of what follows. */
export function after(lines: readonly string[], result: ExecResult): ExecResult {
  return { ...result, lines: [...lines, ...(result.lines ?? [])] };
}

/** Runs what touches files; a fault of theirs is the command's answer. */
export function withFiles(work: () => ExecResult): ExecResult {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DeviceFileError)) throw error;
    return { ok: false, lines: [`%Error: ${error.message}`] };
  }
}
