/**
 * Tunnels that are over: how long they are shown, how long their identifiers stay taken, and when the connection under them is
 * given up (JunosE, Table 19): that of a single-shot tunnel when the destruct timeout begins, that of any other when it ends.
 */

import type { DeadlineQueue } from "../kernel/deadline-queue.ts";
import type { Millis } from "../kernel/machine.ts";
import type { L2tpContext } from "./context.ts";
import type { TunnelKey } from "./events.ts";
import type { TunnelEntry, TunnelTable } from "./tunnel-table.ts";

/** Tunnels that are over and still kept; past this the oldest is forgotten before its time. */
const KEPT_MAX = 1024;

export class Retirement {
  readonly #context: L2tpContext;
  readonly #table: TunnelTable;
  readonly #deadlines: DeadlineQueue<TunnelKey>;
  /** Oldest first. */
  readonly #retired = new Set<TunnelEntry>();

  /** `deadlines` are those of all tunnels, by their keys. */
  constructor(context: L2tpContext, table: TunnelTable, deadlines: DeadlineQueue<TunnelKey>) {
    this.#context = context;
    this.#table = table;
    this.#deadlines = deadlines;
  }

  /** The tunnel has come to its end: the destruct timeout begins, once. */
  settle(entry: TunnelEntry, now: Millis): void {
    if (!entry.retired) this.#retire(entry, now);
    const { key } = entry.tunnel.identity;
    if (!this.#table.byKey.has(key)) return;
    const at = entry.released ? entry.tunnel.forgetAt : entry.tunnel.visibleUntil;
    this.#deadlines.set(key, { at, why: "L2TP tunnel destruct timeout" });
  }

  /** Time has passed. */
  age(entry: TunnelEntry, now: Millis): void {
    if (now >= entry.tunnel.visibleUntil) this.#release(entry);
    if (now >= entry.tunnel.forgetAt) this.#forget(entry);
  }

  #retire(entry: TunnelEntry, now: Millis): void {
    this.#table.retire(entry);
    entry.leaveLive?.();
    this.#retired.add(entry);
    if (entry.tunnel.identity.profile?.singleShot === true) this.#release(entry);
    this.age(entry, now);
    const [oldest] = this.#retired;
    if (this.#retired.size > KEPT_MAX && oldest !== undefined) this.#forget(oldest);
  }

  #forget(entry: TunnelEntry): void {
    this.#release(entry);
    this.#table.forget(entry);
    this.#retired.delete(entry);
    this.#deadlines.set(entry.tunnel.identity.key, undefined);
  }

  /** The connection under a tunnel goes with it, where the profile demanded one and no other tunnel of it lives or has yet to end its timeout. */
  #release(entry: TunnelEntry): void {
    if (entry.released) return;
    entry.released = true;
    const { profile } = entry.tunnel.identity;
    const { connection } = entry.path;
    if (profile?.transport !== "ipsec" || connection === undefined) return;
    if (this.#table.ofConnection(connection).some((other) => !other.released)) return;
    this.#context.outputs.push({ type: "releaseConnection", connection, reason: entry.tunnel.reason });
  }
}
