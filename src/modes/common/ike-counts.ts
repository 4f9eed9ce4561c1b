/** What IKE received, sent and refused since the router started, as both dialects show it. */

import type { Snapshot } from "../../engine/snapshot.ts";

type Counted = readonly (readonly [label: string, count: number])[];

function countsOf({ ike, ikeSas }: Pick<Snapshot, "ike" | "ikeSas">): Counted {
  const active = ikeSas.filter(({ state }) => state === "established").length;
  const opened = (ike?.phase1Answered ?? 0) + (ike?.phase1Initiated ?? 0);
  const dropped = ike === undefined ? 0 : ike.malformed + ike.unknownCookies + ike.unexpected + ike.lockedOut;
  return [
    ["Active Tunnels", active],
    ["Previous Tunnels", Math.max(0, opened - active)],
    ["In Octets", ike?.receivedOctets ?? 0],
    ["In Packets", ike?.receivedPackets ?? 0],
    ["In Drop Packets", dropped],
    ["In Notifys", ike?.notificationsReceived ?? 0],
    ["In P2 Exchanges", ike?.quickModes ?? 0],
    ["In P2 Exchange Rejects", ike?.quickModesRefused ?? 0],
    ["In P2 Sa Delete Requests", ike?.deletesReceived ?? 0],
    ["Out Octets", ike?.sentOctets ?? 0],
    ["Out Packets", ike?.sentPackets ?? 0],
    ["P2 Exchange Fails", ike?.quickModesFailed ?? 0],
    ["Initiator Tunnels", ike?.phase1Initiated ?? 0],
    ["Initiator Fails", ike?.phase1InitiatorFailures ?? 0],
    ["Responder Tunnels", ike?.phase1Answered ?? 0],
    ["Responder Fails", ike?.phase1ResponderFailures ?? 0],
    ["System Capacity Fails", (ike?.evicted ?? 0) + (ike?.crowdedOut ?? 0)],
    ["Auth Fails", ike?.notAuthentic ?? 0],
    ["Not Encrypted Fails", ike?.notEncrypted ?? 0],
    ["No Sa Fails", ike?.unknownCookies ?? 0],
    ["Retransmissions Received", ike?.duplicates ?? 0],
    ["Locked Out", ike?.lockedOut ?? 0],
  ];
}

export function ikeCountLines(snapshot: Snapshot): string[] {
  return ["Global IKE Statistics", ...countsOf(snapshot).map(([label, count]) => `${label}: ${count}`)];
}

export function ikeCountModel(snapshot: Snapshot): Readonly<Record<string, number>> {
  return Object.fromEntries(
    countsOf(snapshot).map(([label, count]) => [
      label.charAt(0).toLowerCase() + label.slice(1).replaceAll(" ", ""),
      count,
    ]),
  );
}
