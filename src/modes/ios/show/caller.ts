/** `show caller …`: terminals and PPP sessions as callers. */

import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { age } from "./age.ts";
import { sessionsByInterface } from "./sessions-by-interface.ts";
import type { TerminalLine } from "./users.ts";
import { methodName, virtualAccess } from "./words.ts";

/** Sessions whose user is known. */
export function callers(snapshot: Snapshot, user?: string): SessionSnapshot[] {
  return sessionsByInterface(snapshot).filter(
    ({ ppp }) => ppp.phase === "network" && ppp.peerName === (user ?? ppp.peerName),
  );
}

/** Since when nothing came through: the SAs under the session know, for it has no time stamp of its own. */
function idleTimes({ now, connections }: Snapshot): (session: SessionSnapshot) => number {
  const byId = new Map(connections.map((connection) => [connection.connection, connection]));
  return ({ connection: id }) => {
    const sas = (id === undefined ? undefined : byId.get(id))?.sas ?? [];
    const used = Math.max(0, ...sas.map(({ inbound }) => inbound.lastUsedAt));
    return used === 0 ? 0 : now - used;
  };
}

export function showCaller(snapshot: Snapshot, lines: readonly TerminalLine[], sessions: readonly SessionSnapshot[]) {
  const idle = idleTimes(snapshot);
  const row = (line: string, user: string, service: string, active: string, idle: string): string =>
    `  ${line.padEnd(14)} ${user.padEnd(18)} ${service.padEnd(13)} ${active.padEnd(9)} ${idle}`;
  return [
    "                                                  Active    Idle",
    "  Line           User               Service       Time      Time",
    ...lines.map((line) =>
      row(line.name, line.user || "-", "TTY", age(line.activeSeconds * 1000), age(line.idleSeconds * 1000)),
    ),
    ...sessions.map((session) =>
      row(
        virtualAccess(session.index).short,
        session.ppp.peerName,
        "PPP   L2TP",
        age(snapshot.now - (session.ppp.openedAt ?? session.openedAt)),
        age(idle(session)),
      ),
    ),
  ];
}

interface Timer {
  readonly type: "absolute" | "idle";
  readonly limit: number;
  readonly remaining: number;
}

/** What will end a session by itself, in milliseconds. */
function timersOf(session: SessionSnapshot, { idle, now }: { readonly idle: number; readonly now: number }): Timer[] {
  const { ppp, pppProfile, openedAt } = session;
  const { absoluteSeconds = 0, idleSeconds = 0 } = pppProfile?.sessionTimeouts ?? {};
  const timer = (type: Timer["type"], seconds: number, passed: number): Timer[] =>
    seconds === 0 ? [] : [{ type, limit: seconds * 1000, remaining: Math.max(0, seconds * 1000 - passed) }];
  return [...timer("absolute", absoluteSeconds, now - (ppp.openedAt ?? openedAt)), ...timer("idle", idleSeconds, idle)];
}

const NO_TIMER = "-";

/** `show caller timeouts`: after which time who is disconnected, and when that will be. */
export function showCallerTimeouts(
  snapshot: Snapshot,
  lines: readonly TerminalLine[],
  sessions: readonly SessionSnapshot[],
): string[] {
  const idle = idleTimes(snapshot);
  const row = (line: string, user: string, service: string, timers: readonly Timer[]): string => {
    const limit = (type: Timer["type"]): string => {
      const timer = timers.find((one) => one.type === type);
      return timer === undefined ? NO_TIMER : age(timer.limit);
    };
    const left = timers.length === 0 ? NO_TIMER : age(Math.min(...timers.map(({ remaining }) => remaining)));
    return `  ${line.padEnd(14)} ${user.padEnd(18)} ${service.padEnd(13)} ${limit("absolute").padEnd(9)} ${limit("idle").padEnd(9)} ${left}`;
  };
  return [
    "                                                  Session   Idle      Disconnect",
    "  Line           User               Service       Timeout   Timeout   User in",
    ...lines.map(({ name, user, idleSeconds, idleLimitSeconds: limit }) =>
      row(
        name,
        user || NO_TIMER,
        "TTY",
        limit === undefined
          ? []
          : [{ type: "idle", limit: limit * 1000, remaining: Math.max(0, limit - idleSeconds) * 1000 }],
      ),
    ),
    ...sessions.map((session) =>
      row(
        virtualAccess(session.index).short,
        session.ppp.peerName,
        "PPP   L2TP",
        timersOf(session, { idle: idle(session), now: snapshot.now }),
      ),
    ),
  ];
}

