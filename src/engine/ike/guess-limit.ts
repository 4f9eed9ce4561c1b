/**
 * Whoever tries pre-shared keys is slowed. An endpoint (address and port) that failed several times is locked out for a while; it is one
 * client, and its neighbours behind the same NAT have ports of their own. Who takes a new port for each guess is found by the
 * address: after many failures from there new negotiations are admitted a few a second, so that neighbours still come in, and those who
 * have a connection renew it untouched. Of IPv6 a network of 64 bits counts as one address. What is remembered is bounded; the oldest goes.
 */

import { endpointKey, type Flow, sourceOf } from "../kernel/address.ts";
import type { Millis } from "../kernel/machine.ts";

const MAX_REMEMBERED = 1024;
const FAILURES_TO_LOCK = 6;
const LOCKOUT: Millis = 30_000;
/** Failures of an endpoint that lie further apart than this do not add up. */
const FAILURE_MEMORY: Millis = 60_000;
/** So many failures of one address at once are an office with a wrong key; more are somebody guessing. */
const ADDRESS_ALLOWANCE = 20;
/** One failure of an address is forgotten in this time. */
const ADDRESS_FORGIVES: Millis = 6000;
const PAUSE_BETWEEN_ADMISSIONS: Millis = 500;

interface Failures {
  count: number;
  at: Millis;
}

interface Suspicion extends Failures {
  admittedAt: Millis;
}

export class GuessLimit {
  readonly #endpoints = new Map<string, Failures>();
  readonly #addresses = new Map<string, Suspicion>();

  /** The endpoint failed to authenticate. */
  failed(flow: Flow, now: Millis): void {
    const key = endpointKey(flow.remote);
    const last = this.#endpoints.get(key);
    const count = last !== undefined && now - last.at < FAILURE_MEMORY ? last.count + 1 : 1;
    remember(this.#endpoints, key, { count, at: now });
    const address = sourceOf(flow.remote.address);
    const suspicion = this.#addresses.get(address);
    const level = suspicion === undefined ? 0 : levelOf(suspicion, now);
    const admittedAt = suspicion?.admittedAt ?? Number.NEGATIVE_INFINITY;
    remember(this.#addresses, address, { count: level + 1, at: now, admittedAt });
  }

  authenticated(flow: Flow): void {
    this.#endpoints.delete(endpointKey(flow.remote));
  }

  /** Whether a new negotiation is turned away; `known` = the endpoint has a connection. */
  refuses(flow: Flow, known: boolean, now: Millis): boolean {
    const last = this.#endpoints.get(endpointKey(flow.remote));
    if (last !== undefined && last.count >= FAILURES_TO_LOCK && now - last.at < LOCKOUT) return true;
    const suspicion = this.#addresses.get(sourceOf(flow.remote.address));
    if (known || suspicion === undefined || levelOf(suspicion, now) < ADDRESS_ALLOWANCE) return false;
    if (now - suspicion.admittedAt < PAUSE_BETWEEN_ADMISSIONS) return true;
    suspicion.admittedAt = now;
    return false;
  }
}

function levelOf({ count, at }: Suspicion, now: Millis): number {
  return Math.max(0, count - (now - at) / ADDRESS_FORGIVES);
}

/** As the newest. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MAX_REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
