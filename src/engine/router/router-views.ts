/**
 * What can be seen of a chassis at work, as much of it as the onlooker needs: a `Snapshot` of everything, a `Roster` of
 * who is there, a `Pulse` of how much there is. Nothing is changed by looking.
 */

import type { SessionCounters, SessionId } from "../forwarding.ts";
import type { IkeMachine } from "../ike/ike.ts";
import type { Millis } from "../kernel/machine.ts";
import type { L2tpMachine } from "../l2tp/l2tp.ts";
import type { Snapshot } from "../snapshot.ts";
import type { RouterSpec } from "../spec.ts";
import type { Connections } from "./connections.ts";
import type { PppSessions } from "./ppp-sessions.ts";
import type { Pulse } from "./pulse.ts";
import type { RetiredCounters } from "./retired-counters.ts";
import type { Roster } from "./roster.ts";
import type { RouterContext } from "./router-interface.ts";
import { takeSnapshot } from "./snapshot-of.ts";

const NOTHING_CARRIED = { rxOctets: 0, txOctets: 0 } as const;

/** The parts of a chassis, which go on working. */
interface Seen {
  readonly context: RouterContext;
  readonly ike: Pick<IkeMachine, "view" | "peers">;
  readonly l2tp: Pick<L2tpMachine, "view" | "tunnels" | "established">;
  readonly ppp: Pick<PppSessions, "states" | "pools" | "aaa" | "briefs" | "ids">;
  readonly connections: Pick<Connections, "demuxPortOf" | "addTo" | "count">;
  readonly retired: RetiredCounters;
  /** Datagrams of IKE and of L2TP control. */
  readonly udp: Readonly<NonNullable<Snapshot["udp"]>>;
  /** `undefined` before the first configuration. */
  readonly spec: () => RouterSpec | undefined;
}

export class RouterViews {
  readonly #seen: Seen;

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  /** `undefined` before the first configuration. */
  snapshot(now: Millis): Snapshot | undefined {
    const glance = this.glance(now);
    return glance === undefined ? undefined : { ...glance };
  }

  /** A snapshot for whoever looks at once: each part is taken when it is first looked at. */
  glance(now: Millis): Snapshot | undefined {
    const { context, ike, l2tp, ppp, connections, retired, udp } = this.#seen;
    const spec = this.#seen.spec();
    if (spec === undefined) return undefined;
    return takeSnapshot({
      now,
      startedAt: context.startedAt,
      spec,
      ike: () => ike.view(),
      l2tp: () => l2tp.view(now),
      sessions: () => ppp.states(),
      pools: () => ppp.pools(now),
      aaa: () => ppp.aaa(),
      udp: () => ({ ...udp }),
      demuxPort: (connection) => connections.demuxPortOf(connection),
      retired,
      ports: () => this.#ports(),
      statistics: context.statistics,
      cryptoEngine: context.cryptoEngine,
      cryptoEngineDetails: context.cryptoEngineDetails,
      lineModules: context.lineModules,
    });
  }

  /** At the same time as a snapshot. */
  roster({ now, startedAt, spec }: Pick<Snapshot, "now" | "startedAt" | "spec">): Roster {
    const { ike, l2tp, ppp } = this.#seen;
    const { connections, sas: ikeSas } = ike.peers();
    const sessions = ppp.briefs((session) => this.#carriedBy(session));
    return { now, startedAt, spec, connections, ikeSas, l2tp: { tunnels: l2tp.tunnels(now) }, sessions };
  }

  pulse(): Pulse {
    const { connections, l2tp, ppp } = this.#seen;
    return {
      connections: connections.count,
      tunnels: l2tp.established,
      sessions: new Map(Array.from(ppp.ids(), (session) => [session, this.#carriedBy(session)])),
    };
  }

  #ports(): Snapshot["ports"] {
    const totals = this.#seen.retired.portTotals();
    this.#seen.connections.addTo(totals);
    return totals.byName;
  }

  #carriedBy(session: SessionId): Readonly<Pick<SessionCounters, "rxOctets" | "txOctets">> {
    return this.#seen.context.statistics.session(session) ?? NOTHING_CARRIED;
  }
}
