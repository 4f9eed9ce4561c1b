/** `show vpdn`, `show l2tp …`. */

import type { ConnectionId } from "../../../engine/forwarding.ts";
import type { CallState, TunnelState, TunnelView } from "../../../engine/l2tp/events.ts";
import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { age } from "./age.ts";
import { virtualAccess } from "./words.ts";

export const TUNNEL_STATES: Readonly<Record<TunnelState, string>> = {
  idle: "idle",
  waitControlReply: "wt-ctl-reply",
  waitControlConnected: "wt-ctl-conn",
  established: "est",
  disconnecting: "sht-dn",
  down: "sht-dn",
};

export const SESSION_STATES: Readonly<Record<CallState, string>> = {
  idle: "idle",
  waitReply: "wt-icrp",
  waitConnect: "wt-icc",
  established: "est",
  disconnecting: "sht-dn",
  down: "sht-dn",
};

/** What is kept for the destruct timeout is not shown by this box. */
export function liveTunnels(snapshot: Snapshot, filter: TunnelFilter = {}): TunnelView[] {
  return snapshot.l2tp.tunnels.filter(
    (tunnel) =>
      tunnel.state !== "down" &&
      (filter.id ?? tunnel.localTunnelId) === tunnel.localTunnelId &&
      (filter.remoteName ?? tunnel.remoteHostName) === tunnel.remoteHostName &&
      (filter.localName ?? tunnel.localHostName) === tunnel.localHostName &&
      (filter.address ?? tunnel.path.remote.address) === tunnel.path.remote.address &&
      (filter.localAddress ?? tunnel.path.local.address) === tunnel.path.local.address,
  );
}

/** A call in a tunnel, with the PPP session that it carries once there is one. */
export interface LiveCall {
  readonly tunnel: TunnelView;
  readonly call: TunnelView["sessions"][number];
  readonly session: SessionSnapshot | undefined;
}

export interface CallFilter {
  readonly tunnel?: number | undefined;
  readonly remoteName?: string | undefined;
  readonly id?: number | undefined;
  readonly user?: string | undefined;
  /** `Virtual-Access2.1`. */
  readonly interfaceName?: string | undefined;
}

export function liveCalls(snapshot: Snapshot, filter: CallFilter = {}): LiveCall[] {
  const bySession = new Map(snapshot.sessions.map((session) => [session.session, session]));
  return liveTunnels(snapshot, { id: filter.tunnel, remoteName: filter.remoteName }).flatMap((tunnel) =>
    activeSessions(tunnel)
      .map((call) => ({ tunnel, call, session: bySession.get(call.session) }))
      .filter(
        ({ call, session }) =>
          (filter.id ?? call.localSessionId) === call.localSessionId &&
          (filter.user === undefined || session?.ppp.peerName === filter.user) &&
          (filter.interfaceName === undefined ||
            (session !== undefined && virtualAccess(session.index).long === filter.interfaceName)),
      ),
  );
}

export interface TunnelFilter {
  readonly id?: number | undefined;
  readonly remoteName?: string | undefined;
  readonly localName?: string | undefined;
  readonly address?: string | undefined;
  /** Of ours. */
  readonly localAddress?: string | undefined;
}

export function activeSessions(tunnel: TunnelView): TunnelView["sessions"] {
  return tunnel.sessions.filter((session) => session.state !== "down");
}

export function totals(tunnels: readonly TunnelView[]): string {
  const sessions = tunnels.reduce((count, tunnel) => count + activeSessions(tunnel).length, 0);
  return `Total tunnels ${tunnels.length} sessions ${sessions}`;
}

export const NO_TUNNELS = ["", "%%No active L2TP tunnels"];

const TUNNEL_HEADING = [
  "LocTunID   RemTunID   Remote Name   State  Remote Address  Sessn L2TP Class/",
  "                                                           Count VPDN Group ",
];

function tunnelRow(tunnel: TunnelView): string {
  return [
    String(tunnel.localTunnelId).padEnd(10),
    String(tunnel.remoteTunnelId).padEnd(10),
    tunnel.remoteHostName.padEnd(13),
    TUNNEL_STATES[tunnel.state].padEnd(6),
    inCapitals(tunnel.path.remote.address).padEnd(15),
    String(activeSessions(tunnel).length).padEnd(5),
    tunnel.profile?.name ?? "",
  ].join(" ");
}

const SESSION_HEADING = [
  "LocID      RemID      TunID      Username, Intf/      State  Last Chg Uniq ID   ",
  "                                 Vcid, Circuit                                  ",
];

function sessionRow(snapshot: Snapshot, { tunnel, call, session }: LiveCall): string {
  return [
    String(call.localSessionId).padEnd(10),
    String(call.remoteSessionId).padEnd(10),
    String(tunnel.localTunnelId).padEnd(10),
    `${userOf(session)}, ${interfaceOf(session)}`.padEnd(20),
    SESSION_STATES[call.state].padEnd(6),
    age(snapshot.now - call.changedAt).padEnd(8),
    String(call.session).padEnd(10),
  ].join(" ");
}

