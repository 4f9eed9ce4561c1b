/**
 * A scripted LAC under IPsec. IKE and ESP are those of the built-in client; of L2TP it says what the test tells it to say, and
 * nobody but the gateway or the test takes IPsec down.
 */

import type { UserContext } from "../../src/cli/api/remote-user.ts";
import { Chassis } from "../../src/dataplane/chassis.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import { type Host, standardPorts } from "../../src/dataplane/sim/network.ts";
import type { ClientPlan } from "../../src/engine/client/client-plan.ts";
import { configurationOf, initiatorPlan } from "../../src/engine/client/ike-plan.ts";
import { tunnelPath } from "../../src/engine/client/link-plan.ts";
import type { ConnectionId, EngineInput, EngineOutput } from "../../src/engine/forwarding.ts";
import type { IkeOutput } from "../../src/engine/ike/events.ts";
import { IkeMachine, type IkeMachineContext } from "../../src/engine/ike/ike.ts";
import type { Deadline, Machine, Millis } from "../../src/engine/kernel/machine.ts";
import { Outputs } from "../../src/engine/kernel/outputs.ts";
import { passedOn } from "../../src/engine/router/translate.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { Mouth, type Place, ScriptedLac } from "./scripted-lac.ts";

type Request =
  /** A new connection; the one before is forgotten without a word. */
  | { readonly type: "connect" }
  /** Tells the gateway that IPsec is over. */
  | { readonly type: "close" }
  /** The mouth has something to say. */
  | { readonly type: "speak" };

class SecuredHost implements Machine<EngineInput | Request, EngineOutput> {
  /** ESP flows both ways. */
  isSecured = false;
  /** When IPsec ended, and `undefined` while there is some. */
  closedAt: Millis | undefined;
  readonly #plan: ClientPlan;
  readonly #context: IkeMachineContext;
  readonly #ike: IkeMachine;
  readonly #mouth: Mouth;
  readonly #outputs = new Outputs<EngineOutput>();
  #connection: ConnectionId = 0;

  constructor(plan: ClientPlan, context: IkeMachineContext, mouth: Mouth) {
    this.#plan = plan;
    this.#context = context;
    this.#mouth = mouth;
    this.#ike = new IkeMachine(context);
  }

  handleInput(input: EngineInput | Request, now: Millis): void {
    const connection = this.#connection;
    switch (input.type) {
      case "connect":
        this.#connect(now);
        break;
      case "close":
        this.#ike.handleInput({ type: "close", connection, reason: "the test says so" }, now);
        break;
      case "ike":
        this.#ike.handleInput({ type: "datagram", flow: input.flow, bytes: input.bytes }, now);
        break;
      case "agreed":
        this.#ike.handleInput(input, now);
        break;
      case "l2tp":
        this.#mouth.receive(input.bytes);
        break;
    }
    this.#drain(now);
  }

  handleTimeout(now: Millis): void {
    this.#ike.handleTimeout(now);
    this.#drain(now);
  }

  pollOutput(): EngineOutput | undefined {
    const output = this.#outputs.poll();
    if (output !== undefined) return output;
    const bytes = this.#mouth.said.poll();
    return bytes && { type: "l2tp", path: tunnelPath(this.#plan, this.#connection), bytes };
  }

  pollTimeout(): Deadline | undefined {
    return this.#ike.pollTimeout();
  }

  #connect(now: Millis): void {
    const left = this.#connection;
    if (left > 0) this.#ike.handleInput({ type: "forget", connection: left, reason: "the test says so" }, now);
    this.#connection += 1;
    this.isSecured = false;
    this.closedAt = undefined;
    this.#ike.handleInput(configurationOf(this.#plan), now);
    const plan = { ...initiatorPlan(this.#plan), sendInitialContact: false };
    this.#ike.handleInput({ type: "initiate", connection: this.#connection, plan }, now);
  }

  #drain(now: Millis): void {
    for (let output = this.#ike.pollOutput(); output !== undefined; output = this.#ike.pollOutput()) {
      const passed = passedOn(output, this.#context.random);
      if (passed !== undefined) this.#outputs.push(passed);
      this.#follow(output, now);
    }
  }

  #follow(output: IkeOutput, now: Millis): void {
    if (output.type === "connectionOpened") {
      const { connection, flow, encapsulation } = output;
      this.#outputs.push({
        type: "openConnection",
        connection,
        virtualRouter: DEFAULT_ROUTER,
        flow,
        encapsulation,
        separation: "perConnection",
        demuxPort: undefined,
        ignoreUdpChecksums: encapsulation === "udp",
      });
    } else if (output.type === "outboundSa") this.isSecured = true;
    else if (output.type === "connectionClosed" && output.connection === this.#connection) {
      this.isSecured = false;
      this.closedAt = now;
    }
  }
}

export class SecuredLac extends ScriptedLac {
  readonly #host: SecuredHost;
  readonly #attached: Host<Request>;
  readonly #place: Place;
  readonly #mouth: Mouth;

  constructor(place: Place, plan: ClientPlan, context: UserContext) {
    const mouth = new Mouth();
    const { random, epoch, behind } = context;
    const host = new SecuredHost(plan, { random, epoch, log: () => undefined }, mouth);
    const chassis = new Chassis<Request>(host, new LineModule({ random }));
    const attached = place.network.attach(chassis, standardPorts(plan.flow.local.address), behind);
    super(place, mouth, () => attached.request({ type: "speak" }));
    this.#host = host;
    this.#attached = attached;
    this.#place = place;
    this.#mouth = mouth;
  }

  /** ESP flows. */
  get isSecured(): boolean {
    return this.#host.isSecured;
  }

  /** When the gateway, or the test, took IPsec down; `undefined` = it did not. */
  get closedAt(): Millis | undefined {
    return this.#host.closedAt;
  }

  /** Both phases anew, as a client that has just been started; true = ESP flows. */
  secure(): boolean {
    this.#mouth.forget();
    this.#attached.request({ type: "connect" });
    this.#place.network.runUntil(() => this.isSecured, 30_000);
    return this.isSecured;
  }

  /** What it says next opens a tunnel over the same connection. */
  startTunnel(): void {
    this.#mouth.forget();
  }

  /** Takes IPsec down. */
  unsecure(): void {
    this.#attached.request({ type: "close" });
    this.#place.run(100);
  }
}
