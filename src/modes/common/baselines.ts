/**
 * Marks from which counters are shown. A router never sets its counters back: `clear counters` and `baseline` remember what
 * they were, and show commands print what came since. Marks belong to the chassis, so every login sees the same numbers.
 */

import type { SaCounters } from "../../engine/forwarding.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import type { ConnectionSnapshot, Snapshot } from "../../engine/snapshot.ts";

type Counts = Readonly<Record<string, number>>;

/** What is counted on its own: `session 5`, `tunnel 2`, `sa 1 268501248 in`. */
type Key = string;

interface Mark {
  readonly at: Millis;
  readonly counts: ReadonlyMap<Key, Counts>;
}

/** They stand among counters and say where something is, not how much of it there was. */
const POSITIONS: ReadonlySet<string> = new Set([
  "lastSequence",
  "lastUsedAt",
  "lastInputAt",
  "lastOutputAt",
  "mostUsers",
]);

export class Baselines {
  readonly #marks = new Map<string, Mark>();
  /** `show` starts from the marks without being told to. */
  always = false;

  /** Marks everything that is counted, or the keys that are wanted; the others keep the mark they have. */
  set(name: string, snapshot: Snapshot, wanted: (key: Key) => boolean = () => true): void {
    const before = this.#marks.get(name)?.counts;
    const counts = new Map<Key, Counts>();
    for (const [key, now] of countsOf(snapshot)) {
      const kept = wanted(key) ? now : before?.get(key);
      if (kept !== undefined) counts.set(key, kept);
    }
    this.#marks.set(name, { at: snapshot.now, counts });
  }

  /** Monotonic time of the last mark under a name; `undefined` = there is none. */
  setAt(name: string): Millis | undefined {
    return this.#marks.get(name)?.at;
  }

  /** The snapshot with its counters as they moved since the mark; the same one where there is no mark. */
  since(name: string, snapshot: Snapshot): Snapshot {
    const counts = this.#marks.get(name)?.counts;
    return counts === undefined ? snapshot : subtracted(snapshot, counts);
  }
}

export function sessionKey(session: number): Key {
  return `session ${session}`;
}

export function tunnelKey(tunnel: number): Key {
  return `tunnel ${tunnel}`;
}

export function linkKey(device: string): Key {
  return `link ${device}`;
}

export function portKey(name: string): Key {
  return `port ${name}`;
}

/** Starts the keys of every SA of a connection. */
export function connectionKey(connection: number): Key {
  return `sa ${connection} `;
}

function* countsOf(snapshot: Snapshot): Generator<[Key, Counts]> {
  const { connections, sessions, l2tp, lineModule } = snapshot;
  for (const { connection, sas, retired } of connections) {
    if (retired !== undefined) {
      yield [`${connectionKey(connection)}retired in`, numbersOf(retired.inbound)];
      yield [`${connectionKey(connection)}retired out`, numbersOf(retired.outbound)];
    }
    for (const sa of sas) {
      yield [`${connectionKey(connection)}${sa.inboundSpi} in`, numbersOf(sa.inbound)];
      yield [`${connectionKey(connection)}${sa.inboundSpi} out`, numbersOf(sa.outbound)];
    }
  }
  for (const [device, counters] of Object.entries(snapshot.hostLinks ?? {}))
    yield [linkKey(device), numbersOf(counters)];
  for (const [name, counters] of Object.entries(snapshot.ports ?? {})) yield [portKey(name), numbersOf(counters)];
  for (const { session, counters } of sessions) yield [sessionKey(session), numbersOf(counters)];
  for (const { tunnel, counters, sessionsTotal, sessionsFailed, sessions: calls } of l2tp.tunnels) {
    yield [tunnelKey(tunnel), { ...numbersOf(counters), sessionsTotal, sessionsFailed }];
    for (const { session, carried } of calls)
      if (carried !== undefined) yield [sessionKey(session), numbersOf(carried)];
  }
  yield ["l2tp", numbersOf(l2tp.totals)];
  yield ["lineModule", numbersOf(lineModule)];
  if (snapshot.udp !== undefined) yield ["udp", numbersOf(snapshot.udp)];
  for (const { virtualRouter, counters } of snapshot.aaa ?? []) yield [`aaa ${virtualRouter}`, numbersOf(counters)];
}