export function userOf(session: SessionSnapshot | undefined): string {
  return session === undefined || session.ppp.peerName === "" ? "-" : session.ppp.peerName;
}

export function interfaceOf(session: SessionSnapshot | undefined): string {
  return session === undefined ? "-" : virtualAccess(session.index).short;
}

/** Both tables, once for each tunnel. */
export function showVpdn(snapshot: Snapshot, filter: TunnelFilter = {}): string[] {
  const tunnels = liveTunnels(snapshot, filter);
  if (tunnels.length === 0) return NO_TUNNELS;
  const rows = new Map<TunnelView, string[]>(tunnels.map((tunnel) => [tunnel, []]));
  for (const call of liveCalls(snapshot)) rows.get(call.tunnel)?.push(sessionRow(snapshot, call));
  return [
    "",
    `L2TP Tunnel and Session Information ${totals(tunnels)}`,
    ...tunnels.flatMap((tunnel) => [
      "",
      ...TUNNEL_HEADING,
      tunnelRow(tunnel),
      "",
      ...SESSION_HEADING,
      ...(rows.get(tunnel) ?? []),
    ]),
    "",
  ];
}

export function showL2tpTunnel(snapshot: Snapshot, filter: TunnelFilter = {}): string[] {
  const tunnels = liveTunnels(snapshot, filter);
  if (tunnels.length === 0) return NO_TUNNELS;
  return ["", `L2TP Tunnel Information ${totals(tunnels)}`, "", ...TUNNEL_HEADING, ...tunnels.map(tunnelRow), ""];
}

/** The heading that tables of sessions have, or that there are none. */
export function sessionTable(snapshot: Snapshot, heading: readonly string[], rows: readonly string[]): string[] {
  const tunnels = liveTunnels(snapshot);
  if (tunnels.length === 0) return NO_TUNNELS;
  return ["", `L2TP Session Information ${totals(tunnels)}`, "", ...heading, ...rows, ""];
}

export function showL2tpSession(snapshot: Snapshot, filter: CallFilter = {}): string[] {
  const rows = liveCalls(snapshot, filter).map((call) => sessionRow(snapshot, call));
  return sessionTable(snapshot, SESSION_HEADING, rows);
}

/** With `set nat demux` the remote port is the translated one (1024, 1025, …): the port that L2TP sees. */
export function showL2tpTunnelAll(snapshot: Snapshot, filter: TunnelFilter = {}, cleared?: Cleared): string[] {
  const tunnels = liveTunnels(snapshot, filter);
  if (tunnels.length === 0) return NO_TUNNELS;
  const since = new Map(cleared?.snapshot.l2tp.tunnels.map(({ tunnel, counters }) => [tunnel, counters]));
  return [
    "",
    `L2TP Tunnel Information ${totals(tunnels)}`,
    "",
    ...tunnels.flatMap((one) => tunnelBlock(snapshot, one, since.get(one.tunnel) ?? one.counters, cleared?.ago)),
  ];
}

/** What the box says without `l2tp tunnel receive-window`. */
const DEFAULT_WINDOW = 1024;

const FULL_STATES: Readonly<Record<TunnelState, string>> = {
  idle: "idle",
  waitControlReply: "wait-ctl-reply",
  waitControlConnected: "wait-ctl-conn",
  established: "established",
  disconnecting: "shutting-down",
  down: "shutting-down",
};

/** When the counters were last cleared: the snapshot with what they count since, and how many milliseconds ago. */
export interface Cleared {
  readonly snapshot: Snapshot;
  readonly ago: number;
}

function clearingLine(ago: number | undefined): string {
  return `    Last clearing of counters ${ago === undefined ? "never" : age(ago)}`;
}

function trafficLines({ txPackets, rxPackets, txOctets, rxOctets }: TunnelView["counters"]): string[] {
  return [`    ${txPackets} packets sent, ${rxPackets} received`, `    ${txOctets} bytes sent, ${rxOctets} received`];
}