export function showCallerIp(sessions: readonly SessionSnapshot[]): string[] {
  return [
    "  Line           User       IP Address      Local Number    Remote Number   <->",
    ...sessions.map(
      ({ index, ppp }) =>
        `  ${virtualAccess(index).short.padEnd(14)} ${ppp.peerName.padEnd(10)} ${(ppp.peerAddress ?? "-").padEnd(15)} ${"-".padEnd(15)} ${"-".padEnd(15)} in`,
    ),
  ];
}

export function showCallerSummary(sessions: readonly SessionSnapshot[]): string[] {
  const users = new Set(sessions.map(({ ppp }) => ppp.peerName)).size;
  const row = (count: number, text: string): string => `${String(count).padStart(9)}   ${text}`;
  return [
    row(0, "Analog calls (0 VPDN Calls)"),
    row(0, "ISDN calls (0 VPDN Calls)"),
    row(sessions.length, "VPDN calls"),
    row(0, "PPPoA calls"),
    row(0, "PPPoE calls"),
    row(users, "Total unique users logged in"),
  ].flatMap((line) => [line, ""]);
}

function timerLines(timers: readonly Timer[]): string[] {
  const row = (limit: string, remaining: string, type: string): string =>
    `${" ".repeat(15)}${limit.padEnd(9)} ${remaining.padEnd(9)} ${type}`;
  return timers.length === 0
    ? [row(NO_TIMER, NO_TIMER, NO_TIMER)]
    : timers.map(({ limit, remaining, type }) => row(age(limit), age(remaining), `PPP ${type}`));
}

const LCP_STATES = { opened: "Open" } as Readonly<Record<string, string>>;

export function showCallerFull(snapshot: Snapshot, sessions: readonly SessionSnapshot[]): string[] {
  const idle = idleTimes(snapshot);
  const tunnels = new Map(snapshot.l2tp.tunnels.map((tunnel) => [tunnel.localTunnelId, tunnel]));
  return sessions.flatMap((session) => {
    const { ppp, counters, pppProfile } = session;
    const tunnel = tunnels.get(session.localTunnelId);
    return [
      "",
      `  User: ${ppp.peerName}, line ${virtualAccess(session.index).short}, service PPP  L2TP`,
      `        Connected for ${age(snapshot.now - (ppp.openedAt ?? session.openedAt))}, Idle for ${age(idle(session))}`,
      "  Timeouts:    Limit     Remaining Timer Type",
      ...timerLines(timersOf(session, { idle: idle(session), now: snapshot.now })),
      `  PPP: LCP ${LCP_STATES[ppp.lcp] ?? "Closed"}, ${methodName(ppp.authentication)} (<- AAA), IPCP ${LCP_STATES[ppp.ipcp] ?? "Closed"}`,
      `  IP: Local ${ppp.localAddress ?? "0.0.0.0"}, remote ${ppp.peerAddress ?? "0.0.0.0"}`,
      `  VPDN: NAS ${tunnel?.remoteHostName ?? "unknown"}, MID ${session.session}, MID open`,
      `        HGW ${tunnel?.localHostName ?? snapshot.spec.hostname}, NAS CLID ${tunnel?.remoteTunnelId ?? 0}, HGW CLID ${session.localTunnelId}, tunnel open`,
      `  Cloned from ${pppProfile?.name ?? "nothing"}`,
      `  Counts: ${counters.rxPackets} packets input, ${counters.rxOctets} bytes, 0 no buffer`,
      `          ${counters.rxDiscards} input errors, 0 CRC, 0 frame, 0 overrun`,
      `          ${counters.txPackets} packets output, ${counters.txOctets} bytes, 0 underruns`,
      `          ${counters.txDiscards} output errors, 0 collisions, 0 interface resets`,
    ];
  });
}
