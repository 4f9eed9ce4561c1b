/**
 * An engine and a line module as one machine: datagrams and requests in, datagrams out. What the line module punts goes
 * to the engine, what the engine programs or transmits goes to the line module, until both are quiet.
 */

import type { EngineOutput, Punt } from "../engine/forwarding.ts";
import type { Deadline, Machine, Millis } from "../engine/kernel/machine.ts";
import type { OuterDatagram } from "./datagram.ts";
import type { LineModule } from "./path/line-module.ts";

export type ChassisInput<Request> =
  | ({ readonly type: "datagram" } & OuterDatagram)
  | { readonly type: "request"; readonly request: Request };

export class Chassis<Request> implements Machine<ChassisInput<Request>, OuterDatagram> {
  readonly #engine: Machine<Punt | Request, EngineOutput>;
  readonly #lineModule: LineModule;

  constructor(engine: Machine<Punt | Request, EngineOutput>, lineModule: LineModule) {
    this.#engine = engine;
    this.#lineModule = lineModule;
  }

  handleInput(input: ChassisInput<Request>, now: Millis): void {
    if (input.type === "datagram") this.#lineModule.receive(input, now);
    else this.#engine.handleInput(input.request, now);
    this.#drain(now);
  }

  handleTimeout(now: Millis): void {
    this.#engine.handleTimeout(now);
    this.#drain(now);
  }

  pollOutput(): OuterDatagram | undefined {
    return this.#lineModule.pollDatagram();
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
