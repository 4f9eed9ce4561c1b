/** Lines that a command has typed in the place of the user, one after the other, up to the first that fails. */

import { type LineResult, QUIET } from "./line-result.ts";

interface Typist {
  prompt(): string;
  execute(line: string): LineResult;
}

export function typeLines(typist: Typist, typed: readonly string[], echo: boolean): LineResult {
  const lines: string[] = [];
  const seen = { changed: false, loggedOut: false, ok: true };
  let monitor: boolean | undefined;
  for (const line of typed) {
    const prompt = typist.prompt();
    const result = typist.execute(line);
    if (echo || !result.ok) lines.push(prompt + line);
    lines.push(...result.lines);
    seen.changed ||= result.changed;
    seen.loggedOut = result.loggedOut;
    monitor = result.monitor ?? monitor;
    const waits = result.question !== undefined || result.activity !== undefined;
    if (waits) lines.push(`% Nobody waits for an answer here: ${line}`);
    seen.ok = result.ok && !waits;
    if (!seen.ok || seen.loggedOut) break;
  }
  return { ...QUIET, ...seen, lines, monitor };
}
