/** `show l2tp tunnel` and `session` with the words that ask for other columns: packets, states, transport, sequencing. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { age } from "./age.ts";
import {
  type CallFilter,
  interfaceOf,
  liveCalls,
  liveTunnels,
  NO_TUNNELS,
  SESSION_STATES,
  sessionTable,
  TUNNEL_STATES,
  type TunnelFilter,
  totals,
  userOf,
} from "./vpdn.ts";

function row(widths: readonly number[], cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => String(cell).padEnd(index === cells.length - 1 ? 0 : (widths[index] ?? 0)))
    .join(" ");
}

const TEN = [10, 10, 10, 10, 10, 10, 10];
const TRANSPORT = [10, 4, 4, 15, 5, 15, 5];
const TUNNEL_STATE = [10, 10, 13, 13, 6, 8];

export type TunnelColumns = "packets" | "state" | "summary" | "transport";

export function showTunnelColumns(snapshot: Snapshot, columns: TunnelColumns, filter: TunnelFilter): string[] {
  const tunnels = liveTunnels(snapshot, filter);
  if (tunnels.length === 0) return NO_TUNNELS;
  const head = ["", `L2TP Tunnel Information ${totals(tunnels)}`, ""];
  switch (columns) {
    case "summary":
      return head;
    case "packets":
      return [
        ...head,
        row(TEN, ["LocTunID", "Pkts-In", "Pkts-Out", "Bytes-In", "Bytes-Out"]),
        ...tunnels.map(({ localTunnelId, counters }) =>
          row(TEN, [localTunnelId, counters.rxPackets, counters.txPackets, counters.rxOctets, counters.txOctets]),
        ),
        "",
      ];
    case "state":
      return [
        ...head,
        row(TUNNEL_STATE, ["LocTunID", "RemTunID", "Local Name", "Remote Name", "State", "Last-Chg"]),
        ...tunnels.map((tunnel) =>
          row(TUNNEL_STATE, [
            tunnel.localTunnelId,
            tunnel.remoteTunnelId,
            tunnel.localHostName,
            tunnel.remoteHostName,
            TUNNEL_STATES[tunnel.state],
            age(snapshot.now - tunnel.changedAt),
          ]),
        ),
        "",
      ];
    case "transport":
      return [
        ...head,
        row(TRANSPORT, ["LocTunID", "Type", "Prot", "Local Address", "Port", "Remote Address", "Port"]),
        ...tunnels.map(({ localTunnelId, path: { local, remote } }) =>
          row(TRANSPORT, [
            localTunnelId,
            "UDP",
            17,
            inCapitals(local.address),
            local.port,
            inCapitals(remote.address),
            remote.port,
          ]),
        ),
        "",
      ];
  }
}

export type SessionColumns = "packets" | "sequence" | "state" | "timers" | "window";

export function showSessionColumns(snapshot: Snapshot, columns: SessionColumns, filter: CallFilter): string[] {
  const calls = liveCalls(snapshot, filter);
  const ids = ["LocID", "RemID", "TunID"];
  const rows = (heading: readonly string[], cells: (call: (typeof calls)[number]) => readonly (string | number)[]) =>
    sessionTable(
      snapshot,
      [row(TEN, [...ids, ...heading])],
      calls.map((live) =>
        row(TEN, [live.call.localSessionId, live.call.remoteSessionId, live.tunnel.localTunnelId, ...cells(live)]),
      ),
    );
  switch (columns) {
    case "packets":
      return rows(["Pkts-In", "Pkts-Out", "Bytes-In", "Bytes-Out"], ({ session }) => [
        session?.counters.rxPackets ?? 0,
        session?.counters.txPackets ?? 0,
        session?.counters.rxOctets ?? 0,
        session?.counters.txOctets ?? 0,
      ]);
    case "state":
      return rows(["Intf", "State", "Last Chg", "Username"], ({ call, session }) => [
        interfaceOf(session),
        SESSION_STATES[call.state],
        age(snapshot.now - call.changedAt),
        userOf(session),
      ]);
    case "sequence":
      return rows(["Sequencing"], ({ call }) => [call.sequencing ? "on" : "off"]);
    case "timers":
      return rows(["Up", "Idle limit", "Limit"], ({ call, session }) => {
        const limits = session?.pppProfile?.sessionTimeouts;
        const shown = (seconds: number | undefined): string => (seconds === undefined ? "none" : age(seconds * 1000));
        return [age(snapshot.now - call.changedAt), shown(limits?.idleSeconds), shown(limits?.absoluteSeconds)];
      });
    case "window":
      return rows(["Window"], () => ["none"]);
  }
}
