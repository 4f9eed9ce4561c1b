/**
 * Sessions that carry IP: how long they may last and how long they may be silent. Packets are not seen here; the line module's counters are looked at a few times in each period, so silence is noticed a little late.
 */

import type { SessionId } from "../forwarding.ts";
import { DeadlineQueue } from "../kernel/deadline-queue.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import type { SessionTimeoutsSpec } from "../ppp-spec.ts";

/** Looks in one period of silence. */
const LOOKS = 10;

interface OpenSession {
  readonly session: SessionId;
  readonly endsAt: Millis | undefined;
  readonly idleMillis: Millis | undefined;
  packets: number;
  quietSince: Millis;
}

interface Expired {
  readonly session: SessionId;
  readonly reason: string;
}

export class OpenSessions {
  readonly #packetsOf: (session: SessionId) => number;
  readonly #open = new Map<SessionId, OpenSession>();
  readonly #deadlines = new DeadlineQueue<SessionId>();

  /** `packetsOf` counts both directions of a session. */
  constructor(packetsOf: (session: SessionId) => number) {
    this.#packetsOf = packetsOf;
  }

  opened(session: SessionId, timeouts: SessionTimeoutsSpec, now: Millis): void {
    this.closed(session);
    const { idleSeconds = 0, absoluteSeconds = 0 } = timeouts;
    const open: OpenSession = {
      session,
      endsAt: absoluteSeconds === 0 ? undefined : now + absoluteSeconds * 1000,
      idleMillis: idleSeconds === 0 ? undefined : idleSeconds * 1000,
      packets: this.#packetsOf(session),
      quietSince: now,
    };
    this.#open.set(session, open);
    this.#schedule(open, now);
  }

  closed(session: SessionId): void {
    if (!this.#open.delete(session)) return;
    this.#deadlines.set(session, undefined);
  }

  /** The next session whose time is over. It stays open until it is closed, and is told once. */
  takeExpired(now: Millis): Expired | undefined {
    for (let due = this.#deadlines.takeDue(now); due !== undefined; due = this.#deadlines.takeDue(now)) {
      const open = this.#open.get(due);
      if (open === undefined) continue;
      const reason = this.#judge(open, now);
      if (reason !== undefined) return { session: due, reason };
      this.#schedule(open, now);
    }
    return undefined;
  }

  pollTimeout(): Deadline | undefined {
    return this.#deadlines.peek();
  }

  #judge(open: OpenSession, now: Millis): string | undefined {
    if (open.endsAt !== undefined && now >= open.endsAt) return "the session timeout is over";
    const packets = this.#packetsOf(open.session);
    if (packets !== open.packets) open.quietSince = now;
    open.packets = packets;
    const silent = open.idleMillis !== undefined && now >= open.quietSince + open.idleMillis;
    return silent ? "the idle timeout is over" : undefined;
  }

  #schedule({ session, endsAt, idleMillis, quietSince }: OpenSession, now: Millis): void {
    const look = idleMillis === undefined ? undefined : Math.min(now + idleMillis / LOOKS, quietSince + idleMillis);
    const times = [endsAt, look].filter((at) => at !== undefined);
    const at = Math.min(...times);
    this.#deadlines.set(session, times.length === 0 ? undefined : { at, why: "session timeout" });
  }
}