function tunnelBlock(
  snapshot: Snapshot,
  tunnel: TunnelView,
  since: TunnelView["counters"],
  clearedAgo: number | undefined,
): string[] {
  const { path, counters } = tunnel;
  const group = tunnel.profile?.name ?? "";
  const { timers } = tunnel.profile ?? {};
  const longest = (timers?.retransmitTimeoutSeconds ?? snapshot.spec.l2tp.retransmitTimeoutSeconds).max;
  return [
    `Tunnel id ${tunnel.localTunnelId} is ${tunnel.state === "established" ? "up" : "down"}, remote id is ${tunnel.remoteTunnelId}, ${activeSessions(tunnel).length} active sessions`,
    `  ${tunnel.localInitiated ? "Locally" : "Remotely"} initiated tunnel`,
    `  Tunnel state is ${FULL_STATES[tunnel.state]}, time since change ${age(snapshot.now - tunnel.changedAt)}`,
    "  Tunnel transport is UDP (17)",
    `  Remote tunnel name is ${tunnel.remoteHostName}`,
    `    Internet Address ${inCapitals(path.remote.address)}, port ${path.remote.port}`,
    `  Local tunnel name is ${tunnel.localHostName}`,
    `    Internet Address ${inCapitals(path.local.address)}, port ${path.local.port}`,
    `  L2TP class for tunnel is ${group}`,
    "  Counters, taking last clear into account:",
    ...trafficLines(since),
    clearingLine(clearedAgo),
    "  Counters, ignoring last clear:",
    ...trafficLines(counters),
    `  Control Ns ${tunnel.ns}, Nr ${tunnel.nr}`,
    `  Local RWS ${tunnel.localWindow}${tunnel.localWindow === DEFAULT_WINDOW ? " (default)" : ""}, Remote RWS ${tunnel.remoteWindow}`,
    `  In Use Remote RWS ${tunnel.congestionWindow}`,
    "  Control channel Congestion Control is enabled",
    "  Tunnel PMTU checking disabled",
    `  Retransmission time ${tunnel.retransmitSeconds}, max ${longest} seconds`,
    `  Unsent queuesize ${tunnel.unsentQueue}, max ${tunnel.unsentQueueMax}`,
    `  Resend queuesize ${tunnel.resendQueue}, max ${tunnel.resendQueueMax}`,
    `  Total resends ${counters.retransmissions}, ZLB ACKs sent ${counters.txZlb}`,
    `  Total out-of-order dropped pkts ${counters.rxOutOfWindow}`,
    `  Total out-of-order reorder pkts ${counters.rxOutOfSequence}`,
    `  Total peer authentication failures ${counters.authenticationFailures}`,
    `  Control message authentication is ${tunnel.profile?.tunnelAuthentication === true ? "enabled" : "disabled"}`,
    `  VPDN group for tunnel is ${group}`,
    "",
  ];
}

export function showL2tpSessionAll(snapshot: Snapshot, filter: CallFilter = {}, clearedAgo?: number): string[] {
  const tunnels = liveTunnels(snapshot);
  if (tunnels.length === 0) return NO_TUNNELS;
  const inUdp = snapshot.connections.filter(({ encapsulation }) => encapsulation === "udp");
  const bare: ReadonlySet<ConnectionId | undefined> = new Set(inUdp.map(({ connection }) => connection));
  const blocks = liveCalls(snapshot, filter).flatMap((call) => sessionBlock(snapshot, call, bare, clearedAgo));
  return ["", `L2TP Session Information ${totals(tunnels)}`, "", ...blocks];
}

/** `bare`: connections with ESP in UDP, under which there are no checksums (RFC 3948 §3.1.2): a NAT would make them wrong. */
function sessionBlock(
  snapshot: Snapshot,
  { tunnel, call, session }: LiveCall,
  bare: ReadonlySet<ConnectionId | undefined>,
  clearedAgo: number | undefined,
): string[] {
  const counters = session?.counters;
  return [
    `Session id ${call.localSessionId} is ${call.state === "established" ? "up" : "down"}, tunnel id ${tunnel.localTunnelId}`,
    `  ${tunnel.localInitiated ? "Locally" : "Remotely"} initiated session`,
    `Call serial number is ${call.callSerialNumber}`,
    `Remote tunnel name is ${tunnel.remoteHostName}`,
    `  Internet address is ${inCapitals(tunnel.path.remote.address)}`,
    `Local tunnel name is ${tunnel.localHostName}`,
    `  Internet address is ${inCapitals(tunnel.path.local.address)}`,
    `  Session state is ${call.state === "established" ? "established" : SESSION_STATES[call.state]}, time since change ${age(snapshot.now - call.changedAt)}`,
    `    ${counters?.txPackets ?? 0} Packets sent, ${counters?.rxPackets ?? 0} received`,
    `    ${counters?.txOctets ?? 0} Bytes sent, ${counters?.rxOctets ?? 0} received`,
    clearingLine(clearedAgo),
    `  Session MTU is ${session?.ppp.peerMru ?? 0} bytes`,
    `  Session username is ${userOf(session)}`,
    `    Interface ${interfaceOf(session)}`,
    `    Remote session id is ${call.remoteSessionId}, remote tunnel id ${tunnel.remoteTunnelId}`,
    `  UDP checksums are ${bare.has(tunnel.path.connection) ? "disabled" : "enabled"}`,
    "  SSS switching enabled",
    `  Sequencing is ${call.sequencing ? "on" : "off"}`,
    ...lineOf(call),
    `  Unique ID is ${call.session}`,
    "",
  ];
}

/** What the LAC told of its line (WEN), and what it was told of characters to escape (SLI). */
function lineOf({ errors, accm }: LiveCall["call"]): string[] {
  const told = Object.entries(errors ?? {}).map(([what, count]) => `${count} ${what}`);
  const map = (value: number): string => `0x${value.toString(16).toUpperCase().padStart(8, "0")}`;
  return [
    ...(errors === undefined ? [] : [`  Line errors told by the peer: ${told.join(", ")}`]),
    ...(accm === undefined ? [] : [`  ACCM told: send ${map(accm.send)}, receive ${map(accm.receive)}`]),
  ];
}
