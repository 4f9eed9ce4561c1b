/**
 * What single peers may cause to be logged. A client that has proven itself can still open and close sessions, or its link, without end:
 * each has a rate of its own, so that it hides nobody and fills no disk; how much was left out is said once it calms down. Lines for
 * debugging pass: whoever asks for them wants them all. Strangers have bounds besides, where their messages are read.
 */

import type { ConnectionId } from "../forwarding.ts";
import { type Endpoint, endpointKey } from "../kernel/address.ts";
import { type Category, fieldsOf, type Log } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";

/** A client writes a dozen lines when it comes in and half a dozen when it renews. */
const OF_CLIENT = { burst: 100, perSecond: 1 } as const;
/** An access concentrator brings the sessions of thousands of clients. */
const OF_CONCENTRATOR = { burst: 2000, perSecond: 50 } as const;
const MAX_REMEMBERED = 4096;

interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

interface Allowance extends Rate {
  tokens: number;
  filledAt: Millis;
  leftOut: number;
}

export class PeerLogs {
  readonly #log: Log;
  /** By the number of a connection, or by who speaks: IKE by its endpoint, others in the clear with a word before it. */
  readonly #allowances = new Map<string | number, Allowance>();
  #now: Millis = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** From here on it is this late. */
  at(now: Millis): void {
    this.#now = now;
  }

  /** Of IKE: by the endpoint that the line names. What names none passes. */
  ofEndpoints(): Log {
    return (category, severity, text, said) => {
      if (severity === "debug") {
        this.#log(category, severity, text, said);
        return;
      }
      const fields = fieldsOf(said);
      const { peer } = fields;
      if (typeof peer !== "string" || this.#admits(peer, OF_CLIENT, peer, category)) {
        this.#log(category, severity, text, fields);
      }
    };
  }

  /** Of a tunnel or a session, which may move: without a connection the other end may be one of many clients. */
  ofTunnel(place: () => { readonly connection?: ConnectionId | undefined; readonly remote: Endpoint }): Log {
    return (category, severity, text, said) => {
      if (severity !== "debug") {
        const { connection, remote } = place();
        const peer = endpointKey(remote);
        const rate = connection === undefined ? OF_CONCENTRATOR : OF_CLIENT;
        if (!this.#admits(connection ?? `clear ${peer}`, rate, peer, category)) return;
      }
      this.#log(category, severity, text, said);
    };
  }

  /** Whether one more line may be said; what was left out before is said first. */
  #admits(key: string | number, rate: Rate, peer: string, category: Category): boolean {
    const allowance = this.#allowances.get(key) ?? this.#begin(key, rate);
    const earned = ((this.#now - allowance.filledAt) * allowance.perSecond) / 1000;
    allowance.tokens = Math.min(allowance.burst, allowance.tokens + earned);
    allowance.filledAt = this.#now;
    if (allowance.tokens < 1) {
      allowance.leftOut += 1;
      return false;
    }
    allowance.tokens -= 1;
    if (allowance.leftOut > 0) {
      this.#log(category, "notice", "Log lines about a peer were left out", { peer, count: allowance.leftOut });
      allowance.leftOut = 0;
    }
    return true;
  }

  /** The one that was begun first goes; whoever is still about begins anew. */
  #begin(key: string | number, rate: Rate): Allowance {
    if (this.#allowances.size >= MAX_REMEMBERED) {
      const [oldest] = this.#allowances.keys();
      if (oldest !== undefined) this.#allowances.delete(oldest);
    }
    const allowance = { ...rate, tokens: rate.burst, filledAt: this.#now, leftOut: 0 };
    this.#allowances.set(key, allowance);
    return allowance;
  }
}
