/** Composes what the machines and the line module know into one `Snapshot`. */

import { newSaCounters, newSessionCounters } from "../counters.ts";
import type { ConnectionId, LineModuleStatistics } from "../forwarding.ts";
import type { IkeView } from "../ike/events.ts";
import type { Millis } from "../kernel/machine.ts";
import type { L2tpView } from "../l2tp/events.ts";
import type { AaaSnapshot, PoolSnapshot, Snapshot } from "../snapshot.ts";
import type { RouterSpec } from "../spec.ts";
import type { RetiredCounters } from "./retired-counters.ts";
import type { SessionState } from "./session-state.ts";

export interface SnapshotSources {
  readonly now: Millis;
  readonly startedAt: Millis;
  readonly spec: RouterSpec;
  readonly ike: IkeView;
  readonly l2tp: L2tpView;
  readonly sessions: readonly SessionState[];
  readonly pools: readonly PoolSnapshot[];
  readonly aaa?: readonly AaaSnapshot[];
  readonly demuxPort: (connection: ConnectionId) => number | undefined;
  readonly retired?: RetiredCounters;
  readonly statistics: LineModuleStatistics;
  readonly cryptoEngine: string;
}

export function takeSnapshot(sources: SnapshotSources): Snapshot {
  const { statistics } = sources;
  return {
    now: sources.now,
    startedAt: sources.startedAt,
    spec: sources.spec,
    ikeSas: sources.ike.sas,
    ...(sources.ike.counters === undefined ? {} : { ike: sources.ike.counters }),
    connections: sources.ike.connections.map((connection) => ({
      ...connection,
      ...retiredOf(sources, connection.connection),
      demuxPort: sources.demuxPort(connection.connection),
      sas: connection.sas.map((sa) => ({
        ...sa,
        inbound: { ...(statistics.inboundSa(connection.connection, sa.inboundSpi) ?? newSaCounters()) },
        outbound: { ...(statistics.outboundSa(connection.connection, sa.outboundSpi) ?? newSaCounters()) },
      })),
    })),
    certificateFaults: sources.ike.certificateFaults,
    l2tp: sources.l2tp,
    sessions: sources.sessions.map((state) => ({
      session: state.session,
      connection: state.connection,
      index: state.index,
      virtualRouter: state.virtualRouter,
      localTunnelId: state.localTunnelId,
      localSessionId: state.localSessionId,
      pppProfile: state.profile,
      ppp: state.view,
      mtu: state.mtu,
      pool: state.pool,
      openedAt: state.openedAt,
      counters: { ...(statistics.session(state.session) ?? newSessionCounters()) },
    })),
    pools: sources.pools,
    ...(sources.aaa === undefined ? {} : { aaa: sources.aaa }),
    lineModule: { ...statistics.totals() },
    ...hostLinksOf(sources),
    accessListMatches: Object.fromEntries(
      (sources.spec.accessLists ?? []).map(({ name }) => [name, statistics.accessList?.(name) ?? []]),
    ),
    cryptoEngine: sources.cryptoEngine,
  };
}

function hostLinksOf({ spec, statistics }: SnapshotSources): Pick<Snapshot, "hostLinks"> {
  const devices = spec.virtualRouters.flatMap(({ interfaces }) =>
    interfaces.flatMap(({ hostDevice }) => (hostDevice === undefined ? [] : [hostDevice])),
  );
  if (devices.length === 0) return {};
  const counters = (device: string) => ({ ...(statistics.hostLink?.(device) ?? newSessionCounters()) });
  return { hostLinks: Object.fromEntries(devices.map((device) => [device, counters(device)])) };
}

function retiredOf(
  { retired }: SnapshotSources,
  connection: ConnectionId,
): Pick<Snapshot["connections"][number], "retired"> {
  const counters = retired?.of(connection);
  if (counters === undefined) return {};
  return { retired: { inbound: { ...counters.inbound }, outbound: { ...counters.outbound } } };
}
