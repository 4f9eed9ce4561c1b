/** `show vpdn group`, `group-select`, `history failure`, `show l2tp counters`: who may call, and what became of it. */

import type { L2tpView } from "../../../engine/l2tp/events.ts";
import type { LnsProfileSpec } from "../../../engine/l2tp-spec.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { LogBuffer } from "../../common/log-buffer.ts";
import { addressOfEndpoint } from "../log-text.ts";
import { activeSessions, liveTunnels } from "./vpdn.ts";

/** A group that takes several kinds of tunnels is compiled to several profiles of one name. */
export function vpdnGroups(snapshot: Snapshot, name?: string) {
  const groups = new Map<string, LnsProfileSpec>();
  for (const profile of snapshot.spec.lnsProfiles) {
    if (profile.name === (name ?? profile.name) && !groups.has(profile.name)) groups.set(profile.name, profile);
  }
  const live = liveTunnels(snapshot);
  const standing = (names: ReadonlySet<string>) => {
    const tunnels = live.filter(({ profile }) => profile !== undefined && names.has(profile.name));
    return {
      tunnels: tunnels.length,
      sessions: tunnels.reduce((count, tunnel) => count + activeSessions(tunnel).length, 0),
    };
  };
  const sharing = (limited: string): ReadonlySet<string> =>
    new Set(
      snapshot.spec.lnsProfiles
        .filter(({ sharedLimits }) => sharedLimits?.some(({ of }) => of === limited))
        .map((profile) => profile.name),
    );
  return [...groups.values()].map((profile) => {
    return {
      name: profile.name,
      remoteName: profile.remoteHostName ?? null,
      localName: profile.localHostName,
      sourceAddress: profile.localAddress ?? null,
      virtualRouter: profile.virtualRouter,
      virtualTemplate: profile.pppProfile,
      sessionLimit: profile.maxSessions ?? null,
      sharedLimits: (profile.sharedLimits ?? []).map(({ of, maxSessions }) => ({
        of,
        maxSessions,
        sessions: standing(sharing(of)).sessions,
      })),
      tunnelAuthentication: profile.tunnelAuthentication,
      ...standing(new Set([profile.name])),
    };
  });
}

/** The group that a tunnel from any address would be taken by: profiles stand most specific first. */
export function selectedGroup({ spec }: Snapshot, hostname: string, local: string): string | undefined {
  return spec.lnsProfiles.find(
    ({ remoteHostName, localAddress }) =>
      (remoteHostName ?? hostname) === hostname && (localAddress ?? local) === local,
  )?.name;
}

export type VpdnGroupView = ReturnType<typeof vpdnGroups>[number];

const SYSTEM_LIMIT = 65_535;

export function showVpdnGroups(groups: readonly VpdnGroupView[]): string[] {
  return groups.flatMap((group) => [
    `Tunnel (L2TP)`,
    "------",
    `${group.name}`,
    "",
    `Group session limit ${group.sessionLimit ?? SYSTEM_LIMIT} Active sessions ${group.sessions} Active tunnels ${group.tunnels}`,
    ...group.sharedLimits.map(
      ({ of, maxSessions, sessions }) => `Session limit of ${of} ${maxSessions} Active sessions ${sessions}`,
    ),
    "",
  ]);
}

export function showGroupSelect(groups: readonly VpdnGroupView[]): string[] {
  const row = (cells: readonly string[]): string => {
    const [name = "", vrf = "", remote = "", source = "", protocol = "", direction = ""] = cells;
    return `${name.padEnd(15)} ${vrf.padEnd(10)} ${remote.padEnd(13)} ${source.padEnd(15)} ${protocol.padEnd(8)} ${direction}`;
  };
  return [
    row(["VPDN Group", "Vrf", "Remote Name", "Source-IP", "Protocol", "Direction"]),
    ...groups.map((group) => {
      const vrf = group.virtualRouter === DEFAULT_ROUTER ? "" : group.virtualRouter;
      return row([
        ` ${group.name}`,
        vrf,
        group.remoteName ?? "",
        group.sourceAddress ?? "0.0.0.0",
        "l2tp",
        "accept-dialin",
      ]);
    }),
    "",
  ];
}

export interface VpdnFailure {
  readonly at: Date;
  readonly user: string;
  readonly peer: string;
  readonly host: string;
  readonly type: string;
  readonly reason: string;
  readonly repeated: number;
}

