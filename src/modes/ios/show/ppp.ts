/** `show ppp all`: one row for each session. */

import type { CpState } from "../../../engine/ppp/events.ts";
import type { PppAuthentication } from "../../../engine/ppp-spec.ts";
import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { sessionsByInterface } from "./sessions-by-interface.ts";
import { virtualAccess } from "./words.ts";

const TAGS: Readonly<Record<PppAuthentication, string>> = {
  pap: "PAP",
  chap: "CHAP",
  msChap: "MSCHAP",
  msChapV2: "MSV2",
};

/** `+` is open, `*` is being negotiated; what has not begun is not listed. */
function protocol(name: string, state: CpState): string[] {
  if (state === "opened") return [`${name}+`];
  return state === "reqSent" || state === "ackRcvd" || state === "ackSent" ? [`${name}*`] : [];
}

function protocols({ ppp }: SessionSnapshot): string {
  const method = ppp.authentication === undefined ? undefined : TAGS[ppp.authentication];
  const proven = ppp.phase === "network" ? "+" : "*";
  const authentication = method === undefined || ppp.lcp !== "opened" ? [] : [`${method}${proven}`];
  return [...protocol("LCP", ppp.lcp), ...authentication, ...protocol("IPCP", ppp.ipcp)].join(" ");
}

function stage({ ppp }: SessionSnapshot): string {
  return ppp.phase === "network" ? "LocalT" : ppp.phase === "authenticate" ? "Auth" : "Lcp";
}

export function showPppSummary({ sessions }: Snapshot): string[] {
  const inPhase = (...phases: readonly SessionSnapshot["ppp"]["phase"][]): number =>
    sessions.filter(({ ppp }) => phases.includes(ppp.phase)).length;
  return [
    `Total PPP sessions: ${sessions.length}`,
    `  Link control: ${inPhase("dead", "establish", "terminate")}`,
    `  Authentication: ${inPhase("authenticate")}`,
    `  Local termination: ${inPhase("network")}`,
  ];
}

export function showPppAll(snapshot: Snapshot): string[] {
  return [
    "Interface/ID OPEN+ Nego* Fail-     Stage    Peer Address    Peer Name",
    "------------ --------------------- -------- --------------- --------------------",
    ...sessionsByInterface(snapshot).map((session) =>
      [
        virtualAccess(session.index).short.padEnd(12),
        protocols(session).padEnd(21),
        stage(session).padEnd(8),
        (session.ppp.peerAddress ?? "0.0.0.0").padEnd(15),
        session.ppp.peerName,
      ].join(" "),
    ),
  ];
}
