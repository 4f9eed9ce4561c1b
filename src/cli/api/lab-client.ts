/** A remote user of a lab: a host with a client's manners, and what can go wrong with it. */

import type { Network } from "../../dataplane/sim/network.ts";
import type { ClientPlan } from "../../engine/client/client-plan.ts";
import { RemoteUser, type UserContext } from "./remote-user.ts";

/** Between two pings of a row. */
const PING_MILLIS = 200;
/** How long the last ping is waited for. */
const PATIENCE_MILLIS = 2000;

export class LabClient extends RemoteUser {
  readonly #network: Network;

  constructor(plan: ClientPlan, context: UserContext) {
    super(plan, context);
    this.#network = context.network;
  }

  /** What it said of itself so far, one line each: `text {fields}`. */
  get log(): readonly string[] {
    return this.said.map(({ text, fields }) => `${text} ${JSON.stringify(fields)}`);
  }

  /** Connects and lets time pass until it is up or has failed; true = it is up. */
  connect({ timeoutSeconds = 60 } = {}): boolean {
    return this.connectWithin(timeoutSeconds * 1000);
  }

  /** How many of `count` pings through the tunnel are answered. */
  ping(address: string, count = 1): number {
    const start = this.#network.now;
    for (let sent = 1; sent <= count; sent += 1) {
      this.sendPing(address);
      if (sent < count) this.#network.runFor(PING_MILLIS);
    }
    const answered = () => this.answeredPings(start).length;
    this.#network.runUntil(() => answered() === count, PATIENCE_MILLIS);
    return answered();
  }
}
