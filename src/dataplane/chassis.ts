/**
 * An engine and a line module as one machine: datagrams, the host's packets and requests in, datagrams and packets out. What the line module
 * punts goes to the engine, what the engine programs or transmits goes to the line module, until both are quiet. What the engine asks is for
 * whoever runs the machine to answer.
 */

import type { EngineAnswer, EngineInput, EngineOutput, EngineQuestion } from "../engine/forwarding.ts";
import type { Deadline, Machine, Millis } from "../engine/kernel/machine.ts";
import { Outputs } from "../engine/kernel/outputs.ts";
import type { HostPacket, OuterDatagram } from "./datagram.ts";
import type { LineModule } from "./path/line-module.ts";

/** What a chassis asks of its line module, be it one or several as one. */
export type ForwardingPlane = Pick<
  LineModule,
  "receiveAll" | "receiveFromHost" | "transmit" | "program" | "pollDatagram" | "pollHostPacket" | "pollPunt"
>;

export type ChassisInput<Request> =
  /** One, or several that came together; octets of ESP are good until the next input. */
  | { readonly type: "datagrams"; readonly datagrams: readonly OuterDatagram[] }
  | { readonly type: "hostPackets"; readonly device: string; readonly packets: readonly Uint8Array[] }
  | { readonly type: "request"; readonly request: Request }
  | EngineAnswer;

export type ChassisOutput = OuterDatagram | HostPacket | EngineQuestion;

export class Chassis<Request> implements Machine<ChassisInput<Request>, ChassisOutput> {
  readonly #engine: Machine<EngineInput | Request, EngineOutput>;
  readonly #lineModule: ForwardingPlane;
  readonly #questions = new Outputs<EngineQuestion>();

  constructor(engine: Machine<EngineInput | Request, EngineOutput>, lineModule: ForwardingPlane) {
    this.#engine = engine;
    this.#lineModule = lineModule;
  }

  handleInput(input: ChassisInput<Request>, now: Millis): void {
    switch (input.type) {
      case "datagrams":
        this.#lineModule.receiveAll(input.datagrams, now, () => this.#drain(now));
        break;
      case "hostPackets":
        for (const packet of input.packets) this.#lineModule.receiveFromHost(input.device, packet, now);
        break;
      case "request":
        this.#engine.handleInput(input.request, now);
        break;
      default:
        this.#engine.handleInput(input, now);
    }
    this.#drain(now);
  }

  /** Nothing need be due: it is also how a line module that has something to tell is heard. */
  handleTimeout(now: Millis): void {
    this.#engine.handleTimeout(now);
    this.#drain(now);
  }

  pollOutput(): ChassisOutput | undefined {
    return this.#lineModule.pollDatagram() ?? this.#lineModule.pollHostPacket() ?? this.#questions.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#engine.pollTimeout();
  }

  #drain(now: Millis): void {
    for (;;) {
      const output = this.#engine.pollOutput();
      if (output !== undefined) {
        this.#apply(output, now);
        continue;
      }
      const punt = this.#lineModule.pollPunt();
      if (punt === undefined) return;
      this.#engine.handleInput(punt, now);
    }
  }

  #apply(output: EngineOutput, now: Millis): void {
    switch (output.type) {
      case "agree":
        this.#questions.push(output);
        return;
      case "ike":
      case "l2tp":
      case "ppp":
      case "ip":
        this.#lineModule.transmit(output, now);
        return;
      default:
        this.#lineModule.program(output);
    }
  }
}
