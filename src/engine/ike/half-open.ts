/**
 * Bounds on what strangers may make us remember. A half-open IKE SA has not proved who it is; one that has answered
 * our cookie has at least proved that it receives what we send to its address (RFC 2408 §2.5.3). Both kinds are
 * capped for the whole machine and per address *and port*, oldest out first, so that one client of an office behind
 * a NAT cannot push out its neighbours. Where there is no room, an address that has more than half of it gives way first (of IPv6:
 * a network of 64 bits).
 */

import { endpointKey, type Flow, flowKey, sourceOf } from "../kernel/address.ts";
import type { IkeSa } from "./state.ts";

export const MAX_UNCONFIRMED = 2048;
export const MAX_CONFIRMED = 1024;
export const MAX_PER_ENDPOINT = 8;

export class HalfOpenSas {
  readonly #byRequest = new Map<string, IkeSa>();
  readonly #byEndpoint = new Map<string, Set<IkeSa>>();
  readonly #unconfirmed = new Room(MAX_UNCONFIRMED);
  readonly #confirmed = new Room(MAX_CONFIRMED);

  get size(): number {
    return this.#byRequest.size;
  }

  /** The half-open SA that a first message of this cookie and flow made. */
  find(initiatorCookie: Uint8Array, flow: Flow): IkeSa | undefined {
    return this.#byRequest.get(requestKey(initiatorCookie, flow));
  }

  /** Takes a new SA in; the answer is the SA that has to go for it, if any. */
  add(sa: IkeSa): IkeSa | undefined {
    const key = endpointKey(sa.flow.remote);
    const siblings = this.#byEndpoint.get(key) ?? new Set();
    this.#byEndpoint.set(key, siblings.add(sa));
    this.#byRequest.set(requestKey(sa.initiatorCookie, sa.flow), sa);
    const excess = this.#unconfirmed.add(sa);
    return siblings.size > MAX_PER_ENDPOINT ? oldest(siblings) : excess;
  }

  /** The peer has returned our cookie. The answer is the SA that has to go, if any. */
  confirm(sa: IkeSa): IkeSa | undefined {
    return this.#unconfirmed.delete(sa) ? this.#confirmed.add(sa) : undefined;
  }

  /** Called while `sa.flow` is still the flow of its first message. */
  remove(sa: IkeSa): void {
    this.#unconfirmed.delete(sa);
    this.#confirmed.delete(sa);
    this.#byRequest.delete(requestKey(sa.initiatorCookie, sa.flow));
    const key = endpointKey(sa.flow.remote);
    const siblings = this.#byEndpoint.get(key);
    siblings?.delete(sa);
    if (siblings?.size === 0) this.#byEndpoint.delete(key);
  }
}

/** So many at most. */
class Room {
  readonly #limit: number;
  readonly #all = new Set<IkeSa>();
  readonly #bySource = new Map<string, Set<IkeSa>>();
  /** Of the address that has more than half of the room; there can be one. */
  #most: ReadonlySet<IkeSa> | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The answer is the SA that has to go for it, if any. */
  add(sa: IkeSa): IkeSa | undefined {
    const source = sourceOf(sa.flow.remote.address);
    const neighbours = this.#bySource.get(source) ?? new Set();
    this.#bySource.set(source, neighbours.add(sa));
    this.#all.add(sa);
    if (neighbours.size > this.#limit / 2) this.#most = neighbours;
    return this.#all.size > this.#limit ? oldest(this.#most ?? this.#all) : undefined;
  }

  /** Called while `sa.flow` is still the flow it was added with; false = it was not here. */
  delete(sa: IkeSa): boolean {
    if (!this.#all.delete(sa)) return false;
    const source = sourceOf(sa.flow.remote.address);
    const neighbours = this.#bySource.get(source);
    if (neighbours === undefined) return true;
    neighbours.delete(sa);
    if (neighbours === this.#most && neighbours.size <= this.#limit / 2) this.#most = undefined;
    if (neighbours.size === 0) this.#bySource.delete(source);
    return true;
  }
}

function requestKey(initiatorCookie: Uint8Array, flow: Flow): string {
  return `${Buffer.from(initiatorCookie).toString("hex")} ${flowKey(flow)}`;
}

function oldest(sas: ReadonlySet<IkeSa>): IkeSa | undefined {
  for (const sa of sas) return sa;
  return undefined;
}
