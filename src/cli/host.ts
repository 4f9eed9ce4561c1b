/**
 * What a gateway stands on: its time, its entropy, and who moves its machine. On a real host these are the process's clock,
 * timers and sockets; on a simulated one time passes only while somebody drives it, and everything else is the same.
 */

import type { ChassisInput, ChassisOutput } from "../dataplane/chassis.ts";
import type { OuterDatagram } from "../dataplane/datagram.ts";
import { type Clock, systemClock } from "../dataplane/io/clock.ts";
import { Driver, type DriverContext } from "../dataplane/io/driver.ts";
import { systemRandom } from "../dataplane/io/entropy.ts";
import type { Machine, Millis } from "../engine/kernel/machine.ts";
import type { Random } from "../engine/kernel/random.ts";
import type { RouterRequest } from "../engine/router/router-interface.ts";

export interface Timers extends Clock {
  /** Calls back once, `millis` from now; returns what takes that back. */
  after(millis: Millis, work: () => void): () => void;
}

export type GatewayMachine = Machine<ChassisInput<RouterRequest>, ChassisOutput>;

/** A machine that is kept going. */
export interface Driven {
  request(request: RouterRequest): void;
  /** What came together. */
  datagrams(datagrams: readonly OuterDatagram[]): void;
  /** Packets of the host that came together, by one of its TUN devices. */
  hostPackets(device: string, packets: readonly Uint8Array[]): void;
  /** The machine has something to tell that came by none of these ways. */
  wake(): void;
  /** Nothing is handed in and nothing is sent any more. */
  stop(): void;
}

export interface Host extends Timers {
  readonly random: Random;
  /** Whoever is given what leaves has copied it when the call is over. */
  readonly copies: boolean;
  date(): Date;
  /** `send` takes what leaves through sockets; a host with a network of its own does not call it. */
  drive(context: Omit<DriverContext<RouterRequest>, "clock">): Driven;
}

export function realHost(): Host {
  return {
    random: systemRandom(),
    copies: true,
    now: () => systemClock.now(),
    date: () => new Date(),
    after(millis, work) {
      const timer = setTimeout(work, millis);
      return () => clearTimeout(timer);
    },
    drive: (context) => new Driver<RouterRequest>({ ...context, clock: systemClock }),
  };
}