const FAILURES: Readonly<Record<string, string>> = {
  "L2TP tunnel refused": "The tunnel was refused",
  "L2TP session refused": "The session was refused",
  "PPP authentication failed": "Failed to authenticate the user",
  "no address left for the client": "No address for the user",
  "PPP failed": "PPP negotiation failed",
};

const TABLE_SIZE = 20;

/** Newest first; equal failures in a row are one entry. */
export function vpdnFailures(buffer: LogBuffer): VpdnFailure[] {
  const failures: VpdnFailure[] = [];
  for (const { event, at } of buffer.events) {
    const type = FAILURES[event.text];
    if (type === undefined) continue;
    const text = (name: string): string => String(event.fields[name] ?? "");
    const failure = { user: text("user"), peer: text("peer"), host: text("host"), type, reason: text("reason") };
    const last = failures[0];
    const again =
      last !== undefined &&
      Object.entries(failure).every(([name, value]) => last[name as keyof typeof failure] === value);
    if (again) failures[0] = { ...last, at, repeated: last.repeated + 1 };
    else failures.unshift({ ...failure, at, repeated: 0 });
  }
  return failures.slice(0, TABLE_SIZE);
}

export function showHistoryFailure(snapshot: Snapshot, failures: readonly VpdnFailure[]): string[] {
  return [
    `Table size: ${TABLE_SIZE}`,
    `Number of entries in table: ${failures.length}`,
    "",
    ...failures.flatMap((failure, index) => [
      `User: ${failure.user || "unknown"}, MID = ${failures.length - index}`,
      `NAS: ${failure.host || "unknown"}, IP address = ${addressOfEndpoint(failure.peer) || "0.0.0.0"}, CLID = 0`,
      `Gateway: ${snapshot.spec.hostname}, IP address = 0.0.0.0, CLID = 0`,
      `Log time: ${failure.at.toISOString().slice(11, 19)}, Error repeat count: ${failure.repeated}`,
      `Failure type: ${failure.type}`,
      `Failure reason: ${failure.reason || "none given"}`,
      "",
    ]),
  ];
}

/** Control messages of all tunnels that are up, and how many tunnels and sessions there have been. */
export function l2tpCounters({ tunnels, totals }: L2tpView) {
  const sum = (field: keyof (typeof tunnels)[number]["counters"]): number =>
    tunnels.reduce((total, { counters }) => total + counters[field], 0);
  return {
    ...totals,
    txPackets: sum("txPackets"),
    rxPackets: sum("rxPackets"),
    txOctets: sum("txOctets"),
    rxOctets: sum("rxOctets"),
    txZlb: sum("txZlb"),
    rxZlb: sum("rxZlb"),
    retransmissions: sum("retransmissions"),
    rxOutOfSequence: sum("rxOutOfSequence"),
    rxOutOfWindow: sum("rxOutOfWindow"),
    discards: sum("discards"),
    authenticationFailures: sum("authenticationFailures"),
  };
}

export function showAuthenticationCounters({
  authenticationFailures,
  authenticationErrors,
}: ReturnType<typeof l2tpCounters>): string[] {
  const row = (name: string, value: number): string => `  ${name.padEnd(44)}${String(value).padStart(12)}`;
  return [
    "L2TPv2 control message authentication:",
    row("Challenges that were answered wrongly", authenticationErrors),
    row("Messages of tunnels that are up, not proven", authenticationFailures),
    "",
  ];
}

export function showL2tpCounters(counters: ReturnType<typeof l2tpCounters>): string[] {
  const row = (name: string, sent: number, received: number): string =>
    `  ${name.padEnd(20)} ${String(sent).padStart(12)} ${String(received).padStart(12)}`;
  return [
    "L2TP control counters:",
    `  ${"".padEnd(20)} ${"Sent".padStart(12)} ${"Received".padStart(12)}`,
    row("Packets", counters.txPackets, counters.rxPackets),
    row("Bytes", counters.txOctets, counters.rxOctets),
    row("ZLB ACKs", counters.txZlb, counters.rxZlb),
    "",
    `  Retransmitted ${counters.retransmissions}, out of order ${counters.rxOutOfSequence}, out of window ${counters.rxOutOfWindow}, discarded ${counters.discards}`,
    `  Peer authentication failures ${counters.authenticationFailures}`,
    `  Tunnels since the start ${counters.tunnelsTotal}, failed ${counters.tunnelsFailed}`,
    `  Sessions since the start ${counters.sessionsTotal}, failed ${counters.sessionsFailed}`,
    "",
  ];
}
