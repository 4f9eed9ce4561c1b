/**
 * Composes what the machines and the line module know into one `Snapshot`, part by part: with thousands of sessions most of it is much, and most
 * commands look at little of it.
 */

import { newHostLinkCounters, newSaCounters, newSessionCounters } from "../counters.ts";
import type { ConnectionId, LineModuleStatistics, LineModules } from "../forwarding.ts";
import type { ConnectionView, IkeView } from "../ike/events.ts";
import type { Millis } from "../kernel/machine.ts";
import type { L2tpView } from "../l2tp/events.ts";
import type {
  AaaSnapshot,
  ConnectionSnapshot,
  CryptoEngineDetails,
  PoolSnapshot,
  SessionSnapshot,
  Snapshot,
} from "../snapshot.ts";
import type { RouterSpec } from "../spec.ts";
import type { RetiredCounters } from "./retired-counters.ts";
import type { SessionState } from "./session-state.ts";

export interface SnapshotSources {
  readonly now: Millis;
  readonly startedAt: Millis;
  readonly spec: RouterSpec;
  readonly ike: () => IkeView;
  readonly l2tp: () => L2tpView;
  readonly sessions: () => readonly SessionState[];
  readonly pools: () => readonly PoolSnapshot[];
  readonly udp?: () => Snapshot["udp"];
  readonly aaa?: () => readonly AaaSnapshot[];
  readonly demuxPort: (connection: ConnectionId) => number | undefined;
  readonly retired?: RetiredCounters;
  readonly ports?: () => Snapshot["ports"];
  readonly statistics: LineModuleStatistics;
  readonly cryptoEngine: string;
  readonly cryptoEngineDetails?: CryptoEngineDetails | undefined;
  readonly lineModules?: LineModules | undefined;
}

/** Each part is taken when it is first looked at, and is what it was then; a copy (`{ ...snapshot }`) takes all of them. */
export function takeSnapshot(sources: SnapshotSources): Snapshot {
  const { now, startedAt, spec, statistics, cryptoEngine, cryptoEngineDetails, lineModules, l2tp, pools } = sources;
  const views = partByPart({ ike: sources.ike });
  return partByPart<Snapshot>({
    now: () => now,
    startedAt: () => startedAt,
    spec: () => spec,
    ikeSas: () => views.ike.sas,
    ike: () => views.ike.counters,
    connections: () => views.ike.connections.map((connection) => connectionSnapshot(sources, connection)),
    certificateFaults: () => views.ike.certificateFaults,
    l2tp,
    sessions: () => sources.sessions().map((state) => sessionSnapshot(sources, state)),
    pools,
    ...(sources.aaa === undefined ? {} : { aaa: sources.aaa }),
    lineModule: () => ({ ...statistics.totals() }),
    ...(sources.udp === undefined ? {} : { udp: sources.udp }),
    ...(sources.ports === undefined ? {} : { ports: sources.ports }),
    ...hostLinksOf(sources),
    accessListMatches: () =>
      Object.fromEntries((spec.accessLists ?? []).map(({ name }) => [name, statistics.accessList?.(name) ?? []])),
    cryptoEngine: () => cryptoEngine,
    ...(cryptoEngineDetails === undefined ? {} : { cryptoEngineDetails: () => cryptoEngineDetails }),
    ...(lineModules === undefined ? {} : { lineModules: () => lineModules.views() }),
  });
}

function connectionSnapshot(sources: SnapshotSources, connection: ConnectionView): ConnectionSnapshot {
  const { statistics } = sources;
  const id = connection.connection;
  return {
    ...connection,
    ...retiredOf(sources, id),
    demuxPort: sources.demuxPort(id),
    sas: connection.sas.map((sa) => ({
      ...sa,
      inbound: { ...(statistics.inboundSa(id, sa.inboundSpi) ?? newSaCounters()) },
      outbound: { ...(statistics.outboundSa(id, sa.outboundSpi) ?? newSaCounters()) },
    })),
  };
}

function sessionSnapshot({ statistics }: SnapshotSources, state: SessionState): SessionSnapshot {
  return {
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
  };
}

type Makers<Whole> = { readonly [Part in keyof Whole]: () => Whole[Part] };

function partByPart<Whole extends object>(makers: Makers<Whole>): Whole {
  const whole = {} as Whole;
  for (const part of Object.keys(makers) as (keyof Whole)[]) {
    const get = (): Whole[keyof Whole] => {
      const value = makers[part]();
      Object.defineProperty(whole, part, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(whole, part, { get, enumerable: true, configurable: true });
  }
  return whole;
}

function hostLinksOf({ spec, statistics }: SnapshotSources): Pick<Makers<Snapshot>, "hostLinks"> {
  const devices = spec.virtualRouters.flatMap(({ interfaces }) =>
    interfaces.flatMap(({ hostDevice }) => (hostDevice === undefined ? [] : [hostDevice])),
  );
  if (devices.length === 0) return {};
  const counters = (device: string) => ({ ...(statistics.hostLink?.(device) ?? newHostLinkCounters()) });
  return { hostLinks: () => Object.fromEntries(devices.map((device) => [device, counters(device)])) };
}

function retiredOf(
  { retired }: SnapshotSources,
  connection: ConnectionId,
): Pick<Snapshot["connections"][number], "retired"> {
  const counters = retired?.of(connection);
  if (counters === undefined) return {};
  return { retired: { inbound: { ...counters.inbound }, outbound: { ...counters.outbound } } };
}
