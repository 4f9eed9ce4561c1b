/** `show users`. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import { age } from "./age.ts";
import { sessionsByInterface } from "./sessions-by-interface.ts";
import { virtualAccess } from "./words.ts";

/** Lines between the console and the first vty: the auxiliary one. */
export const OTHER_LINES = 1;

export interface TerminalLine {
  readonly number: number;
  readonly name: string;
  readonly user: string;
  readonly idleSeconds: number;
  /** Since the login. */
  readonly activeSeconds: number;
  readonly current: boolean;
  /** Of typing nothing; absent = the line is left alone. */
  readonly idleLimitSeconds?: number;
  /** Where the login comes from. */
  readonly location?: string;
}

/** Names longer than their column are cut, except in the `wide` form. */
export function showUsers(snapshot: Snapshot, lines: readonly TerminalLine[], wide = false): string[] {
  const fitted = (name: string, columns: number): string => (wide ? name : name.slice(0, columns)).padEnd(columns);
  const terminals = lines.map(
    (line) =>
      `${line.current ? "*" : " "}${String(line.number).padStart(3)} ${line.name.padEnd(10)}${fitted(line.user, 10)} ${"idle".padEnd(21)}${age(line.idleSeconds * 1000).padEnd(11)}${line.location ?? ""}`,
  );
  const sessions = sessionsByInterface(snapshot)
    .filter((session) => session.ppp.phase === "network")
    .map(
      (session) =>
        `  ${virtualAccess(session.index).short.padEnd(12)} ${fitted(session.ppp.peerName, 18)} ${"PPPoVPDN".padEnd(12)} ${"-".padEnd(8)} ${session.ppp.peerAddress ?? ""}`,
    );
  return [
    "    Line       User       Host(s)              Idle       Location",
    ...terminals,
    "",
    "  Interface    User               Mode         Idle     Peer Address",
    ...sessions,
  ];
}
