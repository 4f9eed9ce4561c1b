/** What commands share that change the whole configuration at once. */

import type { ExecResult } from "../../grammar/declaration.ts";
import type { PasteReport } from "../shell/paste.ts";
import type { ExecContext } from "./exec-context.ts";

/** By whom a change is made, as the log says it. */
export function author({ session }: ExecContext): string {
  return session.user === "" ? "console" : session.user;
}

/** Runs it when the configuration is not locked by somebody else. */
export function unlessLocked({ running, session }: ExecContext, work: () => ExecResult): ExecResult {
  if (running.configurators.admits(session.line)) return work();
  const words = `Configuration mode locked exclusively from '${running.configurators.lockedBy}'. Please try later.`;
  return { ok: false, lines: [words] };
}

/** Lines that were refused, each with what is wrong with it. */
export function refusals({ refused }: PasteReport): string[] {
  if (refused.length === 0) return [];
  const each = refused.flatMap(({ number, text, outcome }) => {
    const said = outcome.kind === "refused" ? outcome.lines.findLast((line) => line.trim() !== "") : undefined;
    return [`  line ${number}: ${text.trim()}`, ...(said === undefined ? [] : [`    ${said.trim()}`])];
  });
  return [`% ${refused.length} line${refused.length === 1 ? " was" : "s were"} refused:`, ...each];
}
