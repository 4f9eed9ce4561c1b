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
  /** Where the login comes from. */
  readonly location?: string;
}

export function showUsers(snapshot: Snapshot, lines: readonly TerminalLine[]): string[] {
  const terminals = lines.map(
    (line) =>
      `${line.current ? "*" : " "}${String(line.number).padStart(3)} ${line.name.padEnd(10)}${line.user.padEnd(11)}${"idle".padEnd(21)}${age(line.idleSeconds * 1000).padEnd(11)}${line.location ?? ""}`,
  );
  const sessions = sessionsByInterface(snapshot)
    .filter((session) => session.ppp.phase === "network")
    .map(
      (session) =>
        `  ${virtualAccess(session.index).short.padEnd(12)} ${session.ppp.peerName.padEnd(18)} ${"PPPoVPDN".padEnd(12)} ${"-".padEnd(8)} ${session.ppp.peerAddress ?? ""}`,
    );
  return [
    "    Line       User       Host(s)              Idle       Location",
    ...terminals,
    "",
    "  Interface    User               Mode         Idle     Peer Address",
    ...sessions,
  ];
}
