/**
 * The loop of a running machine: what arrives is handed in, what comes out is sent, and one timer waits for the machine's
 * next deadline. What it asks is computed on other threads. A fault inside the machine is reported and the loop lives on.
 */

import type { EngineQuestion } from "../../engine/forwarding.ts";
import type { Machine, Millis } from "../../engine/kernel/machine.ts";
import type { ChassisInput, ChassisOutput } from "../chassis.ts";
import type { HostPacket, OuterDatagram } from "../datagram.ts";
import { agreeElsewhere } from "./agreements.ts";
import type { Clock } from "./clock.ts";

export interface DriverContext<Request> {
  readonly machine: Machine<ChassisInput<Request>, ChassisOutput>;
  readonly clock: Clock;
  send(datagram: OuterDatagram): void;
  /** Absent = there is no way to the host. */
  sendToHost?(packet: HostPacket): void;
  /** Everything that came out was sent: the place to look what else the machine has to tell. */
  onSettled?(): void;
  /** A fault of ours while an input or a timeout was handled. */
  onBug(error: unknown): void;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The longest wait that `setTimeout` can express. */
const LONGEST_WAIT: Millis = 0x7fff_ffff;
/** After a fault: a deadline that stays in the past must not spin the loop. */
const WAIT_AFTER_BUG: Millis = 1000;

export class Driver<Request> {
  readonly #context: DriverContext<Request>;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer goes off. */
  #armedFor: Millis = Number.POSITIVE_INFINITY;
  #stopped = false;
  /** The inputs that come all the time: a machine is through with one when it has handled it. */
  readonly #arrived: Writable<Extract<ChassisInput<never>, { type: "datagrams" }>> = {
    type: "datagrams",
    datagrams: [],
  };
  readonly #fromHost: Writable<Extract<ChassisInput<never>, { type: "hostPackets" }>> = {
    type: "hostPackets",
    device: "",
    packets: [],
  };

  constructor(context: DriverContext<Request>) {
    this.#context = context;
  }

  datagram(datagram: OuterDatagram): void {
    this.datagrams([datagram]);
  }

  /** What came together. */
  datagrams(datagrams: readonly OuterDatagram[]): void {
    this.#arrived.datagrams = datagrams;
    this.#input(this.#arrived as ChassisInput<Request>);
  }

  hostPackets(device: string, packets: readonly Uint8Array[]): void {
    this.#fromHost.device = device;
    this.#fromHost.packets = packets;
    this.#input(this.#fromHost as ChassisInput<Request>);
  }

  request(request: Request): void {
    this.#input({ type: "request", request });
  }

  /** The machine has something to tell that came by none of these ways. */
  wake(): void {
    if (this.#stopped) return;
    const { machine, clock } = this.#context;
    try {
      machine.handleTimeout(clock.now());
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#settle(0);
  }

  /** Nothing is handed in and nothing is sent any more. */
  stop(): void {
    this.#stopped = true;
    this.#disarm();
  }

  #input(input: ChassisInput<Request>): void {
    if (this.#stopped) return;
    const { machine, clock } = this.#context;
    try {
      machine.handleInput(input, clock.now());
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#settle(0);
  }

  #failed(error: unknown): void {
    this.#context.onBug(error);
    this.#settle(this.#context.clock.now() + WAIT_AFTER_BUG);
  }

  /** `soonest`: not before then is the next deadline looked at. */
  #settle(soonest: Millis): void {
    this.#drain();
    this.#context.onSettled?.();
    this.#arm(soonest);
  }

  #drain(): void {
    const { machine } = this.#context;
    try {
      for (let output = machine.pollOutput(); output !== undefined; output = machine.pollOutput()) {
        if ("question" in output) this.#ask(output);
        else if (output.role === "host") this.#context.sendToHost?.(output);
        else this.#context.send(output);
      }
    } catch (error) {
      this.#context.onBug(error);
    }
  }

  #ask({ question, work }: EngineQuestion): void {
    agreeElsewhere(work, (agreement) => this.#input({ type: "agreed", question, agreement }));
  }

  /** A timer that is early stays: it finds nothing due and is set again. Most packets move deadlines later only. */
  #arm(soonest: Millis): void {
    const deadline = this.#context.machine.pollTimeout();
    if (deadline === undefined || this.#stopped) {
      this.#disarm();
      return;
    }
    const at = Math.max(deadline.at, soonest);
    if (this.#timer !== undefined && this.#armedFor <= at) return;
    this.#disarm();
    const wait = Math.min(Math.max(0, at - this.#context.clock.now()), LONGEST_WAIT);
    this.#armedFor = at;
    this.#timer = setTimeout(() => this.#expired(), Math.ceil(wait));
  }

  #expired(): void {
    this.#timer = undefined;
    this.#armedFor = Number.POSITIVE_INFINITY;
    this.wake();
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }
}
