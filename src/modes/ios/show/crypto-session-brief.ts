/** `show crypto session brief`: a line for each session. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { age } from "./age.ts";
import { type ConnectionFilter, connectionsOf, interfaceOf, lonelyIkeSas } from "./connection-filter.ts";
import { phase1Id } from "./crypto-isakmp.ts";
import { phase1ByConnection, statusOf } from "./crypto-session.ts";
import { shortName } from "./words.ts";

const STATUS = { "UP-ACTIVE": "UA", "UP-IDLE": "UI", "UP-NO-IKE": "UK", DOWN: "D" } as const;

const HEADING = [
  "Status: A- Active, U - Up, D - Down, I - Idle, S - Standby, N - Negotiating",
  "        K - No IKE",
  "ivrf = (none)",
  "Peer            I/F          Username        Group/Phase1_id          Uptime   Status",
];

function row(peer: string, port: string, identity: string, uptime: string, status: string): string {
  return `${inCapitals(peer).padEnd(15)} ${port.padEnd(12)} ${"".padEnd(15)} ${identity.padEnd(24)} ${uptime.padEnd(8)} ${status}`;
}

export function showCryptoSessionBrief(snapshot: Snapshot, filter: ConnectionFilter): string[] {
  const ike = phase1ByConnection(snapshot);
  return [
    ...HEADING,
    ...connectionsOf(snapshot, filter).map((connection) =>
      row(
        connection.flow.remote.address,
        shortName(connection.gateway?.interfaceName ?? ""),
        phase1Id(connection.peerIdentity),
        age(snapshot.now - connection.openedAt),
        STATUS[statusOf(connection, ike).status],
      ),
    ),
    ...lonelyIkeSas(snapshot, filter).map((sa) =>
      row(
        sa.flow.remote.address,
        shortName(interfaceOf(snapshot, sa)),
        phase1Id(sa.peerIdentity),
        age(snapshot.now - sa.createdAt),
        sa.state === "established" ? "UI" : "DN",
      ),
    ),
    "",
  ];
}
