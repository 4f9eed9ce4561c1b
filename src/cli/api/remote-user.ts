/** A remote user on a simulated network: the engine's client on a host of its own. What labs have in common of it. */

import { Chassis } from "../../dataplane/chassis.ts";
import { LineModule } from "../../dataplane/path/line-module.ts";
import type { Nat } from "../../dataplane/sim/nat.ts";
import { type Host, type Network, standardPorts } from "../../dataplane/sim/network.ts";
import { Client } from "../../engine/client/client.ts";
import type { ClientPlan, ClientRequest } from "../../engine/client/client-plan.ts";
import type { ClientState } from "../../engine/client/progress.ts";
import type { EngineInput, EngineOutput } from "../../engine/forwarding.ts";
import { fieldsOf, type LogEvent } from "../../engine/kernel/log.ts";
import type { Deadline, Machine, Millis } from "../../engine/kernel/machine.ts";
import { Outputs } from "../../engine/kernel/outputs.ts";
import type { Random } from "../../engine/kernel/random.ts";
import { DEFAULT_ROUTER } from "../../engine/spec.ts";

/** What a user is on. */
export interface UserContext {
  readonly network: Network;
  readonly random: Random;
  /** Absent = it has a public address. */
  readonly behind: Nat | undefined;
  /** Milliseconds since 1970 at a moment of the network's clock. */
  epoch(now: Millis): number;
}

type UserRequest = ClientRequest | { readonly type: "packet"; readonly bytes: Uint8Array };

const HANG_UP_MILLIS = 5000;

export class RemoteUser {
  readonly #client: Client;
  readonly #network: Network;
  readonly #host: Host<UserRequest>;
  readonly #events: LogEvent[] = [];

  constructor(plan: ClientPlan, { network, random, behind, epoch }: UserContext) {
    this.#network = network;
    this.#client = new Client(plan, {
      random,
      log: (category, severity, text, said) => this.#events.push({ category, severity, text, fields: fieldsOf(said) }),
      epoch,
    });
    const chassis = new Chassis<UserRequest>(new ClientHost(this.#client), new LineModule({ random }));
    this.#host = network.attach(chassis, standardPorts(plan.flow.local.address), behind);
  }

  protected get machine(): Client {
    return this.#client;
  }

  /** What it said of itself so far. */
  protected get said(): readonly LogEvent[] {
    return this.#events;
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

  /** Connects and waits for nothing: drive the lab to see what comes of it. */
  startConnecting(): void {
    this.#host.request({ type: "connect" });
  }

  /** Connects and lets time pass until it is up or has failed; true = it is up. */
  protected connectWithin(limitMillis: Millis): boolean {
    this.startConnecting();
    this.#network.runUntil(() => this.state === "up" || this.state === "failed", limitMillis);
    return this.state === "up";
  }

  /** A ping into the tunnel, of which nothing is waited for. */
  sendPing(address: string): void {
    this.#host.request({ type: "ping", to: address });
  }

  /** When those of its last pings were sent that have been answered; it remembers a thousand. */
  protected answeredPings(since: Millis): Millis[] {
    const { pings } = this.#client.view();
    return pings.flatMap(({ sentAt, answeredAt }) => (answeredAt !== undefined && sentAt >= since ? [sentAt] : []));
  }

  /** Puts an IP packet of the caller's making into the tunnel, whatever it says of where it comes from. */
  sendPacket(bytes: Uint8Array): void {
    this.#host.request({ type: "packet", bytes });
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

  /** Its interface went and came: it makes IPsec anew and goes on with its tunnel, as Apple's clients do. Time must pass for that. */
  renegotiate(): void {
    this.#host.request({ type: "renegotiate" });
  }

  /** Its ESP keys have moved all the data they may: it asks for new ones (RFC 2409 §5.5). Time must pass for that. */
  expireSa(): void {
    this.#host.request({ type: "expireSa" });
  }
}

/** A client whose host can also send packets of anyone's making into the tunnel. */
class ClientHost implements Machine<EngineInput | UserRequest, EngineOutput> {
  readonly #client: Client;
  readonly #packets = new Outputs<EngineOutput>();

  constructor(client: Client) {
    this.#client = client;
  }

  handleInput(input: EngineInput | UserRequest, now: Millis): void {
    if (input.type !== "packet") this.#client.handleInput(input, now);
    else this.#packets.push({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: input.bytes });
  }

  handleTimeout(now: Millis): void {
    this.#client.handleTimeout(now);
  }

  pollOutput(): EngineOutput | undefined {
    return this.#client.pollOutput() ?? this.#packets.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#client.pollTimeout();
  }
}
