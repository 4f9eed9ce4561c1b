/** A remote user of a lab: a host with a client's manners, and what can go wrong with it. */

import { Chassis } from "../../dataplane/chassis.ts";
import { LineModule } from "../../dataplane/path/line-module.ts";
import type { Nat } from "../../dataplane/sim/nat.ts";
import { type Host, type Network, standardPorts } from "../../dataplane/sim/network.ts";
import { Client, type ClientPlan, type ClientRequest } from "../../engine/client/client.ts";
import type { ClientState } from "../../engine/client/progress.ts";
import type { Random } from "../../engine/kernel/random.ts";

/** Between two pings of a row. */
const PING_MILLIS = 200;
/** How long the last ping is waited for. */
const PATIENCE_MILLIS = 2000;
const HANG_UP_MILLIS = 5000;

export class LabClient {
  readonly #client: Client;
  readonly #network: Network;
  readonly #host: Host<ClientRequest>;
  readonly #log: string[] = [];

  constructor(network: Network, plan: ClientPlan, random: Random, behind: Nat | undefined) {
    this.#network = network;
    this.#client = new Client(plan, {
      random,
      log: (_category, _severity, text, fields = {}) => void this.#log.push(`${text} ${JSON.stringify(fields)}`),
    });
    const chassis = new Chassis<ClientRequest>(this.#client, new LineModule({ random }));
    this.#host = network.attach(chassis, standardPorts(plan.flow.local.address), behind);
  }

  /** `up` = it has an address and may ping; `failed` and `closed` have a `reason`. */
  get state(): ClientState {
    return this.#client.view().state;
  }

  /** Why it failed or closed, in words. */
  get reason(): string | undefined {
    return this.#client.view().reason;
  }

  /** The address that the router gave it, dotted; `undefined` = none so far. */
  get address(): string | undefined {
    return this.#client.view().address;
  }

  /** What it said of itself so far, one line each: `text {fields}`. */
  get log(): readonly string[] {
    return this.#log;
  }

  /** Connects and lets time pass until it is up or has failed; true = it is up. */
  connect({ timeoutSeconds = 60 } = {}): boolean {
    this.startConnecting();
    this.#network.runUntil(() => this.state === "up" || this.state === "failed", timeoutSeconds * 1000);
    return this.state === "up";
  }

  /** Connects and waits for nothing: drive the lab to see what comes of it. */
  startConnecting(): void {
    this.#host.request({ type: "connect" });
  }

  /** How many of `count` pings through the tunnel are answered. */
  ping(address: string, count = 1): number {
    const start = this.#network.now;
    for (let sent = 1; sent <= count; sent += 1) {
      this.#host.request({ type: "ping", to: address });
      if (sent < count) this.#network.runFor(PING_MILLIS);
    }
    const answered = () =>
      this.#client.view().pings.filter(({ sentAt, answeredAt }) => answeredAt !== undefined && sentAt >= start).length;
    this.#network.runUntil(() => answered() === count, PATIENCE_MILLIS);
    return answered();
  }

  /** Hangs up as a user would, and waits until the goodbyes are said. */
  disconnect(): void {
    this.#host.request({ type: "disconnect" });
    this.#network.runFor(HANG_UP_MILLIS);
  }

  /** The cable is pulled: it sends and hears nothing any more, and nobody is told. */
  vanish(): void {
    this.#host.leave();
  }

  /** Its ESP keys have moved all the data they may: it asks for new ones (RFC 2409 §5.5). Time must pass for that. */
  expireSa(): void {
    this.#host.request({ type: "expireSa" });
  }
}
