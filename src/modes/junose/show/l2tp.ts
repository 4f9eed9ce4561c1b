/** `show l2tp`: the settings of the chassis and what it has done with them. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import {
  disableCallingNumber,
  disableChallenge,
  disconnectCause,
  failOverWithinPreference,
  failoverResync,
  ignoreAddressChange,
  ignoreSequencing,
  lockoutTest,
  lockoutTimeout,
  receiveWindowSize,
  speedWhenEqual,
  tunnelSwitching,
  weightedLoadBalancing,
} from "../commands/l2tp.ts";
import { isStated, standing, stated } from "../compile/standing.ts";
import { administrativeState, destinations, isUp } from "./l2tp-names.ts";
import { onOff, placed } from "./text.ts";

const COLUMNS = [2, 24, 32, 41, 50];

export function showL2tp(context: ExecContext): ExecResult {
  const { chassis, snapshot } = context;
  const { l2tp } = snapshot.spec;
  const state = (command: Parameters<typeof isStated>[1]): string => onOff(isStated(chassis, command));
  const configuration = [
    `L2TP administrative state is ${administrativeState(snapshot)}`,
    `Dynamic interface destruct timeout is ${l2tp.destructTimeoutSeconds} seconds`,
    `Data packet checksums are ${onOff(!l2tp.ignoreUdpChecksums)}`,
    `Receive data sequencing is ${isStated(chassis, ignoreSequencing) ? "ignored" : "not ignored"}`,
    `Tunnel switching is ${state(tunnelSwitching)}`,
    `Retransmission retries for established tunnels is ${l2tp.retransmitRetriesEstablished}`,
    `Retransmission retries for not-established tunnels is ${l2tp.retransmitRetriesNotEstablished}`,
    `Tunnel idle timeout is ${l2tp.idleTimeoutSeconds} seconds`,
    `Failover within a preference level is ${state(failOverWithinPreference)}`,
    `Weighted load balancing is ${state(weightedLoadBalancing)}`,
    `Tunnel authentication challenge is ${onOff(!isStated(chassis, disableChallenge))}`,
    `Calling number avp is ${onOff(!isStated(chassis, disableCallingNumber))}`,
    `Ignore remote transmit address change is ${state(ignoreAddressChange)}`,
    `Disconnect cause avp is ${state(disconnectCause)}`,
    `Default receive window size is ${stated(chassis, receiveWindowSize)?.size ?? "system chosen"}`,
    `Rx speed avp when equal is ${state(speedWhenEqual)}`,
    `Destination lockout timeout is ${standing(chassis, lockoutTimeout).seconds} seconds`,
    `Destination lockout test is ${state(lockoutTest)}`,
    `Failover resync is ${standing(chassis, failoverResync).method}`,
  ];
  const counts = countersOf(context);
  return {
    lines: [
      "Configuration",
      ...configuration.map((line) => `  ${line}`),
      placed([0, ...COLUMNS.slice(1)], ["Sub-interfaces", "total", "active", "failed", "auth-errors"]),
      ...counts.map((row) =>
        placed(COLUMNS, [row.name, row.total, row.active, row.failed, row.authenticationErrors ?? "n/a"]),
      ),
    ],
    model: { configuration: l2tp, state: administrativeState(snapshot), counters: counts },
  };
}

interface Counters {
  readonly name: string;
  readonly total: number;
  readonly active: number;
  readonly failed: number;
  readonly authenticationErrors: number | undefined;
}

function countersOf({ snapshot }: ExecContext): Counters[] {
  const all = destinations(snapshot);
  const { tunnels, totals } = snapshot.l2tp;
  const active = tunnels.filter((tunnel) => isUp(tunnel.state));
  const calls = tunnels.flatMap((tunnel) => tunnel.sessions).filter((call) => isUp(call.state));
  const up = all.filter((destination) => destination.tunnels.some(({ view }) => isUp(view.state)));
  return [
    {
      name: "Destinations",
      total: totals.destinationsTotal,
      active: up.length,
      failed: totals.destinationsFailed,
      authenticationErrors: undefined,
    },
    {
      name: "Tunnels",
      total: totals.tunnelsTotal,
      active: active.length,
      failed: totals.tunnelsFailed,
      authenticationErrors: totals.authenticationErrors,
    },
    {
      name: "Sessions",
      total: totals.sessionsTotal,
      active: calls.length,
      failed: totals.sessionsFailed,
      authenticationErrors: undefined,
    },
    { name: "Switched-sessions", total: 0, active: 0, failed: 0, authenticationErrors: undefined },
  ];
}
