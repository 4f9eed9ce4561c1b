/** Who is logged in, as the show commands number and time them. */

import type { ExecContext } from "../../common/exec-context.ts";
import { lineNumber } from "../../common/logins.ts";
import { OTHER_LINES, type TerminalLine } from "../show/users.ts";

export function terminalLines({ session, logins, clock }: ExecContext): TerminalLine[] {
  const seconds = (since: Date): number => Math.floor((clock.now.getTime() - since.getTime()) / 1000);
  return logins.all.map(({ line, user, idleMillis, since, location }) => ({
    number: lineNumber(line, OTHER_LINES),
    name: line,
    user,
    idleSeconds: Math.floor(idleMillis / 1000),
    activeSeconds: seconds(since),
    current: line === session.line,
    location,
  }));
}
