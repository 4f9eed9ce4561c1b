/** A host for a gateway on a simulated network: its clock, its timers and its calendar are the network's. */

import type { ListenPort } from "../../dataplane/datagram.ts";
import type { DriverContext } from "../../dataplane/io/driver.ts";
import type { Host as Attachment, Network } from "../../dataplane/sim/network.ts";
import type { Deadline, Machine, Millis } from "../../engine/kernel/machine.ts";
import type { Random } from "../../engine/kernel/random.ts";
import type { RouterRequest } from "../../engine/router/router-interface.ts";
import type { Driven, GatewayMachine, Host } from "../host.ts";

interface Appointment {
  readonly at: Millis;
  readonly work: () => void;
}

/** Timers as a machine that sends nothing, so that the network stops at each of them. */
class Appointments implements Machine<never, never> {
  readonly #all = new Set<Appointment>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add(appointment: Appointment): () => void {
    this.#all.add(appointment);
    this.#changed();
    return () => void this.#all.delete(appointment);
  }

  handleInput(): void {
    throw new Error("nobody talks to a timer");
  }

  handleTimeout(now: Millis): void {
    const due = [...this.#all].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const appointment of due) if (this.#all.delete(appointment)) appointment.work();
  }

  pollOutput(): undefined {
    return undefined;
  }

  pollTimeout(): Deadline | undefined {
    if (this.#all.size === 0) return undefined;
    return { at: Math.min(...[...this.#all].map(({ at }) => at)), why: "a timer of the host" };
  }
}

export class SimulatedHost implements Host {
  readonly random: Random;
  /** The network keeps what is under way. */
  readonly copies = false;
  readonly #network: Network;
  /** Milliseconds since 1970 when the network's clock stood at 0. */
  readonly #epoch: number;
  readonly #appointments: Appointments;
  #attachment: Attachment<RouterRequest> | undefined;
  #ports: readonly ListenPort[] = [];

  constructor(network: Network, random: Random, startDate: Date) {
    this.#network = network;
    this.random = random;
    this.#epoch = startDate.getTime() - network.now;
    this.#appointments = new Appointments(() => attachment.settle());
    const attachment = network.attach(this.#appointments, []);
  }

  now(): Millis {
    return this.#network.now;
  }

  date(): Date {
    return new Date(this.#epoch + this.#network.now);
  }

  after(millis: Millis, work: () => void): () => void {
    return this.#appointments.add({ at: this.now() + Math.max(0, millis), work });
  }

  /** A fault of ours is thrown at whoever drives: in a test it must not pass for a log line. */
  drive({ machine, onSettled }: Omit<DriverContext<RouterRequest>, "clock">): Driven {
    const settling: GatewayMachine = {
      handleInput: (input, now) => {
        machine.handleInput(input, now);
        onSettled?.();
      },
      handleTimeout: (now) => {
        machine.handleTimeout(now);
        onSettled?.();
      },
      pollOutput: () => machine.pollOutput(),
      pollTimeout: () => machine.pollTimeout(),
    };
    const attachment = this.#network.attach<RouterRequest>(settling, this.#ports);
    this.#attachment = attachment;
    return {
      request: (request) => attachment.request(request),
      datagrams: (datagrams) => settling.handleInput({ type: "datagrams", datagrams }, this.now()),
      hostPackets: (device, packets) => {
        for (const packet of packets) attachment.hostPacket(device, packet);
      },
      wake: () => settling.handleTimeout(this.now()),
      stop: () => attachment.leave(),
    };
  }

  /** The gateway answers at these ports from now on. */
  listen(ports: readonly ListenPort[]): void {
    this.#ports = ports;
    this.#attachment?.listen(ports);
  }
}
