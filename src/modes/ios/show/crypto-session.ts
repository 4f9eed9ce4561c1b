/** `show crypto session [detail]`. */

import type { ConnectionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { kilobytesLeft, remoteIdentPort, secondsLeft } from "./crypto-ipsec.ts";
import { identityText } from "./crypto-isakmp.ts";
import { clockTime } from "./words.ts";

const DETAIL_CODES = [
  "Code: C - IKE Configuration mode, D - Dead Peer Detection     ",
  "K - Keepalives, N - NAT-traversal, T - cTCP encapsulation     ",
  "X - IKE Extended Authentication, F - IKE Fragmentation",
  "R - IKE Auto Reconnect, U - IKE Dynamic Route Update",
  "S - SIP VPN",
  "",
];

export function showCryptoSession(snapshot: Snapshot, detail: boolean): string[] {
  const sessions = snapshot.connections.flatMap((connection) => sessionBlock(snapshot, connection, detail));
  return ["Crypto session current status", "", ...(detail ? DETAIL_CODES : []), ...sessions];
}

function sessionBlock(snapshot: Snapshot, connection: ConnectionSnapshot, detail: boolean): string[] {
  const { local, remote } = connection.flow;
  const ike = snapshot.ikeSas.filter((sa) => sa.connection === connection.connection && sa.state === "established");
  const active = 2 * connection.sas.length;
  const status = active === 0 ? "DOWN" : ike.length === 0 ? "UP-NO-IKE" : "UP-ACTIVE";
  const remotePort = remoteIdentPort(connection);
  const current = connection.sas.at(-1);
  return [
    `Interface: ${connection.gateway?.interfaceName ?? ""}`,
    ...(detail ? [`Uptime: ${clockTime(snapshot.now - connection.openedAt)}`] : []),
    `Session status: ${status.padEnd(14)}`,
    `Peer: ${remote.address} port ${remote.port}${detail ? " fvrf: (none) ivrf: (none)" : " "}`,
    ...(detail ? [`      Phase1_id: ${identityText(connection.peerIdentity)}`, "      Desc: (none)"] : []),
    "  Session ID: 0  ",
    ...ike.flatMap((sa) => {
      const capabilities = `${sa.deadPeerDetection ? "D" : ""}${sa.natTraversal ? "N" : ""}` || "(none)";
      const left = clockTime((sa.expiresAt ?? snapshot.now) - snapshot.now);
      return [
        `  IKEv1 SA: local ${local.address}/${local.port} remote ${remote.address}/${remote.port} Active `,
        ...(detail ? [`          Capabilities:${capabilities} connid:${sa.id} lifetime:${left}`] : []),
      ];
    }),
    `  IPSEC FLOW: permit 17 host ${local.address} port 1701 host ${remote.address} port ${remotePort} `,
    `        Active SAs: ${active}, origin: ${connection.gateway?.label.dynamicMap === undefined ? "crypto map" : "dynamic crypto map"}`,
    ...(detail && current !== undefined
      ? [
          `        Inbound:  #pkts dec'ed ${current.inbound.packets} drop ${current.inbound.authenticationErrors + current.inbound.replayErrors} life (KB/Sec) ${kilobytesLeft(current)}/${secondsLeft(snapshot, current)}`,
          `        Outbound: #pkts enc'ed ${current.outbound.packets} drop ${current.outbound.otherErrors} life (KB/Sec) ${kilobytesLeft(current)}/${secondsLeft(snapshot, current)}`,
        ]
      : []),
    "",
  ];
}
