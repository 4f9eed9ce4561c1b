/** `show subscriber session` and `show sss session`, the older name: PPP sessions as the subscribers of the box. */

import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { age } from "./age.ts";
import { methodName, virtualAccess } from "./words.ts";

function stateOf({ ppp }: SessionSnapshot): string {
  if (ppp.phase === "network") return "authen";
  return ppp.phase === "authenticate" ? "unauthen" : "connecting";
}

function upFor(snapshot: Snapshot, { ppp, openedAt }: SessionSnapshot): string {
  return age(snapshot.now - (ppp.openedAt ?? openedAt));
}

export function showSubscribers(snapshot: Snapshot, sessions: readonly SessionSnapshot[]): string[] {
  const row = (cells: readonly [string, string, string, string, string, string]): string => {
    const [id, port, state, service, identifier, up] = cells;
    return `${id.padEnd(7)} ${port.padEnd(10)} ${state.padEnd(13)} ${service.padEnd(12)} ${identifier.padEnd(20)} ${up}`;
  };
  return [
    `Current Subscriber Information: Total sessions ${sessions.length}`,
    "",
    row(["Uniq ID", "Interface", "State", "Service", "Identifier", "Up-time"]),
    ...sessions.map((session) =>
      row([
        String(session.session),
        virtualAccess(session.index).short,
        stateOf(session),
        "Local Term",
        session.ppp.peerName || "N/A",
        upFor(snapshot, session),
      ]),
    ),
    "",
  ];
}

const RULE = "-".repeat(50);

export function showSubscribersInDetail(snapshot: Snapshot, sessions: readonly SessionSnapshot[]): string[] {
  return [
    `Current Subscriber Information: Total sessions ${sessions.length}`,
    ...sessions.flatMap((session) => {
      const { ppp, counters, index, virtualRouter } = session;
      return [
        RULE,
        `Unique Session ID: ${session.session}`,
        `Identifier: ${ppp.peerName || "N/A"}`,
        "SIP subscriber access type(s): VPDN/PPP",
        "Current SIP options: Req Fwding/Req Fwded",
        `Session Up-time: ${upFor(snapshot, session)}, Last Changed: ${age(snapshot.now - session.openedAt)}`,
        `Interface: ${virtualAccess(index).long}`,
        "",
        "Policy information:",
        `  Authentication status: ${stateOf(session)}`,
        `  Authentication method: ${methodName(ppp.authentication)}`,
        "",
        "Session inbound features:",
        `  Packets received: ${counters.rxPackets}, bytes: ${counters.rxOctets}, discarded: ${counters.rxDiscards + counters.spoofed}`,
        "Session outbound features:",
        `  Packets sent: ${counters.txPackets}, bytes: ${counters.txOctets}, discarded: ${counters.txDiscards}`,
        "",
        "Configuration sources associated with this session:",
        `Interface: ${session.pppProfile?.name ?? "none"}, Active Time = ${upFor(snapshot, session)}`,
        `  Address: ${ppp.peerAddress ?? "none"}, pool: ${session.pool ?? "none"}, VRF: ${virtualRouter}`,
      ];
    }),
    "",
  ];
}

export function subscriberStatistics({ sessions, l2tp }: Snapshot) {
  const inPhase = (...phases: readonly SessionSnapshot["ppp"]["phase"][]): number =>
    sessions.filter(({ ppp }) => phases.includes(ppp.phase)).length;
  return {
    current: sessions.length,
    authenticated: inPhase("network"),
    negotiating: inPhase("establish", "authenticate"),
    total: l2tp.totals.sessionsTotal,
    failed: l2tp.totals.sessionsFailed,
  };
}

export function showSubscriberStatistics(counted: ReturnType<typeof subscriberStatistics>): string[] {
  return [
    "Current Subscriber Statistics:",
    "",
    `Number of sessions currently up: ${counted.authenticated}`,
    `Number of sessions currently pending: ${counted.negotiating}`,
    `Number of sessions authenticated: ${counted.authenticated}`,
    `Total number of sessions set up since the start: ${counted.total}`,
    `Total number of sessions that failed: ${counted.failed}`,
    "",
  ];
}
