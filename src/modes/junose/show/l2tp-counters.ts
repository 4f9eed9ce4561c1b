/** The counter tables of destinations, tunnels and sessions. */

import type { NamedSession, NamedTunnel } from "./l2tp-names.ts";
import { isUp } from "./l2tp-names.ts";
import { placed } from "./text.ts";

export interface Traffic {
  readonly packets: number;
  readonly octets: number;
  readonly discards: number;
  readonly errors: number;
}

export interface Counted {
  readonly total: number;
  readonly active: number;
  readonly failed: number;
  readonly authenticationErrors?: number | undefined;
}

const STATISTICS = [2, 21, 31, 40, 51];
const SUB_INTERFACES = [2, 21, 29, 38, 47];

export function statisticsLines(rows: readonly (readonly [name: string, traffic: Traffic])[]): string[] {
  const indented = [4, ...STATISTICS.slice(1)];
  return [
    placed(STATISTICS, ["Statistics", "packets", "octets", "discards", "errors"]),
    ...rows.map(([name, { packets, octets, discards, errors }]) =>
      placed(indented, [name, packets, octets, discards, errors]),
    ),
  ];
}

/** Without authentication errors in any row their column is left out. */
export function subInterfaceLines(
  rows: readonly (readonly [name: string, counted: Counted])[],
  authentication: boolean,
): string[] {
  const indented = [4, ...SUB_INTERFACES.slice(1)];
  const errors = (counted: Counted) => (authentication ? [counted.authenticationErrors ?? "n/a"] : []);
  return [
    placed(SUB_INTERFACES, ["Sub-interfaces", "total", "active", "failed", ...(authentication ? ["auth-errors"] : [])]),
    ...rows.map(([name, counted]) =>
      placed(indented, [name, counted.total, counted.active, counted.failed, ...errors(counted)]),
    ),
  ];
}

function sum(all: readonly Traffic[]): Traffic {
  const total = (of: (traffic: Traffic) => number): number => all.reduce((so, traffic) => so + of(traffic), 0);
  return {
    packets: total((traffic) => traffic.packets),
    octets: total((traffic) => traffic.octets),
    discards: total((traffic) => traffic.discards),
    errors: total((traffic) => traffic.errors),
  };
}

export function controlTraffic(tunnels: readonly NamedTunnel[]): { readonly rx: Traffic; readonly tx: Traffic } {
  const counters = tunnels.map(({ view }) => view.counters);
  return {
    rx: sum(
      counters.map((one) => ({
        packets: one.rxPackets,
        octets: one.rxOctets,
        discards: one.discards,
        errors: one.authenticationFailures,
      })),
    ),
    tx: sum(counters.map((one) => ({ packets: one.txPackets, octets: one.txOctets, discards: 0, errors: 0 }))),
  };
}

/** Packets with a source that is not the session's own count as errors. */
export function dataTraffic(sessions: readonly NamedSession[]): { readonly rx: Traffic; readonly tx: Traffic } {
  const counters = sessions.flatMap(({ ppp, call }) => ppp?.counters ?? call.carried ?? []);
  return {
    rx: sum(
      counters.map((one) => ({
        packets: one.rxPackets,
        octets: one.rxOctets,
        discards: one.rxDiscards,
        errors: one.spoofed,
      })),
    ),
    tx: sum(
      counters.map((one) => ({ packets: one.txPackets, octets: one.txOctets, discards: one.txDiscards, errors: 0 })),
    ),
  };
}

export function tunnelCounts(tunnels: readonly NamedTunnel[]): Counted {
  return {
    total: tunnels.length,
    active: tunnels.filter(({ view }) => isUp(view.state)).length,
    failed: tunnels.filter(({ view }) => !isUp(view.state) && view.sessionsTotal === 0).length,
    authenticationErrors: tunnels.reduce((so, { view }) => so + view.counters.authenticationFailures, 0),
  };
}

export function sessionCounts(tunnels: readonly NamedTunnel[]): Counted {
  return {
    total: tunnels.reduce((so, { view }) => so + view.sessionsTotal, 0),
    active: activeSessions(tunnels),
    failed: tunnels.reduce((so, { view }) => so + view.sessionsFailed, 0),
  };
}

export function activeSessions(tunnels: readonly NamedTunnel[]): number {
  return tunnels.flatMap(({ sessions }) => sessions).filter(({ call }) => isUp(call.state)).length;
}