function numbersOf(counters: object): Counts {
  return Object.fromEntries(Object.entries(counters).filter(([name]) => !POSITIONS.has(name)));
}

function subtracted(snapshot: Snapshot, marks: ReadonlyMap<Key, Counts>): Snapshot {
  const since = <Counters extends object>(key: Key, counters: Counters): Counters => {
    const mark = marks.get(key);
    if (mark === undefined) return counters;
    const moved = Object.entries(counters).map(([name, value]) => [name, value - (mark[name] ?? 0)]);
    return { ...counters, ...Object.fromEntries(moved) };
  };
  const { connections, sessions, l2tp, lineModule } = snapshot;
  const ofSas = sasOf(marks);
  return {
    ...snapshot,
    connections: connections.map((one) => ({
      ...one,
      ...retiredSince(one, ofSas.get(one.connection) ?? []),
      sas: one.sas.map((sa) => ({
        ...sa,
        inbound: since(`${connectionKey(one.connection)}${sa.inboundSpi} in`, sa.inbound),
        outbound: since(`${connectionKey(one.connection)}${sa.inboundSpi} out`, sa.outbound),
      })),
    })),
    ...(snapshot.hostLinks === undefined
      ? {}
      : {
          hostLinks: Object.fromEntries(
            Object.entries(snapshot.hostLinks).map(([device, counters]) => [device, since(linkKey(device), counters)]),
          ),
        }),
    ...(snapshot.ports === undefined
      ? {}
      : {
          ports: Object.fromEntries(
            Object.entries(snapshot.ports).map(([name, counters]) => [name, since(portKey(name), counters)]),
          ),
        }),
    sessions: sessions.map((one) => ({ ...one, counters: since(sessionKey(one.session), one.counters) })),
    l2tp: {
      tunnels: l2tp.tunnels.map((one) => {
        const { sessionsTotal, sessionsFailed } = one;
        return {
          ...one,
          counters: since(tunnelKey(one.tunnel), one.counters),
          ...since(tunnelKey(one.tunnel), { sessionsTotal, sessionsFailed }),
          sessions: one.sessions.map((call) =>
            call.carried === undefined ? call : { ...call, carried: since(sessionKey(call.session), call.carried) },
          ),
        };
      }),
      totals: since("l2tp", l2tp.totals),
    },
    lineModule: since("lineModule", lineModule),
    ...(snapshot.udp === undefined ? {} : { udp: since("udp", snapshot.udp) }),
    ...(snapshot.aaa === undefined
      ? {}
      : {
          aaa: snapshot.aaa.map((one) => ({ ...one, counters: since(`aaa ${one.virtualRouter}`, one.counters) })),
        }),
  };
}

interface SaMark {
  /** Its SPI, or that it is of those that were no more even then. */
  readonly sa: string;
  readonly way: string;
  readonly mark: Counts;
}

/** The marks of SAs by their connection. */
function sasOf(marks: ReadonlyMap<Key, Counts>): ReadonlyMap<number, readonly SaMark[]> {
  const all = [...marks]
    .map(([key, mark]) => ({ words: key.split(" "), mark }))
    .filter(({ words }) => words[0] === "sa");
  const parted = all.map(({ words: [, connection, sa = "", way = ""], mark }) => ({ connection, sa, way, mark }));
  return Map.groupBy(parted, ({ connection }) => Number(connection));
}

/** An SA that was there at the mark and is no more left its whole counts to the retired ones. */
function retiredSince(
  { sas, retired }: ConnectionSnapshot,
  marks: readonly SaMark[],
): Pick<ConnectionSnapshot, "retired"> {
  if (retired === undefined) return {};
  const live = new Set(sas.map((sa) => String(sa.inboundSpi)));
  const moved = { inbound: { ...retired.inbound }, outbound: { ...retired.outbound } };
  for (const { sa, way, mark } of marks) {
    if (live.has(sa)) continue;
    const counters = way === "in" ? moved.inbound : moved.outbound;
    for (const name of Object.keys(counters) as (keyof SaCounters)[]) counters[name] -= mark[name] ?? 0;
  }
  return { retired: moved };
}
