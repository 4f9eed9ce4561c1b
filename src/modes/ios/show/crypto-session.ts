/** `show crypto session [detail]`: a session for each connection, and for each peer that has only begun with IKE. */

import type { ConnectionId } from "../../../engine/forwarding.ts";
import type { IkeSaView } from "../../../engine/ike/events.ts";
import type { ConnectionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { age } from "./age.ts";
import {
  type ConnectionFilter,
  connectionsOf,
  insideRouterOf,
  interfaceOf,
  lonelyIkeSas,
  vrfText,
} from "./connection-filter.ts";
import { kilobytesLeft, remoteIdentPort, secondsLeft } from "./crypto-ipsec.ts";
import { phase1Id } from "./crypto-isakmp.ts";
import { clockTime } from "./words.ts";

type LiveSa = ConnectionSnapshot["sas"][number];

const DETAIL_CODES = [
  "Code: C - IKE Configuration mode, D - Dead Peer Detection     ",
  "K - Keepalives, N - NAT-traversal, T - cTCP encapsulation     ",
  "X - IKE Extended Authentication, F - IKE Fragmentation",
  "R - IKE Auto Reconnect, U - IKE Dynamic Route Update",
  "S - SIP VPN",
  "",
];

export function showCryptoSession(snapshot: Snapshot, detail: boolean, filter: ConnectionFilter = {}): string[] {
  const ike = phase1ByConnection(snapshot);
  return [
    "Crypto session current status",
    "",
    ...(detail ? DETAIL_CODES : []),
    ...connectionsOf(snapshot, filter).flatMap((connection) => connectionBlock(snapshot, connection, ike, detail)),
    ...lonelyIkeSas(snapshot, filter).flatMap((sa) => ikeBlock(snapshot, sa, detail)),
  ];
}

type Phase1 = ReadonlyMap<ConnectionId | undefined, readonly IkeSaView[]>;

/** Established phase 1 SAs by the connection that they carry. */
export function phase1ByConnection({ ikeSas }: Snapshot): Phase1 {
  return Map.groupBy(
    ikeSas.filter(({ state }) => state === "established"),
    ({ connection }) => connection,
  );
}

/** Phase 1 SAs under a connection, and what the box calls the whole. */
export function statusOf({ connection, sas }: ConnectionSnapshot, phase1: Phase1) {
  const ike = phase1.get(connection) ?? [];
  const status =
    sas.length === 0 ? (ike.length === 0 ? "DOWN" : "UP-IDLE") : ike.length === 0 ? "UP-NO-IKE" : "UP-ACTIVE";
  return { ike, status } as const;
}

function connectionBlock(
  snapshot: Snapshot,
  connection: ConnectionSnapshot,
  phase1: Phase1,
  detail: boolean,
): string[] {
  const { local, remote } = connection.flow;
  const active = 2 * connection.sas.length;
  const { ike, status } = statusOf(connection, phase1);
  return [
    `Interface: ${connection.gateway?.interfaceName ?? ""}`,
    ...profileLine(connection.peerProfile),
    ...(detail ? [`Uptime: ${age(snapshot.now - connection.openedAt)}`] : []),
    ...peerLines(status, remote, connection.peerIdentity, detail, {
      outside: vrfText(connection.virtualRouter),
      inside: vrfText(connection.insideRouter ?? connection.virtualRouter),
    }),
    ...ike.flatMap((sa) => ikeLines(snapshot, sa, connection.flow, detail)),
    `  IPSEC FLOW: permit 17 host ${inCapitals(local.address)} port 1701 host ${inCapitals(remote.address)} port ${remoteIdentPort(connection)} `,
    `        Active SAs: ${active}, origin: ${connection.gateway?.label.dynamicMap === undefined ? "crypto map" : "dynamic crypto map"}`,
    ...(detail ? trafficLines(snapshot, connection.sas) : []),
    "",
  ];
}

/** No SA for traffic yet, so no flow either. */
function ikeBlock(snapshot: Snapshot, sa: IkeSaView, detail: boolean): string[] {
  return [
    `Interface: ${interfaceOf(snapshot, sa)}`,
    ...profileLine(sa.peerProfile),
    ...peerLines(sa.state === "established" ? "UP-IDLE" : "DOWN-NEGOTIATING", sa.flow.remote, sa.peerIdentity, detail, {
      outside: vrfText(sa.virtualRouter),
      inside: vrfText(insideRouterOf(snapshot, sa)),
    }),
    ...ikeLines(snapshot, sa, sa.flow, detail),
    "",
  ];
}

/** Only of a peer that an ISAKMP profile takes. */
function profileLine(profile: string | undefined): string[] {
  return profile === undefined ? [] : [`Profile: ${profile}`];
}

function peerLines(
  status: string,
  remote: ConnectionSnapshot["flow"]["remote"],
  identity: IkeSaView["peerIdentity"],
  detail: boolean,
  vrf: { readonly outside: string; readonly inside: string },
): string[] {
  return [
    `Session status: ${status.padEnd(14)}`,
    `Peer: ${inCapitals(remote.address)} port ${remote.port}${detail ? ` fvrf: ${vrf.outside} ivrf: ${vrf.inside}` : " "}`,
    ...(detail ? [`      Phase1_id: ${phase1Id(identity)}`, "      Desc: (none)"] : []),
    "  Session ID: 0  ",
  ];
}

function ikeLines(snapshot: Snapshot, sa: IkeSaView, flow: ConnectionSnapshot["flow"], detail: boolean): string[] {
  const { local, remote } = flow;
  const capabilities = `${sa.deadPeerDetection ? "D" : ""}${sa.natTraversal ? "N" : ""}` || "(none)";
  const left = clockTime((sa.expiresAt ?? snapshot.now) - snapshot.now);
  return [
    `  IKEv1 SA: local ${inCapitals(local.address)}/${local.port} remote ${inCapitals(remote.address)}/${remote.port} ${sa.state === "established" ? "Active" : "Inactive"} `,
    ...(detail ? [`          Capabilities:${capabilities} connid:${sa.id} lifetime:${left}`] : []),
  ];
}

/** Packets of all SAs that the flow has now, and what is left of the newest. */
function trafficLines(snapshot: Snapshot, sas: readonly LiveSa[]): string[] {
  const current = sas.findLast((sa) => !sa.superseded) ?? sas.at(-1);
  if (current === undefined) return [];
  const volume = current.lifetimeKilobytes === undefined ? "KB Vol Rekey Disabled" : kilobytesLeft(current);
  const life = `life (KB/Sec) ${volume}/${secondsLeft(snapshot, current)}`;
  const sum = (count: (sa: LiveSa) => number): number => sas.reduce((total, sa) => total + count(sa), 0);
  const dropped = ({ inbound }: LiveSa): number =>
    inbound.authenticationErrors +
    inbound.replayErrors +
    inbound.policyErrors +
    inbound.decryptErrors +
    inbound.padErrors +
    inbound.otherErrors;
  return [
    `        Inbound:  #pkts dec'ed ${sum((sa) => sa.inbound.packets)} drop ${sum(dropped)} ${life}`,
    `        Outbound: #pkts enc'ed ${sum((sa) => sa.outbound.packets)} drop ${sum((sa) => sa.outbound.otherErrors)} ${life}`,
  ];
}
